import { describe, expect, it } from 'vitest'
import { createActor, SimulatedClock } from 'xstate'
import { fromFlow } from '../../../src/adapters/xstate/index.ts'
import { MAX_DELAY_MS } from '../../../src/adapters/xstate/wait-timer.ts'
import { ask, end, node, program, say } from '../../support/flow.ts'
import { GREETER, lab, store } from './helpers.ts'

const DAY = 86_400_000

/** Waits for a hundred days, which no timer of the platform can. */
const PATIENT = program({
  nodes: { wait: node('delay', { duration: '100d' }), done: end('done') },
  connect: ['start -> wait'],
  otherwise: 'done',
})

describe('the timer of a wait', () => {
  it('fires on the clock of the actor system', () => {
    const { actor, clock } = lab(GREETER)
    actor.start()
    clock.increment(9_999)
    expect(actor.getSnapshot().status).toBe('active')
    clock.increment(1)
    expect(actor.getSnapshot().output?.flowOutcome).toBe('silent')
  })

  it('is believed where the clock of the flow stands behind', () => {
    const clock = new SimulatedClock()
    const logic = fromFlow(GREETER, { clock: { now: () => 1_000 } })
    const actor = createActor(logic, { clock, input: { trigger: { type: 'manual' } } }).start()
    clock.increment(10_000)
    expect(actor.getSnapshot().output?.flowOutcome).toBe('silent')
  })

  it('counts from the creation of the actor, not from its start', () => {
    const { actor, clock } = lab(GREETER)
    clock.increment(9_000)
    actor.start()
    clock.increment(1_000)
    expect(actor.getSnapshot().status).toBe('done')
  })

  it('is gone once the wait is', () => {
    const flow = program({
      nodes: {
        first: ask('1', { timeout: '10s', maxAttempts: 1 }),
        second: ask('2', { timeout: '1m', maxAttempts: 1 }),
        done: end('done'),
        late: end('late'),
      },
      connect: ['start -> first', 'first:valid -> second', 'second:valid -> done'],
      otherwise: 'late',
    })
    const { actor, clock, refused } = lab(flow)
    actor.start()
    clock.increment(9_000)
    actor.send({ type: 'text', text: 'x' })
    clock.increment(59_999)
    expect(actor.getSnapshot().status).toBe('active')
    clock.increment(1)
    expect(actor.getSnapshot().output?.flowOutcome).toBe('late')
    expect(refused).toEqual([])
  })

  it('goes on through events that the wait has no use for', () => {
    const flow = program({
      nodes: { wait: node('delay', { duration: '10s' }), bye: say('Bye'), done: end('done') },
      connect: ['start -> wait', 'wait:done -> bye', 'bye -> done'],
    })
    const clock = new SimulatedClock()
    const { actor } = lab(flow, { simulated: clock, clock: { now: () => 0 } })
    actor.start()
    clock.increment(6_000)
    actor.send({ type: 'text', text: 'kept' })
    clock.increment(4_000)
    expect(actor.getSnapshot().status).toBe('done')
  })

  it('that is longer than a timer of the platform is set again in between', () => {
    const delays: number[] = []
    const clock = new SimulatedClock()
    const set = clock.setTimeout.bind(clock)
    clock.setTimeout = (fn, delay) => {
      delays.push(delay)
      return set(fn, delay)
    }
    const { actor } = lab(PATIENT, { simulated: clock })
    actor.start()
    for (let day = 1; day < 100; day++) clock.increment(DAY)
    expect(actor.getSnapshot().status).toBe('active')
    clock.increment(DAY)
    expect(actor.getSnapshot().status).toBe('done')
    expect(Math.max(...delays)).toBe(MAX_DELAY_MS)
  })

  it('is set from what is left when the actor is restored', () => {
    const before = lab(GREETER)
    before.actor.start()
    before.clock.increment(4_000)
    const { actor, clock } = lab(GREETER, { stored: store(before), simulated: before.clock })
    before.actor.stop()
    actor.start()
    clock.increment(5_999)
    expect(actor.getSnapshot().status).toBe('active')
    clock.increment(1)
    expect(actor.getSnapshot().output?.flowOutcome).toBe('silent')
  })

  it('that was missed fires as soon as the actor is restored', () => {
    const before = lab(GREETER)
    before.actor.start()
    const stored = store(before)
    before.actor.stop()
    before.clock.increment(DAY)
    const { actor, clock } = lab(GREETER, { stored, simulated: before.clock })
    actor.start()
    clock.increment(0)
    expect(actor.getSnapshot().output?.flowOutcome).toBe('silent')
  })
})
