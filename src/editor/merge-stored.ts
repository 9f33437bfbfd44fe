import type { FlowDocument } from '../document/flow-document.ts'
import { applyCommand, type Edit } from '../editing/apply-command.ts'
import type { Draft } from '../editing/draft.ts'
import type { Merge } from '../editing/merge/merge.ts'
import { mergeDocuments } from '../editing/merge/merge-documents.ts'
import type { Patch } from '../editing/patch.ts'
import { type EditRefusal, refuse } from '../editing/refusal.ts'

/** A draft brought up to date with what somebody else has saved. */
export interface Merged {
  readonly ok: true
  /** What is stored now. */
  readonly stored: Draft
  /** What they have changed since `saved`. */
  readonly theirs: readonly Patch[]
  /** The draft with their changes in it, and those that it did not have yet. */
  readonly edit: Edit
}

/**
 * Brings what somebody else has saved into a draft: both come from `saved`. Where the two clash it is refused with
 * `edit.conflict`, unless one's own edits are to stand.
 */
export function mergeStored(
  draft: Draft,
  saved: Draft,
  document: FlowDocument,
  keepMine: boolean,
): Merged | EditRefusal {
  const replaced = applyCommand(saved, { type: 'replace', document })
  if (!replaced.ok) return replaced
  const { draft: stored, patches: theirs } = replaced
  const { registry, languages } = draft.context
  const options = { nodes: registry, languages: [...languages.values()] }
  const merge = mergeDocuments(saved.document, draft.document, document, options)
  const path = merge.conflicts[0]?.path.join('.') ?? 'The flow'
  if (!merge.clean && !keepMine) return refuse('edit.conflict', { path })
  const result = merge.clean ? merge.document : withMine(draft, merge)
  const edit = result === undefined ? undefined : applyCommand(draft, { type: 'replace', document: result })
  if (edit?.ok === true) return { ok: true, stored, theirs, edit }
  return refuse('edit.conflict', { path })
}

/** The merged document with one's own side chosen at every conflict; `undefined` where the choices do not go together. */
function withMine(draft: Draft, merge: Merge): FlowDocument | undefined {
  let chosen = applyCommand(draft, { type: 'replace', document: merge.document })
  // A choice that puts a whole document in the place of the merged one undoes what was chosen before it.
  const choices = merge.conflicts.map(({ choices: { a } }) => a)
  const whole = choices.filter((commands) => commands.some(({ type }) => type === 'replace'))
  const others = choices.filter((commands) => !whole.includes(commands))
  for (const commands of [...whole, ...others]) {
    if (!chosen.ok) return undefined
    chosen = applyCommand(chosen.draft, { type: 'batch', commands })
  }
  return chosen.ok ? chosen.draft.document : undefined
}
