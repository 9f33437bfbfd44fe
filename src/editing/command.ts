import type { Json, JsonObject } from '../base/json.ts'
import type {
  Audience,
  Connector,
  FlowDocument,
  FlowNode,
  FlowOutcome,
  FlowRole,
  Medium,
  Note,
  Position,
  TransitionAction,
  Variable,
} from '../document/flow-document.ts'
import type { Fragment } from './fragment.ts'

/**
 * One edit, as data: it can be sent, stored and replayed. Ids that a command leaves out are found by the edit, the same
 * ones wherever it is applied to the same draft.
 */
export type EditCommand =
  | AddCommand
  | RemoveCommand
  | MoveCommand
  | LabelCommand
  | ConfigureCommand
  | ChangeTypeCommand
  | SetActionsCommand
  | SetMetaCommand
  | ConnectCommand
  | DisconnectCommand
  | ReconnectCommand
  | InsertCommand
  | DuplicateCommand
  | PasteCommand
  | AddNoteCommand
  | ChangeNoteCommand
  | DescribeCommand
  | ChangeSettingsCommand
  | AddVariableCommand
  | ChangeVariableCommand
  | RenameVariableCommand
  | RemoveVariableCommand
  | AddFlowOutcomeCommand
  | ChangeFlowOutcomeCommand
  | RenameFlowOutcomeCommand
  | RemoveFlowOutcomeCommand
  | ReplaceCommand
  | BatchCommand

/** A node to be added: the id is found where none is given, named after its type. */
export type NewNode = Omit<FlowNode, 'id' | 'config'> & { readonly id?: string; readonly config?: JsonObject }

/** One way out of a node. */
export type ConnectorStart = Connector['from']

/** Places a node from the palette, and where `from` is given connects that outcome to it. */
export interface AddCommand {
  readonly type: 'add'
  readonly node: NewNode
  readonly from?: ConnectorStart
}

/**
 * Takes away what a selection holds: nodes with their connectors and attached notes, connectors, notes. Connectors and
 * notes that went with a node may be named as well.
 */
export interface RemoveCommand {
  readonly type: 'remove'
  readonly node?: string
  readonly nodes?: readonly string[]
  readonly connectors?: readonly string[]
  readonly notes?: readonly string[]
}

/** Puts nodes and notes where they are to stand, by id; null takes a place away. */
export interface MoveCommand {
  readonly type: 'move'
  readonly nodes?: { readonly [id: string]: Position | null }
  readonly notes?: { readonly [id: string]: Position | null }
}

/** Labels a node or a connector; takes the label away where none is given. */
export interface LabelCommand {
  readonly type: 'label'
  readonly node?: string
  readonly connector?: string
  readonly label?: string
}

/**
 * Sets the config of a node: the whole of it, or the field at a path, as in `['options', 0, 'label']`. A field without
 * a value is taken away, an entry of a list closes up. Where that gives an outcome another name, its connector and its
 * actions go with it.
 */
export interface ConfigureCommand {
  readonly type: 'configure'
  readonly node: string
  readonly config?: JsonObject
  readonly path?: readonly (string | number)[]
  readonly value?: Json
}

/**
 * Makes a node one of another type, by its pin; id, label, place, config and connectors stay, and what no longer fits is
 * for validation to say. So a placeholder that an import left becomes a node of the palette.
 */
export interface ChangeTypeCommand {
  readonly type: 'changeType'
  readonly node: string
  readonly to: string
}

/** Sets what is done on the way into a node, and out of it by outcome; what is left out stays. */
export interface SetActionsCommand {
  readonly type: 'setActions'
  readonly node: string
  readonly onEnter?: readonly TransitionAction[]
  readonly onLeave?: { readonly [outcome: string]: readonly TransitionAction[] }
}

/** Sets the host's own data of a node, a connector, a note, or of the flow where none is named. */
export interface SetMetaCommand {
  readonly type: 'setMeta'
  readonly node?: string
  readonly connector?: string
  readonly note?: string
  readonly meta?: JsonObject
}

