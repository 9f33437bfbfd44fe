import { describe, expect, it } from 'vitest'
import { Bureau } from './bureau.ts'
import { node, talk } from './flows.ts'
import { begin, left, ordering, scripted } from './working.ts'

const SECRET = '4711-0815'

/** A flow with a sensitive variable that goes into an effect which nobody waits for. */
const secretive = () => {
  const flow = talk('secretive', { trigger: 'manual' }, [
    node('order', 'custom-effect@1', { effect: 'crm.ticket', fields: { card: 'card' } }),
    node('wait', 'wait-for-event@1', { event: 'go' }, ['received']),
  ])
  const variables = [{ name: 'card', type: 'text', sensitive: true, default: SECRET }]
  return { ...flow, settings: { ...flow.settings, variables } } as typeof flow
}

async function refused(...replies: Parameters<typeof scripted>) {
  const script = scripted(...replies)
  const bureau = await Bureau.open({ handlers: { 'crm.ticket': script.handler } })
  await bureau.release(secretive())
  const session = await begin(bureau, 'secretive')
  const { items } = await bureau.host.sessions.deadLetters()
  return { bureau, script, session, letter: items[0]! }
}

describe('an effect that was given up', () => {
  it('[RUN-16] is listed with its session and the reason, by session too', async () => {
    const { bureau, session, letter } = await refused(new TypeError('no'))
    expect(letter).toMatchObject({ session, reason: 'TypeError', effect: { key: `${session}:1` } })
    expect((await bureau.host.sessions.deadLetters({ session })).items).toEqual([letter])
    expect((await bureau.host.sessions.deadLetters({ session: 'another' })).items).toEqual([])
  })

  it('[RUN-24] is listed with sensitive values masked', async () => {
    const { letter } = await refused(new Error(SECRET))
    expect(letter.effect.fields).toBe('***')
    expect(JSON.stringify(letter)).not.toContain(SECRET)
  })

  it('[RUN-16] is done when somebody retries it, under the same key and with all that it carries', async () => {
    const { bureau, script, letter, session } = await refused(new Error('down'), undefined)
    expect(await bureau.host.retryDeadLetter(letter.number, { by: 'ada' })).toEqual({ ok: true, session })
    await bureau.host.settled()
    expect(script.asked.map(({ key }) => key)).toEqual([letter.effect.key, letter.effect.key])
    expect(script.asked[1]!.effect).toMatchObject({ fields: { card: SECRET } })
    expect((await bureau.host.sessions.deadLetters()).items).toEqual([])
  })

  it('[RUN-25] records in the history who has retried it', async () => {
    const { bureau, session, letter } = await refused(new Error('down'), undefined)
    await bureau.host.retryDeadLetter(letter.number, { by: 'ada' })
    expect((await bureau.host.sessions.history(session)).at(-1)).toMatchObject({
      by: 'ada',
      operation: 'retryDeadLetter crm.ticket',
    })
  })

  it('[RUN-16] is kept again where the retry fails', async () => {
    const { bureau, letter } = await refused(new Error('down'), new RangeError('still'))
    await bureau.host.retryDeadLetter(letter.number, { by: 'ada' })
    await bureau.host.settled()
    const { items } = await bureau.host.sessions.deadLetters()
    expect(items).toMatchObject([{ reason: 'RangeError', effect: { key: letter.effect.key } }])
  })

  it('[RUN-16] is retried once where two ask for it at once', async () => {
    const { bureau, script, letter } = await refused(new Error('down'), undefined)
    const asked = [1, 2].map(() => bureau.host.retryDeadLetter(letter.number, { by: 'ada' }))
    const answers = await Promise.all(asked)
    await bureau.host.settled()
    expect(answers.map(({ ok }) => ok)).toEqual([true, false])
    expect(answers[1]).toMatchObject({ code: 'deadLetter.unknown' })
    expect(script.asked.length).toBe(2)
  })

  it('[RUN-25] is not retried without the permission to publish', async () => {
    const { bureau, script, letter } = await refused(new Error('down'))
    for (const by of ['ben', 'nobody', '__proto__']) {
      expect(await bureau.host.retryDeadLetter(letter.number, { by })).toMatchObject({
        ok: false,
        code: 'permission.missing',
        details: { command: 'retryDeadLetter', permission: 'publish', member: by },
      })
    }
    expect(script.asked.length).toBe(1)
  })

  it.each([0, -1, 99, 1.5, Number.NaN])('[RUN-16] is unknown under the number %d', async (number) => {
    const { bureau } = await refused(new Error('down'))
    expect(await bureau.host.retryDeadLetter(number, { by: 'ada' })).toMatchObject({
      code: 'deadLetter.unknown',
    })
  })

  it('[RUN-16] leaves its session as it is', async () => {
    const { bureau, session, letter } = await refused(new Error('down'), undefined)
    const before = await bureau.host.sessions.inspect(session)
    await bureau.host.retryDeadLetter(letter.number, { by: 'ada' })
    const after = await bureau.host.sessions.inspect(session)
    expect(after!.state).toEqual(before!.state)
    expect(await left(bureau, session)).toEqual(['start:next', 'order:next'])
  })

  it('[RUN-16] is retried for a session that has ended, too', async () => {
    const script = scripted(new Error('down'), undefined)
    const bureau = await Bureau.open({ handlers: { 'crm.ticket': script.handler } })
    await bureau.release(ordering())
    await begin(bureau, 'ordering')
    const [letter] = (await bureau.host.sessions.deadLetters()).items
    await bureau.host.retryDeadLetter(letter!.number, { by: 'ada' })
    await bureau.host.settled()
    expect(script.asked.length).toBe(2)
  })
})
