import { describe, expect, it } from 'vitest'
import { type Program, resume, type Session } from '../../src/index.ts'
import { type Operation, operate } from '../../src/interpreter/operate/operate.ts'
import { OPERATE_REFUSALS, refuseOperation } from '../../src/interpreter/operate/refusal.ts'
import { ask, assign, end, type FlowSpec, node, program, say } from '../support/flow.ts'
import { EPOCH, play } from '../support/play.ts'

const VARIABLES = [
  { name: 'n', type: 'number' as const, default: 0 },
  { name: 'name', type: 'text' as const },
]

/** Asks for a name, divides by `n`, and says both. */
const flow = (extra: Partial<FlowSpec> = {}) =>
  program({
    variables: VARIABLES,
    nodes: {
      who: ask('Who?', { variable: 'name' }),
      divide: assign({ n: '10 / n' }),
      told: say('{{default(name, "nobody")}} {{n}}'),
      done: end('ok'),
    },
    connect: ['start -> who', 'who:valid -> divide', 'divide -> told', 'told -> done'],
    ...extra,
  })

/** The session of a program that waits for its first answer. */
const waiting = (of: Program = flow()) => play(of).session

/** One that has failed at `divide`. */
function failed(of: Program = flow()): Session {
  const { session } = resume(of, waiting(of), { type: 'text', text: 'Ada' }, { now: EPOCH })
  expect(session).toMatchObject({ status: 'failed', error: { code: 'evaluation.notFinite', node: 'divide' } })
  return session
}

function done(of: Program, session: Session, operation: Operation, now = EPOCH) {
  const before = JSON.stringify(session)
  const result = operate(of, session, operation, { now })
  // Whatever comes of it, the session that went in is as it was, and the one that comes out is plain JSON.
  expect(JSON.stringify(session)).toBe(before)
  if (!result.ok) throw new Error(`${result.code}: ${result.reason}`)
  const { session: after, effects, trace } = result.run
  expect(JSON.parse(JSON.stringify(after))).toEqual(after)
  return { after, said: effects.map(({ text }) => text), entries: trace.entries() }
}

function refusal(of: Program, session: Session, operation: Operation) {
  const result = operate(of, session, operation, { now: EPOCH })
  return result.ok ? undefined : { code: result.code, details: result.details }
}

describe('retry', () => {
  it('[RUN-25] enters the failed node again, and goes on', () => {
    const of = flow()
    const { after: set } = done(of, failed(of), { type: 'setVariable', variable: 'n', value: 5 })
    const { after, said, entries } = done(of, set, { type: 'retry' })
    expect(said).toEqual(['Ada 2'])
    expect(after).toMatchObject({ status: 'ended', flowOutcome: 'ok' })
    expect(after.error).toBeUndefined()
    expect(entries[0]).toMatchObject({ type: 'leave', node: 'divide' })
  })

  it('[RUN-25] fails again where nothing has changed', () => {
    const of = flow()
    const { after } = done(of, failed(of), { type: 'retry' })
    expect(after).toMatchObject({ status: 'failed', error: { code: 'evaluation.notFinite' } })
  })

  it('[RUN-25] is refused for a session that waits, and for one that has ended', () => {
    const of = flow()
    expect(refusal(of, waiting(of), { type: 'retry' })?.code).toBe('operate.notFailed')
    const { after } = done(of, waiting(of), { type: 'end', flowOutcome: 'signal.cancel' })
    expect(refusal(of, after, { type: 'retry' })?.code).toBe('operate.ended')
  })
})

describe('skip', () => {
  it('[RUN-25] leaves the failed node by the outcome named', () => {
    const of = flow()
    const { after, said } = done(of, failed(of), { type: 'skip', outcome: 'next' })
    expect(said).toEqual(['Ada 0'])
    expect(after.status).toBe('ended')
  })

  it('[RUN-14] [RUN-25] leaves a wait, whose answers are stale from then on', () => {
    const of = flow({
      nodes: {
        who: ask('Who?', { variable: 'name' }),
        again: ask('Who then?', { variable: 'name' }),
        done: end('ok'),
      },
      connect: ['start -> who', 'who:valid -> again', 'again:valid -> done'],
    })
    const session = waiting(of)
    const { after } = done(of, session, { type: 'skip', outcome: 'valid' })
    expect(after.wait!.id).not.toBe(session.wait!.id)
    const late = resume(of, after, { type: 'timer', waitId: session.wait!.id }, { now: EPOCH })
    expect(late.refused?.code).toBe('event.stale')
  })

  it.each(['nowhere', 'on:error', 'constructor'])(
    '[RUN-25] is refused for an outcome that leads nowhere: %s',
    (outcome) => {
      expect(refusal(flow(), waiting(), { type: 'skip', outcome })).toMatchObject({
        code: 'operate.outcome',
        details: { node: 'who', outcome, connected: ['valid'] },
      })
    },
  )
})