/** Leads an outcome to a node; without `to` the connector hangs loose. */
export interface ConnectCommand {
  readonly type: 'connect'
  readonly from: ConnectorStart
  readonly to?: string
  readonly id?: string
  readonly label?: string
}

export interface DisconnectCommand {
  readonly type: 'disconnect'
  readonly connector: string
}

/** Moves one end of a connector, or both: `to: null` lets it hang loose. */
export interface ReconnectCommand {
  readonly type: 'reconnect'
  readonly connector: string
  readonly from?: ConnectorStart
  readonly to?: string | null
}

/** Puts a node into a connector: a new one, or one of the flow by its id. It leads on by `outcome`, else by its first. */
export interface InsertCommand {
  readonly type: 'insert'
  readonly connector: string
  readonly node: NewNode | string
  readonly outcome?: string
}

/** Copies nodes with the connectors between them and their notes, beside themselves. */
export interface DuplicateCommand {
  readonly type: 'duplicate'
  readonly nodes: readonly string[]
  readonly offset?: Position
}

/** Puts in what `copyFragment` took from this or another flow. Keys that are taken get another name, wherever they stand. */
export interface PasteCommand {
  readonly type: 'paste'
  readonly fragment: Fragment
  /** Where the upper left corner goes; beside the original unless given. */
  readonly at?: Position
}

export interface AddNoteCommand {
  readonly type: 'addNote'
  readonly note: Omit<Note, 'id'> & { readonly id?: string }
}

/** Changes members of a note; `node: null` detaches it. */
export interface ChangeNoteCommand {
  readonly type: 'changeNote'
  readonly note: string
  readonly text?: string
  readonly node?: string | null
}

/** Changes what the flow says of itself; `remark: null` takes it away. */
export interface DescribeCommand {
  readonly type: 'describe'
  readonly name?: string
  readonly remark?: string | null
  readonly medium?: Medium
  readonly role?: FlowRole
  readonly audience?: Audience
}

/** Sets the value at a path of the flow settings, as in `['limits', 'maxSteps']`, or takes it away without a value. */
export interface ChangeSettingsCommand {
  readonly type: 'changeSettings'
  readonly path: readonly (string | number)[]
  readonly value?: Json
}

export interface AddVariableCommand {
  readonly type: 'addVariable'
  readonly variable: Variable
}

/** Changes members of a variable, its name apart; a member that is null is taken away, `default` becomes null. */
export interface ChangeVariableCommand {
  readonly type: 'changeVariable'
  readonly name: string
  readonly changes: JsonObject
}

/** Renames a variable in every expression, template, field and action that names it. */
export interface RenameVariableCommand {
  readonly type: 'renameVariable'
  readonly name: string
  readonly to: string
}

export interface RemoveVariableCommand {
  readonly type: 'removeVariable'
  readonly name: string
}

export interface AddFlowOutcomeCommand {
  readonly type: 'addFlowOutcome'
  readonly outcome: FlowOutcome
}

/** Changes members of a flow outcome, its code apart; a label that is null is taken away. */
export interface ChangeFlowOutcomeCommand {
  readonly type: 'changeFlowOutcome'
  readonly code: string
  readonly changes: JsonObject
}

/** Gives a flow outcome another code, wherever a node is tagged with it. */
export interface RenameFlowOutcomeCommand {
  readonly type: 'renameFlowOutcome'
  readonly code: string
  readonly to: string
}

export interface RemoveFlowOutcomeCommand {
  readonly type: 'removeFlowOutcome'
  readonly code: string
}

/** Puts another document in the place of this one, as importers do; the id of the flow stays. */
export interface ReplaceCommand {
  readonly type: 'replace'
  readonly document: FlowDocument
}

/** Several commands as one: all of them or none, one step to undo. */
export interface BatchCommand {
  readonly type: 'batch'
  readonly commands: readonly EditCommand[]
}
