import { describe, expect, it } from 'vitest'
import { EffectFailure } from '../../../src/runtime/index.ts'
import { Bureau } from './bureau.ts'
import { begin, calling, left, ordering, scripted } from './working.ts'

/** A bureau whose host calls web services by a script. */
async function bureauWith(script: ReturnType<typeof scripted>, config: object = {}, options: object = {}) {
  const bureau = await Bureau.open({ handlers: { 'http.request': script.handler }, ...options })
  await bureau.release(calling(config))
  return bureau
}

/** What becomes of a session that calls, with a host that answers so. */
async function outcomeOf(script: ReturnType<typeof scripted>, config: object = {}) {
  const bureau = await bureauWith(script, config)
  const session = await begin(bureau, 'calling')
  return { bureau, session, steps: await left(bureau, session) }
}

describe('what comes of an effect', () => {
  it('[RUN-16] goes to the session that waits for it', async () => {
    const { steps } = await outcomeOf(scripted({ status: 200, body: { left: 3 } }))
    expect(steps).toEqual(['start:next', 'call:success', 'told:next', 'end:done'])
  })

  it('[RUN-16] leads to the outcome for errors where the handler answers with one', async () => {
    const { steps } = await outcomeOf(scripted({ error: 'no network' }))
    expect(steps[1]).toBe('call:failed')
  })

  it('[RUN-16] is what the last failure says when all tries are used up', async () => {
    const busy = new EffectFailure({
      code: 'shop.busy',
      message: 'Busy',
      answer: { status: 503, body: 'busy' },
    })
    const { steps } = await outcomeOf(scripted(busy))
    expect(steps[1]).toBe('call:httpError')
  })

  it.each<[string, unknown]>([
    ['a text', 'ok'],
    ['a number', 200],
    ['a list', [200]],
    ['a status that is no number', { status: '200' }],
    ['a body that is no JSON', { status: 200, body: { at: new Date(0), call: () => 1 } }],
    ['an error that is no text', { error: new Error('no') }],
  ])('[RUN-16] is an error where the handler answers rubbish: %s', async (_, answer) => {
    const { steps } = await outcomeOf(scripted(answer as never))
    expect(steps[1]).toBe('call:failed')
  })

  it('[RUN-15] [RUN-16] is an error where the answer is larger than the session takes', async () => {
    const { bureau, session } = await outcomeOf(scripted({ status: 200, body: 'x'.repeat(70_000) }))
    const view = (await bureau.host.sessions.inspect(session))!
    expect(view.head).toMatchObject({ status: 'failed', outcome: 'limit.payload' })
  })

  it('[RUN-8] [RUN-16] is an error where a handler throws, at once or later', async () => {
    for (const thrown of [
      () => {
        throw new Error('no')
      },
      async () => {
        throw 'no'
      },
    ]) {
      const { steps } = await outcomeOf(scripted(thrown as never))
      expect(steps[1]).toBe('call:failed')
    }
  })

  it('[RUN-16] is an error where nobody does effects of the type', async () => {
    const bureau = await Bureau.open()
    await bureau.release(calling())
    const session = await begin(bureau, 'calling')
    expect((await left(bureau, session))[1]).toBe('call:failed')
  })

  it('[RUN-16] is nothing yet where the handler answers nothing, and comes in later', async () => {
    const script = scripted(undefined)
    const { bureau, session } = await outcomeOf(script)
    expect(await left(bureau, session)).toEqual(['start:next'])
    const { waitId } = script.asked[0]!.effect as { waitId: string }
    await bureau.host.receive({ channel: 'sms', result: { waitId, status: 200 } })
    await bureau.host.settled()
    expect((await left(bureau, session))[1]).toBe('call:success')
  })

  it('[RUN-16] is a timeout where the handler hangs, which is told to give up', async () => {
    let aborted = false
    const hanging = scripted(({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return new Promise(() => {})
    })
    const bureau = await bureauWith(hanging, { timeout: '10s' }, { effectTimeoutMs: 1_000 })
    const started = await bureau.host.trigger({ flow: 'calling', contact: 'ada-lovelace' })
    const { session } = started as { session: string }
    await new Promise((resolve) => setImmediate(resolve))
    bureau.clock.advance('14s')
    expect(await left(bureau, session)).toEqual(['start:next'])
    await bureau.pass('1s')
    expect((await left(bureau, session))[1]).toBe('call:timeout')
    expect(aborted).toBe(true)
  })

  it('[RUN-14] [RUN-16] is passed over where it comes after the host has given up', async () => {
    let answer: (answer: { status: number }) => void = () => {}
    const slow = scripted(() => new Promise((resolve) => (answer = resolve)))
    const bureau = await bureauWith(slow, { timeout: '1s' }, { effectTimeoutMs: 1_000 })
    const { session } = (await bureau.host.trigger({ flow: 'calling' })) as { session: string }
    await new Promise((resolve) => setImmediate(resolve))
    await bureau.pass('6s')
    answer({ status: 200 })
    await bureau.host.settled()
    expect((await left(bureau, session))[1]).toBe('call:timeout')
  })

  it('[RUN-14] is stale where it comes in when the wait is over', async () => {
    const { bureau, session } = await outcomeOf(scripted({ status: 200 }))
    const waitId = `${session}:2`
    const received = await bureau.host.receive({ channel: 'sms', result: { waitId, status: 500 } })
    expect(received).toMatchObject({ ok: false, code: 'session.ended' })
  })

  it('[RUN-16] names the key of the work, equal on each try, and counts the tries', async () => {
    const script = scripted(new Error('1'), new Error('2'), { status: 200 })
    const bureau = await bureauWith(script, { attempts: 3 })
    const session = await begin(bureau, 'calling')
    await bureau.pass('1s')
    await bureau.pass('1s')
    expect(script.asked.map(({ key, attempt }) => [key, attempt])).toEqual([
      [`${session}:1`, 1],
      [`${session}:1`, 2],
      [`${session}:1`, 3],
    ])
    expect((await left(bureau, session))[1]).toBe('call:success')
  })
})

describe('effects that nobody waits for', () => {
  it('[RUN-16] are done without holding up the session', async () => {
    const script = scripted(undefined)
    const bureau = await Bureau.open({ handlers: { 'crm.ticket': script.handler } })
    await bureau.release(ordering({ fields: { subject: '"broken"' } }))
    const session = await begin(bureau, 'ordering')
    expect(script.asked).toMatchObject([{ key: `${session}:1`, effect: { fields: { subject: 'broken' } } }])
    expect((await bureau.host.sessions.deadLetters()).items).toEqual([])
  })

  it('[RUN-16] go to the channel that does their type, and to no other', async () => {
    const bureau = await Bureau.open()
    await bureau.release(ordering())
    const session = await begin(bureau, 'ordering')
    expect(bureau.sms.sent.map(({ effect }) => effect.type)).toEqual(['message.send'])
    const { items } = await bureau.host.sessions.deadLetters({ session })
    expect(items).toMatchObject([{ effect: { type: 'crm.ticket' }, session }])
    expect(items[0]!.reason).toContain('effect.noHandler')
  })

  it('[RUN-16] count as failed where the handler answers with an error, and are kept as dead letters', async () => {
    const bureau = await Bureau.open({ handlers: { 'crm.ticket': scripted({ error: 'closed' }).handler } })
    await bureau.release(ordering())
    await begin(bureau, 'ordering')
    const { items } = await bureau.host.sessions.deadLetters()
    expect(items).toMatchObject([{ effect: { type: 'crm.ticket' }, reason: 'closed' }])
    expect(await bureau.host.sessions.counts('effects/crm.ticket')).toEqual(
      new Map([['effects/crm.ticket/failed', 1]]),
    )
  })
})
