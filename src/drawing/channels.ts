/** A line across a gap between two rows: from where it comes, to where it goes, by the side of the gap. */
export interface Leg {
  /** Legs of one net may lie on each other: they lead to one place, or come from one label. */
  readonly net: string
  readonly gap: number
  readonly from: LegEnd
  readonly to: LegEnd
}

export interface LegEnd {
  readonly x: number
  readonly side: 'above' | 'below'
}

/** The tracks of one gap: on which one each net runs across, and how many there are. */
export interface Channel {
  /** By net; absent for one that goes straight through. */
  readonly trackOf: ReadonlyMap<string, number>
  readonly tracks: number
}

/** All legs of a net in one gap: they run across on one track. */
interface Wire {
  readonly net: string
  readonly left: number
  readonly right: number
  /** Places at which it comes from the row above, and goes to the row below. */
  readonly above: readonly number[]
  readonly below: readonly number[]
}

/** Lines closer than this look like one. */
const TOO_CLOSE = 5
/** What it costs when lines of two nets come to lie on each other, in crossings. */
const OVERLAP_COST = 20
const MAX_ROUNDS = 20

/** Gives each net that has to run across a gap a track of its own, in an order in which few of them cross. */
export function assignTracks(legs: readonly Leg[]): Channel {
  const wires = collectWires(legs)
  const order = orderWires(wires)
  const trackOf = new Map<string, number>()
  const ends: { right: number; left: number; track: number }[] = []
  let tracks = 0
  for (const { net, left, right } of order) {
    let track = 0
    for (const other of ends) {
      const apart = other.right + TOO_CLOSE * 2 < left || right + TOO_CLOSE * 2 < other.left
      if (!apart) track = Math.max(track, other.track + 1)
    }
    ends.push({ left, right, track })
    trackOf.set(net, track)
    tracks = Math.max(tracks, track + 1)
  }
  return { trackOf, tracks }
}

function collectWires(legs: readonly Leg[]): readonly Wire[] {
  const wires = new Map<string, { net: string; above: Set<number>; below: Set<number> }>()
  for (const { net, from, to } of legs) {
    const wire = wires.get(net) ?? { net, above: new Set(), below: new Set() }
    wires.set(net, wire)
    for (const { x, side } of [from, to]) wire[side].add(x)
  }
  return [...wires.values()].flatMap(({ net, above, below }) => {
    const all = [...above, ...below]
    const [left, right] = [Math.min(...all), Math.max(...all)]
    return left === right ? [] : [{ net, left, right, above: [...above], below: [...below] }]
  })
}

/** From above to below: first by how many crossings it costs to be above the others, then by exchanging neighbours. */
function orderWires(wires: readonly Wire[]): readonly Wire[] {
  const cost = new Map(
    wires.map((wire) => [
      wire,
      wires.reduce(
        (sum, other) => (other === wire ? sum : sum + costAbove(wire, other) - costAbove(other, wire)),
        0,
      ),
    ]),
  )
  const order = [...wires].sort((a, b) => cost.get(a)! - cost.get(b)! || a.left - b.left)
  for (let round = 0, better = true; better && round < MAX_ROUNDS; round++) {
    better = false
    for (let i = 1; i < order.length; i++) {
      const [upper, lower] = [order[i - 1]!, order[i]!]
      if (costAbove(upper, lower) <= costAbove(lower, upper)) continue
      order[i - 1] = lower
      order[i] = upper
      better = true
    }
  }
  return order
}

/** What it costs when one wire runs above another: what goes down from it, and what comes down to the other, crosses. */
function costAbove(upper: Wire, lower: Wire): number {
  if (upper.right < lower.left - TOO_CLOSE || lower.right < upper.left - TOO_CLOSE) return 0
  let cost = 0
  for (const x of upper.below) if (x > lower.left && x < lower.right) cost++
  for (const x of lower.above) if (x > upper.left && x < upper.right) cost++
  for (const x of upper.below)
    for (const other of lower.above) if (Math.abs(x - other) < TOO_CLOSE) cost += OVERLAP_COST
  return cost
}
