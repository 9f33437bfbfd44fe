import { describe, expect, it } from 'vitest'
import { Bureau } from './bureau.ts'
import { asking, codeOf, node, sessionOf, talk } from './flows.ts'

/** Ends at once, and emits the event that starts it. */
const again = () =>
  talk('again', { trigger: 'event', event: 'go' }, [node('emit', 'emit-event@1', { event: 'go' })])

describe('flows that start each other for ever', () => {
  it('[RUN-15] by events stop after 20 sessions, and it shows why', async () => {
    const bureau = await Bureau.open()
    await bureau.release(again())
    await bureau.host.emit({ name: 'go' })
    await bureau.host.settled()
    expect((await bureau.host.sessions.list()).items.length).toBe(20)
    const letters = (await bureau.host.sessions.deadLetters()).items
    expect(letters).toMatchObject([{ effect: { type: 'event.emit' }, reason: 'emit.hops' }])
  })

  it('[RUN-15] by requests of handlers are refused after as many', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('next', { trigger: 'flow' }))
    let from: string | undefined
    const codes: string[] = []
    for (let i = 0; i < 22; i++) {
      const started = await bureau.host.trigger({ flow: 'next', type: 'flow', ...(from && { from }) })
      codes.push(codeOf(started))
      if (started.ok) from = sessionOf(started)
    }
    expect(codes).toEqual([...Array<string>(21).fill('ok'), 'trigger.hops'])
  })
})
