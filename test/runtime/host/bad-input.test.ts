import { describe, expect, it } from 'vitest'
import { MAX_NAME } from '../../../src/runtime/host/requests.ts'
import { ADA, Bureau } from './bureau.ts'
import { asking, codeOf, SMS, startedFlows } from './flows.ts'

const LONG = 'x'.repeat(MAX_NAME + 1)
const MESSAGE = { channel: 'sms', from: ADA, to: SMS, text: 'hello' }
const cyclic: { self?: unknown } = {}
cyclic.self = cyclic

async function open(): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.release(asking('bot', { trigger: 'message', channel: 'sms' }))
  await bureau.release(asking('api', { trigger: 'manual' }))
  return bureau
}

describe('input that cannot be used', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'hello'],
    ['a list', []],
    ['no channel', { from: ADA, text: 'hello' }],
    ['an empty channel', { ...MESSAGE, channel: '' }],
    ['a channel that is too long', { ...MESSAGE, channel: LONG }],
    ['a number for from', { ...MESSAGE, from: 49 }],
    ['null for from', { ...MESSAGE, from: null }],
    ['a from that is too long', { ...MESSAGE, from: LONG }],
    ['an empty to', { ...MESSAGE, to: '' }],
    ['a number for id', { ...MESSAGE, id: 1 }],
    ['an id that is too long', { ...MESSAGE, id: LONG }],
    ['a number for text', { ...MESSAGE, text: 1 }],
    ['null for text', { ...MESSAGE, text: null }],
    ['a number for digits', { channel: 'sms', from: ADA, digits: 1 }],
    ['an empty signal', { channel: 'sms', from: ADA, signal: '' }],
    ['text and digits at once', { ...MESSAGE, digits: '1' }],
    ['null for a button', { channel: 'sms', button: null }],
    ['a text for a button', { channel: 'sms', button: 'yes' }],
    ['a button without wait', { channel: 'sms', button: { value: 'yes' } }],
    ['a button without value', { channel: 'sms', button: { waitId: 's:1' } }],
    ['null for a result', { channel: 'sms', result: null }],
    ['a result without wait', { channel: 'sms', result: { status: 200 } }],
    ['a session without anything for it', { channel: 'sms', session: 's' }],
    ['a list for data', { ...MESSAGE, data: [] }],
    ['data that is no JSON', { ...MESSAGE, data: { at: new Date(0) } }],
    ['data that holds itself', { ...MESSAGE, data: cyclic }],
  ])('of `receive` is refused: %s', async (_, inbound) => {
    const bureau = await open()
    expect(codeOf(await bureau.host.receive(inbound as never))).toBe('input.bad')
    expect(await startedFlows(bureau)).toEqual([])
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no flow', {}],
    ['a number for the flow', { flow: 1 }],
    ['a number for the type', { flow: 'api', type: 1 }],
    ['null for the contact', { flow: 'api', contact: null }],
    ['a number for the contact', { flow: 'api', contact: 5 }],
    ['a number for an address', { flow: 'api', contact: { address: 5 } }],
    ['a text for fields', { flow: 'api', contact: { fields: 'x' } }],
    ['fields that are no JSON', { flow: 'api', contact: { fields: { at: new Date(0) } } }],
    ['an empty id', { flow: 'api', id: '' }],
    ['a number for the campaign', { flow: 'api', campaign: 1 }],
    ['a number for the channel', { flow: 'api', channel: 1 }],
    ['an empty from', { flow: 'api', from: '' }],
    ['a text for data', { flow: 'api', data: 'x' }],
    ['data that is no JSON', { flow: 'api', data: { call: () => 1 } }],
  ])('of `trigger` is refused: %s', async (_, request) => {
    const bureau = await open()
    expect(codeOf(await bureau.host.trigger(request as never))).toBe('input.bad')
    expect(await startedFlows(bureau)).toEqual([])
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['a number for the contact', { name: 'paid', contact: 1 }],
    ['an empty id', { name: 'paid', id: '' }],
    ['a list for data', { name: 'paid', data: [] }],
  ])('of `emit` is refused: %s', async (_, request) => {
    const bureau = await open()
    expect(codeOf(await bureau.host.emit(request as never))).toBe('input.bad')
  })

  it('of `deliver` is refused, and says what is wrong', async () => {
    const bureau = await open()
    const text = { type: 'text', text: 'x' } as const
    expect(codeOf(await bureau.host.deliver(undefined as never, text))).toBe('input.bad')
    expect(codeOf(await bureau.host.deliver('s', text, { id: '' }))).toBe('input.bad')
    expect(codeOf(await bureau.host.deliver('s', text))).toBe('session.unknown')
    const started = await bureau.host.trigger({ flow: 'api' })
    const session = started.ok ? started.session : ''
    for (const event of [undefined, null, {}, { type: 'text' }, { type: 'signal', name: 'error' }])
      expect(codeOf(await bureau.host.deliver(session, event as never))).toBe('event.malformed')
  })

  it('[RUN-24] of `erase` is refused: who is left out is not everybody', async () => {
    const bureau = await open()
    await bureau.write('hello')
    for (const contact of [undefined, null, '', 5])
      expect(codeOf(await bureau.host.erase(contact as never, { by: 'ada' }))).toBe('input.bad')
    expect((await startedFlows(bureau)).length).toBe(1)
  })

  it('of segments is refused', async () => {
    const bureau = await open()
    await bureau.define('segment', { id: 'club', name: 'club' })
    for (const contact of [undefined, '', 5, 'a\0']) {
      expect(codeOf(await bureau.host.enterSegment('club', contact as never))).toBe('input.bad')
      await bureau.host.leaveSegment('club', contact as never)
    }
    expect(await bureau.store.contacts.size('acme', 'club')).toBe(0)
  })

  it('of `operate` is refused', async () => {
    const bureau = await open()
    const cancel = { type: 'cancel' } as const
    expect(codeOf(await bureau.host.operate(undefined as never, cancel, { by: 'ada' }))).toBe('input.bad')
    expect(codeOf(await bureau.host.operate('s', cancel, {} as never))).toBe('input.bad')
  })

  it('of half a character is refused, wherever it would become a key', async () => {
    const bureau = await open()
    const half = 'a\ud83d'
    expect(codeOf(await bureau.host.receive({ ...MESSAGE, channel: half }))).toBe('input.bad')
    expect(codeOf(await bureau.host.receive({ ...MESSAGE, from: half }))).toBe('input.bad')
    expect(codeOf(await bureau.host.trigger({ flow: half, id: 'x' }))).toBe('input.bad')
    expect(codeOf(await bureau.host.receive({ ...MESSAGE, from: 'a😀' }))).toBe('ok')
  })

  it('leaves out what it holds: a refusal can stand in a log', async () => {
    const bureau = await open()
    const secret = { ...MESSAGE, text: 'secret', digits: 'secret' }
    expect(JSON.stringify(await bureau.host.receive(secret))).not.toContain('secret')
  })
})
