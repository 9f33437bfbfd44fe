import { describe, expect, it } from 'vitest'
import { type HostEvent, HostFeed } from '../../../src/runtime/host/feed.ts'
import { Bureau } from './bureau.ts'
import { awaitEvent, say, talk } from './flows.ts'
import { begin, calling, quiet, scripted } from './working.ts'

const event = (session: string): HostEvent => ({
  workspace: 'w',
  at: 0,
  session,
  flow: 'f',
  version: 'v1',
  type: 'started',
  kind: 'manual',
})

describe('the events of a host', () => {
  it('[RUN-21] tell of every step in order: start, steps, effects, wait, result, end', async () => {
    const script = scripted(new Error('down'), { status: 200 })
    const bureau = await Bureau.open({ handlers: { 'http.request': script.handler } })
    await bureau.release(calling({ attempts: 2 }))
    const told: HostEvent[] = []
    bureau.host.events.subscribe((each) => told.push(each))
    const session = await begin(bureau, 'calling')
    await bureau.pass('1s')
    expect(told.map(({ type }) => type)).toEqual([
      'started',
      'advanced',
      'waits',
      'effectFailed',
      'effectDone',
      'advanced',
      'ended',
      'effectDone',
    ])
    expect(new Set(told.map((each) => each.session))).toEqual(new Set([session]))
    expect(told.at(-2)).toMatchObject({
      workspace: 'acme',
      flow: 'calling',
      version: 'v1',
      flowOutcome: 'done',
    })
  })

  it('[RUN-21] pass through entry, effect, wait, outcome and error of each node', async () => {
    const bureau = await Bureau.open({ handlers: { 'http.request': scripted({ status: 500 }).handler } })
    await bureau.release(calling())
    const entries: string[] = []
    bureau.host.events.subscribe((each) => {
      if (each.type === 'advanced')
        for (const entry of each.trace)
          if (entry.node === 'call')
            entries.push(entry.type === 'leave' ? `leave ${entry.outcome}` : entry.type)
    })
    await begin(bureau, 'calling')
    expect(entries).toEqual(['enter', 'effect', 'wait', 'event', 'leave httpError'])
  })

  it('[RUN-21] tell of what was refused', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('waiting', { trigger: 'manual' }, [awaitEvent('wait', 'go')]))
    const session = await begin(bureau, 'waiting')
    const told: HostEvent[] = []
    bureau.host.events.subscribe((each) => told.push(each))
    await bureau.host.deliver(session, { type: 'timer', waitId: 'old' })
    expect(told).toMatchObject([{ type: 'refused', event: 'timer', code: 'event.stale', session }])
  })

  it('[RUN-21] are told once they are stored, and not where the store fails', async () => {
    const bureau = await Bureau.open()
    await bureau.release(talk('hello', { trigger: 'manual' }, [say('a', 'One')]))
    const told: HostEvent[] = []
    bureau.host.events.subscribe((each) => told.push(each))
    bureau.store.sessions.commit = () => Promise.reject(new Error('The disk is full'))
    await expect(begin(bureau, 'hello')).rejects.toThrow('The disk is full')
    expect(told).toEqual([])
  })

  it('[RUN-7] [RUN-21] say which sessions are of test mode', async () => {
    const bureau = await Bureau.open()
    await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: ['+4999'] })
    await bureau.release(talk('hello', { trigger: 'manual' }, [say('a', 'One')]))
    const told: HostEvent[] = []
    bureau.host.events.subscribe((each) => told.push(each))
    await bureau.host.test({ flow: 'hello', version: 'v1', contact: 'tess', by: 'ben', channel: 'sms' })
    await bureau.host.settled()
    expect(told.length).toBeGreaterThan(3)
    expect(told.every(({ test }) => test === true)).toBe(true)
  })
})

