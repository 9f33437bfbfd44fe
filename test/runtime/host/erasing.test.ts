import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { asking, awaitEvent, codeOf, node, say, talk } from './flows.ts'
import { kept, SECRET, secretiveBureau } from './secretive.ts'
import { begin, quiet } from './working.ts'

describe('erasing a person', () => {
  it('[RUN-24] removes all that is kept of them, whatever their sessions are at', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    await bureau.write(SECRET)
    const [{ session } = { session: '' }] = (await bureau.host.sessions.list()).items
    await bureau.host.emit({ name: 'go' })
    await bureau.write('hello')
    expect(await kept(bureau.store)).toContain(SECRET)
    expect(await bureau.host.erase('ada-lovelace', { by: 'ada' })).toEqual({ ok: true, sessions: 2 })
    expect(await kept(bureau.store)).toBe(
      JSON.stringify([[], { items: [] }, { items: [] }, [], undefined, [], ...Array(3).fill({ items: [] })]),
    )
    expect(await bureau.host.sessions.inspect(session)).toBeUndefined()
  })

  it('[RUN-24] takes the permission to administrate', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    expect(await bureau.host.erase('ada-lovelace', { by: 'ben' })).toMatchObject({
      code: 'permission.missing',
      details: { permission: 'admin' },
    })
    expect((await bureau.host.sessions.list()).items.length).toBe(1)
  })

  it('[RUN-24] spares everybody else', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    await bureau.write('hello', '+491')
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect((await bureau.host.sessions.list()).items.map(({ head }) => head.contact)).toEqual(['+491'])
    expect((await bureau.write('1234', '+491')).at(-1)).toBe('Your card is 1234.')
  })

  it('[RUN-24] lets whoever writes again be somebody new', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(await bureau.write('hello')).toEqual(['Your card?', 'Your card?'])
    const { items } = await bureau.host.sessions.list()
    expect(items.map(({ head }) => head.contact)).toEqual([ADA])
  })

  it('[RUN-19] [RUN-24] leaves counts of what has happened, and of nobody who waits', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(await bureau.host.sessions.counts('waiting/')).toEqual(new Map())
    expect(await bureau.host.sessions.counts('started/')).toEqual(new Map([['started/secretive/v1', 1]]))
  })

  it('[RUN-19] [RUN-24] counts nobody out twice where the host dies in the middle', async () => {
    const bureau = await secretiveBureau()
    await bureau.write('hello')
    await bureau.write('hello', '+491')
    const { erase } = bureau.store.sessions
    bureau.store.sessions.erase = () => Promise.reject(new Error('The disk is full'))
    await expect(bureau.host.erase('ada-lovelace', { by: 'ada' })).rejects.toThrow('The disk is full')
    bureau.store.sessions.erase = erase
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(await bureau.host.sessions.counts('waiting/')).toEqual(new Map([['waiting/secretive/v1/ask', 1]]))
  })

  it('[RUN-24] keeps no dead letter of an effect that was on its way', async () => {
    let fail = (_: Error) => {}
    const bureau = await secretiveBureau({
      'crm.ticket': () =>
        new Promise((_, reject) => {
          fail = reject
        }),
    })
    await bureau.write('hello')
    void bureau.host.receive({ channel: 'sms', from: ADA, to: '+4930100', text: SECRET })
    await quiet()
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    fail(new Error('down'))
    await bureau.host.settled()
    expect((await bureau.host.sessions.deadLetters()).items).toEqual([])
    expect(await kept(bureau.store)).not.toContain(SECRET)
  })

  it('[RUN-24] removes the claims of their sessions: what came in under an id may come again', async () => {
    const bureau = await secretiveBureau()
    const inbound = { channel: 'sms', from: ADA, to: '+4930100', text: 'hello', id: 'm1' }
    await bureau.host.receive(inbound)
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(await bureau.host.receive(inbound)).toMatchObject({ did: 'started' })
  })

  it('[RUN-24] removes what they did before they were known, under their address', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', { trigger: 'message', channel: 'sms' }))
    await bureau.write('hello', '+4917600000')
    await bureau.store.contacts.put('acme', { id: 'eve', addresses: ['0049 176 00000'], fields: {} })
    expect(await bureau.host.erase('eve', { by: 'ada' })).toEqual({ ok: true, sessions: 1 })
  })

  it('[RUN-24] leaves no contact that an effect was about to change', async () => {
    const store = memoryStore()
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const change: typeof store.contacts.change = async (...given) => {
      await gate
      return store.contacts.change(...given)
    }
    const bureau = await Bureau.open({}, { ...store, contacts: { ...store.contacts, change } })
    const update = node('update', 'update-contact@1', { fields: { tier: '"gold"' } })
    await bureau.release(talk('tiers', { trigger: 'manual' }, [update, awaitEvent('wait', 'go')]))
    await bureau.host.trigger({ flow: 'tiers', contact: 'ada-lovelace' })
    await quiet()
    const erasing = bureau.host.erase('ada-lovelace', { by: 'ada' })
    await quiet()
    open()
    await erasing
    await bureau.host.settled()
    expect(await store.contacts.get('acme', 'ada-lovelace')).toBeUndefined()
  })

  it('[RUN-24] of whom nothing is known finds nothing', async () => {
    const bureau = await secretiveBureau()
    expect(await bureau.host.erase('nobody', { by: 'ada' })).toEqual({ ok: true, sessions: 0 })
  })
})

describe('a session that has ended', () => {
  it('[RUN-24] is kept as long as the host is told, with history and log entries, and then removed', async () => {
    const store = memoryStore()
    const bureau = await Bureau.open({ keepEndedMs: 86_400_000 }, store)
    await bureau.release(talk('short', { trigger: 'manual' }, [say('hello', 'Hello')]))
    await bureau.release(talk('long', { trigger: 'manual' }, [awaitEvent('wait', 'go')]))
    const ended = await begin(bureau, 'short')
    const waiting = await begin(bureau, 'long')
    await bureau.pass('23h')
    expect(await bureau.host.sessions.inspect(ended)).toBeDefined()
    await bureau.pass('2h')
    expect(await bureau.host.sessions.inspect(ended)).toBeUndefined()
    expect(await bureau.host.sessions.history(ended)).toEqual([])
    expect(await bureau.host.sessions.inspect(waiting)).toBeDefined()
    expect(await bureau.host.sessions.counts('came/')).toEqual(new Map([['came/short/v1/done', 1]]))
  })

  it('[RUN-24] is kept unless the host is told', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('short', { trigger: 'manual' }, [say('hello', 'Hello')]))
    const ended = await begin(bureau, 'short')
    await bureau.pass('3h')
    expect(codeOf({ ok: (await bureau.host.sessions.inspect(ended)) !== undefined })).toBe('ok')
  })
})
