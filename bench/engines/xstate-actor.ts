import { type ActorOptions, type AnyEventObject, assign, createActor, createMachine, setup } from 'xstate'
import {
  ADA,
  type Contact,
  type Engine,
  MENU_TIMEOUT_MS,
  TEXTS,
  TICKET,
  TIMEOUT,
  type Transcript,
} from './engine.ts'

interface Context {
  readonly contact: Contact
  readonly counter: number
  readonly retries: number
  readonly level: string
  readonly ticket: string
}

type Event = { readonly type: 'input'; readonly text: string } | { readonly type: 'timeout' }

/** Keeps delays as data: they fire when told to, and a finished bench leaves no real timer behind. */
class FakeClock {
  #last = 0
  readonly #pending = new Map<number, () => void>()

  setTimeout = (fire: () => void, _delayMs: number): number => {
    this.#pending.set(++this.#last, fire)
    return this.#last
  }

  clearTimeout = (id: number): void => {
    this.#pending.delete(id)
  }

  fireAll(): void {
    const due = [...this.#pending.values()]
    this.#pending.clear()
    for (const fire of due) fire()
  }
}

// The actor runs its actions while it transitions; they write here. Sessions run one at a time.
let outbox: string[] = []

const machine = setup({
  types: { context: {} as Context, events: {} as Event },
  actions: {
    say: (_, params: { text: string }) => {
      outbox.push(params.text)
    },
  },
  delays: { menuTimeout: MENU_TIMEOUT_MS },
}).createMachine({
  id: 'support',
  initial: 'start',
  context: { contact: ADA, counter: 0, retries: 0, level: '', ticket: '' },
  states: {
    start: { always: 'welcome' },
    welcome: {
      entry: { type: 'say', params: ({ context }) => ({ text: TEXTS.welcome(context.contact) }) },
      always: 'menu',
    },
    menu: {
      entry: { type: 'say', params: { text: TEXTS.menu } },
      after: { menuTimeout: 'error' },
      on: {
        input: [
          { guard: ({ event }) => event.text === '1', target: 'balance' },
          { guard: ({ event }) => event.text === '2', target: 'bump' },
          { guard: ({ event }) => event.text === '3', target: 'ask' },
          { target: 'error' },
        ],
        // A restored actor has no pending delay, so a host sends the deadline as an event.
        timeout: 'error',
      },
    },
    balance: {
      always: [
        {
          guard: ({ context }) => context.contact.balance > 100,
          actions: assign({ level: 'high' }),
          target: 'owe',
        },
        {
          guard: ({ context }) => context.contact.balance > 0,
          actions: assign({ level: 'low' }),
          target: 'owe',
        },
        { actions: assign({ level: 'none' }), target: 'owe' },
      ],
    },
    owe: {
      entry: { type: 'say', params: ({ context }) => ({ text: TEXTS.owe(context.contact, context.level) }) },
      always: 'menu',
    },
    bump: { entry: assign({ counter: ({ context }) => context.counter + 1 }), always: 'loop' },
    loop: { always: [{ guard: ({ context }) => context.counter < 3, target: 'menu' }, { target: 'looped' }] },
    ask: {
      entry: { type: 'say', params: { text: TEXTS.ask } },
      on: { input: { actions: assign({ ticket: ({ event }) => event.text }), target: 'validate' } },
    },
    validate: {
      always: [
        { guard: ({ context }) => TICKET.test(context.ticket), target: 'confirm' },
        { target: 'error' },
      ],
    },
    confirm: {
      entry: { type: 'say', params: ({ context }) => ({ text: TEXTS.confirm(context.ticket) }) },
      always: 'resolved',
    },
    error: { entry: { type: 'say', params: { text: TEXTS.error } }, always: 'retry' },
    retry: { entry: assign({ retries: ({ context }) => context.retries + 1 }), always: 'giveup' },
    giveup: {
      always: [{ guard: ({ context }) => context.retries < 3, target: 'menu' }, { target: 'abandoned' }],
    },
    resolved: { type: 'final' },
    looped: { type: 'final' },
    abandoned: { type: 'final' },
  },
})

interface Live {
  readonly clock: FakeClock
  readonly actor: ReturnType<typeof createActor<typeof machine>>
  /** True where the actor was read back and its delay is therefore gone. */
  readonly restored: boolean
}

function open(): Live {
  const clock = new FakeClock()
  const actor = createActor(machine, { clock })
  actor.start()
  return { clock, actor, restored: false }
}

function toText(live: Live): string {
  return JSON.stringify(live.actor.getPersistedSnapshot())
}

function fromText(text: string): Live {
  const clock = new FakeClock()
  const snapshot = JSON.parse(text) as NonNullable<ActorOptions<typeof machine>['snapshot']>
  const actor = createActor(machine, { clock, snapshot })
  actor.start()
  return { clock, actor, restored: true }
}

function send(live: Live, input: string): void {
  if (input !== TIMEOUT) live.actor.send({ type: 'input', text: input })
  else if (live.restored) live.actor.send({ type: 'timeout' })
  else live.clock.fireAll()
}

function outcomeOf(live: Live): string | null {
  const snapshot = live.actor.getSnapshot()
  return snapshot.status === 'done' ? String(snapshot.value) : null
}

function play(inputs: readonly string[], between: (live: Live) => Live): Transcript {
  const said: string[] = []
  outbox = said
  let live = open()
  for (const input of inputs) {
    live = between(live)
    send(live, input)
  }
  return { said, outcome: outcomeOf(live) }
}

const keep = (live: Live): Live => live
const throughJson = (live: Live): Live => fromText(toText(live))

interface ChainContext {
  readonly x: number
}

interface ChainState {
  entry?: ReturnType<typeof addOne>
  always?: { target: string; guard?: (args: { context: ChainContext }) => boolean }[]
  type?: 'final'
}

const addOne = () =>
  assign<ChainContext, AnyEventObject, undefined, AnyEventObject, never>({
    x: ({ context }) => context.x + 1,
  })

function chainMachine(n: number) {
  const states: Record<string, ChainState> = {}
  for (let i = 0; i < n; i++) {
    const target = i + 1 < n ? `n${i + 1}` : 'end'
    states[`n${i}`] =
      i % 2 === 0
        ? { entry: addOne(), always: [{ target }] }
        : { always: [{ guard: ({ context }) => context.x >= 0, target }, { target: 'end' }] }
  }
  states.end = { type: 'final' }
  return createMachine({
    types: {} as { context: ChainContext },
    id: 'chain',
    initial: 'n0',
    context: { x: 0 },
    states,
  })
}

export const xstateActor: Engine = {
  name: 'xstate actor',
  play: (inputs) => play(inputs, keep),
  playThroughJson: (inputs) => play(inputs, throughJson),
  park: () => {
    outbox = []
    return toText(open())
  },
  resume(snapshot, input) {
    const said: string[] = []
    outbox = said
    const live = fromText(snapshot)
    send(live, input)
    return { said, outcome: outcomeOf(live) }
  },
  // A parked actor is a live object; that it can also lie in a store as text is what `park` measures.
  hold: (snapshot) => fromText(snapshot),
  chain(n) {
    const chain = chainMachine(n)
    return () => {
      const actor = createActor(chain, { clock: new FakeClock() })
      actor.start()
      return actor.getSnapshot().context.x
    }
  },
  compile: (n) => () => chainMachine(n),
}
