import type { JsonObject } from '../base/json.ts'
import type { Clock } from '../base/ports.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { applyCommand, type Edit } from '../editing/apply-command.ts'
import type { EditCommand } from '../editing/command.ts'
import type { Draft } from '../editing/draft.ts'
import { type History, type HistoryOptions, NO_HISTORY, recordEdit, redo, undo } from '../editing/history.ts'
import type { EditRefusal } from '../editing/refusal.ts'
import type { ValidationPolicy } from '../validation/rule.ts'
import type { Applied, ApplyOptions, EditorSnapshot, PatchEvent } from './editor.ts'
import { Listeners } from './listeners.ts'
import { LiveDiagnostics } from './live-diagnostics.ts'
import type { SavingState } from './saving.ts'
import { isSameSelection, NOTHING_SELECTED, presentIn, type Selection, takesAway } from './selection.ts'
import { UnsavedEdits } from './unsaved-edits.ts'

export interface StoreOptions {
  readonly clock: Clock
  readonly history: HistoryOptions
  readonly policy: ValidationPolicy
  readonly savedRevision: number
  onListenerError(error: unknown): void
}

/** How many edits one edit may lead to, each made by a listener that was told of the one before. */
const MAX_ROUNDS = 1_000

/** What an edit does beside changing the flow. */
interface Following {
  readonly cause: PatchEvent['cause']
  readonly command?: EditCommand | JsonObject
  readonly history: History
  /** What is to be selected afterwards; what is left of the selection unless given. */
  select?(edit: Edit): Selection
}

/** The state of an editor: the draft and all that goes with it from one moment to the next. */
export class Store {
  readonly changes: Listeners<true>
  readonly patches: Listeners<PatchEvent>
  readonly diagnostics: LiveDiagnostics
  readonly unsaved: UnsavedEdits
  readonly #options: StoreOptions
  #draft: Draft
  #history: History = NO_HISTORY
  /** What was selected, with what has gone since: it is selected again where an undo brings it back. */
  #wanted: Selection = NOTHING_SELECTED
  #selection: Selection = NOTHING_SELECTED
  #saving: SavingState = { status: 'idle' }
  #savedRevision: number
  #snapshot: EditorSnapshot | undefined
  #isClosed = false

  constructor(draft: Draft, options: StoreOptions) {
    this.#draft = draft
    this.#options = options
    this.#savedRevision = options.savedRevision
    this.changes = new Listeners(options.onListenerError)
    this.patches = new Listeners(options.onListenerError)
    this.diagnostics = new LiveDiagnostics(draft, options.policy)
    this.unsaved = new UnsavedEdits(draft)
  }

  get draft(): Draft {
    return this.#draft
  }

  get selection(): Selection {
    return this.#selection
  }

