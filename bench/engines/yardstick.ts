import {
  ADA,
  type Contact,
  type Engine,
  MENU_TIMEOUT_MS,
  NOW,
  TEXTS,
  TICKET,
  TIMEOUT,
  type Transcript,
} from './engine.ts'

/*
 * The yardstick: what a good programmer would write by hand for this one flow and no other, keeping every promise
 * that the engine makes (pure, JSON in and out, traced, session id, pin, waits with a stale check, effect keys,
 * step limit). It interprets nothing, so nobody who keeps those promises can be much faster.
 */

type Node =
  | 'start'
  | 'welcome'
  | 'menu'
  | 'balance'
  | 'owe'
  | 'bump'
  | 'loop'
  | 'ask'
  | 'validate'
  | 'confirm'
  | 'error'
  | 'retry'
  | 'giveup'
  | 'resolved'
  | 'looped'
  | 'abandoned'

interface State {
  readonly id: string
  /** Hash of the program that the session started with; another program refuses it. */
  readonly pin: string
  readonly status: 'waiting' | 'ended'
  readonly node: Node
  readonly wait: { readonly id: string; readonly until: number | null } | null
  readonly contact: Contact
  readonly vars: {
    readonly counter: number
    readonly retries: number
    readonly level: string
    readonly ticket: string
  }
  readonly outcome: string | null
  /** Ids handed out so far, for effects and waits alike. */
  readonly ids: number
  readonly steps: number
}

type Input =
  | { readonly type: 'start' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'timeout'; readonly waitId: string }

interface Effect {
  readonly type: 'message.send'
  readonly key: string
  readonly text: string
}

interface Visit {
  readonly node: string
  readonly outcome: string
  readonly at: number
}

interface Result {
  readonly state: State
  readonly effects: readonly Effect[]
  readonly trace: readonly Visit[]
  readonly refused?: string
}

const PIN = 'q9Lz0fD3cVYk1o7RrT5mWxAaB2e'
const MAX_STEPS = 10_000
const NOTHING: readonly never[] = []

function begin(id: string, contact: Contact): State {
  return {
    id,
    pin: PIN,
    status: 'waiting',
    node: 'start',
    wait: null,
    contact,
    vars: { counter: 0, retries: 0, level: '', ticket: '' },
    outcome: null,
    ids: 0,
    steps: 0,
  }
}

/** Takes one input to the next wait or the end; answers with new values and never mutates its argument. */
function step(state: State, input: Input, now: number): Result {
  if (state.pin !== PIN) return { state, effects: NOTHING, trace: NOTHING, refused: 'session.otherProgram' }
  if (state.status !== 'waiting') return { state, effects: NOTHING, trace: NOTHING, refused: 'session.ended' }
  if (input.type === 'timeout' && input.waitId !== state.wait?.id) {
    return { state, effects: NOTHING, trace: NOTHING, refused: 'event.stale' }
  }
  const { id, contact } = state
  let { node, ids, steps } = state
  let { counter, retries, level, ticket } = state.vars
  let status: State['status'] = 'ended'
  let wait: State['wait'] = null
  let outcome: string | null = null
  const effects: Effect[] = []
  const trace: Visit[] = []

  // Where a wait is open, the input decides by which outcome it is left.
  if (node === 'menu') {
    const choice = input.type === 'text' ? input.text : TIMEOUT
    switch (choice) {
      case '1':
        trace.push({ node, outcome: '1', at: now })
        node = 'balance'
        break
      case '2':
        trace.push({ node, outcome: '2', at: now })
        node = 'bump'
        break
      case '3':
        trace.push({ node, outcome: '3', at: now })
        node = 'ask'
        break
      default:
        trace.push({ node, outcome: input.type === 'timeout' ? 'timeout' : 'other', at: now })
        node = 'error'
    }
  } else if (node === 'ask') {
    if (input.type !== 'text')
      return { state, effects: NOTHING, trace: NOTHING, refused: 'event.notAccepted' }
    ticket = input.text
    trace.push({ node, outcome: 'done', at: now })
    node = 'validate'
  }

  running: for (;;) {
    if (++steps > MAX_STEPS) {
      outcome = 'limit.maxSteps'
      break
    }
    switch (node) {
      case 'start':
        trace.push({ node, outcome: 'next', at: now })
        node = 'welcome'
        break
      case 'welcome':
        effects.push({ type: 'message.send', key: `${id}:${ids++}`, text: TEXTS.welcome(contact) })
        trace.push({ node, outcome: 'next', at: now })
        node = 'menu'
        break
      case 'menu':
        effects.push({ type: 'message.send', key: `${id}:${ids++}`, text: TEXTS.menu })
        trace.push({ node, outcome: 'wait', at: now })
        wait = { id: `${id}:${ids++}`, until: now + MENU_TIMEOUT_MS }
        status = 'waiting'
        break running
      case 'balance': {
        const balance = contact.balance
        level = balance > 100 ? 'high' : balance > 0 ? 'low' : 'none'
        trace.push({ node, outcome: level, at: now })
        node = 'owe'
        break
      }
      case 'owe':
        effects.push({ type: 'message.send', key: `${id}:${ids++}`, text: TEXTS.owe(contact, level) })
        trace.push({ node, outcome: 'next', at: now })
        node = 'menu'
        break
      case 'bump':
        counter += 1
        trace.push({ node, outcome: 'next', at: now })
        node = 'loop'
        break
      case 'loop': {
        const again = counter < 3
        trace.push({ node, outcome: again ? 'again' : 'done', at: now })
        node = again ? 'menu' : 'looped'
        break
      }
      case 'ask':
        effects.push({ type: 'message.send', key: `${id}:${ids++}`, text: TEXTS.ask })
        trace.push({ node, outcome: 'wait', at: now })
        wait = { id: `${id}:${ids++}`, until: null }
        status = 'waiting'
        break running
      case 'validate': {
        const valid = TICKET.test(ticket)
        trace.push({ node, outcome: valid ? 'ok' : 'bad', at: now })
        node = valid ? 'confirm' : 'error'
        break
      }
      case 'confirm':
        effects.push({ type: 'message.send', key: `${id}:${ids++}`, text: TEXTS.confirm(ticket) })
        trace.push({ node, outcome: 'next', at: now })
        node = 'resolved'
        break
      case 'error':
        effects.push({ type: 'message.send', key: `${id}:${ids++}`, text: TEXTS.error })
        trace.push({ node, outcome: 'next', at: now })
        node = 'retry'
        break
      case 'retry':
        retries += 1
        trace.push({ node, outcome: 'next', at: now })
        node = 'giveup'
        break
      case 'giveup': {
        const again = retries < 3
        trace.push({ node, outcome: again ? 'again' : 'done', at: now })
        node = again ? 'menu' : 'abandoned'
        break
      }
      case 'resolved':
      case 'looped':
      case 'abandoned':
        trace.push({ node, outcome: 'end', at: now })
        outcome = node
        break running
    }
  }

  return {
    state: {
      id,
      pin: PIN,
      status,
      node,
      wait,
      contact,
      vars: { counter, retries, level, ticket },
      outcome,
      ids,
      steps,
    },
    effects,
    trace,
  }
}

