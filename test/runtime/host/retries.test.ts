import { describe, expect, it } from 'vitest'
import { retryPause } from '../../../src/runtime/host/retry-pause.ts'
import { EffectFailure } from '../../../src/runtime/index.ts'
import { Bureau } from './bureau.ts'
import { begin, calling, left, quiet, scripted } from './working.ts'

const fixed = (value: number) => ({ next: () => value })
const DOWN = new Error('down')

async function failing(script: ReturnType<typeof scripted>, attempts: number, jitter = 0) {
  const bureau = await Bureau.open({ handlers: { 'http.request': script.handler }, random: fixed(jitter) })
  await bureau.release(calling({ attempts }))
  const session = await begin(bureau, 'calling')
  return { bureau, session }
}

describe('an effect that fails', () => {
  it('[RUN-16] is tried once where it names no policy', async () => {
    const script = scripted(DOWN)
    const { bureau, session } = await failing(script, 1)
    await bureau.pass('1h')
    expect(script.asked.length).toBe(1)
    expect((await left(bureau, session))[1]).toBe('call:failed')
  })

  it('[RUN-16] is tried again after pauses that double, as often as its own policy says', async () => {
    const script = scripted(DOWN)
    const { bureau, session } = await failing(script, 4)
    const tries: number[] = []
    for (const pause of [499, 1, 999, 1, 1_999, 1, 600_000]) {
      await bureau.pass(pause)
      tries.push(script.asked.length)
    }
    expect(tries).toEqual([1, 2, 2, 3, 3, 4, 4])
    expect((await left(bureau, session))[1]).toBe('call:failed')
  })

  it('[RUN-16] comes back up to half of the pause earlier', async () => {
    const script = scripted(DOWN)
    const { bureau } = await failing(script, 3, 0.999_999)
    await bureau.pass(250)
    expect(script.asked.length).toBe(1)
    await bureau.pass(1)
    expect(script.asked.length).toBe(2)
  })

  it('[RUN-16] is not tried before the receiver wants it to be', async () => {
    const busy = new EffectFailure({ code: 'busy', message: 'Busy', answer: {}, retryAfterMs: 60_000 })
    const script = scripted(busy, { status: 200 })
    const { bureau, session } = await failing(script, 2)
    await bureau.pass(29_999)
    expect(script.asked.length).toBe(1)
    expect(await bureau.host.sessions.inspect(session)).toMatchObject({ head: { status: 'waiting' } })
  })

  it('[RUN-16] has as many tries left after a restart as before, and not earlier', async () => {
    const script = scripted(DOWN)
    const handlers = { 'http.request': script.handler }
    const { bureau, session } = await failing(script, 3)
    await bureau.restart({ handlers, random: fixed(0) })
    await bureau.pass(499)
    expect(script.asked.length).toBe(1)
    await bureau.pass(1)
    await bureau.restart({ handlers, random: fixed(0) })
    await bureau.pass('1s')
    expect(script.asked.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    await bureau.pass('1h')
    expect(script.asked.length).toBe(3)
    expect((await left(bureau, session))[1]).toBe('call:failed')
  })

  it('[RUN-16] is left to the next host where this one closes meanwhile, and that counts as no try', async () => {
    const hanging = scripted(({ signal }) => {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
    })
    const bureau = await Bureau.open({ handlers: { 'http.request': hanging.handler } })
    await bureau.release(calling())
    const { session } = (await bureau.host.trigger({ flow: 'calling' })) as { session: string }
    await quiet()
    await bureau.host.close({ graceMs: 0 })
    const script = scripted({ status: 200 })
    await bureau.restart({ handlers: { 'http.request': script.handler } })
    expect(script.asked).toMatchObject([{ key: `${session}:1`, attempt: 1 }])
    expect((await left(bureau, session))[1]).toBe('call:success')
  })

  it('[RUN-16] lets a host close though its handler never comes back', async () => {
    const bureau = await Bureau.open({ handlers: { 'http.request': () => new Promise(() => {}) } })
    await bureau.release(calling())
    await bureau.host.trigger({ flow: 'calling' })
    await quiet()
    await bureau.host.close({ graceMs: 0 })
    expect(await bureau.host.trigger({ flow: 'calling' })).toMatchObject({ code: 'host.closed' })
  })
})

describe('the pause before another try', () => {
  const retry = (backoffMs: number) => ({ attempts: 99, backoffMs })

  it.each<[string, number, number]>([
    ['a second where nothing is said', retryPause(undefined, 1, fixed(0)), 1_000],
    ['twice as long with each', retryPause(retry(100), 5, fixed(0)), 1_600],
    ['an hour at most', retryPause(retry(1_000), 60, fixed(0)), 3_600_000],
    ['half of it at least', retryPause(retry(1_000), 1, fixed(0.999_999_9)), 501],
    ['as long as a receiver asks', retryPause(retry(1_000), 1, fixed(0), 5_000), 5_000],
    ['a day at most then', retryPause(retry(1_000), 1, fixed(0), 1e12), 86_400_000],
    ['its own where the receiver asks for rubbish', retryPause(retry(1_000), 1, fixed(0), Number.NaN), 1_000],
    ['the usual one where its own is rubbish', retryPause(retry(-1), 1, fixed(0)), 1_000],
  ])('[RUN-16] is %s', (_, pause, expected) => {
    expect(pause).toBe(expected)
  })
})
