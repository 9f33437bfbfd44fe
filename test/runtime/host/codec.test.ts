import { describe, expect, it } from 'vitest'
import { aesCodec, memoryStore } from '../../../src/runtime/index.ts'
import { Bureau } from './bureau.ts'
import { awaitEvent, node, say, talk } from './flows.ts'
import { begin, scripted } from './working.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)
const K1 = { keys: { k1: key(1) }, current: 'k1' }
const K2 = { keys: { k1: key(1), k2: key(2) }, current: 'k2' }

const PRIVATE = 'My name is Ada.'

/** Has what somebody says go into the session, a message, a logbook and an effect that is given up. */
const telling = () => {
  const flow = talk('telling', { trigger: 'manual' }, [
    node('ask', 'collect-input@1', { prompt: 'Who are you?', variable: 'ticket' }, ['valid']),
    node('log', 'log@1', { logbook: 'calls', fields: { who: 'ticket' } }),
    node('order', 'custom-effect@1', { effect: 'crm.ticket', fields: { who: 'ticket' } }),
    awaitEvent('wait', 'go'),
    say('said', 'You said: {{ticket}}'),
  ])
  const logbooks = [{ name: 'calls', fields: ['who'] }]
  return { ...flow, settings: { ...flow.settings, logbooks } } as unknown as typeof flow
}

/** A store that remembers each text that it was ever given. */
function attentive() {
  const store = memoryStore()
  const { commit } = store.sessions
  const given: string[] = []
  store.sessions.commit = (tenant, list) => {
    given.push(JSON.stringify(list))
    return commit(tenant, list)
  }
  return { store, given }
}

async function told(codec: Parameters<typeof aesCodec>[0]) {
  const { store, given } = attentive()
  const script = scripted(new Error('down'))
  const handlers = { 'crm.ticket': script.handler }
  const bureau = await Bureau.open({ codec: aesCodec(codec), handlers }, store)
  await bureau.release(telling())
  const session = await begin(bureau, 'telling')
  await bureau.write(PRIVATE)
  return { bureau, session, given, handlers }
}

describe('what is stored with a codec', () => {
  it('[RUN-24] shows nothing of what a session holds, says, logs or has asked for', async () => {
    const { given, bureau } = await told(K1)
    expect(given.join()).not.toContain(PRIVATE)
    expect(given.join()).not.toContain('Who are you?')
    expect((await bureau.host.sessions.log()).items).toMatchObject([{ fields: { who: PRIVATE } }])
    expect((await bureau.host.sessions.deadLetters()).items).toMatchObject([
      { effect: { fields: { who: PRIVATE } } },
    ])
  })

  it('[RUN-24] is read by the next host, and the session goes on', async () => {
    const { bureau, session } = await told(K1)
    await bureau.restart({ codec: aesCodec(K1) })
    await bureau.host.deliver(session, { type: 'event', name: 'go' })
    await bureau.host.settled()
    expect(bureau.sms.transcript().at(-1)).toBe(`You said: ${PRIVATE}`)
  })

  it('[RUN-24] is read under an old key that is listed, and written under the new one', async () => {
    const { bureau, session, given } = await told(K1)
    await bureau.restart({ codec: aesCodec(K2) })
    given.length = 0
    await bureau.host.deliver(session, { type: 'event', name: 'go' })
    await bureau.host.settled()
    expect(bureau.sms.transcript().at(-1)).toBe(`You said: ${PRIVATE}`)
    expect(given.join()).toContain('aes256gcm:k2:')
    expect(given.join()).not.toContain('aes256gcm:k1:')
  })

  it.each([
    ['another key of the same name', { keys: { k1: key(9) }, current: 'k1' }, 'codec.unreadable'],
    ['no key of the name', { keys: { k2: key(2) }, current: 'k2' }, 'codec.key'],
  ])('[RUN-24] stays as it is where the host has %s', async (_, codec, code) => {
    const { bureau, session, handlers } = await told(K1)
    const before = await bureau.store.sessions.read('acme', session)
    await bureau.restart({ codec: aesCodec(codec), handlers })
    expect(await bureau.host.deliver(session, { type: 'event', name: 'go' })).toMatchObject({
      code: 'session.quarantined',
      details: { code },
    })
    await bureau.pass('1h')
    expect(await bureau.store.sessions.read('acme', session)).toEqual(before)
    await bureau.restart({ codec: aesCodec(K1), handlers })
    expect(await bureau.host.deliver(session, { type: 'event', name: 'go' })).toMatchObject({ ok: true })
  })

  it('[RUN-16] [RUN-24] is done later where the host that starts cannot read the work', async () => {
    const store = memoryStore()
    const bureau = await Bureau.open({ codec: aesCodec(K1) }, store)
    await bureau.release(talk('hello', { trigger: 'manual' }, [say('a', 'One')]))
    const { commit } = store.sessions
    // The host dies as soon as the work is stored.
    store.sessions.commit = async (tenant, list) => {
      await commit(tenant, list)
      return new Promise(() => {})
    }
    void bureau.host.trigger({ flow: 'hello', contact: 'ada-lovelace', channel: 'sms' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    store.sessions.commit = commit
    await bureau.start({ codec: aesCodec({ keys: { k1: key(9) }, current: 'k1' }) })
    expect(bureau.sms.transcript()).toEqual([])
    expect(bureau.errors.length).toBeGreaterThan(0)
    await bureau.restart({ codec: aesCodec(K1) })
    expect(bureau.sms.transcript()).toEqual(['One'])
  })
})

describe('the codec', () => {
  it('[RUN-24] writes the same text differently each time, and reads it back', async () => {
    const codec = aesCodec(K1)
    const texts = await Promise.all(['', 'ä€😀', 'x'.repeat(100_000)].map((text) => codec.encode(text)))
    expect(await Promise.all(texts.map((text) => codec.decode(text)))).toEqual([
      '',
      'ä€😀',
      'x'.repeat(100_000),
    ])
    expect(await codec.encode('a')).not.toBe(await codec.encode('a'))
  })

  it('[RUN-24] takes keys of any name', async () => {
    const codec = aesCodec({ keys: { 'k:1/%': key(3) }, current: 'k:1/%' })
    expect(await codec.decode(await codec.encode('a'))).toBe('a')
  })

  it.each(['', 'plain', '{"v":1}', 'aes256gcm', 'aes256gcm:k1', 'aes256gcm:k1:AAAA:AAAA', 'aes256gcm:%:a:b'])(
    '[RUN-24] refuses what it has not written: %j',
    async (text) => {
      await expect(Promise.resolve().then(() => aesCodec(K1).decode(text))).rejects.toMatchObject({
        code: expect.stringMatching(/^codec\./),
      })
    },
  )

  it('[RUN-24] notices every change of a text', async () => {
    const codec = aesCodec(K1)
    const text = await codec.encode('a')
    const changed = `${text.slice(0, -4)}${text.at(-4) === 'A' ? 'B' : 'A'}${text.slice(-3)}`
    await expect(codec.decode(changed)).rejects.toMatchObject({ code: 'codec.unreadable' })
  })

  it.each([16, 31, 33])('[RUN-24] refuses a key of %i bytes', async (length) => {
    const codec = aesCodec({ keys: { k1: new Uint8Array(length) }, current: 'k1' })
    await expect(codec.encode('a')).rejects.toMatchObject({ code: 'codec.key' })
  })
})
