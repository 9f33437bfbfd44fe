import { describe, expect, it } from 'vitest'
import { memoryChannel, type WebhookRequest } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { ask, asking, codeOf, comes, node, SMS, sessionOf, startedFlows, talk } from './flows.ts'

const ON_SMS = { trigger: 'message', channel: 'sms' }
const text = (said: string, more: object = {}) => ({
  channel: 'sms',
  from: ADA,
  to: SMS,
  text: said,
  ...more,
})

async function withBot(): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.release(asking('bot', ON_SMS))
  return bureau
}

describe('what comes in again under an id', () => {
  it('starts once, however many come at once', async () => {
    const bureau = await withBot()
    const all = await Promise.all(
      Array.from({ length: 20 }, () => bureau.host.receive(text('hello', { id: 'x' }))),
    )
    expect(new Set(all.map(sessionOf)).size).toBe(1)
    expect(all.filter((each) => each.ok && each.did === 'started')).toHaveLength(1)
    expect(all.filter((each) => each.ok && each.did === 'duplicate')).toHaveLength(19)
  })

  it('continues once, and is told the session that took it, also after that has ended', async () => {
    const bureau = await withBot()
    const session = sessionOf(await comes(bureau, text('hello', { id: 'x' })))
    expect(await comes(bureau, text('42', { id: 'y' }))).toEqual({ ok: true, session, did: 'continued' })
    for (const id of ['x', 'y'])
      expect(await comes(bureau, text('42', { id }))).toEqual({ ok: true, session, did: 'duplicate' })
    expect(await startedFlows(bureau)).toEqual(['bot'])
  })

  it('is known after a restart', async () => {
    const bureau = await withBot()
    const session = sessionOf(await comes(bureau, text('hello', { id: 'x' })))
    await bureau.restart()
    expect(await comes(bureau, text('hello', { id: 'x' }))).toEqual({ ok: true, session, did: 'duplicate' })
  })

  it('is new once it is no longer remembered', async () => {
    const bureau = await withBot()
    await bureau.restart({ rememberMs: 60_000 })
    await comes(bureau, text('hello', { id: 'x' }))
    await bureau.pass(59_998)
    expect(await comes(bureau, text('42', { id: 'x' }))).toMatchObject({ did: 'duplicate' })
    expect(await comes(bureau, text('42', { id: 'x' }))).toMatchObject({ did: 'continued' })
  })

  it('on another channel is something else', async () => {
    const bureau = await withBot()
    await bureau.release(asking('line', { trigger: 'call' }))
    await comes(bureau, text('hello', { id: 'x' }))
    expect(await comes(bureau, { channel: 'voice', from: ADA, to: '+4930200', id: 'x' })).toMatchObject({
      did: 'started',
    })
  })

  it('and was refused before is looked at anew', async () => {
    const bureau = await Bureau.open()
    expect(codeOf(await comes(bureau, text('hello', { id: 'x' })))).toBe('receive.noFlow')
    await bureau.release(asking('bot', ON_SMS))
    expect(await comes(bureau, text('hello', { id: 'x' }))).toMatchObject({ did: 'started' })
  })

  it('[RUN-14] a button pressed twice under one id is a duplicate, and is not refused as stale', async () => {
    const bureau = await Bureau.open()
    const card = node('card', 'send-card@1', { title: 'Ok?', buttons: [{ value: 'yes' }] }, ['yes', 'failed'])
    await bureau.release(talk('bot', ON_SMS, [card, ask('ask', 'a?')]))
    const session = sessionOf(await comes(bureau, text('hello')))
    const button = { waitId: bureau.sms.sent[0]!.effect.waitId!, value: 'yes' }
    const press = { channel: 'sms', from: ADA, id: 'b', button }
    const both = await Promise.all([bureau.host.receive(press), bureau.host.receive(press)])
    expect(both).toEqual([
      { ok: true, session, did: 'continued' },
      { ok: true, session, did: 'duplicate' },
    ])
  })

  it('what is delivered to a session under an id takes effect once, also after its end', async () => {
    const bureau = await withBot()
    const session = sessionOf(await comes(bureau, text('hello')))
    const event = { type: 'text' as const, text: '42' }
    const deliver = () => bureau.host.deliver(session, event, { id: 'd' })
    expect(await Promise.all([deliver(), deliver()])).toEqual([
      { ok: true, session, did: 'continued' },
      { ok: true, session, did: 'duplicate' },
    ])
    await bureau.restart()
    expect(await deliver()).toEqual({ ok: true, session, did: 'duplicate' })
  })

  it('calls of nobody known start once for each id', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('line', { trigger: 'call' }))
    const ring = (id: string) => bureau.host.receive({ channel: 'voice', to: '+4930200', id })
    const all = await Promise.all(['a', 'a', 'b', 'a', 'b'].map(ring))
    expect(new Set(all.map(sessionOf)).size).toBe(2)
  })
})