describe('a listener', () => {
  it('[RUN-21] hears of everything until it ends its subscription', () => {
    const feed = new HostFeed()
    const heard: string[] = []
    const subscription = feed.subscribe(({ session }) => heard.push(session))
    feed.emit(event('1'))
    subscription.unsubscribe()
    feed.emit(event('2'))
    expect(heard).toEqual(['1'])
    expect(feed.isHeard).toBe(false)
  })

  it('[RUN-21] that subscribes twice hears twice, and each subscription ends alone', () => {
    const feed = new HostFeed()
    const heard: string[] = []
    const listen = ({ session }: HostEvent) => heard.push(session)
    const first = feed.subscribe(listen)
    feed.subscribe(listen)
    feed.emit(event('1'))
    first.unsubscribe()
    feed.emit(event('2'))
    expect(heard).toEqual(['1', '1', '2'])
  })

  it('[RUN-21] ends with its signal, also one that had aborted before', () => {
    const feed = new HostFeed()
    const heard: string[] = []
    const aborting = new AbortController()
    feed.subscribe(({ session }) => heard.push(session), { signal: aborting.signal })
    feed.emit(event('1'))
    aborting.abort()
    feed.subscribe(({ session }) => heard.push(session), { signal: aborting.signal })
    feed.emit(event('2'))
    expect(heard).toEqual(['1'])
  })

  it('[RUN-21] that throws keeps nobody else from hearing, and is told of', () => {
    const errors: unknown[] = []
    const feed = new HostFeed((error) => errors.push(error))
    const heard: string[] = []
    feed.subscribe(() => {
      throw new Error('mine')
    })
    feed.subscribe(({ session }) => heard.push(session))
    feed.emit(event('1'))
    expect(heard).toEqual(['1'])
    expect(errors.map(String)).toEqual(['Error: mine'])
  })

  it('[RUN-21] that begins or ends subscriptions while it is told has the next event go by that', () => {
    const feed = new HostFeed()
    const heard: string[] = []
    feed.subscribe(() => {
      second.unsubscribe()
      feed.subscribe(() => heard.push('new'))
    })
    const second = feed.subscribe(() => heard.push('second'))
    feed.emit(event('1'))
    expect(heard).toEqual([])
    feed.emit(event('2'))
    expect(heard).toEqual(['new'])
  })

  it('[RUN-21] is told when the feed closes, once, also where it comes later', () => {
    const feed = new HostFeed()
    let completed = 0
    const complete = () => completed++
    feed.subscribe({ complete })
    feed.close()
    feed.close()
    feed.subscribe({ complete })
    expect(completed).toBe(2)
  })
})

describe('a reader', () => {
  async function read(feed: HostFeed, options: { signal?: AbortSignal } = {}): Promise<string[]> {
    const heard: string[] = []
    for await (const { session } of feed.iterate(options)) heard.push(session)
    return heard
  }

  it('[RUN-21] gets every event in order until its signal aborts', async () => {
    const feed = new HostFeed()
    const aborting = new AbortController()
    const reading = read(feed, { signal: aborting.signal })
    await quiet(1)
    for (const session of ['1', '2', '3']) feed.emit(event(session))
    await quiet(1)
    feed.emit(event('4'))
    aborting.abort()
    feed.emit(event('5'))
    expect(await reading).toEqual(['1', '2', '3', '4'])
    expect(feed.isHeard).toBe(false)
  })

  it('[RUN-21] is done at once where its signal had aborted, and where the feed had closed', async () => {
    const feed = new HostFeed()
    expect(await read(feed, { signal: AbortSignal.abort() })).toEqual([])
    feed.close()
    expect(await read(feed)).toEqual([])
  })

  it('[RUN-21] ends when the host closes', async () => {
    const bureau = await Bureau.open()
    const reading = read(bureau.host.events)
    await quiet(1)
    await bureau.host.close()
    expect(await reading).toEqual([])
  })

  it('[RUN-21] who leaves off is not kept for', async () => {
    const feed = new HostFeed()
    const reading = (async () => {
      for await (const { session } of feed) if (session === '1') return session
      return undefined
    })()
    await quiet(1)
    feed.emit(event('1'))
    expect(await reading).toBe('1')
    expect(feed.isHeard).toBe(false)
  })

  it('[RUN-21] who is slow misses the oldest events, and holds nobody up', async () => {
    const feed = new HostFeed()
    const aborting = new AbortController()
    const reading = read(feed, { signal: aborting.signal })
    await quiet(1)
    for (let i = 0; i < 10_005; i++) feed.emit(event(String(i)))
    aborting.abort()
    const heard = await reading
    expect(heard.length).toBe(10_000)
    expect(heard[0]).toBe('5')
  })
})
