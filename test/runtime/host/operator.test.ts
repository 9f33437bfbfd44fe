import { describe, expect, it } from 'vitest'
import type { OperatorCommand } from '../../../src/runtime/index.ts'
import { Bureau } from './bureau.ts'
import { ask, awaitEvent, call, codeOf, node, say, talk } from './flows.ts'
import { begin, calling, left, scripted } from './working.ts'

/** Asks for a ticket; ends by itself. */
const asking = (id = 'asking', settings: object = {}) =>
  talk(
    id,
    { trigger: 'manual' },
    [
      node('ask', 'collect-input@1', { prompt: 'Your ticket?', variable: 'ticket' }, ['valid']),
      say('said', 'Ticket {{default(ticket, "none")}}.'),
      awaitEvent('wait', 'go'),
    ],
    settings,
  )

async function waiting(): Promise<{ bureau: Bureau; session: string }> {
  const bureau = await Bureau.open()
  await bureau.release(asking())
  return { bureau, session: await begin(bureau, 'asking') }
}

/** A session whose call has failed, with nothing that leads it on; later calls succeed. */
async function failed() {
  const script = scripted({ status: 200, body: 'x'.repeat(70_000) }, { status: 200 })
  const bureau = await Bureau.open({ handlers: { 'http.request': script.handler } })
  await bureau.release(calling())
  return { bureau, session: await begin(bureau, 'calling'), script }
}

async function operate(bureau: Bureau, session: string, command: OperatorCommand, by = 'ada') {
  const operated = await bureau.host.operate(session, command, { by })
  await bureau.host.settled()
  return operated
}

const inspect = async (bureau: Bureau, session: string) => (await bureau.host.sessions.inspect(session))!

const COMMANDS: readonly OperatorCommand[] = [
  { type: 'retry' },
  { type: 'skip', outcome: 'valid' },
  { type: 'setVariable', variable: 'ticket', value: 'AB' },
  { type: 'move', version: 'v1' },
  { type: 'cancel' },
  { type: 'withdraw' },
]

