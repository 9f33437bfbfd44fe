import { systemClock } from '../base/ports.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { applyCommand } from '../editing/apply-command.ts'
import { NO_HISTORY } from '../editing/history.ts'
import type { EditRefusal } from '../editing/refusal.ts'
import { Autosave, type AutosaveOptions, MAX_DELAY_MS, systemTimers } from './autosave.ts'
import type { Applied, EditorOptions } from './editor.ts'
import { mergeStored } from './merge-stored.ts'
import { type SaveResult, Saver, type Write } from './saving.ts'
import type { Store } from './store.ts'

/** What an editor does with the host's store. */
export interface Saving {
  save(): Promise<SaveResult>
  rebase(document: FlowDocument, revision: number, keepMine: boolean): Applied | EditRefusal
  reload(document: FlowDocument, revision: number): Applied | EditRefusal
  stop(): void
}

/** Joins the store of an editor with the one that the host has. */
export function createSaving(
  store: Store,
  { save, autosave, clock = systemClock, timers = systemTimers }: EditorOptions,
): Saving {
  if (autosave !== undefined) checkAutosave(autosave, save !== undefined)
  const isDirty = () => store.unsaved.isDirty && !store.isClosed
  const saver = save === undefined ? undefined : new Saver({ save, begin, isDirty, settled })
  const auto =
    autosave === undefined || saver === undefined
      ? undefined
      : new Autosave(autosave.afterMs, timers, isDirty, () => void saver.save())
  if (auto !== undefined) store.patches.add(() => auto.edited())

  function begin(): Write {
    const { draft, savedRevision } = store
    const { savedAt } = store.snapshot.saving
    const before = savedAt === undefined ? {} : { savedAt }
    const request = {
      document: draft.document,
      revision: savedRevision,
      diagnostics: store.snapshot.diagnostics,
    }
    return {
      request,
      started() {
        store.unsaved.writing = draft
        store.setSaving({ status: 'saving', ...before })
      },
      settle(answer) {
        store.unsaved.writing = undefined
        if (store.isClosed) return
        if (answer.ok) store.setSaved(answer.revision, draft)
        store.setSaving(
          answer.ok
            ? { status: 'idle', savedAt: clock.now() }
            : { status: 'refused', refusal: answer, ...before },
        )
      },
    }
  }

  function settled(result: SaveResult): void {
    if (!store.isClosed) auto?.settled(result)
  }

  /** What comes in while a write is under way could be older or newer than what it leaves. */
  function checkQuiet(): void {
    store.checkUsable()
    if (saver?.isWriting !== true) return
    throw new SluiceError({
      code: 'editor.saving',
      problem: 'A save is under way',
      next: 'Await save(), and read what is stored after it',
    })
  }

  function upToDate(): void {
    const { savedAt } = store.snapshot.saving
    store.setSaving({ status: 'idle', ...(savedAt === undefined ? {} : { savedAt }) })
    auto?.upToDate()
  }

  return {
    save() {
      store.checkUsable()
      if (saver !== undefined) return saver.save()
      throw noStore()
    },
    rebase(document, revision, keepMine) {
      checkQuiet()
      const merged = mergeStored(store.draft, store.unsaved.saved, document, keepMine)
      if (!merged.ok) return merged
      store.setSaved(revision, merged.stored, merged.theirs)
      const applied = store.takeOver(merged.edit, 'stored')
      upToDate()
      return applied
    },
    reload(document, revision) {
      checkQuiet()
      const edit = applyCommand(store.draft, { type: 'replace', document })
      if (!edit.ok) return edit
      store.setSaved(revision, edit.draft, edit.patches)
      const applied = store.takeOver(edit, 'stored', NO_HISTORY)
      upToDate()
      return applied
    },
    stop: () => auto?.stop(),
  }
}

/** An editor that saves nothing, where it was asked to do so by itself, would be found out too late. */
function checkAutosave({ afterMs }: AutosaveOptions, hasStore: boolean): void {
  if (!hasStore) throw noStore()
  if (afterMs >= 0 && afterMs <= MAX_DELAY_MS) return
  throw new SluiceError({
    code: 'editor.autosave',
    problem: `Autosave waits for ${afterMs} milliseconds`,
    next: `Pass autosave: { afterMs }, a number from 0 to ${MAX_DELAY_MS}`,
  })
}

function noStore(): SluiceError {
  return new SluiceError({
    code: 'editor.noStore',
    problem: 'The editor was given nothing to save with',
    next: 'Pass save to createEditor',
  })
}
