import { describe, expect, expectTypeOf, it } from 'vitest'
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import { adjacencyMapToArray, getAdjacencyMap, getShortestPaths, getSimplePaths } from 'xstate/graph'
import {
  allowedEvents,
  type LifecycleEvent,
  type LifecycleState,
  lifecycle,
  nextState,
} from '../../src/releases/lifecycle.ts'

const STATES = Object.keys(lifecycle.states) as LifecycleState[]
const EVENTS = lifecycle.events as LifecycleEvent[]

/** All ways of the machine, as XState's own traversal finds them. */
const WAYS = adjacencyMapToArray(getAdjacencyMap(lifecycle, {})).map(({ state, event, nextState: next }) => ({
  from: state.value as LifecycleState,
  event: event.type as LifecycleEvent,
  to: next.value as LifecycleState,
  allowed: state.can(event),
}))

interface Path {
  readonly steps: readonly { readonly event: AnyEventObject }[]
  readonly state: AnyMachineSnapshot
}

const eventsOf = ({ steps }: Path) =>
  steps.map(({ event }) => event.type as LifecycleEvent).filter((type) => EVENTS.includes(type))

/** Where a version comes to by events, one after another. */
function walk(events: readonly LifecycleEvent[]): LifecycleState | undefined {
  let state: LifecycleState | undefined = 'new'
  for (const event of events) state = state === undefined ? undefined : nextState(state, event)
  return state
}

describe('the life of a version', () => {
  const shortest = getShortestPaths(lifecycle) as readonly Path[]

  it('[REL-3] comes to every state', () => {
    expect(shortest.map(({ state }) => state.value).sort()).toEqual([...STATES].sort())
  })

  it.each(shortest.map((path) => [path.state.value as LifecycleState, eventsOf(path)] as const))(
    '[REL-3] comes to %s by %j',
    (state, events) => {
      expect(walk(events)).toBe(state)
    },
  )

  it('[REL-3] comes to where each simple path of the machine ends', () => {
    const paths = getSimplePaths(lifecycle) as readonly Path[]
    expect(paths.length).toBeGreaterThan(STATES.length)
    for (const path of paths) expect(walk(eventsOf(path))).toBe(path.state.value)
  })

  it.each(STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const)))(
    '[REL-5] in the state %s knows what becomes of %s',
    (state, event) => {
      const way = WAYS.find((each) => each.from === state && each.event === event)
      const expected = way?.allowed === true ? way.to : undefined
      expect(nextState(state, event)).toBe(expected)
      expect(allowedEvents(state).includes(event)).toBe(expected !== undefined)
    },
  )

  it('[REL-5] leads into a slot from New and Unreleased, from gray to official, and from Retired by rollback', () => {
    const into = (slot: LifecycleState) =>
      WAYS.filter(({ to, from, allowed }) => allowed && to === slot && from !== slot).map(
        ({ from, event }) => `${from} ${event}`,
      )
    expect(into('gray').sort()).toEqual(['new releaseGray', 'retired rollBackGray', 'unreleased releaseGray'])
    expect(into('official').sort()).toEqual([
      'gray releaseOfficial',
      'new releaseOfficial',
      'retired rollBackOfficial',
      'unreleased releaseOfficial',
    ])
  })

  it('[REL-4] [REL-13] leaves a slot by replacement, by cancelling and for good', () => {
    const ways = { replace: 'retired', cancel: 'unreleased', retire: 'retired' } as const
    for (const slot of ['gray', 'official'] as const) {
      for (const [event, to] of Object.entries(ways))
        expect(nextState(slot, event as LifecycleEvent)).toBe(to)
    }
  })

  it('[VER-5] takes no new content once it has been released, until the release is cancelled', () => {
    expect(STATES.filter((state) => nextState(state, 'revise') !== undefined)).toEqual(['new', 'unreleased'])
  })

  it('[VER-7] brings back a draft that had to make room', () => {
    expect(walk(['setAside', 'restore'])).toBe('new')
  })

  it('[REL-18] ends by deletion, from no slot', () => {
    expect(STATES.filter((state) => allowedEvents(state).includes('delete'))).toEqual([
      'new',
      'unreleased',
      'retired',
      'setAside',
    ])
    expect(allowedEvents('deleted')).toEqual([])
  })

  it('has the states and events of its types, and no others', () => {
    // The compiler asks for every member.
    const states: { [State in LifecycleState]: true } = {
      new: true,
      gray: true,
      official: true,
      unreleased: true,
      retired: true,
      setAside: true,
      deleted: true,
    }
    const events: { [Event in LifecycleEvent]: true } = {
      revise: true,
      releaseGray: true,
      releaseOfficial: true,
      rollBackGray: true,
      rollBackOfficial: true,
      replace: true,
      cancel: true,
      retire: true,
      setAside: true,
      restore: true,
      delete: true,
    }
    expect([...STATES].sort()).toEqual(Object.keys(states).sort())
    expect([...EVENTS].sort()).toEqual(Object.keys(events).sort())
    expectTypeOf(nextState).returns.toEqualTypeOf<LifecycleState | undefined>()
  })

  it('answers the same however often it is asked, and lets nobody change its answers', () => {
    const allowed = allowedEvents('new') as LifecycleEvent[]
    allowed.length = 0
    expect(allowedEvents('new')).toHaveLength(5)
    expect(nextState('new', 'revise')).toBe('new')
  })
})
