import { describe, expect, it } from 'vitest'
import { ADA, Bureau } from './bureau.ts'
import { ask, asking, awaitEvent, codeOf, comes, node, SMS, sessionOf, talk } from './flows.ts'

const ON_SMS = { trigger: 'message', channel: 'sms' }
const text = (said: string, more: object = {}) => ({
  channel: 'sms',
  from: ADA,
  to: SMS,
  text: said,
  ...more,
})

async function snapshot(bureau: Bureau, session: string) {
  const { revision, state } = (await bureau.host.sessions.inspect(session))!
  return { revision, state }
}

describe('an answer to a wait that is no longer open', () => {
  const card = node('card', 'send-card@1', { title: 'Ok?', buttons: [{ value: 'yes' }] }, ['yes', 'failed'])

  it('[RUN-14] an old button is refused as stale, and changes nothing', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('bot', ON_SMS, [card, ask('ask', 'a?')]))
    const session = sessionOf(await comes(bureau, text('hello')))
    const { waitId } = bureau.sms.sent[0]!.effect
    const press = { channel: 'sms', from: ADA, button: { waitId: waitId!, value: 'yes' } }
    expect(codeOf(await comes(bureau, press))).toBe('ok')
    const before = await snapshot(bureau, session)
    expect(codeOf(await comes(bureau, press))).toBe('event.stale')
    expect(await snapshot(bureau, session)).toEqual(before)
  })

  it('[RUN-14] a second webhook of a result is refused as stale, and changes nothing', async () => {
    const bureau = await Bureau.open({ handlers: { 'crm.open': async () => undefined } })
    const work = node('work', 'custom-effect@1', { effect: 'crm.open', outcomes: [{ name: 'done' }] }, [
      'done',
      'failed',
    ])
    await bureau.release(talk('bot', ON_SMS, [work, ask('ask', 'a?')]))
    const session = sessionOf(await comes(bureau, text('hello')))
    const { wait } = (await snapshot(bureau, session)).state
    const result = { channel: 'sms', result: { waitId: wait!.id, body: { outcome: 'done' } } }
    expect(codeOf(await comes(bureau, result))).toBe('ok')
    const before = await snapshot(bureau, session)
    expect(codeOf(await comes(bureau, result))).toBe('event.stale')
    expect(await snapshot(bureau, session)).toEqual(before)
  })

  it('[RUN-14] a late timer is refused as stale, and one that comes too soon as early', async () => {
    const bureau = await Bureau.open()
    const menu = node('menu', 'menu@1', { prompt: 'm?', options: [{ value: '1' }], timeout: '10s' }, [
      '1',
      'noMatch',
      'timeout',
    ])
    await bureau.release(talk('bot', ON_SMS, [menu, ask('ask', 'a?')]))
    const session = sessionOf(await comes(bureau, text('hello')))
    const { wait } = (await snapshot(bureau, session)).state
    const timer = { type: 'timer' as const, waitId: wait!.id }
    expect(codeOf(await bureau.host.deliver(session, timer))).toBe('event.early')
    await comes(bureau, text('1'))
    const before = await snapshot(bureau, session)
    await bureau.pass('10s')
    expect(codeOf(await bureau.host.deliver(session, timer))).toBe('event.stale')
    expect((await snapshot(bureau, session)).state).toEqual(before.state)
  })
})

describe('a text that comes too early', () => {
  it('[RUN-14] is kept, also over a restart, and taken by the next wait that accepts it', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('bot', ON_SMS, [awaitEvent('paid', 'paid'), ask('a', 'a?'), ask('b', 'b?')]))
    const session = sessionOf(await comes(bureau, text('hello')))
    expect(await comes(bureau, text('first'))).toEqual({ ok: true, session, did: 'continued' })
    await bureau.restart()
    await bureau.host.emit({ name: 'paid' })
    await bureau.host.settled()
    expect(bureau.sms.transcript()).toEqual(['a?', 'b?'])
  })

  it('[RUN-14] is refused where as many are kept as the limit allows', async () => {
    const bureau = await Bureau.open()
    const wait = [awaitEvent('paid', 'paid'), ask('a', 'a?')]
    await bureau.release(talk('bot', ON_SMS, wait, { limits: { maxInbox: 2 } }))
    await comes(bureau, text('hello'))
    expect(codeOf(await comes(bureau, text('1')))).toBe('ok')
    expect(codeOf(await comes(bureau, text('2')))).toBe('ok')
    expect(codeOf(await comes(bureau, text('3')))).toBe('limit.inbox')
  })
})

describe('a session that ends while an input is on its way', () => {
  it('[RUN-23] does not swallow it: it starts the flow that it triggers', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', ON_SMS))
    const old = sessionOf(await comes(bureau, text('hello')))
    const [, given] = await Promise.all([
      bureau.host.deliver(old, { type: 'signal', name: 'cancel' }),
      bureau.host.receive(text('again')),
    ])
    expect(given).toMatchObject({ ok: true, did: 'started' })
    expect(sessionOf(given)).not.toBe(old)
  })
})
