import type { Event } from '../event.ts'
import { standsIn } from '../evolve.ts'

interface Placed {
  readonly event: Event
  /** The event of the workspace, by its index, that it is or that it comes before. */
  readonly place: number
  readonly isOfFlow: boolean
  /** By the clock of whoever wrote it, and not before the events before it. */
  readonly at: number
}

/**
 * The stream of a workspace with those of its flows, each from its first event on; events that stand in both are there once.
 * Every stream keeps its own order, for processes have clocks that differ; what else came first is told by time.
 */
export function mergeStreams(workspace: Iterable<Event>, flows: Iterable<Iterable<Event>>): readonly Event[] {
  const trunk = [...workspace]
  const instants = rising(trunk)
  const shared = sharedPlaces(trunk)
  const placed = trunk.map(
    (event, place): Placed => ({ event, place, isOfFlow: false, at: instants[place]! }),
  )
  for (const stream of flows) {
    const events = [...stream]
    const times = rising(events)
    let met = 0
    let first = 0
    for (const [index, event] of events.entries()) {
      const places = ('flow' in event && event.flow !== null && shared.get(event.flow)) || []
      if (standsIn(event, 'workspace')) {
        first = (places[met++] ?? first - 1) + 1
        continue
      }
      const at = times[index]!
      const last = places[met] ?? trunk.length
      placed.push({
        event,
        place: Math.max(first, Math.min(laterThan(instants, at), last)),
        isOfFlow: true,
        at,
      })
    }
  }
  return placed.sort(compare).map(({ event }) => event)
}

/** Sorting is stable, so that events of one stream and one instant stay as they are. */
function compare(a: Placed, b: Placed): number {
  if (a.place !== b.place) return a.place - b.place
  return a.isOfFlow === b.isOfFlow ? a.at - b.at : a.isOfFlow ? -1 : 1
}

/** The instants of events, none before the one that it follows. */
function rising(events: readonly Event[]): readonly number[] {
  let latest = Number.NEGATIVE_INFINITY
  return events.map(({ at }) => {
    latest = Math.max(latest, at)
    return latest
  })
}

/** Where the events of each flow that stand in its own stream, too, have their places in that of the workspace. */
function sharedPlaces(trunk: readonly Event[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [place, event] of trunk.entries()) {
    if (!standsIn(event, 'flow') || !('flow' in event) || event.flow === null) continue
    const known = places.get(event.flow)
    if (known === undefined) places.set(event.flow, [place])
    else known.push(place)
  }
  return places
}

/** The index of the first instant that is later; how many there are where none is. */
function laterThan(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (instants[middle]! > at) high = middle
    else low = middle + 1
  }
  return low
}
