import type { JsonObject } from '../base/json.ts'
import type { Clock } from '../base/ports.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument, Position } from '../document/flow-document.ts'
import type { Direction } from '../drawing/layout-picture.ts'
import type { EditOptions, Verdict } from '../editing/apply-command.ts'
import type { ConnectorStart, EditCommand } from '../editing/command.ts'
import type { Fragment } from '../editing/fragment.ts'
import type { HistoryOptions } from '../editing/history.ts'
import type { Patch } from '../editing/patch.ts'
import type { EditRefusal } from '../editing/refusal.ts'
import type { CompletionList, Hover } from '../expressions/assist.ts'
import type { ExpressionLanguage } from '../expressions/types.ts'
import type { NodeTypes } from '../nodes/registry.ts'
import type { ValidationPolicy } from '../validation/rule.ts'
import type { AutosaveOptions, Timers } from './autosave.ts'
import type { FieldPlace } from './field-facts.ts'
import type { FocusTarget } from './focus.ts'
import type { Handle } from './handles.ts'
import type { PaletteModel } from './palette-model.ts'
import type { Pane, PaneEntry } from './pane.ts'
import type { SaveAnswer, SaveRequest, SaveResult, SavingState } from './saving.ts'
import type { SearchHit, SearchOptions } from './search.ts'
import type { Selection } from './selection.ts'

export interface EditorOptions {
  /** The node types on offer. */
  readonly nodes: NodeTypes
  /** Expression languages beside CEL. */
  readonly languages?: readonly ExpressionLanguage[]
  readonly policy?: ValidationPolicy
  /** The revision that the document has where it is kept. Default 0. */
  readonly revision?: number
  /** Which edits make one step to undo, and how many steps are kept. */
  readonly history?: HistoryOptions
  /** Writes the draft where it is kept: needed for `save` and `autosave`. */
  save?(request: SaveRequest): Promise<SaveAnswer>
  /** Saves by itself once nothing has been edited for a while. Off unless given. */
  readonly autosave?: AutosaveOptions
  readonly clock?: Clock
  readonly timers?: Timers
  /** Gets what a listener throws; without it such an error surfaces as one that nobody caught. */
  onListenerError?(error: unknown): void
}

/**
 * The editor at one moment. It never changes; after a change there is another one, and what has not changed in it is the
 * very same object. The document and the diagnostics are made when they are first read.
 */
export interface EditorSnapshot {
  /** Counts the changes of the flow, undone ones too; `can` and `apply` take it to refuse what was made for an older flow. */
  readonly revision: number
  readonly document: FlowDocument
  readonly diagnostics: readonly Diagnostic[]
  readonly selection: Selection
  /** True where the flow differs from what was saved last. */
  readonly isDirty: boolean
  /** The revision that the flow has where it is kept, as it was read or saved last. */
  readonly savedRevision: number
  readonly saving: SavingState
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What `undo` would take back: the type of the command, or the label that was given with it. */
  readonly undoLabel: string | undefined
  readonly redoLabel: string | undefined
}

/** What an edit has changed. */
export interface Applied {
  readonly ok: true
  /** None where it changed nothing. */
  readonly patches: readonly Patch[]
  /** The revision of the flow with it. */
  readonly revision: number
}

export interface ApplyOptions extends EditOptions {
  /** What the step is called in `undoLabel`; the type of the command unless given. */
  readonly label?: string
}

/** What somebody who follows the flow is told: a collaborator, a log of who did what. */
export interface PatchEvent {
  /** `stored` for what came in with `rebase` and `reload`. */
  readonly cause: 'edit' | 'undo' | 'redo' | 'remote' | 'stored'
  /** With cause `edit`. */
  readonly command?: EditCommand | JsonObject
  readonly patches: readonly Patch[]
  /** The revision of the flow with them. */
  readonly revision: number
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
}

/** A flow as it is stored: what somebody else has saved. */
export interface StoredFlow {
  /** The document, or its JSON text. */
  readonly document: FlowDocument | object | string
  readonly revision: number
}

export interface PasteOptions {
  /** What to paste; what was copied last in this editor unless given. One from elsewhere is checked. */
  readonly fragment?: Fragment | JsonObject
  /** Where the upper left corner goes; beside the original unless given. */
  readonly at?: Position
}

export interface AutoLayoutOptions {
  /** Which way the flow runs; down unless given. */
  readonly direction?: Direction
  /** True to move selected nodes alone. */
  readonly selectionOnly?: boolean
}

