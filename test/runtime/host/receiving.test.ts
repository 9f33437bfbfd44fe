import { describe, expect, it } from 'vitest'
import { memoryChannel } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { ask, asking, codeOf, comes, node, SMS, say, sessionOf, startedFlows, talk, VOICE } from './flows.ts'

const ON_SMS = { trigger: 'message', channel: 'sms' }
const BEN = '+4915100000002'

const text = (said: string, more: object = {}) => ({
  channel: 'sms',
  from: ADA,
  to: SMS,
  text: said,
  ...more,
})

/** A session of a flow that only an API starts, with Ada on a channel. */
async function begin(bureau: Bureau, flow: string, more: object = {}): Promise<string> {
  const started = await bureau.host.trigger({ flow, contact: { address: ADA }, channel: 'sms', ...more })
  await bureau.host.settled()
  return sessionOf(started)
}

describe('an answer', () => {
  const card = node('card', 'send-card@1', { title: 'Ok?', buttons: [{ value: 'yes' }] }, ['yes', 'failed'])

  it('[RUN-23] goes to the session whose wait it names, whoever it comes from', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('cards', { trigger: 'manual' }, [card]))
    const first = await begin(bureau, 'cards')
    const second = await begin(bureau, 'cards')
    const { waitId } = bureau.sms.sent.find(({ delivery }) => delivery.session === first)!.effect
    const button = { waitId: waitId!, value: 'yes' }
    expect(await comes(bureau, { channel: 'sms', from: BEN, button })).toEqual({
      ok: true,
      session: first,
      did: 'continued',
    })
    expect((await bureau.host.sessions.inspect(first))!.head.status).toBe('ended')
    expect((await bureau.host.sessions.inspect(second))!.head.status).toBe('waiting')
  })

  it('[RUN-23] of a session that is not there is refused, and starts nothing', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', ON_SMS))
    for (const waitId of ['nobody:3', 'nobody'])
      expect(codeOf(await comes(bureau, { channel: 'sms', button: { waitId, value: 'yes' } }))).toBe(
        'session.unknown',
      )
    expect(await startedFlows(bureau)).toEqual([])
  })

  it('[RUN-23] whatever names its session goes to that one', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', { trigger: 'manual' }))
    const first = await begin(bureau, 'bot')
    await begin(bureau, 'bot')
    expect(sessionOf(await comes(bureau, text('one', { session: first })))).toBe(first)
    expect(codeOf(await comes(bureau, text('two', { session: first })))).toBe('session.ended')
  })
})

