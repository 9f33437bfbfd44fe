import type { JsonObject } from '../../../base/json.ts'
import type { TransitionAction } from '../../../document/flow-document.ts'

/**
 * Where an outcome leads: a step by name, a node of the translation itself, an end with a flow outcome, or nowhere, where
 * the flow ends.
 */
export type Target = string | { readonly node: string } | { readonly end: string } | undefined

/** A node that a step becomes, or one beside it. */
export interface TranslatedNode {
  readonly type: string
  readonly config: JsonObject
  /** By outcome of the node. */
  readonly targets: { readonly [outcome: string]: Target }
  readonly onLeave?: { readonly [outcome: string]: readonly TransitionAction[] }
}

/** A step as the node that has its name, with others behind it. */
export interface TranslatedStep extends TranslatedNode {
  readonly beside?: readonly (TranslatedNode & { readonly id: string })[]
}
