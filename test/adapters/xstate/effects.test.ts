import { describe, expect, it, vi } from 'vitest'
import {
  createActor,
  type ExecutableActionObject,
  initialTransition,
  type SimulatedClock,
  transition,
} from 'xstate'
import { type EffectHandler, fromFlow } from '../../../src/adapters/xstate/index.ts'
import { failing, GREETER, lab, PRICE, PRICER, settle, store } from './helpers.ts'

/** A handler that does everything, and keeps what it was asked to do. */
function handler(answer: EffectHandler): { onEffect: EffectHandler; done: string[] } {
  const done: string[] = []
  const onEffect: EffectHandler = (effect, tools) => {
    done.push(`${effect.type} ${effect.key}`)
    return effect.waitId === undefined ? undefined : answer(effect, tools)
  }
  return { onEffect, done }
}

const pendingOf = ({ actor }: Pick<ReturnType<typeof lab>, 'actor'>) =>
  actor.getSnapshot().context.pending.map(({ type }) => type)

describe('effects', () => {
  it('are told in order, each with its key', () => {
    const { actor, effects } = lab(PRICER)
    actor.start()
    expect(effects.map(({ type, key }) => [type, key])).toEqual([
      ['message.send', 's:1'],
      ['price.ask', 's:2'],
    ])
  })

  it('that are awaited are pending until they are answered', () => {
    const { actor, ...rest } = lab(PRICER)
    actor.start()
    expect(pendingOf({ actor })).toEqual(['price.ask'])
    const { waitId } = rest.effects[1]!
    actor.send({ type: 'result', waitId: waitId!, body: PRICE })
    expect(actor.getSnapshot()).toMatchObject({
      output: { variables: { price: PRICE } },
      context: { pending: [] },
    })
  })

  it('are no longer pending once the wait is over', () => {
    const { actor, clock } = lab(PRICER)
    actor.start()
    clock.increment(60_000)
    expect(actor.getSnapshot()).toMatchObject({ status: 'active', context: { pending: [] } })
  })

  it('are listed by the pure functions of XState, and not done', () => {
    const onEffect = vi.fn()
    const logic = fromFlow(PRICER, { onEffect, clock: { now: () => 0 } })
    const [first, actions] = initialTransition(logic, { id: 's', trigger: { type: 'manual' } })
    expect(actions.map(({ type }) => type)).toEqual(['sluice.effect', 'sluice.effect', 'sluice.timer'])
    // XState types the actions of machines alone.
    expect((actions as readonly ExecutableActionObject[])[1]!.params).toMatchObject({ type: 'price.ask' })
    const waitId = first.context.session.wait!.id
    const [last] = transition(logic, first, { type: 'result', waitId, body: PRICE })
    expect(last.output?.variables).toEqual({ price: PRICE })
    expect(first.status).toBe('active')
    expect(onEffect).not.toHaveBeenCalled()
  })
})

describe('onEffect', () => {
  it('answers an awaited effect by what it returns', async () => {
    const { onEffect, done } = handler(async () => ({ status: 200, body: PRICE }))
    const { actor } = lab(PRICER, { onEffect })
    actor.start()
    await settle()
    expect(done).toEqual(['message.send s:1', 'price.ask s:2'])
    expect(actor.getSnapshot().output?.variables).toEqual({ price: PRICE })
  })

  it('answers by a whole result event as well', async () => {
    const { onEffect } = handler(({ waitId }) => ({ type: 'result' as const, waitId: waitId!, body: PRICE }))
    const { actor } = lab(PRICER, { onEffect })
    actor.start()
    await settle()
    expect(actor.getSnapshot().output?.variables).toEqual({ price: PRICE })
  })

  it.each([
    ['rejects', async () => Promise.reject(new Error('no stock'))],
    [
      'throws',
      () => {
        throw new Error('no stock')
      },
    ],
  ])('that %s answers with an error, and is told', async (_, answer) => {
    const { actor, failures } = lab(PRICER, { onEffect: handler(answer).onEffect })
    actor.start()
    await settle()
    expect(actor.getSnapshot().output).toMatchObject({ flowOutcome: 'unpriced' })
    expect(failures).toEqual([new Error('no stock')])
  })

  it('that fails where nobody waits is told, and nothing else', async () => {
    const onEffect: EffectHandler = async ({ waitId }) => {
      if (waitId === undefined) throw new Error('line is dead')
    }
    const { actor, failures, refused } = lab(PRICER, { onEffect })
    actor.start()
    await settle()
    expect(failures).toEqual([new Error('line is dead')])
    expect(refused).toEqual([])
    expect(pendingOf({ actor })).toEqual(['price.ask'])
  })

  it('that returns nothing leaves the answer to a later event', async () => {
    const { onEffect } = handler(() => undefined)
    const { actor, effects } = lab(PRICER, { onEffect })
    actor.start()
    await settle()
    expect(actor.getSnapshot().status).toBe('active')
    actor.send({ type: 'result', waitId: effects[1]!.waitId!, body: PRICE })
    expect(actor.getSnapshot().output?.variables).toEqual({ price: PRICE })
  })

  it('sends events by itself, and sees the actor after the transition', async () => {
    const seen: unknown[] = []
    const onEffect: EffectHandler = (_, { self, send }) => {
      seen.push(self.getSnapshot().context.session.wait?.id)
      send({ type: 'text', text: 'Ada' })
    }
    const { actor } = lab(GREETER, { onEffect })
    actor.start()
    await settle()
    expect(seen[0]).toBe('s:2')
    expect(actor.getSnapshot().output?.flowOutcome).toBe('greeted')
  })

  it('that comes too late for its wait is refused', async () => {
    let answer = (_: { body: typeof PRICE }) => {}
    const { onEffect } = handler(() => new Promise((resolve) => (answer = resolve)))
    const { actor, clock, refused } = lab(PRICER, { onEffect })
    actor.start()
    await settle()
    clock.increment(60_000)
    answer({ body: PRICE })
    await settle()
    expect(refused).toEqual(['event.stale'])
    expect(actor.getSnapshot().status).toBe('active')
  })

  it('that comes after the end goes nowhere', async () => {
    let answer = (_: { body: typeof PRICE }) => {}
    const { onEffect } = handler(() => new Promise((resolve) => (answer = resolve)))
    const { actor, refused } = lab(PRICER, { onEffect })
    actor.start()
    await settle()
    actor.send({ type: 'signal', name: 'hangup' })
    answer({ body: PRICE })
    await settle()
    expect(refused).toEqual([])
    expect(actor.getSnapshot().output?.flowOutcome).toBe('signal.hangup')
  })

  it('is asked to do what came before a failure at the start', async () => {
    const { onEffect, done } = handler(() => undefined)
    lab(failing(), { onEffect }).actor.start()
    await settle()
    expect(done).toEqual(['message.send s:1'])
  })
})