function toInput(input: string, state: State): Input {
  return input === TIMEOUT ? { type: 'timeout', waitId: state.wait?.id ?? '' } : { type: 'text', text: input }
}

function collect(said: string[], effects: readonly Effect[]): void {
  for (const effect of effects) if (effect.type === 'message.send') said.push(effect.text)
}

function start(): Result {
  return step(begin('s1', ADA), { type: 'start' }, NOW)
}

function play(inputs: readonly string[], between: (state: State) => State): Transcript {
  const said: string[] = []
  let { state, effects } = start()
  collect(said, effects)
  for (const input of inputs) {
    state = between(state)
    ;({ state, effects } = step(state, toInput(input, state), NOW))
    collect(said, effects)
  }
  return { said, outcome: state.outcome }
}

const keep = (state: State): State => state
const throughJson = (state: State): State => JSON.parse(JSON.stringify(state)) as State

interface ChainState {
  readonly id: string
  readonly pin: string
  readonly node: number
  readonly x: number
  readonly outcome: string | null
  readonly steps: number
}

/** The chain as one would write it by hand: a loop with two cases, under the same duties. */
function runChain(
  state: ChainState,
  names: readonly string[],
  now: number,
): { state: ChainState; trace: Visit[] } {
  const trace: Visit[] = []
  let { node, x, steps } = state
  let outcome: string | null = 'done'
  for (; node < names.length; node++) {
    if (++steps > MAX_CHAIN_STEPS) {
      outcome = 'limit.maxSteps'
      break
    }
    if (node % 2 === 0) {
      x = x + 1
      trace.push({ node: names[node]!, outcome: 'next', at: now })
    } else {
      const goesOn = x >= 0
      trace.push({ node: names[node]!, outcome: goesOn ? 'yes' : 'no', at: now })
      if (!goesOn) break
    }
  }
  return { state: { id: state.id, pin: state.pin, node, x, outcome, steps }, trace }
}

const MAX_CHAIN_STEPS = 20_000

export const yardstick: Engine = {
  name: 'yardstick',
  play: (inputs) => play(inputs, keep),
  playThroughJson: (inputs) => play(inputs, throughJson),
  park: () => JSON.stringify(start().state),
  resume(snapshot, input) {
    const parked = JSON.parse(snapshot) as State
    const { state, effects } = step(parked, toInput(input, parked), NOW)
    const said: string[] = []
    collect(said, effects)
    return { said, outcome: state.outcome }
  },
  hold: (snapshot) => JSON.parse(snapshot) as unknown,
  chain(n) {
    const names = Array.from({ length: n }, (_, i) => `n${i}`)
    const first: ChainState = { id: 's1', pin: PIN, node: 0, x: 0, outcome: null, steps: 0 }
    return () => runChain(first, names, NOW).state.x
  },
}
