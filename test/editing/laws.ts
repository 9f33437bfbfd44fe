import { expect } from 'vitest'
import { parseDocument, serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  applyPatches,
  canApply,
  type Draft,
  type EditCommand,
  invertPatches,
  NO_HISTORY,
  openDraft,
  recordEdit,
  redo,
  undo,
} from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { type LiveValidation, validate } from '../../src/validation/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'

/** What a command came to, after every law has been checked. */
export type Outcome = { readonly draft: Draft; readonly refused?: string; readonly changed: boolean }

/**
 * Applies a command, and checks all that holds of every command:
 * `can` agrees with `apply`; a command and its patches are plain JSON; a refusal changes nothing; undo gives the same
 * bytes, and redo after it; the patches replayed give the same document; the document is one that `parseDocument`
 * reads; the indexes of the draft are those of a draft opened anew; and validation that follows the edit, its undo and
 * its redo finds each time what validation from scratch finds.
 */
export function checkLaws(draft: Draft, command: EditCommand, live?: LiveValidation): Outcome {
  const before = serialiseDocument(draft.document)
  const sent = deepFreeze(JSON.parse(JSON.stringify(command)) as EditCommand)
  const verdict = canApply(draft, sent)
  const edit = applyCommand(draft, sent)
  expect(verdict.ok).toBe(edit.ok)
  expect(serialiseDocument(draft.document)).toBe(before)
  if (!edit.ok) {
    expect(verdict).toEqual(edit)
    expect(edit.reason).toMatch(/\S\.$/)
    return { draft, refused: edit.code, changed: false }
  }
  const after = serialiseDocument(edit.draft.document)
  expect(edit.draft.revision).toBe(draft.revision + (edit.patches.length === 0 ? 0 : 1))
  expect(after === before).toBe(edit.patches.length === 0)
  expect(JSON.parse(JSON.stringify(edit.patches))).toEqual(edit.patches)
  checkReplay(draft, edit.draft, edit.patches)
  checkUndo(draft, edit.draft, sent, edit.patches)
  checkReading(edit.draft)
  if (live !== undefined) checkLive(live, draft, edit.draft, edit.patches)
  return { draft: edit.draft, changed: edit.patches.length > 0 }
}

function checkReplay(draft: Draft, edited: Draft, patches: Parameters<typeof applyPatches>[1]): void {
  const replayed = applyPatches(draft, patches)
  if (!replayed.ok) throw new Error(replayed.reason)
  expect(serialiseDocument(replayed.draft.document)).toBe(serialiseDocument(edited.document))
  const back = applyPatches(edited, invertPatches(patches))
  if (!back.ok) throw new Error(back.reason)
  expect(serialiseDocument(back.draft.document)).toBe(serialiseDocument(draft.document))
}

function checkUndo(
  draft: Draft,
  edited: Draft,
  command: EditCommand,
  patches: Parameters<typeof applyPatches>[1],
): void {
  if (patches.length === 0) return
  const undone = undo(edited, recordEdit(NO_HISTORY, command, patches, 0))
  if (!undone.ok) throw new Error(undone.reason)
  expect(serialiseDocument(undone.draft.document)).toBe(serialiseDocument(draft.document))
  const redone = redo(undone.draft, undone.history)
  if (!redone.ok) throw new Error(redone.reason)
  expect(serialiseDocument(redone.draft.document)).toBe(serialiseDocument(edited.document))
}

/** Leaves the validation at the edited draft. */
function checkLive(
  live: LiveValidation,
  draft: Draft,
  edited: Draft,
  patches: Parameters<typeof applyPatches>[1],
): void {
  const after = validate(edited.document, optionsOf(draft))
  live.follow(edited, patches)
  expect(live.diagnostics).toEqual(after)
  live.follow(draft, invertPatches(patches))
  expect(live.diagnostics).toEqual(validate(draft.document, optionsOf(draft)))
  live.follow(edited, patches)
  expect(live.diagnostics).toEqual(after)
}

function checkReading(draft: Draft): void {
  const { document, parts } = draft
  const read = parseDocument(serialiseDocument(document))
  if (!read.ok) throw new Error(read.error[0]!.message)
  const anew = openDraft(read.value, optionsOf(draft))
  expect(serialiseDocument(anew.document)).toBe(serialiseDocument(document))
  for (const index of ['leaving', 'arriving', 'attached'] as const) {
    expect(indexOf(parts[index])).toEqual(indexOf(anew.parts[index]))
  }
  expect(parts.starts).toEqual(anew.parts.starts)
  expect(parts.values).toBe(anew.parts.values)
}

/** The node types and languages that the draft was opened with. */
function optionsOf({ context }: Draft) {
  return { nodes: palette, languages: [...context.languages.values()] }
}

function indexOf(index: Draft['parts']['leaving']) {
  return Object.fromEntries([...index.ids()].map((id) => [id, [...index.get(id)!.ids()].sort()]))
}