describe('a webhook', () => {
  const request = (body: unknown): WebhookRequest => ({
    method: 'POST',
    url: '/chat',
    headers: {},
    body: JSON.stringify(body),
  })

  /** A channel that believes everything but the text `forged`. */
  async function withChat(more: object = {}): Promise<Bureau> {
    const chat = {
      ...memoryChannel('chat'),
      webhook: async ({ body }: WebhookRequest) => {
        const said = JSON.parse(String(body))
        if (said === 'forged')
          return { ok: false as const, status: 401, code: 'chat.forged', reason: 'Forged.' }
        return { ok: true as const, inbound: said, ...more }
      },
    }
    const bureau = await Bureau.open()
    await bureau.restart({ channels: [bureau.sms, chat] })
    await bureau.define('application', { id: 'chat-app', name: 'chat', channel: 'chat' })
    await bureau.release(
      talk('bot', { trigger: 'message', channel: 'chat' }, [ask('a', 'a?'), ask('b', 'b?')]),
    )
    return bureau
  }
  const said = (words: string) => ({ channel: 'chat', from: 'Ada@Example.com', text: words, id: words })

  it('takes in all that it says, in its order', async () => {
    const bureau = await withChat()
    const { answer, received } = await bureau.host.webhook('chat', request(['hello', '1', '2'].map(said)))
    expect(answer).toEqual({ status: 204 })
    expect(received.map((each) => each.ok && each.did)).toEqual(['started', 'continued', 'continued'])
    expect(new Set(received.map(sessionOf)).size).toBe(1)
  })

  it('that comes again changes nothing, and is answered alike', async () => {
    const bureau = await withChat()
    await bureau.host.webhook('chat', request([said('hello')]))
    const { answer, received } = await bureau.host.webhook('chat', request([said('hello')]))
    expect(answer).toEqual({ status: 204 })
    expect(received).toMatchObject([{ did: 'duplicate' }])
  })

  it('is answered with what the channel says', async () => {
    const bureau = await withChat({ answer: { status: 200, body: '<Response/>' } })
    const { answer } = await bureau.host.webhook('chat', request([said('hello')]))
    expect(answer).toEqual({ status: 200, body: '<Response/>' })
  })

  it('that is not believed is told why to the log, and the status alone to the provider', async () => {
    const bureau = await withChat()
    expect(await bureau.host.webhook('chat', request('forged'))).toEqual({
      answer: { status: 401 },
      received: [],
      refused: { code: 'chat.forged', reason: 'Forged.' },
    })
  })

  it('of a channel that takes none, or is not there, is not found', async () => {
    const bureau = await withChat()
    for (const channel of ['sms', 'post'])
      expect(await bureau.host.webhook(channel, request([]))).toMatchObject({
        answer: { status: 404 },
        refused: { code: 'webhook.channel' },
      })
  })

  it('that is refused for good is not to be sent again', async () => {
    const bureau = await withChat()
    const { answer, received } = await bureau.host.webhook(
      'chat',
      request([{ channel: 'chat', digits: '1' }]),
    )
    expect(received.map(codeOf)).toEqual(['receive.nobodyWaits'])
    expect(answer).toEqual({ status: 204 })
  })

  it('is to be sent again where the host has closed', async () => {
    const bureau = await withChat()
    await bureau.host.close()
    const { answer, received } = await bureau.host.webhook('chat', request([said('hello')]))
    expect(received.map(codeOf)).toEqual(['host.closed'])
    expect(answer).toEqual({ status: 503 })
  })
})
