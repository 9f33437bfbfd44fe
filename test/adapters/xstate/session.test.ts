import { describe, expect, it } from 'vitest'
import { createActor, toPromise, waitFor } from 'xstate'
import { fromFlow } from '../../../src/adapters/xstate/index.ts'
import { SluiceError } from '../../../src/index.ts'
import { ask, end, node, program, say } from '../../support/flow.ts'
import { ADA, ASK, CONFIRM, compileSupport, MENU, OWE, WELCOME } from '../../testing/support.ts'
import { failing, GREETER, lab, PRICER, settle } from './helpers.ts'

describe('an actor of a flow', () => {
  it('plays the support flow to its end', async () => {
    const actor = createActor(fromFlow(compileSupport()), {
      input: { trigger: { type: 'manual', contact: ADA } },
    })
    const said: unknown[] = []
    actor.on('effect', ({ effect }) => said.push(effect.text))
    actor.start()
    for (const text of ['1', '3', 'AB-1234']) actor.send({ type: 'text', text })

    expect(said).toEqual([WELCOME, MENU, OWE, MENU, ASK, CONFIRM])
    expect(await toPromise(actor)).toMatchObject({
      flowOutcome: 'resolved',
      variables: { ticket: 'AB-1234', level: 'high' },
      session: { status: 'ended' },
    })
  })

  it('is active while the session waits, and shows it', () => {
    const { actor } = lab(GREETER)
    expect(actor.start().getSnapshot()).toMatchObject({
      status: 'active',
      context: { session: { id: 's', status: 'waiting', wait: { dueAt: 10_000 } } },
    })
  })

  it('tells subscribers of each step, and of the end', () => {
    const { actor } = lab(GREETER)
    const seen: string[] = []
    actor.subscribe({ next: ({ status }) => seen.push(status), complete: () => seen.push('complete') })
    actor.start().send({ type: 'text', text: 'Ada' })
    expect(seen).toEqual(['active', 'done', 'complete'])
  })

  it('requests the effects of the start once it is started, not before', () => {
    const { actor, said } = lab(GREETER)
    expect(said()).toEqual([])
    actor.start()
    expect(said()).toEqual(['Who is there?'])
  })

  it('that ends at once has told its effects before', async () => {
    const flow = program({
      nodes: { bye: node('send-message', { prompt: 'Bye' }), done: end('done') },
      connect: ['start -> bye', 'bye -> done'],
    })
    const { actor, said } = lab(flow)
    const output = toPromise(actor)
    actor.start()
    expect(said()).toEqual(['Bye'])
    expect((await output).flowOutcome).toBe('done')
  })

  it('gives the variables of the main run, even where a subflow is cut short', () => {
    const inner = program({
      id: 'inner',
      role: 'subflow',
      nodes: { wait: ask(), back: end('back') },
      connect: ['start -> wait'],
      otherwise: 'back',
    })
    const main = program(
      {
        variables: [{ name: 'who', type: 'text', default: 'main' }],
        nodes: { call: node('call-subflow', { flow: 'inner' }), done: end('done') },
        connect: ['start -> call'],
        otherwise: 'done',
      },
      { subflows: [inner] },
    )
    const { actor } = lab(main)
    actor.start().send({ type: 'signal', name: 'hangup' })
    expect(actor.getSnapshot().output).toMatchObject({
      flowOutcome: 'signal.hangup',
      variables: { who: 'main' },
    })
  })

  it('goes on in an official version that the host names, and finds its program', async () => {
    const inner = (said: string) =>
      program({
        id: 'inner',
        role: 'subflow',
        nodes: { hello: say(said), wait: ask(), back: end('back') },
        connect: ['start -> hello', 'hello -> wait'],
        otherwise: 'back',
      })
    const official = inner('official')
    const main = program(
      {
        nodes: { call: node('call-subflow', { flow: 'inner', version: 'official' }), done: end('done') },
        connect: ['start -> call'],
        otherwise: 'done',
      },
      { subflows: [inner('pinned')] },
    )
    const { actor, said } = lab(main, {
      programs: new Map([[official.hash, official]]),
      onEffect: ({ type }) => (type === 'flow.resolve' ? { body: { hash: official.hash } } : undefined),
    })
    actor.start()
    await settle()
    actor.send({ type: 'text', text: 'x' })
    expect(said()).toEqual(['official', '?'])
    expect(actor.getSnapshot().output?.flowOutcome).toBe('done')
  })

  it('stops when it is told to, and takes its timer along', () => {
    const { actor, clock } = lab(GREETER)
    actor.start().stop()
    clock.increment(60_000)
    expect(actor.getSnapshot()).toMatchObject({
      status: 'stopped',
      context: { session: { status: 'waiting' } },
    })
  })
})

