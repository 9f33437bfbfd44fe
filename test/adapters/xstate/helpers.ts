import { type Actor, createActor, type InspectionEvent, SimulatedClock } from 'xstate'
import { type FlowLogic, type FromFlowOptions, fromFlow } from '../../../src/adapters/xstate/index.ts'
import type { Effect, Program } from '../../../src/index.ts'
import { ask, assign, end, node, program, say } from '../../support/flow.ts'
import { ADA } from '../../testing/support.ts'

/** Asks for a name for ten seconds, greets whoever says one, and ends. */
export const GREETER = program({
  variables: [{ name: 'name', type: 'text' }],
  nodes: {
    ask: ask('Who is there?', { variable: 'name', timeout: '10s', maxAttempts: 1 }),
    greet: say('Hello {{ name }}'),
    greeted: end('greeted'),
    silent: end('silent'),
  },
  connect: ['start -> ask', 'ask:valid -> greet', 'greet -> greeted'],
  otherwise: 'silent',
})

/** Says something, and asks for a price, which it waits a minute for and keeps; then it asks the contact. */
export const PRICER = program({
  variables: [{ name: 'price', type: 'any' }],
  nodes: {
    hello: say('One moment'),
    price: node('custom-effect', { effect: 'price.ask', outcomes: [{ name: 'priced' }], timeout: '1m' }),
    keep: assign({ price: 'nodes.price.body' }),
    priced: end('priced'),
    unpriced: end('unpriced'),
    ask: ask('What may it cost?'),
    told: end('told'),
  },
  connect: [
    'start -> hello',
    'hello -> price',
    'price:priced -> keep',
    'keep -> priced',
    'price:failed -> unpriced',
    'price:timeout -> ask',
    'ask:valid -> told',
  ],
  otherwise: 'told',
})

/** What answers the question for a price. */
export const PRICE = { outcome: 'priced', amount: 7 }

/** Says something, and fails by itself; with `after`, only once it has been told something. */
export function failing(after = false): Program {
  return program({
    variables: [{ name: 'count', type: 'number', default: 0 }],
    nodes: {
      hello: say('Welcome'),
      ...(after ? { wait: ask('Well?') } : {}),
      crash: assign({ count: '1 / count' }),
      never: end('never'),
    },
    connect: [
      'start -> hello',
      'crash -> never',
      ...(after ? ['hello -> wait', 'wait:valid -> crash'] : ['hello -> crash']),
    ],
    otherwise: 'never',
  })
}

/** An actor on a clock that stands still until it is moved, and what it was heard to do. */
export interface Lab {
  readonly clock: SimulatedClock
  readonly logic: FlowLogic
  readonly actor: Actor<FlowLogic>
  readonly effects: Effect[]
  readonly refused: string[]
  readonly failures: unknown[]
  /** Errors that subscribers hear of. */
  readonly errors: unknown[]
  /** Texts of the messages so far. */
  readonly said: () => string[]
}

export interface LabOptions extends FromFlowOptions {
  /** What `JSON.parse` made of a persisted snapshot, to go on from. */
  readonly stored?: string
  readonly simulated?: SimulatedClock
  readonly inspect?: (event: InspectionEvent) => void
}

/** Makes an actor with the session id `s`; it is not started. */
export function lab(flow: Program, options: LabOptions = {}): Lab {
  const { stored, simulated: clock = new SimulatedClock(), inspect, ...rest } = options
  const logic = fromFlow(flow, { clock, ...rest })
  const actor = createActor(logic, {
    clock,
    ...(inspect === undefined ? {} : { inspect }),
    ...(stored === undefined
      ? { input: { id: 's', trigger: { type: 'manual', contact: ADA } } }
      : { snapshot: JSON.parse(stored) }),
  })
  const heard = {
    effects: [] as Effect[],
    refused: [] as string[],
    failures: [] as unknown[],
    errors: [] as unknown[],
  }
  actor.on('effect', ({ effect }) => heard.effects.push(effect))
  actor.on('refused', ({ refusal }) => heard.refused.push(refusal.code))
  actor.on('failure', ({ error }) => heard.failures.push(error))
  actor.subscribe({ error: (error) => heard.errors.push(error) })
  const said = () => heard.effects.filter(({ type }) => type === 'message.send').map(({ text }) => `${text}`)
  return { clock, logic, actor, said, ...heard }
}

/** A snapshot as a host stores it. */
export function store({ actor }: Pick<Lab, 'actor'>): string {
  return JSON.stringify(actor.getPersistedSnapshot())
}

/** Lets handlers, which run in microtasks, come to their end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