describe('effects of a restored actor', () => {
  it('are requested again by the same key where they have no answer yet', () => {
    const before = lab(PRICER)
    before.actor.start()
    const { actor, effects } = lab(PRICER, { stored: store(before) })
    actor.start()
    expect(effects).toEqual([before.effects[1]])
    actor.send({ type: 'result', waitId: effects[0]!.waitId!, body: PRICE })
    expect(actor.getSnapshot().output?.variables).toEqual({ price: PRICE })
  })

  it('are requested again where their handler had not come to its end', async () => {
    const before = lab(PRICER, { onEffect: () => new Promise(() => {}) })
    before.actor.start()
    await settle()
    const { onEffect, done } = handler(() => undefined)
    const after = lab(PRICER, { onEffect, stored: store(before) })
    after.actor.start()
    await settle()
    expect(done).toEqual(['message.send s:1', 'price.ask s:2'])
    expect(pendingOf(after)).toEqual(['price.ask'])
  })

  it('that nobody waits for are not told twice where no handler says what is done', () => {
    const before = lab(GREETER)
    before.actor.start()
    const pending = before.actor.getSnapshot().context.pending
    expect(pending.every(({ waitId }) => waitId !== undefined)).toBe(true)
    const { actor, said } = lab(GREETER, { stored: store(before) })
    actor.start()
    expect(said()).toHaveLength(pending.length)
  })

  it('that a handler left over are told once more where there is none now', async () => {
    const before = lab(PRICER, { onEffect: () => new Promise(() => {}) })
    before.actor.start()
    const after = lab(PRICER, { stored: store(before) })
    after.actor.start()
    expect(after.effects.map(({ key }) => key)).toEqual(['s:1', 's:2'])
    expect(pendingOf(after)).toEqual(['price.ask'])
  })
})

describe('inspection', () => {
  it('sees the actor, its events, its snapshots, its effects and its timer', () => {
    const seen = new Set<string>()
    const { actor, clock } = lab(GREETER, {
      inspect: (event) => {
        if (event.type === '@xstate.action') seen.add(`action ${event.action.type}`)
        else if (event.type === '@xstate.event') seen.add(`event ${event.event.type}`)
        else seen.add(event.type)
      },
    })
    actor.start()
    actor.send({ type: 'result', waitId: 's:99' })
    clock.increment(10_000)
    expect([...seen].sort()).toEqual([
      '@xstate.actor',
      '@xstate.snapshot',
      'action sluice.effect',
      'action sluice.refuse',
      'action sluice.timer',
      'event result',
      'event sluice.due',
      'event xstate.init',
    ])
  })
})

it('takes the same simulated clock for the flow and for the system', () => {
  const { clock, logic }: { clock: SimulatedClock; logic: ReturnType<typeof fromFlow> } = lab(GREETER)
  clock.increment(5_000)
  const actor = createActor(logic, { clock, input: { trigger: { type: 'manual' } } })
  expect(actor.getSnapshot().context.session.wait?.dueAt).toBe(15_000)
})
