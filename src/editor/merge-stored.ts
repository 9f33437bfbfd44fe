import { equalJson, isJsonObject, type Json } from '../base/json.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { applyCommand, type Edit } from '../editing/apply-command.ts'
import { applyPatches } from '../editing/apply-patches.ts'
import type { Draft } from '../editing/draft.ts'
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
 * Brings what somebody else has saved into a draft: both come from `saved`. Where both have changed the same place in
 * another way it is refused with `edit.conflict`, unless one's own edit is to stand.
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
  const fresh = theirs.filter(({ path, after }) => !equalJson(valueAtPath(draft, path), after))
  const mine = fresh.filter((patch) => !fits(draft, patch))
  if (mine.length > 0 && !keepMine) return refuse('edit.conflict', { path: mine[0]!.path.join('.') })
  const taken = mine.length === 0 ? fresh : fresh.filter((patch) => fits(draft, patch))
  const edit = applyPatches(draft, taken)
  return edit.ok ? { ok: true, stored, theirs, edit } : edit
}

/** True where the draft holds what a patch found, or has the thing that it adds a member to. */
function fits(draft: Draft, { path, before }: Patch): boolean {
  if (before !== undefined || path.length < 3) return equalJson(valueAtPath(draft, path), before)
  return valueAtPath(draft, path) === undefined && valueAtPath(draft, path.slice(0, -1)) !== undefined
}

/** The value at the path of a patch. */
function valueAtPath(draft: Draft, [place, ...rest]: Patch['path']): Json | undefined {
  const [id, ...members] = rest
  if (place === 'nodes') return memberAt(draft.node(id!), members)
  if (place === 'connectors') return memberAt(draft.connector(id!), members)
  if (place === 'notes') return memberAt(draft.note(id!), members)
  if (place === 'settings') return memberAt(draft.settings, rest)
  return memberAt(draft.parts.flow, [place!, ...rest])
}

function memberAt(root: object | undefined, path: readonly string[]): Json | undefined {
  let value = root as Json | undefined
  for (const key of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}
