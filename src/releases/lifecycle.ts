import { type AnyStateMachine, setup, transition } from 'xstate'
import type { ReleaseKind } from './event.ts'
import type { SlotName } from './state.ts'

/** Where a version stands. */
export type LifecycleState = 'new' | 'gray' | 'official' | 'unreleased' | 'retired' | 'setAside' | 'deleted'

/** What happens to a version. `revise` is a save; `setAside` makes room for another draft, `restore` brings it back. */
export type LifecycleEvent =
  | 'revise'
  | 'releaseGray'
  | 'releaseOfficial'
  | 'rollBackGray'
  | 'rollBackOfficial'
  | 'replace'
  | 'cancel'
  | 'retire'
  | 'setAside'
  | 'restore'
  | 'delete'

/**
 * The life of a version, from its first save to its deletion. It knows which way leads where and nothing else: why a way
 * is closed at the moment is for the gates of a release to say. Descriptions are what docs/lifecycle.md says.
 */
const machine = setup({
  types: { events: {} as { readonly type: LifecycleEvent } },
}).createMachine({
  id: 'version',
  initial: 'new',
  states: {
    new: {
      description: 'A draft that has never been released. Its content can be saved anew.',
      on: {
        revise: { target: 'new', description: 'The draft is saved.' },
        releaseGray: { target: 'gray', description: 'It is released to the contacts of a gray rule.' },
        releaseOfficial: { target: 'official', description: 'It is released to all contacts.' },
        setAside: {
          target: 'setAside',
          description: 'Another draft takes its place, where a flow keeps one draft.',
        },
        delete: { target: 'deleted', description: 'It is deleted.' },
      },
    },
    gray: {
      description:
        'Released to the contacts that its gray rule lets in. It stands in the gray slot of its flow.',
      on: {
        releaseOfficial: {
          target: 'official',
          description: 'It is released to all contacts, which empties the gray slot.',
        },
        replace: { target: 'retired', description: 'Another version is released into the gray slot.' },
        cancel: { target: 'unreleased', description: 'Its release is cancelled, which empties the slot.' },
        retire: { target: 'retired', description: 'It is taken out of service for good.' },
      },
    },
    official: {
      description: 'Released to all contacts. It stands in the official slot of its flow.',
      on: {
        replace: { target: 'retired', description: 'Another version is released into the official slot.' },
        cancel: { target: 'unreleased', description: 'Its release is cancelled, which empties the slot.' },
        retire: { target: 'retired', description: 'It is taken out of service for good.' },
      },
    },
    unreleased: {
      description:
        'Its release was cancelled. Saving makes a new revision under the same number; sessions keep the one that they run on.',
      on: {
        revise: { target: 'unreleased', description: 'New content is saved under the same number.' },
        releaseGray: { target: 'gray', description: 'It is released again, to the contacts of a gray rule.' },
        releaseOfficial: { target: 'official', description: 'It is released again, to all contacts.' },
        retire: { target: 'retired', description: 'It is given up.' },
        delete: { target: 'deleted', description: 'It is deleted.' },
      },
    },
    retired: {
      description:
        'Another version has taken its place, or it was given up. Its content never changes again.',
      on: {
        rollBackGray: { target: 'gray', description: 'It is put back into the gray slot.' },
        rollBackOfficial: { target: 'official', description: 'It is put back into the official slot.' },
        delete: { target: 'deleted', description: 'It is deleted.' },
      },
    },
    setAside: {
      description: 'A draft that had to make room for another one. Its content is kept.',
      on: {
        restore: { target: 'new', description: 'It becomes the draft again.' },
        delete: { target: 'deleted', description: 'It is deleted.' },
      },
    },
    deleted: {
      type: 'final',
      description: 'It stays as an entry of the history, and its number is not given again.',
    },
  },
})

/** The machine itself, for pages and tests that are made from its graph. It has neither context nor actions. */
export const lifecycle: AnyStateMachine = machine

/** Where a version stands after an event; `undefined` where the event cannot happen to a version in that state. */
export function nextState(state: LifecycleState, event: LifecycleEvent): LifecycleState | undefined {
  return topology().get(state)!.get(event)
}

/** What can happen to a version in a state, so far as its gates allow; nothing where it has been deleted. */
export function allowedEvents(state: LifecycleState): readonly LifecycleEvent[] {
  return [...topology().get(state)!.keys()]
}

/** What a release does to its version: the plan asks whether it may happen, the event makes it happen. */
export function releaseEvent(kind: ReleaseKind, slot: SlotName): LifecycleEvent {
  if (kind === 'rollback') return slot === 'gray' ? 'rollBackGray' : 'rollBackOfficial'
  return slot === 'gray' ? 'releaseGray' : 'releaseOfficial'
}

type Topology = ReadonlyMap<LifecycleState, ReadonlyMap<LifecycleEvent, LifecycleState>>

let known: Topology | undefined

/** Where the machine goes from each of its states by each of its events; asked once, with the first question. */
function topology(): Topology {
  known ??= new Map(
    (Object.keys(machine.states) as LifecycleState[]).map((state) => {
      const from = machine.resolveState({ value: state })
      const events = (machine.events as LifecycleEvent[]).filter((type) => from.can({ type }))
      return [
        state,
        new Map(events.map((type) => [type, transition(machine, from, { type })[0].value as LifecycleState])),
      ]
    }),
  )
  return known
}