describe('a message', () => {
  it('[RUN-23] goes to the session of its address that waits, and else starts the flow that it triggers', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', ON_SMS))
    const started = await comes(bureau, text('hello'))
    expect(started).toMatchObject({ ok: true, did: 'started' })
    expect(await comes(bureau, text('42'))).toEqual({ ...started, did: 'continued' })
    expect(await comes(bureau, text('hello'))).toMatchObject({ ok: true, did: 'started' })
    expect(bureau.sms.transcript(ADA)).toEqual(['bot?', 'bot: 42', 'bot?'])
  })

  it('[RUN-23] does not go to a session of another address, or of another channel', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', ON_SMS))
    const adas = sessionOf(await comes(bureau, text('hello')))
    expect(sessionOf(await comes(bureau, text('42', { from: BEN })))).not.toBe(adas)
    expect(codeOf(await comes(bureau, text('42', { channel: 'voice' })))).toBe('receive.noFlow')
  })

  it('[RUN-23] does not go to a session that was written to at another number', async () => {
    const bureau = await Bureau.open()
    await bureau.define('application', { id: 'two', name: 'two', channel: 'sms', address: '+4930101' })
    await bureau.release(asking('one', ON_SMS))
    await bureau.release(asking('two', ON_SMS), { applications: { sms: 'two' } })
    const one = sessionOf(await comes(bureau, text('hello')))
    const two = sessionOf(await comes(bureau, text('hello', { to: '+4930101' })))
    expect(two).not.toBe(one)
    expect(sessionOf(await comes(bureau, text('1', { to: '0049 30100' })))).toBe(one)
    expect(sessionOf(await comes(bureau, text('2', { to: '+4930101' })))).toBe(two)
  })

  it('[RUN-23] does not go to a session that speaks with another number, whoever started it', async () => {
    const bureau = await Bureau.open()
    const hi = node('hi', 'send-message@1', { prompt: 'Hi', channel: 'sms' })
    await bureau.release(talk('bot', { trigger: 'manual' }, [hi, ask('ask', 'a?')]))
    const session = await begin(bureau, 'bot')
    expect(codeOf(await comes(bureau, text('42', { to: '+4930999' })))).toBe('receive.noFlow')
    expect(sessionOf(await comes(bureau, text('42')))).toBe(session)
  })

  it('[RUN-23] where its number is not told, goes to the session of the address', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', ON_SMS))
    const session = sessionOf(await comes(bureau, text('hello')))
    expect(sessionOf(await comes(bureau, text('42', { to: undefined })))).toBe(session)
  })

  it('[RUN-23] of several sessions goes to one that accepts it before one that keeps it, though that was active later', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('accepts', { trigger: 'manual' }))
    const later = node('later', 'delay@1', { duration: '1h' }, ['done'])
    await bureau.release(talk('keeps', { trigger: 'manual' }, [later, ask('ask', 'keeps?')]))
    const accepts = await begin(bureau, 'accepts')
    await bureau.pass('1s')
    const keeps = await begin(bureau, 'keeps')
    expect(sessionOf(await comes(bureau, text('1')))).toBe(accepts)
    expect(sessionOf(await comes(bureau, text('2')))).toBe(keeps)
  })

  it('[RUN-23] which of them accepts it the node that waits decides', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('accepts', { trigger: 'manual' }))
    const choosy = node('other', 'receive-message@1', { channels: ['voice'] }, ['received'])
    await bureau.release(talk('choosy', { trigger: 'manual' }, [choosy]))
    const accepts = await begin(bureau, 'accepts')
    await bureau.pass('1s')
    await begin(bureau, 'choosy')
    expect(sessionOf(await comes(bureau, text('1')))).toBe(accepts)
  })

  it('[RUN-23] of several that accept it goes to the one that was active last', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('bot', { trigger: 'manual' }, [ask('a', 'a?'), ask('b', 'b?')]))
    const first = await begin(bureau, 'bot')
    await bureau.pass('1s')
    const second = await begin(bureau, 'bot')
    await bureau.pass('1s')
    expect(sessionOf(await comes(bureau, text('1')))).toBe(second)
    await bureau.pass('1s')
    await bureau.host.deliver(first, { type: 'text', text: '1' })
    await bureau.pass('1s')
    expect(sessionOf(await comes(bureau, text('2')))).toBe(first)
    expect(sessionOf(await comes(bureau, text('2')))).toBe(second)
  })

  it('[RUN-23] finds its session in whatever form the number is written', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('bot', ON_SMS, [ask('a', 'a?'), ask('b', 'b?'), ask('c', 'c?')]))
    const session = sessionOf(await comes(bureau, text('hello')))
    for (const from of ['004915112345678', '4915112345678', '+49 (151) 123-456 78'])
      expect(sessionOf(await comes(bureau, text('1', { from })))).toBe(session)
  })

  it('[RUN-23] comes from the contact who is stored with the number in E.164', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('bot', ON_SMS, [say('hi', 'Hello {{contact.name}}')]))
    const session = sessionOf(await comes(bureau, text('hello', { from: '0049 151 12345678' })))
    expect((await bureau.host.sessions.inspect(session))!.head.contact).toBe('ada-lovelace')
    expect(bureau.sms.transcript()).toEqual(['Hello Ada'])
  })

  it('[RUN-23] goes to a session that began elsewhere where that has spoken to the contact on this channel', async () => {
    const chat = memoryChannel('chat')
    const bureau = await Bureau.open()
    await bureau.restart({ channels: [bureau.sms, chat] })
    await bureau.define('application', { id: 'chat-app', name: 'chat', channel: 'chat' })
    const there = { ...say('there', 'On chat'), config: { prompt: 'On chat', channel: 'chat' } }
    await bureau.release(talk('both', { trigger: 'manual' }, [ask('a', 'a?'), there, ask('b', 'b?')]))
    const session = await begin(bureau, 'both')
    const onChat = { channel: 'chat', from: ADA, text: '1' }
    expect(codeOf(await comes(bureau, onChat))).toBe('receive.noFlow')
    await comes(bureau, text('1'))
    await bureau.restart({ channels: [bureau.sms, chat] })
    expect(sessionOf(await comes(bureau, onChat))).toBe(session)
    expect(codeOf(await comes(bureau, onChat))).toBe('receive.noFlow')
  })

  it('[RUN-23] of keys or a signal that nobody waits for nothing comes, and it is said', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', ON_SMS))
    for (const input of [{ digits: '1' }, { signal: 'hangup' }])
      expect(codeOf(await comes(bureau, { channel: 'sms', from: ADA, to: SMS, ...input }))).toBe(
        'receive.nobodyWaits',
      )
  })
})

describe('a call', () => {
  it('[RUN-23] that has just come in always starts a flow, also where a session of the caller waits', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('line', { trigger: 'call' }))
    const ring = { channel: 'voice', from: ADA, to: VOICE }
    const first = sessionOf(await comes(bureau, ring))
    await bureau.pass('1s')
    const second = await comes(bureau, ring)
    expect(second).toMatchObject({ did: 'started' })
    expect(sessionOf(second)).not.toBe(first)
    expect(sessionOf(await comes(bureau, { ...ring, digits: '1' }))).toBe(sessionOf(second))
  })

  it.each([undefined, '', 'anonymous', 'Restricted', ' '])(
    '[RUN-23] of somebody who withholds their number (%j) starts a flow for nobody known',
    async (from) => {
      const bureau = await Bureau.open()
      await bureau.release(asking('line', { trigger: 'call' }))
      const session = sessionOf(await comes(bureau, { channel: 'voice', to: VOICE, from }))
      const { about } = (await bureau.host.sessions.inspect(session))!
      expect(about).not.toHaveProperty('contact')
      expect(about).not.toHaveProperty('address')
    },
  )

  it('[RUN-23] two who withhold their number are two: what one presses does not reach the other', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('line', { trigger: 'call' }))
    const ring = { channel: 'voice', to: VOICE, from: 'anonymous' }
    const one = sessionOf(await comes(bureau, ring))
    expect(sessionOf(await comes(bureau, ring))).not.toBe(one)
    expect(codeOf(await comes(bureau, { ...ring, digits: '1' }))).toBe('receive.nobodyWaits')
    expect(await comes(bureau, { ...ring, digits: '1', session: one })).toMatchObject({ session: one })
  })
})
