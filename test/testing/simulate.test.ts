import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { compile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { type SimulateOptions, simulate } from '../../src/testing/index.ts'
import { chain, HTTP, LOOKUP } from '../cli/flows.ts'
import { ADA, ASK, compileSupport, ERROR, MENU, WELCOME } from './support.ts'

const support = compileSupport()
const talk = (options: SimulateOptions = {}) => simulate(support, { contact: ADA, ...options })
const compiled = (flow: object) => compile(flow, { nodes: palette })
const lookup = compiled(LOOKUP)
const MENU_WITH_BUTTONS = compiled(
  chain({
    id: 'menu',
    type: 'menu@1',
    config: { prompt: 'Which?', options: [{ value: '1' }], buttons: true },
    outcomes: ['1', 'noMatch'],
  }),
)
const paid = compiled(
  chain({ id: 'paid', type: 'wait-for-event@1', config: { event: 'paid' }, outcomes: ['received'] }),
)

describe('a contact', () => {
  it('says, presses keys and buttons, and hangs up', () => {
    talk()
      .say('1')
      .expectSaid('Ada, you owe 150 (high).', MENU)
      .digits('3')
      .expectSaid(ASK)
      .signal('hangup')
      .expectEnd('signal.hangup')
    simulate(MENU_WITH_BUTTONS).press('1').expectEnd('done')
  })

  it('is the same for the same options, byte for byte', () => {
    const play = () => JSON.stringify(talk().say('9').timeout().session)
    expect(play()).toBe(play())
  })
})

describe('virtual time', () => {
  it('stands still while somebody talks, and moves by wait', () => {
    const simulation = talk({ now: 1_000 }).say('9')
    expect(simulation.now).toBe(1_000)
    expect(simulation.wait('9s').expectWaiting('menu').now).toBe(10_000)
  })

  it('lets every timer go off that falls due on the way, each at its own instant', () => {
    const simulation = talk({ now: 0 }).wait('25s')
    expect(simulation.entries.filter(({ type, node }) => type === 'enter' && node === 'error')).toHaveLength(
      2,
    )
    expect(simulation.openWait?.dueAt).toBe(30_000)
    expect(simulation.now).toBe(25_000)
  })

  it('goes to the deadline of the open wait with timeout', () => {
    const simulation = talk({ now: 0 }).timeout().expectSaid(ERROR, MENU)
    expect(simulation.now).toBe(10_000)
  })

  it.each(['soon', -1, Number.NaN])('refuses to pass %s', (span) => {
    expect(() => talk().wait(span)).toThrow(/\[testing\.duration\]/)
  })
})

describe('effects', () => {
  it('stay open until they are answered', () => {
    const simulation = simulate(lookup).expectWaiting('lookup')
    expect(simulation.awaited).toMatchObject({ type: 'http.request', node: 'lookup' })
    simulation.answer({ status: 404 }).expectSaid('Status 404.').expectEnd('done')
  })

  it('are answered by name of the node or the type', () => {
    simulate(lookup).answer('lookup', {}).expectEnd('done')
    simulate(lookup).answer('http.request', { error: 'timeout' }).expectEnd('done')
    expect(() => simulate(lookup).answer('transfer', {})).toThrow(
      /http\.request of lookup, not transfer.*\[testing\.otherEffect\]/,
    )
  })

  const request = { type: 'http-request@1', config: { url: 'https://example.com' }, outcomes: HTTP }
  const three = compiled(chain({ id: 'a', ...request }, { id: 'b', ...request }, { id: 'c', ...request }))

  it('are mocked by node before type, one result an invocation, the last repeating', () => {
    const effects = { a: { error: 'no line' }, 'http.request': [{ status: 200 }, { status: 500 }] }
    const { steps } = simulate(three, { effects }).expectEnd('done')
    expect(steps.map(({ outcome }) => outcome)).toEqual(['next', 'failed', 'success', 'httpError', 'done'])
  })

  it('come as data, messages among them', () => {
    const { effects, said } = simulate(lookup, { effects: { lookup: { status: 201 } } })
    expect(effects.map(({ type }) => type)).toEqual(['http.request', 'message.send'])
    expect(said).toEqual(['Status 201.'])
  })

  it('in an endless circle are stopped', () => {
    const flow = chain({ id: 'again', ...request }) as unknown as { connectors: JsonObject[] }
    const circle = {
      ...flow,
      connectors: flow.connectors.map((each) =>
        (each.from as JsonObject).outcome === 'success' ? { ...each, to: 'again' } : each,
      ),
    }
    const options = { effects: { again: {} }, maxEvents: 50 }
    expect(() => simulate(compiled(circle), options)).toThrow(/50 mocked effects.*\[testing\.maxEvents\]/)
  })
})

describe('events from elsewhere', () => {
  it('are sent by name, with data', () => {
    simulate(paid).send('paid', { amount: 3 }).expectEnd('done')
  })

  it('for a later wait are kept', () => {
    const simulation = simulate(paid).say('hello').expectWaiting('paid')
    expect(simulation.session.inbox).toEqual([{ type: 'text', text: 'hello' }])
  })
})

describe('the session', () => {
  it('[RUN-12] goes through JSON before every event unless told otherwise', () => {
    const through = talk().say('1').say('9')
    const live = talk({ roundTrip: false }).say('1').say('9')
    expect(JSON.stringify(through.session)).toBe(JSON.stringify(live.session))
  })
})

describe('expectations', () => {
  it('show the conversation, the path and the open wait when they fail', () => {
    const simulation = talk({ now: 0 }).say('9')
    expect(() => simulation.expectEnd('abandoned')).toThrow(
      [
        'Expected the session to end with abandoned, but it waits at menu.',
        'Conversation',
        `  flow     ${WELCOME}`,
        `  flow     ${MENU}`,
        '  contact  9',
        `  flow     ${ERROR}`,
        `  flow     ${MENU}`,
        'Path',
        '  start -> next',
        '  welcome -> next',
        '  menu -> noMatch',
        '  error -> next',
        '  retry -> next',
        '  giveup -> again',
        '  menu',
        'Open wait',
        '  menu takes text, digits; due in 10 s (simulation:6)',
      ].join('\n'),
    )
  })

  it('look at what was said since the last act, in order', () => {
    const simulation = talk().say('9')
    simulation
      .expectSaid(ERROR)
      .expectSaid(MENU)
      .expectSaid(ERROR, /^Press 1/)
    expect(() => simulation.expectSaid(MENU, ERROR)).toThrow(/to say "Sorry, that did not work\." after that/)
    expect(() => simulation.expectSaid(WELCOME)).toThrow(/it said "Sorry/)
    expect(() => simulation.expectSaid()).toThrow(/say nothing/)
    talk().wait('1s').expectSaid()
  })

  it('tell ends, failures and waits apart', () => {
    const ended = talk().say('2').say('2').say('2')
    ended.expectEnd().expectEnd('looped')
    expect(() => ended.expectEnd('resolved')).toThrow('it ended with looped')
    expect(() => ended.expectWaiting()).toThrow('it ended with looped')
    expect(() => ended.expectFailed()).toThrow('Expected the session to fail, but it ended with looped')
    const flow = chain({ id: 'ask', type: 'http-request@1', config: { url: 'nowhere' }, outcomes: HTTP })
    const failed = simulate(compiled(flow))
    failed.expectFailed().expectFailed('http.badUrl')
    expect(() => failed.expectFailed('limit.steps')).toThrow('it failed with http.badUrl')
    expect(() => talk().expectWaiting('ask')).toThrow('it waits at menu')
  })
})

describe('what is refused', () => {
  it('[RUN-14] is expected, and changes nothing', () => {
    const simulation = talk()
    const before = simulation.session
    simulation
      .press('1')
      .expectRefused('event.notAccepted')
      .deliver({ type: 'timer', waitId: 'simulation:1' })
      .expectRefused('event.stale')
    expect(simulation.session).toEqual(before)
  })

  it('does not go unnoticed', () => {
    expect(() => talk().press('1').say('1')).toThrow(/The last event was refused.*\[event\.notAccepted\]/)
    expect(() => talk().press('1').expectWaiting()).toThrow(/was refused/)
    expect(() => talk().expectRefused()).toThrow('it was taken')
    expect(() => talk().press('1').expectRefused('event.stale')).toThrow(
      'it was refused with event.notAccepted',
    )
  })

  it('by a session that has ended is tested with deliver', () => {
    talk().signal('hangup').deliver({ type: 'text', text: 'hello?' }).expectRefused('session.ended')
  })
})

it('a mocked result that is refused does not go unnoticed either', () => {
  const effects = { lookup: { body: { at: new Date(0) } as unknown as JsonObject } }
  simulate(lookup, { effects }).expectRefused('event.malformed').expectWaiting('lookup')
})

describe('misuse says what to do', () => {
  const ended = () => talk().signal('hangup')
  it.each([
    ['talking to a session that has ended', () => ended().say('hello?'), 'testing.notWaiting'],
    ['pressing a button of one', () => ended().press('1'), 'testing.notWaiting'],
    ['timing one out', () => ended().timeout(), 'testing.notWaiting'],
    ['answering where nothing is awaited', () => talk().answer({}), 'testing.notAwaited'],
    ['timing out a wait without a deadline', () => talk().say('3').timeout(), 'testing.noDeadline'],
  ])('%s', (_, misuse, code) => {
    expect(misuse).toThrow(`[${code}]`)
  })
})
