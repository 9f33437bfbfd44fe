import { describe, expect, it } from 'vitest'
import { Bureau, support } from './bureau.ts'
import { node, say, talk } from './flows.ts'
import { begin, left } from './working.ts'

describe('a session that lies idle', () => {
  it('[RUN-22] gets the signal expired, and ends where nothing leads it on', async () => {
    const bureau = await Bureau.open({ idleMs: 60_000 })
    await bureau.release(support())
    const waiting = talk('waiting', { trigger: 'manual' }, [
      node('wait', 'wait-for-event@1', { event: 'never' }, ['received']),
    ])
    await bureau.release(waiting)
    const session = await begin(bureau, 'waiting')
    await bureau.pass(59_999)
    expect((await bureau.host.sessions.inspect(session))!.head.status).toBe('waiting')
    await bureau.pass(1)
    expect((await bureau.host.sessions.inspect(session))!.head).toMatchObject({
      status: 'ended',
      outcome: 'signal.expired',
    })
  })

  it('[RUN-22] leaves by on:expired where the flow connects it', async () => {
    const bureau = await Bureau.open({ idleMs: 60_000 })
    const outs = ['received', 'on:expired']
    await bureau.release(
      talk('waiting', { trigger: 'manual' }, [
        node('wait', 'wait-for-event@1', { event: 'never' }, outs),
        say('bye', 'We have closed your request.'),
      ]),
    )
    const session = await begin(bureau, 'waiting')
    await bureau.pass('60s')
    expect(await left(bureau, session)).toEqual(['start:next', 'wait:on:expired', 'bye:next', 'end:done'])
  })

  it('[RUN-22] counts from what came in last, and neither from its timers nor from setting them', async () => {
    const bureau = await Bureau.open({ idleMs: 60_000 })
    const loop = talk('loop', { trigger: 'message', channel: 'sms' }, [
      node('first', 'receive-message@1', { timeout: '45s' }, ['received', 'timeout']),
      node('second', 'receive-message@1', { timeout: '45s' }, ['received', 'timeout']),
      node('third', 'receive-message@1', {}, ['received']),
    ])
    await bureau.release(loop)
    await bureau.write('hello')
    await bureau.pass('30s')
    await bureau.write('here')
    const [{ session } = { session: '' }] = (await bureau.host.sessions.list()).items
    // The timer of the first wait is due at 45 s, the second wait at 75 s; it is idle from 30 s on, until 90 s.
    for (const pass of ['15s', '30s', '14s']) await bureau.pass(pass)
    expect((await bureau.host.sessions.inspect(session))!.head.status).toBe('waiting')
    await bureau.pass('1s')
    expect((await bureau.host.sessions.inspect(session))!.head.outcome).toBe('signal.expired')
  })
})

describe('counters of a node', () => {
  it('[RUN-9] lead each timeout and each wrong answer to its own outcome, and the third to strikeOut', async () => {
    const config = {
      prompt: 'One or two?',
      options: [{ value: '1' }, { value: '2' }],
      countFailures: true,
      retries: 2,
      timeout: '10s',
    }
    const outs = ['1', '2', 'strikeOut']
    const flow = talk('menu', { trigger: 'message', channel: 'sms' }, [node('menu', 'menu@1', config, outs)])
    const back = ['timeout1', 'noMatch1', 'timeout2', 'noMatch2'].map((outcome) => ({
      id: `back-${outcome}`,
      from: { node: 'menu', outcome },
      to: 'menu',
    }))
    const bureau = await Bureau.open()
    await bureau.release({ ...flow, connectors: [...flow.connectors, ...back] } as typeof flow)
    await bureau.write('hello')
    const [{ session } = { session: '' }] = (await bureau.host.sessions.list()).items
    await bureau.pass('10s')
    await bureau.restart()
    await bureau.write('9')
    await bureau.pass('10s')
    expect((await left(bureau, session)).slice(1, 4)).toEqual([
      'menu:timeout1',
      'menu:noMatch2',
      'menu:strikeOut',
    ])
  })
})