describe('input', () => {
  it('sets id, seed, variables and language', () => {
    const input = {
      trigger: { type: 'manual' },
      id: 's7',
      seed: 'x',
      variables: { name: 'Ada' },
      language: 'de',
    }
    const { session } = createActor(fromFlow(GREETER), { input }).getSnapshot().context
    expect(session).toMatchObject({ id: 's7', language: 'de', frames: [{ vars: { name: 'Ada' } }] })
  })

  it('without an id gets a fresh one, which is the seed as well', () => {
    const logic = fromFlow(GREETER, { ids: { next: () => 'fresh' } })
    const trigger = { type: 'manual' }
    const random = (input: object) =>
      createActor(logic, { input: { trigger, ...input } }).getSnapshot().context.session.random
    expect(createActor(logic, { input: { trigger } }).getSnapshot().context.session.id).toBe('fresh')
    expect(random({})).toBe(random({ seed: 'fresh' }))
    expect(random({})).not.toBe(random({ seed: 'other' }))
  })

  it.each([
    ['none at all', undefined, 'session.trigger'],
    ['no trigger', { id: 's' }, 'session.trigger'],
    ['unknown variables', { trigger: { type: 'manual' }, variables: { what: 1 } }, 'session.variables'],
  ])('with %s makes an actor that has failed', (_, input, code) => {
    const actor = createActor(fromFlow(GREETER), { input: input as never })
    expect(actor.getSnapshot()).toMatchObject({ status: 'error', error: { code } })
  })
})

describe('an event', () => {
  it('that is refused changes nothing, and is told', () => {
    const { actor, refused } = lab(PRICER)
    const before = actor.start().getSnapshot()
    actor.send({ type: 'result', waitId: 's:99' })
    expect(actor.getSnapshot()).toBe(before)
    expect(refused).toEqual(['event.stale'])
  })

  it('of a kind that no session knows is refused', () => {
    const { actor, refused } = lab(GREETER)
    actor.start().send({ type: 'whatever' } as never)
    expect(refused).toEqual(['event.malformed'])
  })

  it('named timer is held against the clock', () => {
    let time = 0
    const { actor, clock, refused } = lab(GREETER, { clock: { now: () => time } })
    const timer = { type: 'timer', waitId: actor.start().getSnapshot().context.session.wait!.id } as const
    actor.send(timer)
    expect(refused).toEqual(['event.early'])
    time = 10_000
    actor.send(timer)
    expect(actor.getSnapshot().output?.flowOutcome).toBe('silent')
    expect(clock.now()).toBe(0)
  })
})

describe('a session that fails', () => {
  it('is an error with the code of the session', () => {
    const { actor, errors } = lab(failing(true))
    actor.start().send({ type: 'text', text: 'go' })
    const { status, error, context } = actor.getSnapshot()
    expect(status).toBe('error')
    expect(error).toBeInstanceOf(SluiceError)
    expect(error).toMatchObject({
      code: context.session.error!.code,
      cause: { node: 'crash', flow: 'main' },
    })
    expect(errors).toEqual([error])
  })

  it('at its start has requested what came before the failure', () => {
    const { actor, errors, said } = lab(failing())
    actor.start()
    expect(said()).toEqual(['Welcome'])
    expect(actor.getSnapshot().status).toBe('error')
    expect(errors).toMatchObject([{ code: 'evaluation.notFinite' }])
  })

  it('rejects the promise of its output', async () => {
    const { actor } = lab(failing(true))
    actor.start().send({ type: 'text', text: 'go' })
    await expect(toPromise(actor)).rejects.toThrow('evaluation.notFinite')
  })

  it('comes to a done actor where an exception flow takes over', async () => {
    const exception = program({
      id: 'rescue',
      role: 'exception',
      nodes: { sorry: node('send-message', { prompt: 'Sorry' }), rescued: end('rescued') },
      connect: ['start -> sorry', 'sorry -> rescued'],
    })
    const crashing = program(
      {
        variables: [{ name: 'count', type: 'number', default: 0 }],
        nodes: {
          crash: node('set-variables', { assignments: [{ variable: 'count', value: '1 / count' }] }),
          never: end('never'),
        },
        connect: ['start -> crash', 'crash -> never'],
      },
      { exception },
    )
    const { actor, said } = lab(crashing)
    const { output } = await waitFor(actor.start(), ({ status }) => status === 'done')
    expect(said()).toEqual(['Sorry'])
    expect(output).toMatchObject({ flowOutcome: 'rescued', session: { error: { node: 'crash' } } })
  })
})
