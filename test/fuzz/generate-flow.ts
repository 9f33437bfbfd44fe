import type { Json, JsonObject } from '../../src/base/json.ts'
import type { Random } from '../../src/base/random.ts'
import type { FlowDocument, FlowNode, FlowRole, TransitionAction } from '../../src/document/flow-document.ts'
import type { StartOptions, Trigger } from '../../src/index.ts'
import { createRegistry, type NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'

/** Stands in every sensitive value that a generated session holds, and nowhere else. */
export const SECRET = 'SECRET'

/** A flow with what it calls: each document valid by itself. */
export interface GeneratedFlow {
  readonly main: FlowDocument
  readonly subflows: readonly FlowDocument[]
  readonly exception: FlowDocument | undefined
  readonly trigger: Trigger
  /** Options of the start beside id, now and seed. */
  readonly options: Pick<StartOptions, 'language' | 'variables'>
}

/** Choices by a seeded generator. */
export class Dice {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** A whole number from 0 up to but not including `end`. */
  below(end: number): number {
    return Math.floor(this.#random.next() * end)
  }

  chance(probability: number): boolean {
    return this.#random.next() < probability
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }

  /** Between `least` and `most` values. */
  some<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, index) => make(index))
  }
}

const VARIABLES = [
  { name: 'n', type: 'number', default: 1 },
  { name: 'm', type: 'number', default: 2 },
  { name: 'word', type: 'text', default: 'word' },
  { name: 'flag', type: 'boolean', default: false },
  { name: 'items', type: 'list', default: [1, 'two'] },
  { name: 'thing', type: 'object', default: { a: 1 } },
  { name: 'whatever', type: 'any' },
  { name: 'day', type: 'date', default: '2026-11-21' },
  { name: 'pin', type: 'text', default: `${SECRET}-1`, sensitive: true },
] as const

type Kind = 'number' | 'text' | 'boolean' | 'list' | 'object' | 'any' | 'date'

const CONTACT = [
  { name: 'name', type: 'text' },
  { name: 'balance', type: 'number' },
  { name: 'iban', type: 'text', sensitive: true },
] as const

const DATA = [
  { name: 'order', type: 'text' },
  { name: 'code', type: 'text', sensitive: true },
] as const

const LOGBOOKS = [{ name: 'book', fields: ['a', 'b'] }] as const
const OUTCOMES = ['ok', 'bad', 'mid'] as const
export const EVENT_NAMES = ['paid', 'shipped'] as const
export const CHANNELS = ['web', 'sms', 'email'] as const

const EXPRESSIONS: { readonly [Of in Kind]: readonly string[] } = {
  number: [
    ...[
      '0',
      '1',
      '7',
      'n',
      'm',
      'n + 1',
      'n - m',
      'n * 2',
      'n / m',
      'size(word)',
      'size(items)',
      'contact.balance',
      'now',
    ],
    ...[
      'int(word)',
      'default(contact.balance, 5) % 3',
      'flag ? n : m',
      'round(n / 3, 2)',
      'max(n, m, 4)',
      'null',
    ],
  ],
  text: [
    ...[
      '"x"',
      '""',
      'word',
      'word + "a"',
      'word + word',
      'string(n)',
      'contact.name',
      'trigger.data.order',
      'session.id',
    ],
    ...[
      'word.upper()',
      'day',
      'flag ? "yes" : word',
      'dyn(items[0])',
      'dyn(whatever)',
      'session.language',
      '"ü😀"',
      'null',
    ],
  ],
  boolean: [
    ...[
      'true',
      'false',
      'flag',
      '!flag',
      'n > 3',
      'n == m',
      'word == "yes"',
      'items.exists(x, x == n)',
      'has(contact.name)',
    ],
    ...[
      'n < 5 && size(word) < 9',
      'whatever == null',
      'word.matches("^[a-z]+$")',
      '"1" in ["1", word]',
      'm / n > 0.5',
    ],
  ],
  list: ['[]', '[n, m]', 'items', 'items + [n]', '[[word], {"a": n}]', 'items.filter(x, x != 1)', 'null'],
  object: ['{}', '{"a": n}', 'thing', '{"deep": {"list": items}}', 'null'],
  date: ['day', '"2027-01-01"', 'null'],
  any: ['null', 'n', 'word', 'items', 'thing', 'whatever', '[n, [word]]'],
}