/**
 * A flow that is being edited, for a UI of one's own. Every method is bound, so that it can be passed around. What the
 * flow does not allow is refused as data, and nothing changes; after `close`, edits throw `editor.closed`.
 */
export interface Editor {
  /** The same object until something changes. */
  getSnapshot(): EditorSnapshot
  /**
   * Calls back after each change; returns what ends that. A listener may edit, subscribe and unsubscribe. One that throws
   * keeps nobody else from being told, and the edit stands.
   */
  subscribe(listener: () => void): () => void
  /** Tells every change of the flow, in order, for collaborators and audits. */
  onPatches(listener: (event: PatchEvent) => void): () => void

  /** Whether `apply` would apply the command, and if not why: the same code answers both. */
  can(command: EditCommand | JsonObject, options?: EditOptions): Verdict
  apply(command: EditCommand | JsonObject, options?: ApplyOptions): Applied | EditRefusal
  /** Takes back the last step. Refused with `edit.conflict` where somebody else has changed what it touched. */
  undo(): Applied | EditRefusal
  redo(): Applied | EditRefusal
  /** Takes over what a collaborator's editor told; not undone by `undo`. */
  applyRemote(patches: readonly Patch[]): Applied | EditRefusal

  /** Selects these and nothing else, or with `add` these as well. What is not in the flow is left out. */
  select(selection: Partial<Selection>, options?: { readonly add?: boolean }): void
  selectAll(): void
  /** Copies the selection, and keeps it for `paste`: plain JSON, for the clipboard of the machine as well. */
  copy(): Fragment
  cut(): (Applied & { readonly fragment: Fragment }) | EditRefusal
  /** Selects what it puts in. */
  paste(options?: PasteOptions): Applied | EditRefusal
  /** Start nodes stay, unless nothing else is selected: then it is refused. */
  removeSelection(): Applied | EditRefusal
  /** Selects the copies. Start nodes are left out, as with removals. */
  duplicateSelection(): Applied | EditRefusal

  /** Errors and warnings, grouped by node; the same object until they or the names of their nodes change. */
  pane(): Pane
  /** Selects what an entry of the pane, a search hit or a diagnostic points at; returns where the caret belongs. */
  focus(entry: PaneEntry | SearchHit | Diagnostic): FocusTarget
  /** Applies the fix of a diagnostic as one step. Refused where the diagnostic does not stand any more, or has no fix. */
  fix(entry: PaneEntry | Diagnostic): Applied | EditRefusal

  /** The node types on offer, by category. */
  palette(): PaletteModel
  /** The ways out of a node, and where they lead; none where there is no such node. */
  handles(node: string): readonly Handle[]
  /** What may be typed at an offset of a source; `source` is the text as it is being typed. */
  complete(place: FieldPlace, source: string, offset: number): CompletionList
  hover(place: FieldPlace, source: string, offset: number): Hover | undefined

  canConnect(from: ConnectorStart, to: string): Verdict
  /** Ids of the nodes to which an outcome may be connected, or a connector led: what `can` allows. */
  connectableTargets(from: ConnectorStart | { readonly connector: string }): readonly string[]
  /** Puts the nodes in layers, as one step; attached notes go along. */
  autoLayout(options?: AutoLayoutOptions): Applied | EditRefusal
  /** Where a text stands in the flow, without regard to case. */
  search(text: string, options?: SearchOptions): readonly SearchHit[]

  /**
   * Writes the draft, however broken it is. Asked for while a save is under way, it waits, and writes what has been edited
   * since. Never rejects. Throws `editor.noStore` where the options name no `save`.
   */
  save(): Promise<SaveResult>
  /**
   * Goes on from what somebody else has saved, with one's own unsaved edits in it. Where both have changed the same place
   * it is refused with `edit.conflict`; with `keepMine`, one's own edit stands there.
   */
  rebase(stored: StoredFlow, options?: { readonly keepMine?: boolean }): Applied | EditRefusal
  /** Goes on from what somebody else has saved, and drops unsaved edits and the history. */
  reload(stored: StoredFlow): Applied | EditRefusal
  /** Ends listeners and timers. Refused with `edit.unsaved` over unsaved edits, unless they are to be discarded. */
  close(options?: { readonly discard?: boolean }): { readonly ok: true } | EditRefusal
}