  get savedRevision(): number {
    return this.#savedRevision
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get snapshot(): EditorSnapshot {
    this.#snapshot ??= this.#takeSnapshot()
    return this.#snapshot
  }

  /** Called before anything that edits. */
  checkUsable(): void {
    if (this.#isClosed) {
      throw new SluiceError({
        code: 'editor.closed',
        problem: 'The editor has been closed',
        next: 'Create another one with createEditor',
      })
    }
    if (Math.max(this.changes.round, this.patches.round) > MAX_ROUNDS) {
      throw new SluiceError({
        code: 'editor.endlessListener',
        problem: `A listener has edited in answer to its own edits, ${MAX_ROUNDS} times on end`,
        next: 'Have it edit only where something needs to be changed',
      })
    }
  }

  apply(
    command: EditCommand | JsonObject,
    { label, ...options }: ApplyOptions = {},
    select?: Following['select'],
  ): Applied | EditRefusal {
    this.checkUsable()
    const edit = applyCommand(this.#draft, command, options)
    if (!edit.ok) return edit
    const { clock, history: historyOptions } = this.#options
    const recorded =
      edit.patches.length === 0
        ? this.#history
        : recordEdit(this.#history, command as EditCommand, edit.patches, clock.now(), historyOptions)
    const history = label === undefined ? recorded : named(recorded, label, this.#history)
    return this.#follow(edit, {
      cause: 'edit',
      command,
      history,
      ...(select === undefined ? {} : { select }),
    })
  }

  travel(cause: 'undo' | 'redo'): Applied | EditRefusal {
    this.checkUsable()
    const edit = cause === 'undo' ? undo(this.#draft, this.#history) : redo(this.#draft, this.#history)
    if (!edit.ok) return edit
    const { history } = edit
    return this.#follow(edit, { cause, history, select: ({ draft }) => presentIn(draft, this.#wanted) })
  }

  /** Takes over what others have done. The history stays, but nothing is merged over it. */
  takeOver(edit: Edit, cause: 'remote' | 'stored', history = sealed(this.#history)): Applied {
    return this.#follow(edit, { cause, history })
  }

  select(selection: Selection): void {
    this.checkUsable()
    const present = presentIn(this.#draft, selection)
    this.#wanted = present
    if (isSameSelection(present, this.#selection)) return
    this.#selection = present
    this.#publish()
  }

  setSaving(saving: SavingState): void {
    this.#saving = saving
    this.#publish()
  }

  /** Takes note of what is stored now; who calls it tells of the change by `setSaving`, or by an edit. */
  setSaved(revision: number, saved: Draft, theirs: Edit['patches'] = []): void {
    this.#savedRevision = revision
    this.unsaved.save(saved, this.#draft, theirs)
    this.#snapshot = undefined
  }

  close(): void {
    this.#isClosed = true
    this.changes.clear()
    this.patches.clear()
  }

  #follow({ draft, patches }: Edit, { cause, command, history, select }: Following): Applied {
    const applied = { ok: true as const, patches, revision: draft.revision }
    if (patches.length === 0 && history === this.#history) return applied
    this.#draft = draft
    this.#history = history
    this.unsaved.follow(draft, patches)
    this.diagnostics.follow(draft, patches)
    if (select !== undefined) {
      this.#selection = keepIdentity(this.#selection, select({ ok: true, draft, patches }))
      if (cause === 'edit') this.#wanted = this.#selection
    } else if (takesAway(patches)) this.#selection = presentIn(draft, this.#selection)
    this.#snapshot = undefined
    if (patches.length > 0) {
      const at = this.#options.clock.now()
      this.patches.tell({
        cause,
        ...(command === undefined ? {} : { command }),
        patches,
        revision: draft.revision,
        at,
      })
    }
    this.#publish()
    return applied
  }

  #publish(): void {
    this.#snapshot = undefined
    this.changes.tell(true)
  }

  #takeSnapshot(): EditorSnapshot {
    const [draft, { undo: done, redo: undone }, diagnostics] = [this.#draft, this.#history, this.diagnostics]
    let found: EditorSnapshot['diagnostics'] | undefined
    return {
      revision: draft.revision,
      get document() {
        return draft.document
      },
      get diagnostics() {
        found ??= diagnostics.of(draft)
        return found
      },
      selection: this.#selection,
      isDirty: this.unsaved.isDirty,
      savedRevision: this.#savedRevision,
      saving: this.#saving,
      canUndo: done.length > 0,
      canRedo: undone.length > 0,
      undoLabel: done.at(-1)?.commands[0],
      redoLabel: undone.at(-1)?.commands[0],
    }
  }
}

function keepIdentity(before: Selection, after: Selection): Selection {
  return isSameSelection(before, after) ? before : after
}

/** The history with another name for its last step, where that is a new one. */
function named({ undo: steps, redo: undone }: History, label: string, before: History): History {
  const last = steps.at(-1)
  if (last === undefined || last === before.undo.at(-1)) return { undo: steps, redo: undone }
  return { undo: [...steps.slice(0, -1), { ...last, commands: [label] }], redo: undone }
}

/** The history with a last step that nothing more is merged into. */
function sealed(history: History): History {
  const last = history.undo.at(-1)
  if (last?.mergeKey === undefined) return history
  const { mergeKey: _key, ...step } = last
  return { ...history, undo: [...history.undo.slice(0, -1), step] }
}