describe('an operator', () => {
  it('[RUN-25] retries the failed node', async () => {
    const { bureau, session, script } = await failed()
    expect((await inspect(bureau, session)).head).toMatchObject({
      status: 'failed',
      outcome: 'limit.payload',
    })
    expect(await operate(bureau, session, { type: 'retry' })).toEqual({ ok: true, session })
    expect(script.asked.length).toBe(2)
    expect(new Set(script.asked.map(({ key }) => key)).size).toBe(2)
    expect((await inspect(bureau, session)).head).toMatchObject({ status: 'ended', outcome: 'done' })
  })

  it('[RUN-25] skips a failed node by one of its outcomes', async () => {
    const { bureau, session } = await failed()
    await operate(bureau, session, { type: 'skip', outcome: 'success' })
    expect((await left(bureau, session)).slice(-3)).toEqual(['call:success', 'told:next', 'end:done'])
  })

  it('[RUN-25] skips the node that a session waits at', async () => {
    const { bureau, session } = await waiting()
    await operate(bureau, session, { type: 'skip', outcome: 'valid' })
    expect(bureau.sms.transcript().at(-1)).toBe('Ticket none.')
  })

  it('[RUN-25] sets a variable', async () => {
    const { bureau, session } = await waiting()
    await operate(bureau, session, { type: 'setVariable', variable: 'ticket', value: 'AB-1' })
    await operate(bureau, session, { type: 'skip', outcome: 'valid' })
    expect(bureau.sms.transcript().at(-1)).toBe('Ticket AB-1.')
  })

  it('[RUN-25] moves a session to another version, and its deadline stays', async () => {
    const { bureau, session } = await waiting()
    const { wait } = (await inspect(bureau, session)).state
    await bureau.release(asking())
    await operate(bureau, session, { type: 'move', version: 'v2' })
    const moved = await inspect(bureau, session)
    expect(moved.head.version).toBe('v2')
    expect(moved.state.wait).toEqual(wait)
    expect(await bureau.host.sessions.counts('waiting/asking')).toEqual(
      new Map([['waiting/asking/v2/ask', 1]]),
    )
  })

  it('[RUN-25] moves a session on to the flows that its contact reaches by what is known of them', async () => {
    const bureau = await Bureau.open()
    const gold = { kind: 'condition', condition: 'contact.tier == "gold"' }
    await bureau.define('grayRule', { id: 'gold', name: 'gold', match: gold })
    const part = () => talk('part', { trigger: 'flow' }, [say('said', 'The part.')])
    await bureau.release(part())
    const gray = await bureau.release(part(), { rule: 'gold' }, 'gray')
    const whole = (prompt: string) =>
      talk('whole', { trigger: 'manual' }, [ask('ask', prompt), call('call', 'part')])
    await bureau.release(whole('one?'))
    const session = await begin(bureau, 'whole')
    const { versions } = (await inspect(bureau, session)).about
    expect(versions).toEqual({ part: gray })
    await bureau.release(whole('two?'))
    expect(codeOf(await operate(bureau, session, { type: 'move', version: 'v2' }))).toBe('ok')
    expect((await inspect(bureau, session)).about.versions).toEqual(versions)
  })

  it('[RUN-25] cancels a session', async () => {
    const { bureau, session } = await waiting()
    await operate(bureau, session, { type: 'cancel' })
    expect((await inspect(bureau, session)).head).toMatchObject({ status: 'ended', outcome: 'signal.cancel' })
  })

  it('[RUN-25] cancels a failed session', async () => {
    const { bureau, session } = await failed()
    await operate(bureau, session, { type: 'cancel' })
    expect((await inspect(bureau, session)).head).toMatchObject({ status: 'ended', outcome: 'signal.cancel' })
  })

  it('[RUN-25] withdraws the cards of a session', async () => {
    const bureau = await Bureau.open()
    const buttons = [{ value: 'yes' }]
    await bureau.release(
      talk('card', { trigger: 'manual' }, [
        node('card', 'send-card@1', { title: 'Nine?', buttons }, ['yes', 'failed']),
      ]),
    )
    const session = await begin(bureau, 'card')
    await operate(bureau, session, { type: 'withdraw' })
    await operate(bureau, session, { type: 'withdraw' })
    const types = bureau.sms.sent.map(({ effect }) => effect.type)
    expect(types).toEqual(['card.send', 'card.withdraw'])
    expect((await inspect(bureau, session)).head.status).toBe('waiting')
  })
})

