/// <reference path="../../node_modules/robot3/index.d.ts" />
import {
  action,
  createMachine,
  guard,
  immediate,
  interpret,
  type Machine,
  reduce,
  state,
  transition,
} from 'robot3'
import { ADA, type Contact, type Engine, TEXTS, TICKET, TIMEOUT, type Transcript } from './engine.ts'

interface Context {
  readonly contact: Contact
  readonly counter: number
  readonly retries: number
  readonly level: string
  readonly ticket: string
}

interface InputEvent {
  readonly type: 'input'
  readonly text: string
}

interface Parked {
  readonly node: string
  readonly context: Context
}

// robot3 has no effects as data; its actions run during the transition and write here. Sessions run one at a time.
let outbox: string[] = []

const say = (text: (context: Context) => string) =>
  action((context: Context) => {
    outbox.push(text(context))
  })
const pressed = (key: string) => guard((_: Context, event: InputEvent) => event.text === key)
const when = (test: (context: Context) => boolean) => guard(test)
const set = (change: (context: Context) => Partial<Context>) =>
  reduce((context: Context) => ({ ...context, ...change(context) }))

// What a wait says hangs on the transitions into it: a restored service enters its state anew and must stay silent.
const askMenu = say(() => TEXTS.menu)
const askTicket = say(() => TEXTS.ask)

const states = {
  start: state(immediate('welcome')),
  welcome: state(
    immediate(
      'menu',
      say((context) => TEXTS.welcome(context.contact)),
      askMenu,
    ),
  ),
  menu: state(
    transition('input', 'balance', pressed('1')),
    transition('input', 'bump', pressed('2')),
    transition('input', 'ask', pressed('3'), askTicket),
    transition('input', 'error'),
    transition('timeout', 'error'),
  ),
  balance: state(
    immediate(
      'owe',
      when((context) => context.contact.balance > 100),
      set(() => ({ level: 'high' })),
    ),
    immediate(
      'owe',
      when((context) => context.contact.balance > 0),
      set(() => ({ level: 'low' })),
    ),
    immediate(
      'owe',
      set(() => ({ level: 'none' })),
    ),
  ),
  owe: state(
    immediate(
      'menu',
      say((context) => TEXTS.owe(context.contact, context.level)),
      askMenu,
    ),
  ),
  bump: state(
    immediate(
      'loop',
      set((context) => ({ counter: context.counter + 1 })),
    ),
  ),
  loop: state(
    immediate(
      'menu',
      when((context) => context.counter < 3),
      askMenu,
    ),
    immediate('looped'),
  ),
  ask: state(
    transition(
      'input',
      'validate',
      reduce((context: Context, event: InputEvent) => ({ ...context, ticket: event.text })),
    ),
  ),
  validate: state(
    immediate(
      'confirm',
      when((context) => TICKET.test(context.ticket)),
    ),
    immediate('error'),
  ),
  confirm: state(
    immediate(
      'resolved',
      say((context) => TEXTS.confirm(context.ticket)),
    ),
  ),
  error: state(
    immediate(
      'retry',
      say(() => TEXTS.error),
    ),
  ),
  retry: state(
    immediate(
      'giveup',
      set((context) => ({ retries: context.retries + 1 })),
    ),
  ),
  giveup: state(
    immediate(
      'menu',
      when((context) => context.retries < 3),
      askMenu,
    ),
    immediate('abandoned'),
  ),
  resolved: state(),
  looped: state(),
  abandoned: state(),
}

type NodeName = keyof typeof states

const ENDS: ReadonlySet<string> = new Set<NodeName>(['resolved', 'looped', 'abandoned'])
const FRESH: Context = { contact: ADA, counter: 0, retries: 0, level: '', ticket: '' }

const ignore = (): void => undefined

function open(node: NodeName, context: Context) {
  // The states are shared; a machine that begins elsewhere is how robot3 restores.
  return interpret(
    createMachine(node, states, () => context),
    ignore,
  )
}

type Service = ReturnType<typeof open>

function send(service: Service, input: string): void {
  service.send(input === TIMEOUT ? { type: 'timeout' } : { type: 'input', text: input })
}

function currentNode(service: Service): NodeName {
  return service.machine.current as NodeName
}

function toText(service: Service): string {
  const parked: Parked = { node: currentNode(service), context: service.context as Context }
  return JSON.stringify(parked)
}

function fromText(text: string): Service {
  const parked = JSON.parse(text) as Parked
  return open(parked.node as NodeName, parked.context)
}

function outcomeOf(service: Service): string | null {
  const node = currentNode(service)
  return ENDS.has(node) ? node : null
}

function play(inputs: readonly string[], between: (service: Service) => Service): Transcript {
  const said: string[] = []
  outbox = said
  let service = open('start', FRESH)
  for (const input of inputs) {
    service = between(service)
    send(service, input)
  }
  return { said, outcome: outcomeOf(service) }
}

const keep = (service: Service): Service => service
const throughJson = (service: Service): Service => fromText(toText(service))

interface ChainContext {
  readonly x: number
}

function chainMachine(n: number) {
  const add = reduce((context: ChainContext) => ({ x: context.x + 1 }))
  const goesOn = guard((context: ChainContext) => context.x >= 0)
  const nodes: Record<string, ReturnType<typeof state>> = {}
  for (let i = 0; i < n; i++) {
    const next = i + 1 < n ? `n${i + 1}` : 'end'
    nodes[`n${i}`] =
      i % 2 === 0 ? state(immediate(next, add)) : state(immediate(next, goesOn), immediate('end'))
  }
  nodes.end = state()
  return createMachine('n0', nodes, (): ChainContext => ({ x: 0 }))
}

export const robot3: Engine = {
  name: 'robot3',
  play: (inputs) => play(inputs, keep),
  playThroughJson: (inputs) => play(inputs, throughJson),
  park: () => {
    outbox = []
    return toText(open('start', FRESH))
  },
  resume(snapshot, input) {
    const said: string[] = []
    outbox = said
    const service = fromText(snapshot)
    send(service, input)
    return { said, outcome: outcomeOf(service) }
  },
  hold: (snapshot) => JSON.parse(snapshot) as unknown,
  chain(n) {
    // The typings know machines of literal states only.
    const machine = chainMachine(n) as unknown as Machine
    return () => (interpret(machine, ignore).context as ChainContext).x
  },
  compile: (n) => () => chainMachine(n),
}