/** Expressions that read something sensitive. */
const SENSITIVE: readonly string[] = [
  'pin',
  'contact.iban',
  'trigger.data.code',
  'pin + word',
  'pin.lower()',
  'string(n) + pin',
]

const PATTERNS = ['^[a-z]+$', '\\d', '^(yes|no)$'] as const
const DURATIONS = ['0s', '1s', '30s', '1m', '2d'] as const
const SIGNAL_OUTCOMES = ['on:hangup', 'on:stop', 'on:cancel'] as const

/** A random valid flow over the whole palette, with the flows that it calls. */
export function generateFlow(dice: Dice): GeneratedFlow {
  const children = dice.chance(0.6) ? dice.some(1, 2, (index) => `child${index}`) : []
  const called = [...children, 'main', ...(dice.chance(0.1) ? ['nowhere'] : [])]
  const subflows: FlowDocument[] = []
  for (const id of children) subflows.push(generateDocument(dice, id, 'subflow', called))
  return {
    main: generateDocument(dice, 'main', 'main', called),
    subflows,
    exception: dice.chance(0.5) ? generateDocument(dice, 'oops', 'exception', called) : undefined,
    trigger: generateTrigger(dice),
    options: {
      ...(dice.chance(0.3) ? { language: dice.pick(['de-AT', 'en', 'fr']) } : {}),
      ...(dice.chance(0.3)
        ? { variables: { n: dice.below(9), word: dice.pick(['abc', 'w'.repeat(300), null]), items: [] } }
        : {}),
    },
  }
}

function generateTrigger(dice: Dice): Trigger {
  return {
    type: dice.pick(['manual', 'message', 'call']),
    ...(dice.chance(0.8)
      ? {
          contact: {
            name: dice.pick(['Ada', '', 'Zoë']),
            balance: dice.below(20) - 5,
            iban: `${SECRET}-2`,
            unread: [1],
          },
        }
      : {}),
    ...(dice.chance(0.8) ? { data: { order: dice.pick(['A-1', 'yes']), code: `${SECRET}-3` } } : {}),
  }
}

function generateDocument(dice: Dice, id: string, role: FlowRole, called: readonly string[]): FlowDocument {
  return new DocumentGenerator(dice, called).document(id, role)
}

class DocumentGenerator {
  readonly #dice: Dice
  readonly #called: readonly string[]

  constructor(dice: Dice, called: readonly string[]) {
    this.#dice = dice
    this.#called = called
  }

