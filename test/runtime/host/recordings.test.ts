import { describe, expect, it } from 'vitest'
import type { EffectAnswer } from '../../../src/runtime/index.ts'
import { Bureau } from './bureau.ts'
import { awaitEvent, node, talk } from './flows.ts'
import { begin, quiet } from './working.ts'

const URL = 'https://media.example/r1'
const voicemail = () =>
  talk('voicemail', { trigger: 'manual' }, [
    node('record', 'record@1', {}, ['recorded', 'silence', 'failed']),
    awaitEvent('wait', 'go'),
  ])

/** A bureau whose recordings lie with a provider, who takes them down where asked. */
async function studio(record: () => Promise<EffectAnswer>, options: object = {}) {
  const erased: string[] = []
  const broken = new Set<string>()
  const bureau = await Bureau.open({
    handlers: { 'voice.record': record },
    eraseRecording: async (url: string) => {
      if (broken.has(url)) throw new Error('The provider is down')
      erased.push(url)
    },
    ...options,
  })
  await bureau.release(voicemail())
  return { bureau, erased, broken }
}

describe('a recording', () => {
  it('[RUN-24] is taken down where its person is erased', async () => {
    const { bureau, erased } = await studio(async () => ({ body: { url: URL, durationMs: 1 } }))
    await begin(bureau, 'voicemail')
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(erased).toEqual([URL])
  })

  it('[RUN-24] that ends because the caller hangs up is taken down as well', async () => {
    let answer = (_: EffectAnswer) => {}
    const { bureau, erased } = await studio(() => new Promise((resolve) => (answer = resolve)))
    const started = await bureau.host.trigger({ flow: 'voicemail', contact: 'ada-lovelace' })
    await quiet()
    await bureau.host.deliver((started as { session: string }).session, { type: 'signal', name: 'hangup' })
    answer({ body: { url: URL, durationMs: 1 } })
    await bureau.host.settled()
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(erased).toEqual([URL])
  })

  it('[RUN-24] whose address comes in by itself is taken down as well', async () => {
    const { bureau, erased } = await studio(async () => undefined as never)
    const session = await begin(bureau, 'voicemail')
    const { wait } = (await bureau.host.sessions.inspect(session))!.state
    const result = { waitId: wait!.id, body: { url: URL, durationMs: 1 } }
    expect(await bureau.host.receive({ channel: 'voice', result })).toMatchObject({ did: 'continued' })
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(erased).toEqual([URL])
  })

  it('[RUN-14] [RUN-24] whose address comes in after the caller has hung up is taken down, and changes nothing else', async () => {
    const { bureau, erased } = await studio(async () => undefined as never)
    const session = await begin(bureau, 'voicemail')
    const before = (await bureau.host.sessions.inspect(session))!.state
    await bureau.host.deliver(session, { type: 'signal', name: 'hangup' })
    const ended = (await bureau.host.sessions.inspect(session))!.state
    const result = { waitId: before.wait!.id, body: { url: URL } }
    expect(await bureau.host.receive({ channel: 'voice', result })).toMatchObject({ ok: false })
    expect((await bureau.host.sessions.inspect(session))!.state).toEqual(ended)
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(erased).toEqual([URL])
  })

  it('[RUN-24] that nobody asked for is not remembered', async () => {
    const { bureau, erased } = await studio(async () => undefined as never)
    const session = await begin(bureau, 'voicemail')
    const result = { waitId: `${session}:99`, body: { url: URL } }
    await bureau.host.receive({ channel: 'voice', result })
    await bureau.host.erase('ada-lovelace', { by: 'ada' })
    expect(erased).toEqual([])
  })

  it('[RUN-24] that cannot be taken down keeps its session, to be asked for again', async () => {
    const { bureau, erased, broken } = await studio(async () => ({ body: { url: URL } }))
    await begin(bureau, 'voicemail')
    broken.add(URL)
    await expect(bureau.host.erase('ada-lovelace', { by: 'ada' })).rejects.toThrow('The provider is down')
    expect((await bureau.host.sessions.list()).items.length).toBe(1)
    broken.clear()
    expect(await bureau.host.erase('ada-lovelace', { by: 'ada' })).toEqual({ ok: true, sessions: 1 })
    expect(erased).toEqual([URL])
  })

  it('[RUN-24] is taken down with its session when that is over its time', async () => {
    const { bureau, erased } = await studio(async () => ({ body: { url: URL } }), { keepEndedMs: 3_600_000 })
    await begin(bureau, 'voicemail')
    await bureau.host.emit({ name: 'go' })
    await bureau.pass('3h')
    expect(erased).toEqual([URL])
    expect((await bureau.host.sessions.list()).items).toEqual([])
  })

  it('[RUN-24] that cannot be taken down keeps no other session from being removed', async () => {
    let number = 0
    const record = async () => ({ body: { url: `https://media.example/r${++number}` } })
    const { bureau, broken } = await studio(record, { keepEndedMs: 3_600_000 })
    broken.add('https://media.example/r1')
    for (let i = 0; i < 5; i++) await begin(bureau, 'voicemail')
    await bureau.host.emit({ name: 'go' })
    await bureau.pass('3h')
    expect((await bureau.host.sessions.list()).items.length).toBe(1)
    expect(bureau.errors.map(String)).toContain('Error: The provider is down')
  })
})
