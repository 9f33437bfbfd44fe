import { canonicalJson } from '../../base/canonical.ts'
import { equalJson, isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { namedEntries } from '../../document/compare-values.ts'
import type { Clash, ConflictKind, Take, Three } from './merge.ts'
import { mergeOrder } from './merge-order.ts'

/** How to merge, and where to put what clashes. */
export interface MergeContext {
  readonly take: Take
  readonly clashes: Clash[]
}

type Path = readonly (string | number)[]
type Maybe = Three<Json | undefined>

/**
 * Merges the values at one place; `undefined` is none. Objects are merged by member, lists whose entries carry a name by
 * entry, and everything else is one value.
 */
export function mergeValue(three: Maybe, path: Path, context: MergeContext): Json | undefined {
  const settled = settle(three)
  if (settled !== undefined) return settled.value
  const { base, a, b } = three
  if (isJsonObject(a) && isJsonObject(b) && !isAtom(path)) {
    if (isJsonObject(base)) return mergeMembers({ base, a, b }, path, context)
    if (base === undefined) return mergeAdded({ base: {}, a, b }, path, context)
  }
  if (Array.isArray(a) && Array.isArray(b) && !isAtom(path)) {
    const lists = keyedLists({ base: base ?? [], a, b }, path)
    if (lists !== undefined) return mergeLists(lists, path, context)
  }
  return mergeAtom(three, path, context)
}

/** Merges a place that is taken over whole or not at all. */
export function mergeAtom<Value extends Json | undefined>(
  three: Three<Value>,
  path: Path,
  { take, clashes }: MergeContext,
): Value {
  const settled = settle(three)
  if (settled !== undefined) return settled.value as Value
  clashes.push({ kind: kindOf(three), path, ...known(three) })
  return take === 'safe' ? safest(three) : three[take]
}

/**
 * Merges a place that commands set as a whole: what clashes inside of it clashes there, and whoever chooses a side keeps
 * what the other has changed elsewhere in it.
 */
export function mergeWhole(
  path: Path,
  context: MergeContext,
  merge: (context: MergeContext) => Json | undefined,
): Json | undefined {
  if (context.take !== 'safe') return merge(context)
  const clashes: Clash[] = []
  const value = merge({ take: 'safe', clashes })
  const [first] = clashes
  if (first === undefined) return value
  const taking = (take: Take) => merge({ take, clashes: [] })
  const kind = clashes.length === 1 ? first.kind : 'changed'
  context.clashes.push({
    kind,
    path,
    ...known({ base: taking('base'), a: taking('a'), b: taking('b') }),
    ...(clashes.every(({ noBase }) => noBase) ? { noBase: true } : {}),
  })
  return value
}

/** What goes without saying: both say the same, or only one has changed anything. */
export function settle<Value extends Json | undefined>({
  base,
  a,
  b,
}: Three<Value>): { readonly value: Value } | undefined {
  if (equalJson(a, b) || equalJson(base, b)) return { value: a }
  return equalJson(base, a) ? { value: b } : undefined
}

export function kindOf({ base, a, b }: Three<unknown>): ConflictKind {
  if (base === undefined) return 'addedTwice'
  return a === undefined || b === undefined ? 'removedAndChanged' : 'changed'
}

/** The members of the three that are there. */
export function known({ base, a, b }: Maybe): Pick<Clash, 'base' | 'a' | 'b'> {
  return {
    ...(base === undefined ? {} : { base }),
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
  }
}

/** What was there before; for something removed or new what one side has, so that nothing is lost. */
export function safest<Value extends Json | undefined>({ base, a, b }: Three<Value>): Value {
  if (a === undefined) return b
  if (b === undefined) return a
  if (base !== undefined) return base
  return compareJson(a, b) < 0 ? a : b
}

/** An order of values that does not depend on who has them. */
export function compareJson(a: Json, b: Json): number {
  const [left, right] = [canonicalJson(a), canonicalJson(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function mergeMembers(three: Three<JsonObject>, path: Path, context: MergeContext): JsonObject {
  const { base, a, b } = three
  const names = [...new Set([base, a, b].flatMap((each) => Object.keys(each)))].sort()
  const merged: { [name: string]: Json } = {}
  for (const name of names) {
    const at = (each: JsonObject) => (Object.hasOwn(each, name) ? each[name] : undefined)
    const value = mergeValue({ base: at(base), a: at(a), b: at(b) }, [...path, name], context)
    if (value !== undefined) merged[name] = value
  }
  return merged
}

/** Two objects that both sides have added are one where their members go together, and else two. */
function mergeAdded(three: Three<JsonObject>, path: Path, context: MergeContext): Json | undefined {
  const clashes: Clash[] = []
  const merged = mergeMembers(three, path, { take: 'safe', clashes })
  return clashes.length === 0 ? merged : mergeAtom({ ...three, base: undefined }, path, context)
}

type Entries = ReadonlyMap<string, Json>

function mergeLists(lists: Three<Entries>, path: Path, context: MergeContext): Json | undefined {
  if (context.take !== 'safe') return mergeEntries(lists, path, context)
  const clashes: Clash[] = []
  const list = mergeEntries(lists, path, { take: 'safe', clashes })
  // Only what stays where it is can be set by its index.
  const byName = hasCommandsByName(path)
  const isLoose = ({ path: place, kind }: Clash) =>
    place.length === path.length || (!byName && place.length === path.length + 1 && kind !== 'changed')
  if (!clashes.some(isLoose)) {
    context.clashes.push(...clashes)
    return list
  }
  return mergeWhole(path, context, (inner) => mergeEntries(lists, path, inner))
}

function mergeEntries({ base, a, b }: Three<Entries>, path: Path, context: MergeContext): Json {
  const merged = new Map<string, Json>()
  for (const name of new Set([...base.keys(), ...a.keys(), ...b.keys()])) {
    const three = { base: base.get(name), a: a.get(name), b: b.get(name) }
    const merge = three.base === undefined ? mergeAtom : mergeValue
    const entry = merge(three, [...path, name], context)
    if (entry !== undefined) merged.set(name, entry)
  }
  const keys = { base: [...base.keys()], a: [...a.keys()], b: [...b.keys()] }
  const { order, isMoved, isMixed } = mergeOrder(keys, new Set(merged.keys()), context.take)
  if (isMoved) context.clashes.push({ kind: 'changed', path })
  else if (isMixed && path[0] !== 'settings') context.clashes.push({ kind: 'order', path, noBase: true })
  return order.map((name) => merged.get(name)!)
}

/** The lists by names of their entries; `undefined` where not all of them have names. */
function keyedLists({ base, a, b }: Maybe, path: Path): Three<Entries> | undefined {
  const lists = [base, a, b].map((list) => {
    if (!Array.isArray(list)) return undefined
    return namedEntries(list) ?? (path[0] === 'settings' ? textEntries(list) : undefined)
  })
  const [before, left, right] = lists
  return before === undefined || left === undefined || right === undefined
    ? undefined
    : { base: before, a: left, b: right }
}

/** Texts stand for themselves, where none is there twice. */
function textEntries(list: readonly Json[]): Entries | undefined {
  const isSet = list.every((entry) => typeof entry === 'string') && new Set(list).size === list.length
  return isSet ? new Map(list.map((entry) => [entry as string, entry])) : undefined
}

/** Variables and flow outcomes are edited by name; a member of one is set whole. */
export function hasCommandsByName([room, list]: Path): boolean {
  return room === 'settings' && (list === 'variables' || list === 'outcomes')
}

function isAtom(path: Path): boolean {
  return hasCommandsByName(path) && path.length > 3
}
