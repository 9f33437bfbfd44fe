import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { ask, codeOf, comes, node, SMS, say, sessionOf, startedFlows, talk } from './flows.ts'
import { BY_ORDER, end, MANUAL, once, quick, trigger } from './once.ts'

async function open(flow = once()): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.release(flow)
  return bureau
}

describe('where duplicates are prevented', () => {
  it('[RUN-3] of any number of concurrent triggers exactly one starts, and the others get its id', async () => {
    const bureau = await open()
    const all = await Promise.all(Array.from({ length: 50 }, () => trigger(bureau, 'o1')))
    expect(new Set(all.map(sessionOf)).size).toBe(1)
    expect(all.filter((each) => each.ok && !each.duplicate)).toHaveLength(1)
    expect(await startedFlows(bureau)).toEqual(['once'])
  })

  it('[RUN-3] others than it start side by side', async () => {
    const bureau = await open()
    const all = await Promise.all(['o1', 'o2', 'o1', 'o3'].map((order) => trigger(bureau, order)))
    expect(new Set(all.map(sessionOf)).size).toBe(3)
  })

  it('[RUN-3] a session that waits counts, after a restart as well', async () => {
    const bureau = await open()
    const session = sessionOf(await trigger(bureau, 'o1'))
    await bureau.pass('30d')
    await bureau.restart()
    expect(await trigger(bureau, 'o1')).toEqual({ ok: true, session, duplicate: true })
  })

  it('[RUN-3] a session on another version counts', async () => {
    const bureau = await open()
    const session = sessionOf(await trigger(bureau, 'o1'))
    await bureau.release(once('new?'))
    expect(await trigger(bureau, 'o1')).toEqual({ ok: true, session, duplicate: true })
    expect(bureau.sms.transcript()).toEqual(['a?'])
  })

  it('[RUN-3] a session in the other slot counts', async () => {
    const bureau = await open()
    await bureau.define('grayRule', { id: 'ada', name: 'ada', match: { kind: 'numbers', numbers: [ADA] } })
    await bureau.release(once('new?'), { rule: 'ada' }, 'gray')
    const ben = { contact: { address: '+4915100000002' } }
    const [one, other] = await Promise.all([trigger(bureau, 'o1'), trigger(bureau, 'o1', ben)])
    expect(sessionOf(one)).toBe(sessionOf(other))
  })

  it('[RUN-3] a flow that ends at once lets one of those start that come together', async () => {
    const bureau = await open(talk('once', MANUAL, [say('hi', 'hi')], BY_ORDER))
    const all = await Promise.all(Array.from({ length: 20 }, () => trigger(bureau, 'o1')))
    expect(new Set(all.map(sessionOf)).size).toBe(1)
    await bureau.host.settled()
    expect(bureau.sms.transcript()).toEqual(['hi'])
    expect(await trigger(bureau, 'o1')).toMatchObject({ duplicate: false })
  })

  it('[RUN-3] one that would end at once does not start beside one that waits, nor sets its claim free', async () => {
    const bureau = await open(quick())
    const session = sessionOf(await trigger(bureau, 'o1', { data: { wait: true } }))
    for (let again = 0; again < 2; again++)
      expect(await trigger(bureau, 'o1')).toEqual({ ok: true, session, duplicate: true })
    expect(await trigger(bureau, 'o1', { data: { wait: true } })).toMatchObject({ session })
  })

  it.each<[string, (bureau: Bureau, session: string) => Promise<unknown>]>([
    ['comes to its end', end],
    ['is cancelled', (bureau, session) => bureau.host.operate(session, { type: 'cancel' }, { by: 'ada' })],
    ['is hung up', (bureau, session) => bureau.host.deliver(session, { type: 'signal', name: 'hangup' })],
  ])('[RUN-3] after it %s a new one may start', async (_, finish) => {
    const bureau = await open()
    const session = sessionOf(await trigger(bureau, 'o1'))
    await finish(bureau, session)
    const next = await trigger(bureau, 'o1')
    expect(next).toMatchObject({ duplicate: false })
    expect(sessionOf(next)).not.toBe(session)
  })

  it('[RUN-3] by messages as well: the second one of two people with one identifier gets the first one’s session', async () => {
    const bureau = await Bureau.open()
    const family = { duplicates: { prevent: true, identifier: 'trigger.to' } }
    await bureau.release(talk('once', { trigger: 'message', channel: 'sms' }, [ask('a', 'a?')], family))
    const hello = (from: string, id: string) =>
      comes(bureau, { channel: 'sms', from, to: SMS, text: 'hi', id })
    const first = await hello(ADA, 'x')
    expect(await hello('+4915100000002', 'y')).toEqual({ ...first, did: 'duplicate' })
  })

  it('[RUN-3] a duplicate keeps the answer that its trigger’s id got, also after the end of the other', async () => {
    const bureau = await open()
    const [one, other] = await Promise.all([
      trigger(bureau, 'o1', { id: 'a' }),
      trigger(bureau, 'o1', { id: 'b' }),
    ])
    const late = await trigger(bureau, 'o1', { id: 'c' })
    expect([sessionOf(other), sessionOf(late)]).toEqual([sessionOf(one), sessionOf(one)])
    await end(bureau, sessionOf(one))
    for (const id of ['a', 'b', 'c'])
      expect(await trigger(bureau, 'o1', { id })).toMatchObject({ session: sessionOf(one), duplicate: true })
  })

  it.each([
    ['is missing', undefined],
    ['cannot be computed', 'x'],
  ])('[RUN-3] an identifier that %s is refused', async (_, order) => {
    const rule =
      order === undefined
        ? BY_ORDER
        : { duplicates: { prevent: true, identifier: 'int(trigger.data.order)' } }
    const bureau = await open(talk('once', MANUAL, [ask('a', 'a?')], rule))
    expect(codeOf(await trigger(bureau, order))).toBe('trigger.noIdentifier')
    expect(await startedFlows(bureau)).toEqual([])
  })

  it('[RUN-3] whoever could not start does not hold up those who come with it', async () => {
    const memory = memoryStore()
    let failures = 1
    const sessions = {
      ...memory.sessions,
      commit: (...args: Parameters<typeof memory.sessions.commit>) => {
        const begins = args[1].some(({ next }) => next?.expected === 0)
        return begins && failures-- > 0 ? Promise.reject(new Error('disk')) : memory.sessions.commit(...args)
      },
    }
    const bureau = await Bureau.open({}, { ...memory, sessions })
    await bureau.release(once())
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => trigger(bureau, 'o1')))
    const started = all.flatMap((each) => (each.status === 'fulfilled' ? [sessionOf(each.value)] : []))
    expect(started).toHaveLength(4)
    expect(new Set(started).size).toBe(1)
  })

  it('[RUN-3] a failed session that an operator lets go on is the one of its identifier again', async () => {
    const bureau = await open(
      talk(
        'once',
        MANUAL,
        [
          ask('a', 'a?'),
          node('sum', 'set-variables@1', {
            assignments: [{ variable: 'ticket', value: 'string(1 / int(ticket))' }],
          }),
          ask('b', 'b?'),
        ],
        BY_ORDER,
      ),
    )
    const first = sessionOf(await trigger(bureau, 'o1'))
    await bureau.host.deliver(first, { type: 'text', text: 'none' })
    expect((await bureau.host.sessions.inspect(first))!.head.status).toBe('failed')
    await bureau.host.operate(first, { type: 'setVariable', variable: 'ticket', value: '1' }, { by: 'ada' })
    const retry = () => bureau.host.operate(first, { type: 'retry' }, { by: 'ada' })
    const other = sessionOf(await trigger(bureau, 'o1'))
    expect(await retry()).toMatchObject({ ok: false, code: 'session.identifier', details: { other } })
    await bureau.host.deliver(other, { type: 'signal', name: 'hangup' })
    expect(codeOf(await retry())).toBe('ok')
    expect(await trigger(bureau, 'o1')).toMatchObject({ session: first, duplicate: true })
  })
})
