import { describe, expect, it } from 'vitest'
import { ADA, Bureau } from './bureau.ts'
import { asking, codeOf, comes, SMS, sessionOf, startedFlows, VOICE } from './flows.ts'

const ON_SMS = { trigger: 'message', channel: 'sms' }
const ON_CALL = { trigger: 'call' }
const BEN = '+4915100000002'

const message = (to: string | undefined, from = ADA) => ({ channel: 'sms', from, to, text: 'hello' })
const ring = (to: string | undefined, from: string | undefined = ADA) => ({ channel: 'voice', from, to })

/** A bureau with a second number for text messages and for calls: the applications `sms-2` and `voice-2`. */
async function withNumbers(): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.define('application', { id: 'sms-2', name: 'sms 2', channel: 'sms', address: '+4930101' })
  await bureau.define('application', {
    id: 'voice-2',
    name: 'voice 2',
    channel: 'voice',
    address: '+4930201',
  })
  await bureau.define('application', { id: 'any', name: 'any', channel: 'sms' })
  return bureau
}

async function codeFor(bureau: Bureau, flow: string): Promise<string> {
  return (await bureau.workspace.state()).flows[flow]!.accessCode!
}

describe('what nobody waits for', () => {
  it('[RUN-23] starts the flow whose application was written to', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('one', ON_SMS))
    await bureau.release(asking('two', ON_SMS), { applications: { sms: 'sms-2' } })
    await comes(bureau, message('0049 30 101'))
    await comes(bureau, message(SMS))
    expect(await startedFlows(bureau)).toEqual(['two', 'one'])
  })

  it('[RUN-23] starts the flow of the number before one that has no number of its own', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('open', ON_SMS), { applications: { sms: 'any' } })
    await bureau.release(asking('named', ON_SMS))
    await comes(bureau, message(SMS))
    await comes(bureau, message('+4930999', BEN))
    expect(await startedFlows(bureau)).toEqual(['named', 'open'])
  })

  it('[RUN-23] on a number that is no flow’s own starts nothing', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('one', ON_SMS))
    expect(codeOf(await comes(bureau, message('+4930999')))).toBe('receive.noFlow')
  })

  it('[RUN-23] that several flows would be started by starts none, and they are named', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('one', ON_SMS))
    await bureau.release(asking('two', ON_SMS))
    expect(await comes(bureau, message(SMS))).toMatchObject({
      ok: false,
      code: 'receive.ambiguous',
      details: { flows: ['one', 'two'] },
    })
    expect(await startedFlows(bureau)).toEqual([])
  })

  it('[RUN-23] without the number that was written to starts the only flow of the channel', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('one', ON_SMS))
    expect(codeOf(await comes(bureau, message(undefined)))).toBe('ok')
    await bureau.release(asking('two', ON_SMS), { applications: { sms: 'sms-2' } })
    expect(codeOf(await comes(bureau, message(undefined, BEN)))).toBe('receive.ambiguous')
  })

  it('[RUN-23] does not start another flow where that of the number is paused', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('open', ON_SMS), { applications: { sms: 'any' } })
    await bureau.release(asking('named', ON_SMS))
    await bureau.send({ type: 'pause', flow: 'named' })
    expect(codeOf(await comes(bureau, message(SMS)))).toBe('route.paused')
    expect(codeOf(await comes(bureau, message('+4930999')))).toBe('ok')
  })

  it('[RUN-23] a flow that is paused stands in no other flow’s way', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('old', ON_SMS))
    await bureau.release(asking('new', ON_SMS))
    await bureau.send({ type: 'pause', flow: 'old' })
    await comes(bureau, message(SMS))
    expect(await startedFlows(bureau)).toEqual(['new'])
  })

  it('[RUN-23] is refused by the reason of the number’s own flow, not by that of others', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('one', ON_SMS))
    await bureau.send({ type: 'pause', flow: 'one' })
    expect(codeOf(await comes(bureau, message('+4930999')))).toBe('receive.noFlow')
  })
})

describe('a call', () => {
  it('[VOX-4] starts the flow whose access code was called', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('one', ON_CALL))
    await bureau.release(asking('two', ON_CALL))
    const codes = [await codeFor(bureau, 'two'), await codeFor(bureau, 'one')]
    for (const code of codes) await comes(bureau, ring(code))
    expect(await startedFlows(bureau)).toEqual(['two', 'one'])
  })

  it('[RUN-23] goes by the access code before it goes by the application', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('coded', ON_CALL))
    const code = await codeFor(bureau, 'coded')
    await bureau.define('application', { id: 'voice-2', name: 'voice 2', channel: 'voice', address: code })
    await bureau.release(asking('named', ON_CALL), { applications: { voice: 'voice-2' } })
    await comes(bureau, ring(code))
    expect(await startedFlows(bureau)).toEqual(['coded'])
  })

  it('[VOX-4] to an access code whose flow no call starts is refused, and starts no other', async () => {
    const bureau = await withNumbers()
    await bureau.release(asking('bot', ON_SMS))
    await bureau.release(asking('line', ON_CALL))
    expect(codeOf(await comes(bureau, ring(await codeFor(bureau, 'bot'))))).toBe('trigger.kind')
    expect(await startedFlows(bureau)).toEqual([])
  })

  it('[VOX-4] reaches the gray version by the caller’s number, and the official one where that is withheld', async () => {
    const bureau = await withNumbers()
    const match = { kind: 'numbers', numbers: [ADA] }
    await bureau.define('grayRule', { id: 'early', name: 'early', match })
    const official = await bureau.release(asking('line', ON_CALL, 'old'))
    const gray = await bureau.release(asking('line', ON_CALL, 'new'), { rule: 'early' }, 'gray')
    const code = await codeFor(bureau, 'line')
    const versionOf = async (from: string | undefined) => {
      const session = sessionOf(await comes(bureau, ring(code, from)))
      return (await bureau.host.sessions.inspect(session))!.head.version
    }
    expect(await versionOf('0049 151 12345678')).toBe(gray)
    expect(await versionOf(BEN)).toBe(official)
    expect(await versionOf('anonymous')).toBe(official)
  })

  it('[VOX-4] to an application goes by the versions that the caller reaches', async () => {
    const bureau = await withNumbers()
    const match = { kind: 'numbers', numbers: [ADA] }
    await bureau.define('grayRule', { id: 'early', name: 'early', match })
    await bureau.release(asking('line', ON_CALL))
    await bureau.release(
      asking('line', ON_CALL, 'new'),
      { rule: 'early', applications: { voice: 'voice-2' } },
      'gray',
    )
    expect(codeOf(await comes(bureau, ring('+4930201')))).toBe('ok')
    expect(codeOf(await comes(bureau, ring(VOICE)))).toBe('receive.noFlow')
    expect(codeOf(await comes(bureau, ring(VOICE, BEN)))).toBe('ok')
    expect(codeOf(await comes(bureau, ring('+4930201', BEN)))).toBe('receive.noFlow')
  })
})