describe('what an operator does', () => {
  it.each(COMMANDS.map((command) => [command.type, command] as const))(
    '[RUN-25] takes the permission to publish: %s',
    async (type, command) => {
      const { bureau, session } = await waiting()
      const before = await inspect(bureau, session)
      for (const by of ['ben', 'nobody']) {
        expect(await operate(bureau, session, command, by)).toMatchObject({
          ok: false,
          code: 'permission.missing',
          details: { command: type, permission: 'publish', member: by },
        })
      }
      expect(await inspect(bureau, session)).toEqual(before)
      expect((await bureau.host.sessions.history(session)).length).toBe(1)
    },
  )

  it.each<[OperatorCommand, string]>([
    [{ type: 'skip', outcome: 'valid' }, 'skip valid'],
    [{ type: 'setVariable', variable: 'ticket', value: 'AB' }, 'setVariable ticket'],
    [{ type: 'move', version: 'v1' }, 'move v1'],
    [{ type: 'cancel' }, 'cancel'],
    [{ type: 'withdraw' }, 'withdraw'],
  ])('[RUN-25] is recorded in the history with who did it: %j', async (command, operation) => {
    const { bureau, session } = await waiting()
    const told: object[] = []
    bureau.host.events.subscribe((event) => told.push(event))
    await operate(bureau, session, command)
    expect((await bureau.host.sessions.history(session)).at(-1)).toMatchObject({ by: 'ada', operation })
    expect(told).toContainEqual(expect.objectContaining({ type: 'operated', by: 'ada', operation }))
  })

  it('[RUN-24] [RUN-25] is recorded without the value that was set', async () => {
    const { bureau, session } = await waiting()
    await operate(bureau, session, { type: 'setVariable', variable: 'ticket', value: 'SECRET' })
    expect(JSON.stringify(await bureau.host.sessions.history(session))).not.toContain('SECRET')
  })

  it.each<[string, unknown, string]>([
    ['a retry of what has not failed', { type: 'retry' }, 'operate.notFailed'],
    ['an outcome that leads nowhere', { type: 'skip', outcome: 'on:error' }, 'operate.outcome'],
    ['an unknown variable', { type: 'setVariable', variable: 'x', value: 1 }, 'operate.variable'],
    ['a value of another type', { type: 'setVariable', variable: 'ticket', value: 1 }, 'operate.variable'],
    [
      'a value that is too large',
      { type: 'setVariable', variable: 'ticket', value: 'x'.repeat(70_000) },
      'operate.tooLarge',
    ],
    ['an unknown version', { type: 'move', version: 'v9' }, 'version.unknown'],
    ['no command', 'cancel', 'input.bad'],
    ['an unknown command', { type: 'explode' }, 'input.bad'],
    ['a command with holes', { type: 'skip' }, 'input.bad'],
  ])('[RUN-25] is refused, and changes nothing, for %s', async (_, command, code) => {
    const { bureau, session } = await waiting()
    const before = await inspect(bureau, session)
    expect(codeOf(await operate(bureau, session, command as OperatorCommand))).toBe(code)
    expect(await inspect(bureau, session)).toEqual(before)
    expect((await bureau.host.sessions.history(session)).length).toBe(1)
  })

  it('[RUN-25] is refused for a session that has ended, and for one that there is not', async () => {
    const { bureau, session } = await waiting()
    await operate(bureau, session, { type: 'cancel' })
    for (const command of COMMANDS.slice(1, 5))
      expect(codeOf(await operate(bureau, session, command))).toMatch(/^operate\./)
    expect(codeOf(await operate(bureau, 'nowhere', { type: 'cancel' }))).toBe('session.unknown')
  })

  it('[RUN-25] is refused as a move to a version that was never released', async () => {
    const { bureau, session } = await waiting()
    await bureau.send({ type: 'branch', flow: 'asking', from: 'v1' })
    expect(codeOf(await operate(bureau, session, { type: 'move', version: 'v2' }))).toBe(
      'version.neverReleased',
    )
  })

  it('[RUN-3] [RUN-25] lets no second session of an identifier run', async () => {
    const script = scripted({ status: 200, body: 'x'.repeat(70_000) }, undefined)
    const bureau = await Bureau.open({ handlers: { 'http.request': script.handler } })
    const flow = calling()
    const duplicates = { prevent: true, identifier: '"one"' }
    await bureau.release({ ...flow, settings: { ...flow.settings, duplicates } } as typeof flow)
    const first = await begin(bureau, 'calling')
    const second = await begin(bureau, 'calling')
    expect(second).not.toBe(first)
    expect(await operate(bureau, first, { type: 'retry' })).toMatchObject({
      ok: false,
      code: 'session.identifier',
      details: { session: first, other: second },
    })
    expect((await inspect(bureau, first)).head.status).toBe('failed')
  })

  it('[RUN-19] [RUN-25] leaves counts that add up when a retry fails again', async () => {
    const script = scripted({ status: 200, body: 'x'.repeat(70_000) })
    const bureau = await Bureau.open({ handlers: { 'http.request': script.handler } })
    await bureau.release(calling())
    const session = await begin(bureau, 'calling')
    await operate(bureau, session, { type: 'retry' })
    expect(await bureau.host.sessions.counts('failed/')).toEqual(
      new Map([['failed/calling/v1/limit.payload', 2]]),
    )
    expect(await bureau.host.sessions.counts('waiting/')).toEqual(new Map())
  })
})
