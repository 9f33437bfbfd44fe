import { describe, expect, it } from 'vitest'
import {
  type Effect,
  resume,
  type Session,
  type SessionEvent,
  start,
  type TraceEntry,
} from '../../src/index.ts'
import { ask, assign, end, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { EPOCH } from '../support/play.ts'

const child = program({
  id: 'child',
  role: 'subflow',
  variables: [{ name: 'who', type: 'text' }],
  nodes: {
    ask: node('collect-input', { prompt: 'Who?', variable: 'who', pattern: '^[a-z]+$', retries: 1 }),
    back: end('back'),
    lost: end('lost'),
  },
  connect: ['start -> ask', 'ask:valid -> back', 'ask:invalid -> lost'],
})

/** Has something of everything that a session can hold. */
const main = program(
  {
    variables: [
      { name: 'n', type: 'number', default: 0 },
      { name: 'who', type: 'text' },
      { name: 'list', type: 'list' },
    ],
    contact: [{ name: 'name', type: 'text' }],
    data: [{ name: 'order', type: 'text' }],
    nodes: {
      menu: node('menu', {
        prompt: 'Hi {{contact.name}} {{n}}',
        options: [{ value: '1' }, { value: '2' }],
        timeout: '5s',
        retries: 2,
        countFailures: true,
      }),
      count: assign({ n: 'n + 1', list: '[n, {"a": [true, null]}]' }),
      http: node('http-request', { url: 'https://x.test/{{trigger.data.order}}' }),
      tell: say('{{nodes.http.status}} {{size(list)}}'),
      call: node('call-subflow', { flow: 'child', outputs: [{ variable: 'who', from: 'who' }] }),
      pause: node('delay', { duration: '1m' }),
      paid: node('wait-for-event', { event: 'paid', timeout: '1h' }),
      bye: say('Bye {{who}} {{nodes.paid.data.sum}}'),
      done: end('ok'),
      failed: end('failed'),
    },
    connect: [
      'start -> menu',
      'menu:1 -> count',
      'menu:2 -> http',
      'menu:noMatch1 -> menu',
      'menu:timeout1 -> menu',
      'count -> menu',
      'http:success -> tell',
      'tell -> call',
      'call:done -> pause',
      'pause:done -> paid',
      'paid:received -> bye',
      'bye -> done',
    ],
    otherwise: 'failed',
  },
  { subflows: [child] },
)

const EVENTS: readonly ((session: Session) => { event: SessionEvent; at: number })[] = [
  () => ({ event: { type: 'digits', digits: '9' }, at: 1 }),
  () => ({ event: { type: 'text', text: '1' }, at: 2 }),
  ({ wait }) => ({ event: { type: 'timer', waitId: wait!.id }, at: 6_000 }),
  () => ({ event: { type: 'digits', digits: '2' }, at: 6_001 }),
  () => ({ event: { type: 'event', name: 'paid', data: { sum: 5 } }, at: 6_002 }),
  ({ wait }) => ({ event: { type: 'result', waitId: wait!.id, status: 201, body: { a: [1] } }, at: 6_003 }),
  () => ({ event: { type: 'text', text: '???' }, at: 6_004 }),
  () => ({ event: { type: 'text', text: 'ada' }, at: 6_005 }),
  ({ wait }) => ({ event: { type: 'timer', waitId: wait!.id }, at: 66_005 }),
]

interface Record {
  readonly session: Session
  readonly effects: readonly Effect[]
  readonly entries: readonly TraceEntry[]
}

/** The whole conversation; `between` is done to the session before each event. */
function converse(between: (session: Session) => Session): Record[] {
  let run = start(
    main,
    { type: 'manual', contact: { name: 'Ada' }, data: { order: 'A-1' } },
    { id: 's', now: EPOCH, seed: 'seed' },
  )
  const records: Record[] = [{ session: run.session, effects: run.effects, entries: run.trace.entries() }]
  for (const next of EVENTS) {
    const session = between(run.session)
    const { event, at } = next(session)
    run = resume(main, session, event, { now: EPOCH + at })
    expect(run.refused).toBeUndefined()
    records.push({ session: run.session, effects: run.effects, entries: run.trace.entries() })
  }
  return records
}

const live = (session: Session) => session
const throughJson = (session: Session) => JSON.parse(JSON.stringify(session)) as Session
const text = (value: unknown) => JSON.stringify(value)

describe('snapshots', () => {
  it('[RUN-12] a session is plain JSON at every wait', () => {
    for (const { session } of converse(live)) expect(throughJson(session)).toEqual(session)
  })

  it('[RUN-12] written out and read back between any two inputs, the conversation is the same', () => {
    const records = converse(live)
    expect(records.at(-1)?.session.flowOutcome).toBe('ok')
    expect(text(converse(throughJson))).toBe(text(records))
  })

  it.each(EVENTS.map((_, index) => index))(
    '[RUN-12] written out and read back before input %i alone',
    (index) => {
      let at = 0
      expect(text(converse((session) => (at++ === index ? throughJson(session) : session)))).toBe(
        text(converse(live)),
      )
    },
  )

  it('[RUN-12] members in another order change nothing', () => {
    const reversed = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value
      if (Array.isArray(value)) return value.map(reversed)
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      )
    }
    const [records, others] = [converse(live), converse((session) => reversed(session) as Session)]
    expect(others.map(({ effects, entries }) => text([effects, entries]))).toEqual(
      records.map(({ effects, entries }) => text([effects, entries])),
    )
    expect(others.at(-1)?.session).toEqual(records.at(-1)?.session)
  })

  it('[RUN-12] a session can be resumed twice from the same snapshot', () => {
    const { session } = converse(live)[2]!
    const event: SessionEvent = { type: 'digits', digits: '2' }
    const [a, b] = [1, 2].map(() => resume(main, session, event, { now: EPOCH }))
    expect(text(a)).toBe(text(b))
  })
})