  document(id: string, role: FlowRole): FlowDocument {
    const dice = this.#dice
    const inner = dice.some(1, 9, (index) => this.#node(`n${index}`))
    const start: FlowNode = this.#withActions({ id: 'start', type: 'start@1', config: { data: DATA } })
    const nodes: FlowNode[] = [start, ...inner]
    const ends = new Map<string, FlowNode>()
    const endNode = () => {
      const outcome = dice.pick(OUTCOMES)
      const end =
        ends.get(outcome) ?? this.#withActions({ id: `end_${outcome}`, type: 'end@1', config: { outcome } })
      ends.set(outcome, end)
      return end.id
    }
    const connectors = nodes.flatMap((node, index) => {
      const following = nodes[index + 1]?.id ?? endNode()
      const outcomes = this.#outcomes(node)
      const bounded = boundedOutcomes(node)
      const forward = outcomes.find((outcome) => !bounded.includes(outcome))
      return outcomes.map((outcome) => ({
        id: `${node.id}:${outcome}`,
        from: { node: node.id, outcome },
        to: outcome === forward ? following : this.#target(nodes, index, bounded.includes(outcome), endNode),
      }))
    })
    return {
      schema: 1,
      id,
      name: id,
      medium: 'any',
      role,
      audience: 'interaction',
      settings: {
        variables: VARIABLES,
        contact: CONTACT,
        outcomes: [...ends.keys()].map((code) => ({ code, kind: 'completed' })),
        logbooks: LOGBOOKS,
        ...(dice.chance(0.3) ? { stopWords: ['stop'] } : {}),
        ...(dice.chance(0.3) ? { languages: { default: 'de', others: [{ tag: 'en' }] } } : {}),
        ...(dice.chance(0.3) ? { limits: this.#limits() } : {}),
      },
      nodes: [...nodes, ...ends.values()],
      connectors,
      notes: [],
    }
  }

  #limits(): { [name: string]: number } {
    const dice = this.#dice
    const values = {
      maxSteps: 5 + dice.below(60),
      maxStepsPerEvent: 5 + dice.below(30),
      maxVisits: 1 + dice.below(4),
      maxDepth: 1 + dice.below(4),
      maxInbox: 1 + dice.below(4),
      maxExpressionCost: 1 + dice.below(20),
      maxPayloadBytes: 100 + dice.below(2_000),
      maxSessionBytes: 4_000 + dice.below(4_000),
      maxEffectsPerEvent: 1 + dice.below(10),
    }
    return Object.fromEntries(Object.entries(values).filter(() => dice.chance(0.3)))
  }

  /** What a node declares, then the implicit outcomes that the flow connects. */
  #outcomes(node: FlowNode): string[] {
    const runtime = typeOf(node).runtime
    const declared = runtime.outcomes(node.config)
    // What leaves the flow leads on by its error alone.
    if (declared.length === 0) return ['on:error']
    const implicit = [...SIGNAL_OUTCOMES, 'on:error'].filter(() => this.#dice.chance(0.12))
    return [...declared, ...(node.id === 'start' ? [] : implicit)]
  }

  /** Anything ahead, or the way back: only from what always waits or is bounded, so that no cycle runs without end. */
  #target(nodes: readonly FlowNode[], index: number, bounded: boolean, endNode: () => string): string {
    const dice = this.#dice
    const pauses = typeOf(nodes[index]!).pauses?.(nodes[index]!.config) === true
    if ((pauses || bounded) && dice.chance(0.6)) return nodes[1 + dice.below(index)]!.id
    const ahead = nodes.slice(index + 1)
    return ahead.length === 0 || dice.chance(0.1) ? endNode() : dice.pick(ahead).id
  }

  #node(id: string): FlowNode {
    const { type, make } = this.#dice.pick(NODES)
    const config = make.call(this, this.#dice)
    return this.#withActions({ id, type: `${type}@1`, config })
  }

  #withActions(node: FlowNode): FlowNode {
    const dice = this.#dice
    const outcomes = typeOf(node).runtime.outcomes(node.config)
    return {
      ...node,
      ...(dice.chance(0.15) ? { onEnter: dice.some(1, 2, () => this.#action()) } : {}),
      ...(outcomes.length > 0 && dice.chance(0.15)
        ? { onLeave: { [dice.pick(outcomes)]: dice.some(1, 2, () => this.#action()) } }
        : {}),
    }
  }

  #action(): TransitionAction {
    const dice = this.#dice
    if (dice.chance(0.5)) return { log: 'book', fields: { a: this.anySource(), b: this.source('any') } }
    const { name, type } = dice.pick(VARIABLES)
    return { set: name, to: name === 'pin' ? this.anySource('text') : this.source(type) }
  }

  /** An expression that reads nothing sensitive. */
  source(kind: Kind): string {
    return this.#dice.pick(EXPRESSIONS[kind])
  }

  /** An expression that may read something sensitive. */
  anySource(kind: Kind = 'any'): string {
    return this.#dice.chance(0.4) ? this.#dice.pick(SENSITIVE) : this.source(kind)
  }

  template(): string {
    const hole = () => `{{${this.#dice.chance(0.5) ? this.anySource('text') : this.source('number')}}}`
    return this.#dice.pick([
      'Hello',
      `Hi ${hole()}`,
      `${hole()} and ${hole()}`,
      `${hole()}${hole()}${hole()}!`,
    ])
  }

  prompt(): Json {
    const dice = this.#dice
    if (dice.chance(0.7)) return this.template()
    return {
      text: dice.chance(0.5) ? this.template() : { texts: { en: this.template(), de: this.template() } },
      ...(dice.chance(0.3) ? { speech: this.template() } : {}),
      ...(dice.chance(0.3) ? { audio: 'hello' } : {}),
      ...(dice.chance(0.3) ? { media: `https://x.test/${this.template()}` } : {}),
    }
  }

  retries(): JsonObject {
    const dice = this.#dice
    return {
      ...(dice.chance(0.7) ? { retries: dice.below(3) } : {}),
      ...(dice.chance(0.5) ? { countFailures: dice.chance(0.7) } : {}),
      ...(dice.chance(0.6) ? { timeout: dice.pick(DURATIONS) } : {}),
      ...(dice.chance(0.4) ? { retryPrompt: this.prompt() } : {}),
      ...(dice.chance(0.4) ? { timeoutPrompt: this.prompt() } : {}),
    }
  }

  flow(): string {
    return this.#dice.pick(this.#called)
  }
}

const TYPES = createRegistry(palette)

function typeOf(node: FlowNode): NodeType {
  return TYPES.get(node.type)!
}

function boundedOutcomes(node: FlowNode): readonly string[] {
  return typeOf(node).boundedOutcomes?.(node.config) ?? []
}

interface NodeMaker {
  readonly type: string
  readonly make: (this: DocumentGenerator, dice: Dice) => JsonObject
}

const NODES: readonly NodeMaker[] = [
  {
    type: 'send-message',
    make(dice) {
      return {
        prompt: this.prompt(),
        ...(dice.chance(0.3) ? { channel: 'email' } : {}),
        ...(dice.chance(0.4) ? { await: 'accepted', timeout: dice.pick(DURATIONS) } : {}),
      }
    },
  },
  {
    type: 'menu',
    make(dice) {
      const values = ['1', '2', '3'].slice(0, 1 + dice.below(3))
      const options = values.map((value) => ({
        value,
        ...(dice.chance(0.5) ? { label: `label ${value}` } : {}),
        ...(dice.chance(0.3) ? { synonyms: [`say ${value}`, 'yes'] } : {}),
      }))
      return {
        prompt: this.prompt(),
        options,
        ...(dice.chance(0.4) ? { buttons: true } : {}),
        ...this.retries(),
      }
    },
  },
  {
    type: 'collect-input',
    make(dice) {
      const accept = dice.pick(['text', 'number', 'date', 'digits'])
      const variable = {
        text: ['word', 'pin', 'whatever'],
        number: ['n', 'm'],
        date: ['day'],
        digits: ['word', 'pin'],
      }[accept]!
      return {
        prompt: this.prompt(),
        accept,
        ...(dice.chance(0.7) ? { variable: dice.pick(variable) } : {}),
        ...(dice.chance(0.3) ? { pattern: dice.pick(PATTERNS) } : {}),
        ...(dice.chance(0.3) ? { minLength: 1 + dice.below(3) } : {}),
        ...(dice.chance(0.3) ? { maxLength: 3 + dice.below(9) } : {}),
        ...(accept === 'number' && dice.chance(0.4) ? { min: 0, max: 9 } : {}),
        ...(dice.chance(0.3) ? { undelivered: true } : {}),
        ...this.retries(),
      }
    },
  },
  {
    type: 'branch',
    make(dice) {
      return {
        rules: dice.some(1, 3, (index) => ({ outcome: `rule${index}`, condition: this.source('boolean') })),
        ...(dice.chance(0.3) ? { default: 'otherwise' } : {}),
      }
    },
  },
  {
    type: 'set-variables',
    make(dice) {
      return {
        assignments: dice.some(1, 3, () => {
          const { name, type } = dice.pick(VARIABLES)
          return { variable: name, value: name === 'pin' ? this.anySource('text') : this.source(type) }
        }),
      }
    },
  },
  {
    type: 'delay',
    make(dice) {
      return dice.chance(0.6)
        ? { duration: dice.pick(DURATIONS) }
        : { until: dice.pick(['now + 5000', 'now - 1', 'n', 'now + n * 1000']) }
    },
  },
  {
    type: 'wait-for-event',
    make(dice) {
      return { event: dice.pick(EVENT_NAMES), ...(dice.chance(0.6) ? { timeout: dice.pick(DURATIONS) } : {}) }
    },
  },
  {
    type: 'http-request',
    make(dice) {
      return {
        method: dice.pick(['GET', 'POST', 'DELETE']),
        url: dice.pick(['https://x.test/a', `https://x.test/${this.template()}`, '{{word}}']),
        ...(dice.chance(0.3) ? { headers: { b: this.template(), a: 'fixed' } } : {}),
        ...(dice.chance(0.4)
          ? { body: this.anySource('any') }
          : dice.chance(0.3)
            ? { form: { a: this.template(), b: 'fixed' } }
            : {}),
        ...(dice.chance(0.3) ? { query: { q: this.template() } } : {}),
        ...(dice.chance(0.4) ? { timeout: dice.pick(DURATIONS) } : {}),
        ...(dice.chance(0.3) ? { attempts: 1 + dice.below(3) } : {}),
      }
    },
  },
  {
    type: 'call-subflow',
    make(dice) {
      return {
        flow: this.flow(),
        ...(dice.chance(0.3) ? { version: 'official' } : {}),
        ...(dice.chance(0.4)
          ? { inputs: { word: this.source('text'), pin: this.anySource('text'), n: this.source('number') } }
          : {}),
        ...(dice.chance(0.4)
          ? {
              outputs: [
                { variable: 'word', from: 'word' },
                { variable: 'pin', from: 'pin' },
              ],
            }
          : {}),
        ...(dice.chance(0.6) ? { outcomes: OUTCOMES.filter(() => dice.chance(0.5)) } : {}),
      }
    },
  },
  {
    type: 'transfer',
    make(dice) {
      return {
        to: this.template(),
        kind: dice.pick(['number', 'agent', 'queue']),
        ...(dice.chance(0.3) ? { timeout: dice.pick(DURATIONS) } : {}),
      }
    },
  },
  {
    type: 'place-call',
    make(dice) {
      return {
        to: this.template(),
        ...(dice.chance(0.3) ? { from: this.template() } : {}),
        ...(dice.chance(0.3) ? { timeout: dice.pick(DURATIONS) } : {}),
      }
    },
  },
  {
    type: 'record',
    make(dice) {
      return {
        ...(dice.chance(0.7) ? { prompt: this.prompt() } : {}),
        ...(dice.chance(0.3) ? { maxLength: dice.pick(DURATIONS) } : {}),
        ...(dice.chance(0.3) ? { finishOnKey: '#' } : {}),
      }
    },
  },
  {
    type: 'custom-effect',
    make(dice) {
      return {
        effect: 'host.work',
        ...(dice.chance(0.6) ? { fields: { a: this.anySource(), b: this.source('any') } } : {}),
        ...(dice.chance(0.7) ? { outcomes: [{ name: 'fine' }, { name: 'poor' }] } : {}),
        ...(dice.chance(0.4) ? { timeout: dice.pick(DURATIONS) } : {}),
      }
    },
  },
  {
    type: 'evaluate',
    make(dice) {
      const variable = dice.chance(0.4) ? dice.pick(['n', 'word', 'pin', 'whatever']) : undefined
      const kind = { n: 'number', word: 'text', pin: 'text', whatever: 'any' } as const
      return {
        expression:
          variable === undefined || variable === 'pin'
            ? this.anySource('text')
            : this.source(kind[variable as keyof typeof kind]),
        ...(variable === undefined ? {} : { variable }),
        ...(dice.chance(0.5) ? { choices: [{ value: 'word' }, { value: 'x' }] } : {}),
      }
    },
  },
  {
    type: 'jump',
    make(dice) {
      if (dice.chance(0.7)) return { max: 1 + dice.below(3) }
      return {
        flow: this.flow(),
        ...(dice.chance(0.5) ? { inputs: { word: this.source('text'), pin: this.anySource('text') } } : {}),
      }
    },
  },
  {
    type: 'loop',
    make(dice) {
      return {
        ...(dice.chance(0.7)
          ? { list: this.source('list'), ...(dice.chance(0.5) ? { item: 'whatever' } : {}) }
          : { times: dice.pick(['0', '2', 'n']) }),
        ...(dice.chance(0.3) ? { index: 'm' } : {}),
        ...(dice.chance(0.5) ? { max: 1 + dice.below(4) } : {}),
      }
    },
  },
  {
    type: 'log',
    make() {
      return { logbook: 'book', fields: { a: this.anySource(), b: this.source('any') } }
    },
  },
  {
    type: 'emit-event',
    make(dice) {
      return {
        event: dice.pick(EVENT_NAMES),
        ...(dice.chance(0.6) ? { data: { a: this.anySource(), b: this.source('any') } } : {}),
      }
    },
  },
  {
    type: 'update-contact',
    make(dice) {
      return {
        fields: {
          name: this.source('text'),
          ...(dice.chance(0.5) ? { balance: this.source('number'), unread: this.source('any') } : {}),
          ...(dice.chance(0.3) ? { iban: this.anySource('text') } : {}),
        },
      }
    },
  },
  {
    type: 'business-hours',
    make(dice) {
      return {
        timeZone: dice.pick(['Europe/Berlin', 'America/New_York', 'UTC']),
        hours: [
          { days: ['monday', 'wednesday'], from: '09:00', to: '17:30' },
          ...(dice.chance(0.4) ? [{ days: ['tuesday'], from: '12:00', to: '02:00' }] : []),
        ],
        ...(dice.chance(0.5) ? { holidays: [{ date: dice.pick(['11-14', '2023-11-15']), name: 'x' }] } : {}),
      }
    },
  },
  {
    type: 'receive-message',
    make(dice) {
      return {
        ...(dice.chance(0.6) ? { channels: CHANNELS.slice(1), byChannel: dice.chance(0.6) } : {}),
        ...(dice.chance(0.5) ? { prompt: this.prompt() } : {}),
        ...(dice.chance(0.5) ? { variable: dice.pick(['word', 'pin']) } : {}),
        ...(dice.chance(0.5) ? { timeout: dice.pick(DURATIONS) } : {}),
      }
    },
  },
  {
    type: 'send-card',
    make(dice) {
      return {
        title: this.prompt(),
        ...(dice.chance(0.5) ? { prompt: this.prompt() } : {}),
        ...(dice.chance(0.8)
          ? {
              buttons: [
                { value: '1', url: `https://x.test/${this.template()}` },
                { value: '2', text: 'two' },
              ],
            }
          : {}),
        ...(dice.chance(0.6) ? { expiry: dice.pick(DURATIONS), withdrawable: dice.chance(0.7) } : {}),
      }
    },
  },
  {
    type: 'push-notification',
    make(dice) {
      return {
        title: this.prompt(),
        prompt: this.prompt(),
        ...(dice.chance(0.3) ? { link: dice.pick(['app://x', '{{word}}']) } : {}),
        ...(dice.chance(0.4) ? { data: { a: this.anySource() } } : {}),
        ...(dice.chance(0.6) ? { await: 'accepted', timeout: dice.pick(DURATIONS) } : {}),
      }
    },
  },
  {
    type: 'parse-data',
    make(dice) {
      return {
        source: dice.pick([
          'thing',
          'whatever',
          'items',
          'word',
          '"{\\"a\\": [1, {\\"b\\": null}]}"',
          '"[1e999]"',
        ]),
        values: [
          { name: 'a', path: dice.pick(['$.a', '$.a[0]', '$[-1]', '$.*', '$']), required: dice.chance(0.3) },
          { name: 'b', expression: this.source('any'), variable: 'whatever' },
        ],
      }
    },
  },
  {
    type: 'script',
    make(dice) {
      return {
        source: 'return 1',
        ...(dice.chance(0.5)
          ? { inputs: { a: this.source('any') }, variable: dice.pick(['whatever', 'n']) }
          : { inputs: { a: this.anySource() } }),
      }
    },
  },
]
