import type { Take, Three } from './merge.ts'

/** The order of a list that two have changed. */
export interface MergedOrder {
  readonly order: readonly string[]
  /** True where both put what was there in orders of their own. */
  readonly isMoved: boolean
  /** True where both put new entries at the same place. */
  readonly isMixed: boolean
}

type Names = readonly string[]

/**
 * Puts the entries that are left in order: what was there as whoever moved it has it, what is new behind the entry
 * that it stood behind. Where both have a say, `take` decides, and else the names do.
 */
export function mergeOrder(names: Three<Names>, left: ReadonlySet<string>, take: Take): MergedOrder {
  const { base, a, b } = names
  const [inBase, inA, inB] = [new Set(base), new Set(a), new Set(b)]
  const inAll = (list: Names) => list.filter((name) => inBase.has(name) && inA.has(name) && inB.has(name))
  const [before, first, second] = [inAll(base), inAll(a), inAll(b)]
  const isMoved = !isSame(before, first) && !isSame(before, second) && !isSame(first, second)
  const leader = isMoved
    ? take === 'a' || take === 'b'
      ? names[take]
      : base
    : isSame(before, first)
      ? isSame(before, second)
        ? base
        : b
      : a
  const kept = leader.filter((name) => inBase.has(name) && left.has(name))
  const stayed = putBehind(kept, runsOf(base, kept, left), [])
  const isNew = new Set([...left].filter((name) => !inBase.has(name)))
  const [runsA, runsB] = [runsOf(a, stayed, isNew), runsOf(b, stayed, isNew)]
  const isMixed = [...runsA].some(([anchor, run]) => {
    const other = runsB.get(anchor)
    return other !== undefined && !isSame(run, other)
  })
  return { order: putBehind(stayed, runsA, runsB, take), isMoved, isMixed }
}

type Runs = ReadonlyMap<string | undefined, Names>

/** Wanted names that are not in the frame, by the name of the frame that they stand behind. */
function runsOf(list: Names, frame: Names, wanted: ReadonlySet<string>): Runs {
  const framed = new Set(frame)
  const runs = new Map<string | undefined, string[]>()
  let anchor: string | undefined
  for (const name of list) {
    if (framed.has(name)) anchor = name
    else if (wanted.has(name)) {
      const run = runs.get(anchor)
      if (run === undefined) runs.set(anchor, [name])
      else run.push(name)
    }
  }
  return runs
}

function putBehind(frame: Names, a: Runs, b: Runs | readonly [], take: Take = 'a'): Names {
  const others: Runs = b instanceof Map ? b : new Map()
  const order = new Set<string>()
  const put = (names: Names) => {
    for (const name of names) order.add(name)
  }
  for (const name of [undefined, ...frame]) {
    if (name !== undefined) order.add(name)
    const [first, second] = [a.get(name) ?? [], others.get(name) ?? []]
    const isFirst = take === 'a' || (take !== 'b' && JSON.stringify(first) <= JSON.stringify(second))
    put(isFirst ? first : second)
    put(isFirst ? second : first)
  }
  return [...order]
}

function isSame(a: Names, b: Names): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index])
}
