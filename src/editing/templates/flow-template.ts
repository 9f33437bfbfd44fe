import type { FlowDocument } from '../../document/flow-document.ts'

/** A document that is no flow yet: `createFlow` gives it an id, and a name and remark of its own. */
export type TemplateDocument = Omit<FlowDocument, 'id' | 'name' | 'remark'>

/** A flow to start from. Plain data, so that hosts can keep theirs wherever they like. */
export interface FlowTemplate {
  /** Unique among the templates on offer, such as `support-ivr`. */
  readonly id: string
  /** Also the name of a flow that is made of it without a name. */
  readonly title: string
  /** What the flow does, in one or two sentences. Also its remark, unless another is given. */
  readonly summary: string
  /** The group that a list shows it in, such as `service`; hosts may use words of their own. */
  readonly category: string
  /** Words that a search may look for. */
  readonly tags: readonly string[]
  /** Name of an icon; the host maps it to a picture. */
  readonly icon: string
  readonly document: TemplateDocument
}
