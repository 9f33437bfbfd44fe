import type { JsonObject } from '../base/json.ts'
import type {
  Audience,
  Connector,
  FlowOutcome,
  FlowRole,
  FlowSettings,
  Medium,
  Note,
  Position,
  TransitionAction,
} from '../document/flow-document.ts'

/** Everything that a flow says beside its nodes. What is left out is as in a document: any medium, a main flow. */
export interface FlowFrame<Code extends string = string> {
  readonly id: string
  readonly name?: string
  readonly remark?: string
  readonly medium?: Medium
  readonly role?: FlowRole
  readonly audience?: Audience
  readonly settings?: WrittenSettings<Code>
  /** Connectors as a document has them, unchecked: for a draft in which they leave or reach what is not there. */
  readonly connectors?: readonly LooseConnector[]
  readonly notes?: readonly Note[]
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}

/** Settings with the codes of the flow outcomes, which ends are checked against. */
export interface WrittenSettings<Code extends string> extends Omit<FlowSettings, 'outcomes'> {
  readonly outcomes?: readonly WrittenOutcome<Code>[]
}

interface WrittenOutcome<Code extends string> extends FlowOutcome {
  readonly code: Code
}

/** Its id is `node:outcome` unless given. */
export type LooseConnector = Omit<Connector, 'id'> & { readonly id?: string }

/** What every node can say. */
export interface NodeFrame {
  readonly label?: string
  readonly position?: Position
  /** Done each time the node is entered. */
  readonly onEnter?: readonly TransitionAction[]
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}

/** The way out by one outcome, where there is more to say than where it leads. */
export interface Way<Names extends string = string> {
  /** The node it leads to; left out while it hangs loose. */
  readonly to?: Names
  /** Id of the connector; `node:outcome` unless given. */
  readonly id?: string
  readonly label?: string
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}

/** A node that the compiler does not look into: of any type, with any config and outcomes. */
export interface UncheckedNode<Names extends string = string> extends NodeFrame {
  /** The pin of its type as the document has it, such as `acme-rating@2`. */
  readonly unchecked: string
  readonly config?: JsonObject
  readonly to?: { readonly [outcome: string]: Names | Way<Names> }
  readonly onLeave?: { readonly [outcome: string]: readonly TransitionAction[] }
}
