import type { Json } from '../../base/json.ts'
import type { Note } from '../../document/flow-document.ts'
import { freshId } from '../fresh-ids.ts'
import type { Clash, Three } from './merge.ts'
import { placeMerger } from './merge-nodes.ts'
import { compareJson, known, settle } from './merge-values.ts'

type Notes = Three<ReadonlyMap<string, Note>>

/** Merges notes by id. Two that were added under one id are both kept. `nodes` are those of the merged document. */
export function mergeNotes(
  three: Notes,
  nodes: ReadonlySet<string>,
  removed: ReadonlySet<string>,
  clashes: Clash[],
): Note[] {
  const { base, a, b } = three
  const ids = new Set([...base.keys(), ...a.keys(), ...b.keys()])
  return [...ids].flatMap((id) => {
    const each = { base: base.get(id), a: a.get(id), b: b.get(id) }
    if (each.base === undefined && each.a !== undefined && each.b !== undefined) {
      return keepBoth(each.a, each.b, ids)
    }
    return mergeNote(each, nodes, removed, clashes) ?? []
  })
}

function keepBoth(a: Note, b: Note, ids: Set<string>): readonly Note[] {
  const order = compareJson(a as unknown as Json, b as unknown as Json)
  if (order === 0) return [a]
  const [first, second] = order < 0 ? [a, b] : [b, a]
  const id = freshId(first.id, (each) => ids.has(each))
  ids.add(id)
  return [first, { ...second, id }]
}

function mergeNote(
  { base, a, b }: Three<Note | undefined>,
  nodes: ReadonlySet<string>,
  removed: ReadonlySet<string>,
  clashes: Clash[],
): Note | undefined {
  const settled = settle({ base, a, b } as Three<Json | undefined>)
  if (settled !== undefined) return settled.value as Note | undefined
  const there = (a ?? b)!
  const path = ['notes', there.id]
  if (a === undefined || b === undefined) {
    // It went with its node, and has been attached elsewhere.
    const wentAlong = base?.node !== undefined && removed.has(base.node)
    if (!wentAlong) {
      clashes.push({ kind: 'removedAndChanged', path, ...known({ base, a, b } as Three<Json | undefined>) })
    }
    return there
  }
  const found: Clash[] = []
  const merge = placeMerger({ base, a, b }, path, { take: 'safe', clashes: found })
  const note = {
    id: there.id,
    ...merge.atom('node'),
    ...merge.atom('text'),
    ...merge.atom('position'),
    ...merge.whole('meta'),
  } as unknown as Note
  const isLost = found.some((each) => each.path[2] === 'node') && !nodes.has(note.node ?? '')
  for (const each of found) clashes.push(isLost && each.path[2] === 'node' ? { ...each, noBase: true } : each)
  if (!isLost) return note
  const { node: _gone, ...loose } = note
  return loose
}
