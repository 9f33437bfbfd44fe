import type { Json } from '../../base/json.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { type EditContext, isStart } from '../draft.ts'
import type { Clash, MergeSide, Three } from './merge.ts'
import { mergeConnectors } from './merge-connectors.ts'
import { mergeNodes } from './merge-nodes.ts'
import { mergeNotes } from './merge-notes.ts'
import { mergeFlowMembers } from './merge-settings.ts'
import { known } from './merge-values.ts'
import { inOrder, putBack, removedButNeeded, type Side } from './sides.ts'
import { declareAgain, type Named, namedThing, removedButNamed } from './used-names.ts'

/** A merged document, and what clashed on the way. */
export interface Merged {
  readonly document: FlowDocument
  readonly clashes: readonly Clash[]
}

/**
 * Merges three documents. What one side has removed while the other changes or uses it is put back into that side: it
 * stays until a person has chosen.
 */
export function mergeSides(sides: Three<Side>, context: EditContext): Merged {
  const kept: Clash[] = []
  const keep = (remover: MergeSide, named: Named, kind: Clash['kind']) => {
    const other = sides[remover === 'a' ? 'b' : 'a']
    const there = { base: namedThing(named, sides.base), a: undefined, b: undefined }
    const values = { ...there, [remover === 'a' ? 'b' : 'a']: namedThing(named, other) }
    const path = named.list === 'nodes' ? ['nodes', named.name] : ['settings', named.list, named.name]
    kept.push({ kind, path, ...known(values as Three<Json | undefined>) })
  }
  const putBackAll = (remover: MergeSide, ids: Iterable<string>) => putBack(ids, sides.base, sides[remover])
  const needed = both((remover, other) => removedButNeeded(sides.base, sides[remover], sides[other]))
  for (const remover of ['a', 'b'] as const) {
    for (const [id, how] of needed[remover]) {
      keep(remover, { list: 'nodes', name: id }, how === 'changed' ? 'removedAndChanged' : 'removedAndUsed')
    }
    putBackAll(remover, needed[remover].keys())
  }
  // Each round puts back something that was removed, until nothing is missed.
  for (;;) {
    const merged = mergeOnce(sides, context)
    const missed = both((remover, other) =>
      removedButNamed(sides.base, sides[remover], sides[other], merged.document, context),
    )
    if (missed.a.length + missed.b.length === 0) {
      return { document: merged.document, clashes: [...kept, ...merged.clashes] }
    }
    for (const remover of ['a', 'b'] as const) {
      for (const named of missed[remover]) keep(remover, named, 'removedAndUsed')
      declareAgain(missed[remover], sides.base, sides[remover])
      putBackAll(
        remover,
        missed[remover].flatMap(({ list, name }) => (list === 'nodes' ? name : [])),
      )
    }
  }
}

function mergeOnce({ base, a, b }: Three<Side>, context: EditContext): Merged {
  const clashes: Clash[] = []
  const members = mergeFlowMembers({ base: base.document, a: a.document, b: b.document }, clashes)
  const nodes = mergeNodes({ base: base.nodes, a: a.nodes, b: b.nodes }, clashes)
  const ids = new Set(nodes.map(({ id }) => id))
  const removed = new Set([...base.nodes.keys()].filter((id) => !ids.has(id)))
  const connectors = mergeConnectors(
    { base: base.connectors, a: a.connectors, b: b.connectors },
    ids,
    removed,
    clashes,
  )
  const notes = mergeNotes({ base: base.notes, a: a.notes, b: b.notes }, ids, removed, clashes)
  const isStartNode = ({ type }: { readonly type: string }) => isStart(context.registry.get(type))
  const starts = nodes.filter(isStartNode).map(({ id }) => id)
  const has = (side: Side) => starts.filter((id) => side.nodes.has(id))
  if (starts.length > 1 && has(a).length < 2 && has(b).length < 2) {
    const [own, others] = [has(a), has(b)]
    clashes.push({ kind: 'secondStart', path: ['nodes'], a: own, b: others, noBase: true })
  }
  const document = {
    ...members,
    nodes: inOrder(nodes),
    connectors: inOrder(connectors),
    notes: inOrder(notes),
  }
  return { document, clashes }
}

function both<Found>(find: (remover: MergeSide, other: MergeSide) => Found): {
  readonly [Remover in MergeSide]: Found
} {
  return { a: find('a', 'b'), b: find('b', 'a') }
}
