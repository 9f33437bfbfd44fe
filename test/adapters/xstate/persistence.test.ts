import { describe, expect, it } from 'vitest'
import { SimulatedClock, toPromise } from 'xstate'
import { type SessionEvent, SluiceError } from '../../../src/index.ts'
import { compileSupport } from '../../testing/support.ts'
import { failing, GREETER, type Lab, lab, PRICER, store } from './helpers.ts'

const SUPPORT = compileSupport()

/** What is done to an actor: an event comes in, or milliseconds go by. */
type Move = SessionEvent | number

const text = (value: string): SessionEvent => ({ type: 'text', text: value })

function move({ actor, clock }: Lab, what: Move): void {
  if (typeof what === 'number') clock.increment(what)
  else actor.send(what)
}

/** The same moves, once in one go, and once through JSON and a new actor before each of them. */
function both(moves: readonly Move[]) {
  const straight = lab(SUPPORT)
  straight.actor.start()
  for (const what of moves) move(straight, what)

  const simulated = new SimulatedClock()
  let last = lab(SUPPORT, { simulated })
  last.actor.start()
  const said = last.said()
  for (const what of moves) {
    const stored = store(last)
    last.actor.stop()
    last = lab(SUPPORT, { simulated, stored })
    last.actor.start()
    move(last, what)
    said.push(...last.said())
  }
  return { straight: { end: store(straight), said: straight.said() }, broken: { end: store(last), said } }
}

describe('a snapshot', () => {
  it.each<[string, readonly Move[]]>([
    ['a ticket', ['1', '2', '9', '1', '3', 'AB-1234'].map(text)],
    ['silence', [10_000, 10_000, 10_000]],
    ['a wait cut in two', [text('1'), 4_000, 6_000, text('2'), 9_999, 1, 10_000]],
    ['a hang-up', [text('2'), { type: 'signal', name: 'hangup' }]],
    ['what is refused', [{ type: 'button', waitId: 's:99', value: '1' }, text('2'), text('2'), text('2')]],
  ])('that goes through JSON before every input changes nothing: %s', (_, moves) => {
    const { straight, broken } = both(moves)
    expect(broken).toEqual(straight)
  })

  it('is plain JSON at every stage', () => {
    for (const flow of [lab(GREETER), lab(PRICER), lab(failing(true))]) {
      flow.actor.start()
      expect(JSON.parse(store(flow))).toEqual(JSON.parse(JSON.stringify(flow.actor.getSnapshot())))
    }
  })

  it('of an actor that is done keeps the output', async () => {
    const before = lab(GREETER)
    before.actor.start().send(text('Ada'))
    const { actor, effects } = lab(GREETER, { stored: store(before) })
    expect((await toPromise(actor.start())).flowOutcome).toBe('greeted')
    expect(effects).toEqual([])
  })

  it('of an actor that has failed keeps the error', () => {
    const before = lab(failing(true))
    before.actor.start().send(text('go'))
    const { actor, errors } = lab(failing(true), { stored: store(before) })
    actor.start()
    expect(errors[0]).toBeInstanceOf(SluiceError)
    expect(errors).toEqual(before.errors)
    expect(errors[0]).toMatchObject({ code: 'evaluation.notFinite', cause: { node: 'crash' } })
  })

  it('of an actor that could not be started keeps the error', () => {
    const before = lab(GREETER, { clock: { now: () => Number.NaN } })
    const { actor } = lab(GREETER, { stored: store(before) })
    expect(actor.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'session.now' } })
    expect(actor.getSnapshot().error).toBeInstanceOf(SluiceError)
  })

  it('of an actor that was stopped stays stopped', () => {
    const before = lab(GREETER)
    before.actor.start().stop()
    const { actor, said, clock } = lab(GREETER, { stored: store(before) })
    actor.start()
    clock.increment(60_000)
    actor.send(text('Ada'))
    expect([actor.getSnapshot().status, said()]).toEqual(['stopped', []])
  })

  it('from before the start of an actor that is bound to fail still fails it', () => {
    const { actor, errors } = lab(failing(), { stored: store(lab(failing())) })
    actor.start()
    expect(errors).toMatchObject([{ code: 'evaluation.notFinite' }])
  })

  it.each([
    ['of another flow', store(lab(PRICER)), 'session.wrongProgram'],
    ['of other logic', JSON.stringify({ status: 'active', context: { count: 1 } }), 'session.shape'],
    ['without a context', JSON.stringify({ status: 'active' }), 'session.shape'],
  ])('%s fails the actor when it is started', (_, stored, code) => {
    const { actor, errors } = lab(GREETER, { stored })
    actor.start()
    expect(actor.getSnapshot().status).toBe('error')
    expect(errors).toMatchObject([{ code }])
  })
})
