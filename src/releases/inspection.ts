import type { Json } from '../base/json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Audience, DataType, FlowRole, Medium } from '../document/flow-document.ts'
import type { TriggerFacts } from './state.ts'

/**
 * What a document says, found out once and bound to its hash: the facts on which commands about it are decided. Plain
 * JSON.
 */
export interface Inspection {
  readonly contentHash: string
  readonly behaviourHash: string
  /** Id of the flow. */
  readonly flow: string
  readonly name: string
  readonly remark?: string
  readonly role: FlowRole
  readonly medium: Medium
  readonly audience: Audience
  readonly diagnostics: readonly Diagnostic[]
  /** Absent where the start node leaves it open. */
  readonly trigger?: TriggerFacts
  /** Channels that the trigger and the nodes use, sorted. */
  readonly channels: readonly string[]
  /** Flows that it calls or jumps to, sorted, with the nodes that do. */
  readonly references: readonly FlowReference[]
  /** Pins of the node types in it, sorted. */
  readonly nodeTypes: readonly string[]
  /** Variables that a release gives values to. */
  readonly asked: readonly AskedVariable[]
  /** Codes of the flow outcomes that it declares. */
  readonly outcomes: readonly string[]
  readonly mediaFolder?: string
}

export interface FlowReference {
  readonly flow: string
  /** Ids of the nodes. */
  readonly nodes: readonly string[]
}

export interface AskedVariable {
  readonly name: string
  readonly type: DataType
  /** True where a release without a value is refused; the others may be left to what they start with. */
  readonly required: boolean
  readonly label?: string
  /** Proposed where the release says nothing else. */
  readonly default?: Json
  readonly sensitive?: true
}
