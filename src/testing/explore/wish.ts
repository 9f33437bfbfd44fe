import { equalJson, type Json } from '../../base/json.ts'
import { type Demand, MAX_DEMANDS, type Place } from './demand.ts'

/** What a part of a condition asks of the value at one place. */
export interface Wish {
  /** Values that would do. */
  readonly values: readonly Json[]
  /** Whether another value would do as well; `undefined` where that cannot be told. */
  readonly accepts: (value: Json) => boolean | undefined
  /** True where nothing but `values` would do. */
  readonly only?: boolean
  /** What a text has to hold, for one that is to meet several wishes. */
  readonly text?: {
    readonly begin?: string
    readonly part?: string
    readonly end?: string
    readonly length?: number
  }
}

/** One way in which a condition comes out as it should: wishes by place. */
export type Wishes = ReadonlyMap<Place, readonly Wish[]>

/** Asks for nothing. */
export const NOTHING: Wishes = new Map()

/** The same, where the value is not read as it stands: nothing follows from what is wished for. */
export function loosened(ways: readonly Wishes[]): readonly Wishes[] {
  return ways.map(
    (wishes) => new Map([...wishes].map(([place, list]) => [place, list.map(loosenedWish)] as const)),
  )
}

function loosenedWish({ values, accepts, text }: Wish): Wish {
  return {
    values,
    accepts: (value) => accepts(value) || undefined,
    ...(text === undefined ? {} : { text }),
  }
}

/** Every way in which one of each list comes true at once. What contradicts itself is left out. */
export function combine(lists: readonly (readonly Wishes[])[]): readonly Wishes[] {
  let combined: readonly Wishes[] = [NOTHING]
  for (const list of lists) {
    const next: Wishes[] = []
    for (const a of combined) {
      for (const b of list) {
        const merged = next.length < MAX_DEMANDS ? merge(a, b) : NOTHING
        if (merged !== undefined) next.push(merged)
        if (next.length > MAX_DEMANDS) break
      }
      // There are more ways: that nothing is asked for stands for them.
      if (next.length > MAX_DEMANDS) break
    }
    combined = next
  }
  return combined
}

function merge(a: Wishes, b: Wishes): Wishes | undefined {
  if (a.size === 0) return b
  const merged = new Map(a)
  for (const [place, list] of b) {
    const both = [...(merged.get(place) ?? []), ...list]
    const refuted = both.some(
      ({ only, values }) => only === true && values.every((value) => isRefused(value, both)),
    )
    if (refuted) return undefined
    merged.set(place, both)
  }
  return merged
}

function isRefused(value: Json, wishes: readonly Wish[]): boolean {
  return wishes.some(({ accepts }) => accepts(value) === false)
}

/** Values for all places: the first that meet what is wished for there, then the next. Members come behind what they are in. */
export function settle(wishes: Wishes): readonly Demand[] {
  const places = [...wishes].sort(([a], [b]) => depthOf(a) - depthOf(b))
  const choices = places.map(([place, list]) => [place, choicesFor(list)] as const)
  const count = Math.max(0, ...choices.map(([, values]) => values.length))
  return Array.from(
    { length: count },
    (_, turn) =>
      new Map(choices.map(([place, values]) => [place, values[Math.min(turn, values.length - 1)]!])),
  )
}

function depthOf(place: Place): number {
  return place.split('\u0000').length
}

/** Values that meet as many wishes as can be told, the surest first; where none does, those of each by itself. */
function choicesFor(wishes: readonly Wish[]): readonly Json[] {
  const own = wishes.flatMap(({ values }) => values)
  if (wishes.length === 1) return own
  const candidates = [...own, ...between(own), ...joined(wishes)]
  const doubts = (value: Json) => wishes.filter(({ accepts }) => accepts(value) !== true).length
  const fit = candidates
    .filter(
      (value, index) =>
        !isRefused(value, wishes) && candidates.findIndex((each) => equalJson(each, value)) === index,
    )
    .map((value) => ({ value, doubts: doubts(value) }))
    .sort((a, b) => a.doubts - b.doubts)
    .map(({ value }) => value)
  return (fit.length > 0 ? fit : own).slice(0, MAX_CHOICES)
}

const MAX_CHOICES = 4

/** Numbers half-way between others, for ranges. */
function between(values: readonly Json[]): readonly number[] {
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b)
  return numbers.slice(1).flatMap((number, index) => {
    const middle = (numbers[index]! + number) / 2
    return [Math.round(middle), middle]
  })
}

/** A text that begins, goes on and ends as asked for, as long as it should be. */
function joined(wishes: readonly Wish[]): readonly string[] {
  const texts = wishes.flatMap(({ text }) => (text === undefined ? [] : [text]))
  if (texts.length === 0) return []
  const own = wishes.flatMap(({ values, text }) => (text === undefined ? values : []))
  const all = (part: 'begin' | 'part' | 'end') => texts.map((each) => each[part] ?? '')
  const head = [...all('begin'), ...all('part')].join('')
  const tail = all('end').join('')
  const length = Math.max(0, ...texts.map((each) => each.length ?? 0))
  const padded = `${head}${'x'.repeat(Math.max(0, length - head.length - tail.length))}${tail}`
  return [
    padded,
    ...own.filter((value) => typeof value === 'string').map((value) => `${head}${value}${tail}`),
  ]
}