describe('determinism', () => {
  it('[RUN-13] the same program, session, input, time and seed give the same bytes', () => {
    expect(text(converse(live))).toBe(text(converse(live)))
  })

  it('[RUN-13] the same document compiled twice gives the same hash', () => {
    const build = () =>
      program({ nodes: { a: say('a'), done: end('ok') }, connect: ['start -> a', 'a -> done'] })
    expect(build().hash).toBe(build().hash)
    expect(text(build().executable)).toBe(text(build().executable))
  })

  const dice = nodeType({ enter: ({ random }) => (random === undefined ? 'other' : 'next') })
  const rolling = () =>
    program(
      {
        variables: [{ name: 'rolls', type: 'list', default: [] }],
        nodes: { a: node('roll'), wait: ask(), b: node('roll'), done: end('ok') },
        connect: ['start -> a', 'a -> wait', 'wait:valid -> b', 'b -> done'],
        otherwise: 'done',
      },
      { types: [dice, roll] },
    )
  const roll = nodeType({
    type: 'roll',
    outcomes: () => ['next'],
    enter: (context) => ({ effects: [{ type: 'roll', value: context.random() }], then: 'next' }),
  })
  const rolls = (seed: string) => {
    const first = start(rolling(), { type: 'manual' }, { id: 's', now: EPOCH, seed })
    const second = resume(rolling(), throughJson(first.session), { type: 'text', text: 'x' }, { now: EPOCH })
    const values = [first, second].map(
      ({ effects }) => effects.find(({ type }) => type === 'roll')?.value as number,
    )
    return { values, session: second.session }
  }

  it('[RUN-13] random numbers lie in [0, 1), differ from draw to draw and are determined by the seed', () => {
    const { values } = rolls('one')
    for (const value of values) expect(value).toBeGreaterThanOrEqual(0)
    for (const value of values) expect(value).toBeLessThan(1)
    expect(values[0]).not.toBe(values[1])
    expect(rolls('one').values).toEqual(values)
  })

  it('[RUN-13] another seed changes the random numbers, and nothing else', () => {
    const [one, two] = [rolls('one'), rolls('two')]
    expect(one.values).not.toEqual(two.values)
    expect({ ...one.session, random: 0 }).toEqual({ ...two.session, random: 0 })
  })

  it('[RUN-13] without a draw the state of random numbers stays', () => {
    const { random } = converse(live)[0]!.session
    expect(converse(live).at(-1)?.session.random).toBe(random)
  })

  it('[RUN-13] expressions read the time of the call', () => {
    const clock = program({
      nodes: { a: say('{{now}}'), done: end('ok') },
      connect: ['start -> a', 'a -> done'],
    })
    const at = (now: number) => start(clock, { type: 'manual' }, { id: 's', now, seed: 'x' }).effects[0]
    expect(at(5)).toMatchObject({ text: '5' })
    expect(at(6)).toMatchObject({ text: '6' })
  })
})
