import { expect } from 'vitest'
import { equalJson, isJsonObject, type Json, type JsonObject, valueAt } from '../../src/base/json.ts'
import type { Diagnostic } from '../../src/diagnostics/index.ts'
import { type FlowDocument, parseDocument, serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  type Merge,
  type MergeConflict,
  mergeDocuments,
  openDraft,
} from '../../src/editing/index.ts'
import { indexPath, namePath } from '../../src/editing/merge/settings-commands.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'

/** What is wrong with a document; asked for one again and again while its merges are checked. */
export function check(document: FlowDocument): readonly Diagnostic[] {
  const bytes = serialiseDocument(document)
  const found = checked.get(bytes) ?? validate(document, { nodes: palette })
  if (checked.size > 200) checked.clear()
  checked.set(bytes, found)
  return found
}

const checked = new Map<string, readonly Diagnostic[]>()

export const merge = (base: FlowDocument, a: FlowDocument, b: FlowDocument): Merge =>
  mergeDocuments(base, a, b, { nodes: palette, validate: check })

/**
 * Merges, and checks all that holds of every merge: nobody's order counts; the result is read as it is; a clean one has
 * no error that neither side has; and every choice of every conflict is taken, leaves a document that is read, and puts
 * in place what was chosen.
 */
export function checkMerge(base: FlowDocument, a: FlowDocument, b: FlowDocument): Merge {
  for (const each of [base, a, b]) deepFreeze(each)
  const merged = merge(base, a, b)
  const turned = merge(base, b, a)
  expect(serialiseDocument(turned.document)).toBe(serialiseDocument(merged.document))
  expect(turned.conflicts.map(turn)).toEqual(merged.conflicts.map(essence))
  expect(turned.changes).toEqual({ a: merged.changes.b, b: merged.changes.a })
  expect(merged.document.id).toBe(base.id)
  expect(merged.clean).toBe(merged.conflicts.length === 0)
  expect(new Set(merged.conflicts.map(({ id }) => id)).size).toBe(merged.conflicts.length)
  expect(JSON.parse(JSON.stringify(merged.conflicts))).toEqual(merged.conflicts)
  checkReading(merged.document)
  if (merged.clean) expect(newErrors(merged, a, b)).toEqual([])
  for (const conflict of merged.conflicts) checkChoices(merged, conflict)
  return merged
}

/** What holds of merges in which somebody has done nothing, or both the same. */
export function checkIdentities(base: FlowDocument, a: FlowDocument): void {
  const bytes = serialiseDocument({ ...a, id: base.id })
  for (const [left, right] of [
    [a, a],
    [base, a],
    [a, base],
  ] as const) {
    const { document, clean } = merge(base, left, right)
    expect(clean).toBe(true)
    expect(serialiseDocument(document)).toBe(bytes)
  }
}

/** Errors of the merged document, by code and place, that neither side has; renamed nodes count as what they were. */
export function newErrors({ document, renamed }: Merge, a: FlowDocument, b: FlowDocument): readonly string[] {
  const old = new Map(renamed.map(({ id, to }) => [to, id]))
  const known = new Set([...errorsOf(a, old), ...errorsOf(b, old)])
  return errorsOf(document, old).filter((each) => !known.has(each))
}

function errorsOf(document: FlowDocument, old: ReadonlyMap<string, string>): readonly string[] {
  return check(document)
    .filter(({ severity }) => severity === 'error')
    .map((error) => keyOf(error, document, old))
}

/** Places in lists by name, for an entry before it may have come or gone. */
function keyOf(
  { code, location }: Diagnostic,
  document: FlowDocument,
  old: ReadonlyMap<string, string>,
): string {
  const { node, outcome, connector, path, range } = location
  const root = node === undefined ? document : document.nodes.find(({ id }) => id === node)
  const place = path && namePath(root as unknown as Json, path)
  // A renamed node can be longer in the text before the error.
  const at = old.size === 0 ? range?.start : undefined
  return JSON.stringify([code, old.get(node!) ?? node, outcome, connector, place, at])
}

function checkChoices({ document }: Merge, conflict: MergeConflict): void {
  const draft = openDraft(document, { nodes: palette })
  for (const choice of ['base', 'a', 'b'] as const) {
    const commands = conflict.choices[choice]
    if (commands === undefined) continue
    const edit = applyCommand(draft, { type: 'batch', commands })
    if (!edit.ok) throw new Error(`${conflict.id}, ${choice}: ${edit.reason} ${JSON.stringify(commands)}`)
    const after = edit.draft.document
    checkReading(after)
    if (conflict.kind === 'together') {
      const key = (each: Diagnostic, of: FlowDocument) => keyOf(each, of, new Map())
      const left = check(after).map((each) => key(each, after))
      expect(left).not.toContain(key(conflict.error!, document))
    } else if (conflict.kind === 'secondStart') {
      expect(after.nodes.filter(({ type }) => type === 'start@1').map(({ id }) => id)).toEqual(
        conflict[choice],
      )
    } else if (!isChosen(placeIn(after, conflict.path), conflict[choice], conflict.path)) {
      const found = JSON.stringify(placeIn(after, conflict.path))
      throw new Error(
        `${conflict.id} (${conflict.kind}): ${choice} is ${JSON.stringify(conflict[choice])}, but ${found} stands there`,
      )
    }
  }
}

/** What stands at the path of a conflict. */
export function placeIn(document: FlowDocument, path: MergeConflict['path']): Json | undefined {
  const [room, ...rest] = path
  if (room !== 'nodes' && room !== 'connectors' && room !== 'notes') {
    const root = document as unknown as JsonObject
    return valueAt(root, indexPath(root, path))
  }
  const [id, ...members] = rest
  const item = (document[room] as readonly { readonly id: string }[]).find((each) => each.id === id)
  if (item === undefined) return undefined
  return valueAt(item as unknown as Json, indexPath(item as unknown as Json, members))
}

function isChosen(found: Json | undefined, chosen: Json | undefined, path: MergeConflict['path']): boolean {
  if (path[1] === 'variables' && path[3] === 'default') return equalJson(found ?? null, chosen ?? null)
  return equalJson(plainly(found), plainly(chosen))
}

/** A default that is left out and one of null say the same, and commands know the latter alone. */
function plainly(value: Json | undefined): Json | undefined {
  if (!isJsonObject(value) || value.default !== null) return value
  const { default: _null, ...others } = value
  return others
}

function checkReading(document: FlowDocument): void {
  const read = parseDocument(serialiseDocument(document))
  if (!read.ok) throw new Error(read.error[0]!.message)
  expect(serialiseDocument(read.value)).toBe(serialiseDocument(document))
}

function essence({ id, kind, path, base, a, b, message }: MergeConflict) {
  return { id, kind, path, base, a, b, message }
}

function turn({ a, b, ...conflict }: MergeConflict) {
  return essence({ ...conflict, ...(b === undefined ? {} : { a: b }), ...(a === undefined ? {} : { b: a }) })
}
