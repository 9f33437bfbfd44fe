import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { sessionOf } from './flows.ts'
import { end, quick, trigger } from './once.ts'
import { slowStore } from './slow-store.ts'

describe('any interleaving', () => {
  const step = fc.record({
    order: fc.constantFrom('o1', 'o2'),
    wait: fc.boolean(),
    gray: fc.boolean(),
    /** What happens before the next trigger: nothing, the end of a session, or everything that is under way. */
    then: fc.constantFrom('go on', 'go on', 'end', 'settle'),
  })

  it('[RUN-3] never has two sessions of one identifier wait, and answers each trigger with one that was there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), fc.nat(), async (steps, seed) => {
        const bureau = await Bureau.open({}, slowStore(memoryStore(), seed))
        await bureau.define('grayRule', {
          id: 'ada',
          name: 'ada',
          match: { kind: 'numbers', numbers: [ADA] },
        })
        await bureau.release(quick())
        await bureau.release(quick(), { rule: 'ada' }, 'gray')
        const orders = new Map<string, string>()
        const log: { readonly session: string; readonly waits: boolean }[] = []
        bureau.host.events.subscribe(({ type, session }) => {
          if (type === 'waits' || type === 'ended') log.push({ session, waits: type === 'waits' })
        })
        const under: Promise<unknown>[] = []
        for (const { order, wait, gray, then } of steps) {
          const address = gray ? ADA : '+4915100000002'
          const data = wait ? { wait: true } : {}
          const answered = trigger(bureau, order, { contact: { address }, data }).then((started) => {
            expect(orders.get(sessionOf(started)) ?? order).toBe(order)
            orders.set(sessionOf(started), order)
          })
          under.push(answered)
          const waiting = log.findLast(({ waits }) => waits)
          if (then === 'end' && waiting !== undefined) under.push(end(bureau, waiting.session))
          if (then === 'settle') await Promise.all(under)
        }
        await Promise.all(under)
        await bureau.host.settled()
        const held = new Map<string | undefined, string>()
        for (const { session, waits } of log) {
          const order = orders.get(session)
          expect(held.get(order) ?? session).toBe(session)
          if (waits) held.set(order, session)
          else held.delete(order)
        }
        await bureau.host.close()
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
