import type { Json, JsonObject } from '../base/json.ts'
import type { LimitName } from '../base/limits.ts'

/** What a flow talks through: calls, messages, or both. */
export type Medium = 'voice' | 'messaging' | 'any'

/** What a flow is for: a conversation of its own, a part that others call, or what runs when a session fails. */
export type FlowRole = 'main' | 'subflow' | 'exception'

/** Whether a flow faces contacts, or works behind the scenes. */
export type Audience = 'interaction' | 'internal'

/**
 * The authored graph with its settings, as JSON. Anything that a person can leave half done is representable;
 * whether it may run is for validation to say. Objects of this type are never changed in place.
 */
export interface FlowDocument {
  /** Version of this shape. Older documents are migrated when read. */
  readonly schema: 1
  readonly id: string
  readonly name: string
  readonly remark?: string
  readonly medium: Medium
  readonly role: FlowRole
  readonly audience: Audience
  readonly settings: FlowSettings
  /** In any order; ids are unique. */
  readonly nodes: readonly FlowNode[]
  /** In any order; ids are unique, and at most one leaves an outcome. */
  readonly connectors: readonly Connector[]
  readonly notes: readonly Note[]
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}

/** What holds for the whole flow. */
export interface FlowSettings {
  readonly variables?: readonly Variable[]
  /** Fields of the contact that the flow may read. */
  readonly contact?: readonly DataField[]
  readonly outcomes?: readonly FlowOutcome[]
  readonly logbooks?: readonly Logbook[]
  readonly duplicates?: DuplicateRule
  readonly languages?: Languages
  /** Where the recordings of a voice flow lie; several flows may share it. */
  readonly mediaFolder?: string
  /** Bounds of a session that differ from the defaults. */
  readonly limits?: { readonly [Name in LimitName]?: number }
  /** Texts that raise the signal `stop` wherever the session waits; compared without case and outer spaces. */
  readonly stopWords?: readonly string[]
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}

export type DataType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'object' | 'any'

/** A named piece of data that comes from outside: a field of the contact, of the trigger or of a result. */
export interface DataField {
  readonly name: string
  readonly type: DataType
  /** True for what must never stand in a log or trace. */
  readonly sensitive?: boolean
  /** True for trigger data without which the flow cannot start. */
  readonly required?: boolean
  readonly label?: string
}

/** A value that a session keeps. */
export interface Variable {
  readonly name: string
  readonly type: DataType
  /** What it holds when a session starts; null unless given. */
  readonly default?: Json
  /** False for a variable that a release need not ask a value for. */
  readonly askAtRelease?: boolean
  /** True for what a flow that calls this one may give. */
  readonly input?: boolean
  /** True for what a flow that called this one may take back. */
  readonly output?: boolean
  /** True for what must never stand in a log or trace. */
  readonly sensitive?: boolean
  readonly label?: string
}

/** What a whole run can come to. Ends are tagged with the code. */
export interface FlowOutcome {
  readonly code: string
  readonly label?: string
  readonly kind: 'completed' | 'error' | 'incomplete'
}

/** A custom log that nodes and transition actions write to. */
export interface Logbook {
  readonly name: string
  readonly fields: readonly string[]
}

/** Keeps one contact from being in the flow twice at a time. */
export interface DuplicateRule {
  readonly prevent: boolean
  /** An expression that tells sessions apart. */
  readonly identifier?: Source
}

/** Languages, as BCP 47 tags such as `en` or `de-AT`. */
export interface Languages {
  /** The language a session starts in, and the one that texts fall back to. */
  readonly default: string
  readonly others?: readonly { readonly tag: string; readonly required?: boolean }[]
}

/** The text of an expression or template: CEL, or another language by name. */
export type Source = string | { readonly language: string; readonly source: string }

/** Where a thing stands on the canvas, in canvas units. */
export interface Position {
  readonly x: number
  readonly y: number
}

/** An instance of a node type. */
export interface FlowNode {
  /** Unique in the flow; the name by which expressions read its outputs. */
  readonly id: string
  /** Name and major version of its type, as in `menu@1`. */
  readonly type: string
  readonly label?: string
  readonly config: JsonObject
  readonly position?: Position
  /** Done each time the node is entered. */
  readonly onEnter?: readonly TransitionAction[]
  /** Done when the node is left, by outcome. */
  readonly onLeave?: { readonly [outcome: string]: readonly TransitionAction[] }
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}

/** Sets a variable, or writes an entry to a logbook, on the way into or out of a node. */
export type TransitionAction =
  | { readonly set: string; readonly to: Source }
  | { readonly log: string; readonly fields: { readonly [field: string]: Source } }

/** Joins one outcome of a node to the entry of the next. */
export interface Connector {
  readonly id: string
  readonly from: { readonly node: string; readonly outcome: string }
  /** The node it leads to; absent while it hangs loose in a draft. */
  readonly to?: string
  readonly label?: string
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}

/** A remark on the canvas, in Markdown. */
export interface Note {
  readonly id: string
  /** The node it is attached to; absent for a note on the flow. */
  readonly node?: string
  readonly text: string
  readonly position?: Position
  /** The host's own data; kept, never read. */
  readonly meta?: JsonObject
}