describe('setVariable', () => {
  it('[RUN-25] sets a variable of the run in control, and changes nothing else', () => {
    const of = flow()
    const session = waiting(of)
    const { after, said, entries } = done(of, session, { type: 'setVariable', variable: 'n', value: 5 })
    const frame = { ...session.frames[0]!, vars: { ...session.frames[0]!.vars, n: 5 } }
    expect(after).toEqual({ ...session, frames: [frame] })
    expect([said, entries]).toEqual([[], []])
  })

  it('[RUN-25] empties a variable where the value is null', () => {
    const of = flow()
    const { after } = done(of, waiting(of), { type: 'setVariable', variable: 'n', value: null })
    expect(after.frames[0]!.vars).toEqual({})
  })

  it('[RUN-25] sets one of a failed session, which stays failed', () => {
    const of = flow()
    const session = failed(of)
    const { after } = done(of, session, { type: 'setVariable', variable: 'n', value: 5 })
    expect(after).toMatchObject({ status: 'failed', error: session.error })
  })

  it.each<[string, string, unknown]>([
    ['there is no such variable', 'x', 1],
    ['the name is inherited', 'constructor', 1],
    ['the type is another', 'n', 'one'],
    ['the value is no JSON', 'n', Number.NaN],
  ])('[RUN-25] is refused where %s', (_, variable, value) => {
    const operation = { type: 'setVariable', variable, value } as Operation
    expect(refusal(flow(), waiting(), operation)?.code).toBe('operate.variable')
  })

  it('[RUN-15] [RUN-25] is refused where the value, or the session with it, would be too large', () => {
    const text = 'x'.repeat(900)
    const operation: Operation = { type: 'setVariable', variable: 'name', value: text }
    for (const limits of [{ maxPayloadBytes: 500 }, { maxSessionBytes: 900 }]) {
      const of = flow({ settings: { limits } })
      expect(refusal(of, waiting(of), operation)?.code).toBe('operate.tooLarge')
    }
    expect(refusal(flow(), waiting(), operation)).toBeUndefined()
  })
})

describe('end', () => {
  it('[RUN-25] ends a session that waits, and one that has failed, by the flow outcome named', () => {
    const of = flow()
    for (const session of [waiting(of), failed(of)]) {
      const { after, said } = done(of, session, { type: 'end', flowOutcome: 'signal.cancel' })
      expect(after).toMatchObject({ status: 'ended', flowOutcome: 'signal.cancel' })
      expect([after.wait, after.error, said]).toEqual([undefined, undefined, []])
    }
  })

  it('[RUN-25] is refused for one that has ended', () => {
    const of = flow()
    const operation: Operation = { type: 'end', flowOutcome: 'x' }
    const { after } = done(of, waiting(of), operation)
    expect(refusal(of, after, operation)?.code).toBe('operate.ended')
  })
})

describe('move', () => {
  const next = (extra: Partial<FlowSpec> = {}) =>
    flow({
      nodes: {
        who: ask('And who are you?', { variable: 'name' }),
        told: say('New: {{default(name, "nobody")}}'),
        done: end('ok'),
      },
      connect: ['start -> who', 'who:valid -> told', 'told -> done'],
      ...extra,
    })

  it('[RUN-25] has a session that waits go on in the other version, its wait as it was', () => {
    const of = flow()
    const to = next()
    const session = waiting(of)
    const { after, said } = done(of, session, { type: 'move', to })
    expect([after.wait, said]).toEqual([session.wait, []])
    const run = resume(to, after, { type: 'text', text: 'Ada' }, { now: EPOCH })
    expect(run.effects.map(({ text }) => text)).toEqual(['New: Ada'])
  })

  it.each<[string, () => Program, string]>([
    ['another flow', () => next({ id: 'other' }), 'operate.otherFlow'],
    [
      'a version without the node',
      () =>
        next({
          nodes: { whom: ask('Who?'), done: end('ok') },
          connect: ['start -> whom', 'whom:valid -> done'],
        }),
      'operate.node',
    ],
    [
      'a version where the node is of another type',
      () => next({ nodes: { who: say('You'), done: end('ok') }, connect: ['start -> who', 'who -> done'] }),
      'operate.node',
    ],
    [
      'a version that cannot hold a value',
      () =>
        next({
          variables: [
            { name: 'name', type: 'text' },
            { name: 'n', type: 'text' },
          ],
        }),
      'operate.heldVariable',
    ],
  ])('[RUN-25] is refused to %s', (_, to, code) => {
    expect(refusal(flow(), waiting(), { type: 'move', to: to() })?.code).toBe(code)
  })

  it('[RUN-25] is refused for what does not wait', () => {
    expect(refusal(flow(), failed(), { type: 'move', to: next() })?.code).toBe('operate.notWaiting')
  })

  it('[RUN-25] takes runs within runs along', () => {
    const sub = (text: string) =>
      program({
        id: 'sub',
        nodes: { ask: ask('Sub?'), told: say(text), done: end('ok') },
        connect: ['start -> ask', 'ask:valid -> told', 'told -> done'],
      })
    const main = (text: string) =>
      program(
        {
          nodes: { call: node('call-subflow', { flow: 'sub' }), done: end('ok') },
          connect: ['start -> call', 'call:done -> done'],
        },
        { subflows: [sub(text)] },
      )
    const [of, to] = [main('old'), main('new')]
    const { after } = done(of, waiting(of), { type: 'move', to })
    const run = resume(to, after, { type: 'text', text: 'x' }, { now: EPOCH })
    expect(run.effects.map(({ text }) => text)).toEqual(['new'])
    expect(run.session.status).toBe('ended')
  })
})

describe('every refusal', () => {
  it.each(Object.keys(OPERATE_REFUSALS))('[RUN-25] says why, and what would lift it: %s', (code) => {
    const { reason, lift } = refuseOperation(code as never, { node: 'a', outcome: 'b', type: 'c' })
    expect(reason).toMatch(/^[A-Z].*\.$/)
    expect(lift).toMatch(/^[A-Z].*\.$/)
  })
})
