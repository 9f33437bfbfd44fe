import type { Json } from '../../base/json.ts'
import type { Connector } from '../../document/flow-document.ts'
import { freshId } from '../fresh-ids.ts'
import type { Clash, Three } from './merge.ts'
import { placeMerger } from './merge-nodes.ts'
import { compareJson, known, safest, settle } from './merge-values.ts'

type Connectors = Three<ReadonlyMap<string, Connector>>

interface Merged {
  readonly connector: Connector
  /** Paths begin at the connector. */
  readonly clashes: readonly Clash[]
}

/** The outcome that a connector leaves, as a key. */
export function slotOf({ from }: Connector): string {
  return JSON.stringify([from.node, from.outcome])
}

/**
 * Merges connectors by id. One with another id that leaves the outcome of one that is gone counts as the same; at most
 * one leaves an outcome in the end. `nodes` are those of the merged document.
 */
export function mergeConnectors(
  three: Connectors,
  nodes: ReadonlySet<string>,
  removed: ReadonlySet<string>,
  clashes: Clash[],
): Connector[] {
  const [base, a, b] = [three.base, three.a, three.b].map((side) => identify(three.base, side)) as [
    Identified,
    Identified,
    Identified,
  ]
  const merged: Merged[] = []
  for (const key of new Set([...base.keys(), ...a.keys(), ...b.keys()])) {
    const found = mergeOne({ base: base.get(key), a: a.get(key), b: b.get(key) }, nodes, removed)
    if (found !== undefined) merged.push(found)
  }
  return withOwnIds(onePerOutcome(merged, three), three.base).map(({ connector, clashes: found }) => {
    for (const clash of found) clashes.push(placeClash(clash, connector.id))
    return connector
  })
}

/** Where a connector as a whole clashes, it keeps its id whoever is chosen. */
function placeClash({ path, ...clash }: Clash, id: string): Clash {
  const place = ['connectors', id, ...path]
  if (path.length > 0) return { ...clash, path: place }
  const { base, a, b, ...rest } = clash
  const named = (value: Json | undefined) => value && { ...(value as object), id }
  return { ...rest, path: place, ...known({ base: named(base), a: named(a), b: named(b) }) }
}

type Identified = ReadonlyMap<string, Connector>

/** Connectors under the ids that they had in the base, new ones under the outcome that they leave. */
function identify(base: ReadonlyMap<string, Connector>, side: ReadonlyMap<string, Connector>): Identified {
  const gone = new Map<string, string>()
  for (const [id, connector] of base) if (!side.has(id)) gone.set(slotOf(connector), id)
  const found = new Map<string, Connector>()
  for (const [id, connector] of side) {
    const slot = slotOf(connector)
    const old = base.has(id) ? id : gone.get(slot)
    found.set(old === undefined ? `new ${slot}` : `old ${old}`, connector)
  }
  return found
}

function mergeOne(
  { base, a, b }: Three<Connector | undefined>,
  nodes: ReadonlySet<string>,
  removed: ReadonlySet<string>,
): Merged | undefined {
  const settled = settle({ base, a, b } as Three<Json | undefined>)
  if (settled !== undefined) {
    const connector = settled.value as Connector | undefined
    return connector && { connector, clashes: [] }
  }
  if (a === undefined || b === undefined) {
    const kept = (a ?? b)!
    // It went with a node, and has been led elsewhere: nobody meant to take it away.
    const wentAlong = base !== undefined && (removed.has(base.from.node) || removed.has(base.to ?? ''))
    const clash = {
      kind: 'removedAndChanged',
      path: [],
      ...known({ base, a, b } as Three<Json | undefined>),
    } as const
    return { connector: kept, clashes: wentAlong ? [] : [clash] }
  }
  const clashes: Clash[] = []
  const merge = placeMerger({ base, a, b }, [], { take: 'safe', clashes })
  const ids = settle({ base: base?.id, a: a.id, b: b.id })
  const found = {
    id: ids === undefined ? [a.id, b.id].sort()[0]! : ids.value!,
    ...merge.atom('from'),
    ...merge.atom('to'),
    ...merge.atom('label'),
    ...merge.whole('meta'),
  } as unknown as Connector
  return backToWhatIs({ connector: found, clashes }, { base, a, b }, nodes)
}

/** A connector does not go back to a node that is gone. */
function backToWhatIs(
  { connector, clashes }: Merged,
  { base, a, b }: { readonly base: Connector | undefined; readonly a: Connector; readonly b: Connector },
  nodes: ReadonlySet<string>,
): Merged {
  const clashesAt = (name: string) => clashes.some(({ path }) => path[0] === name)
  const noBase = new Set<string>()
  let back = connector
  if (clashesAt('from') && base !== undefined && !nodes.has(base.from.node)) {
    noBase.add('from')
    back = { ...back, from: compareJson({ ...a.from }, { ...b.from }) < 0 ? a.from : b.from }
  }
  if (clashesAt('to') && base?.to !== undefined && !nodes.has(base.to)) {
    noBase.add('to')
    const to = safest({ base: undefined, a: a.to, b: b.to })
    const { to: _gone, ...loose } = back
    back = to === undefined ? loose : { ...loose, to }
  }
  return {
    connector: back,
    clashes: clashes.map((each) => (noBase.has(String(each.path[0])) ? { ...each, noBase: true } : each)),
  }
}

/** Where connectors of both sides leave one outcome, one of them stays and a person chooses. */
function onePerOutcome(merged: readonly Merged[], { base, a, b }: Connectors): readonly Merged[] {
  const bySlot = new Map<string, Merged[]>()
  for (const each of merged) {
    const slot = slotOf(each.connector)
    const there = bySlot.get(slot)
    if (there === undefined) bySlot.set(slot, [each])
    else there.push(each)
  }
  if (bySlot.size === merged.length) return merged
  const slots = { base: atSlots(base), a: atSlots(a), b: atSlots(b) }
  return [...bySlot].map(([slot, there]) => {
    if (there.length === 1) return there[0]!
    // One that clashes stays, so that its conflicts have a place; else what the connectors say decides.
    there.sort(
      (x, y) =>
        y.clashes.length - x.clashes.length ||
        compareJson(x.connector as unknown as Json, y.connector as unknown as Json),
    )
    const { connector } = there[0]!
    const at = (side: keyof typeof slots) => slots[side].get(slot) as Json | undefined
    const values = known({ base: at('base'), a: at('a'), b: at('b') })
    // The choice of a connector as a whole says it all.
    return { connector, clashes: [{ kind: 'sameOutcome', path: [], ...values }] }
  })
}

function atSlots(connectors: ReadonlyMap<string, Connector>): ReadonlyMap<string, Connector> {
  return new Map([...connectors.values()].map((each) => [slotOf(each), each]))
}

/** Two new connectors that were given one id are two all the same. */
function withOwnIds(merged: readonly Merged[], base: ReadonlyMap<string, unknown>): readonly Merged[] {
  const sorted = [...merged].sort(
    (x, y) =>
      Number(base.has(y.connector.id)) - Number(base.has(x.connector.id)) ||
      compareJson(x.connector as unknown as Json, y.connector as unknown as Json),
  )
  const taken = new Set<string>()
  const all = new Set(merged.map(({ connector }) => connector.id))
  return sorted.map((each) => {
    const { id, from } = each.connector
    const own = taken.has(id)
      ? freshId(`${from.node}:${from.outcome}`.slice(0, 240), (name) => taken.has(name) || all.has(name))
      : id
    taken.add(own)
    return own === id ? each : { ...each, connector: { ...each.connector, id: own } }
  })
}
