import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/nodes/index.ts'
import type { Delivery } from '../../src/runtime/channels/channel.ts'
import { consoleChannel } from '../../src/runtime/channels/console-channel.ts'
import { EffectFailure } from '../../src/runtime/channels/effect-failure.ts'
import { memoryChannel } from '../../src/runtime/channels/memory-channel.ts'

const effect = (key: string, rest: object): Effect => ({
  type: 'message.send',
  key,
  node: 'n',
  flow: 'f',
  ...rest,
})
const say = (key: string, text = key) => effect(key, { text })
const ADA = '+49151'
const to = (address?: string, signal = new AbortController().signal): Delivery => ({
  workspace: 'w',
  session: 's',
  attempt: 1,
  signal,
  ...(address === undefined ? {} : { to: address }),
})

describe('a channel in memory', () => {
  it('does what says something, unless told otherwise', () => {
    expect(memoryChannel('sms').capabilities).toEqual({
      effects: ['message.send', 'card.send', 'card.withdraw', 'push.send'],
      inputs: ['text', 'digits', 'button'],
    })
    const rate = { perSecond: 2 }
    const options = { effects: ['call.dial'], inputs: ['digits'], rate } as const
    expect(memoryChannel('voice', options).capabilities).toEqual(options)
  })

  it('remembers what it was asked, in order', async () => {
    const sms = memoryChannel('sms')
    const [first, second] = [to(ADA), to('+49152')]
    await sms.deliver(say('s:1'), first)
    await sms.deliver(say('s:2'), second)
    expect(sms.sent).toEqual([
      { effect: say('s:1'), delivery: first },
      { effect: say('s:2'), delivery: second },
    ])
  })

  it('does once what comes twice under a key', async () => {
    const sms = memoryChannel('sms', { answer: async (_, { attempt }) => ({ status: attempt }) })
    await sms.deliver(say('s:1'), to(ADA))
    expect(await sms.deliver(say('s:1'), { ...to(ADA), attempt: 2 })).toEqual({ status: 2 })
    expect({ sent: sms.sent.length, repeats: sms.repeats, tries: sms.tries }).toEqual({
      sent: 1,
      repeats: 1,
      tries: 2,
    })
  })

  it('fails so many times as it is told, with nothing done', async () => {
    const sms = memoryChannel('sms')
    const busy = new Error('busy')
    sms.failNext(1, busy)
    sms.failNext(1)
    await expect(sms.deliver(say('s:1'), to(ADA))).rejects.toBe(busy)
    await expect(sms.deliver(say('s:1'), to(ADA))).rejects.toThrow('The channel sms was told to fail')
    expect(sms.sent).toEqual([])
    await sms.deliver(say('s:1'), to(ADA))
    expect(sms.transcript()).toEqual(['s:1'])
    expect(sms.repeats).toBe(0)
  })

  it('has done the work where its answer is lost', async () => {
    const lost = new Error('lost')
    const sms = memoryChannel('sms', { answer: () => Promise.reject(lost) })
    await expect(sms.deliver(say('s:1'), to(ADA))).rejects.toBe(lost)
    expect(sms.transcript(ADA)).toEqual(['s:1'])
  })

  it('hangs until the host gives up', async () => {
    const sms = memoryChannel('sms')
    sms.hangNext(1)
    const host = new AbortController()
    const hanging = sms.deliver(say('s:1'), to(ADA, host.signal))
    await sms.deliver(say('s:2'), to(ADA))
    const reason = new Error('enough')
    host.abort(reason)
    await expect(hanging).rejects.toBe(reason)
    expect(sms.transcript()).toEqual(['s:2'])
  })

  it('does nothing for a host that has given up already', async () => {
    const sms = memoryChannel('sms')
    await expect(sms.deliver(say('s:1'), to(ADA, AbortSignal.abort()))).rejects.toThrow(/aborted/)
    expect(sms.sent).toEqual([])
  })

  it('answers late where its answer takes its time', async () => {
    let release = () => {}
    const late = new Promise<void>((resolve) => {
      release = resolve
    })
    const sms = memoryChannel('sms', { answer: () => late.then(() => ({ status: 202 })) })
    const answered = sms.deliver(say('s:1'), to(ADA))
    release()
    expect(await answered).toEqual({ status: 202 })
  })

  it('tells what was said to an address, or to all', async () => {
    const sms = memoryChannel('sms')
    await sms.deliver(say('s:1', 'Hello'), to(ADA))
    await sms.deliver(say('t:1', 'Hi'), to('+49152'))
    await sms.deliver(effect('s:2', { type: 'card.send', title: 'Rate us' }), to(ADA))
    await sms.deliver(effect('s:3', { type: 'card.withdraw', card: 's:2' }), to(ADA))
    await sms.deliver(effect('s:4', { type: 'push.send', title: 'News', text: 'Bye' }), to(ADA))
    expect(sms.transcript(ADA)).toEqual(['Hello', 'Rate us', 'Bye'])
    expect(sms.transcript()).toEqual(['Hello', 'Hi', 'Rate us', 'Bye'])
  })
})

describe('a channel on the console', () => {
  async function written(what: Effect, address?: string): Promise<string[]> {
    const lines: string[] = []
    await consoleChannel({ write: (line) => lines.push(line) }).deliver(what, to(address))
    return lines
  }

  it('is called console unless it has a name', () => {
    expect([consoleChannel().name, consoleChannel({ name: 'sms' }).name]).toEqual(['console', 'sms'])
  })

  it('writes texts line by line, with the address', async () => {
    expect(await written(say('s:1', 'Hello Ada\r\nHow are you?'), ADA)).toEqual([
      '+49151: Hello Ada',
      '+49151: How are you?',
    ])
    expect(await written(say('s:1', 'Hello'))).toEqual(['Hello'])
  })

  it('writes buttons, pictures and links below', async () => {
    const card = effect('s:1', {
      type: 'card.send',
      title: 'Your order',
      text: 'Is on its way',
      media: 'https://example.com/a.png',
      link: 'https://example.com/b',
      buttons: [
        { value: '1', text: 'Track', url: 'https://example.com/c' },
        { value: '2', text: 'Thanks' },
        'x',
      ],
    })
    expect(await written(card)).toEqual([
      'Your order',
      'Is on its way',
      '  (https://example.com/a.png)',
      '  (https://example.com/b)',
      '  [1] Track (https://example.com/c)',
      '  [2] Thanks',
    ])
  })

  it('writes that a card is taken back', async () => {
    expect(await written(effect('s:2', { type: 'card.withdraw', card: 's:1' }), ADA)).toEqual([
      '+49151: (card taken back)',
    ])
  })

  it('lets nothing through that would speak to the terminal', async () => {
    expect(await written(say('s:1', 'a\u001b[2Jb\u0007\u009bc'), 'x\u001b')).toEqual(['x : a [2Jb  c'])
  })
})

describe('an effect failure', () => {
  it('carries what the session is told in the end', () => {
    const answer = { status: 503, error: 'sms.busy' }
    const failure = new EffectFailure({ code: 'sms.busy', message: 'Busy', answer, retryAfterMs: 1_000 })
    expect(failure).toBeInstanceOf(Error)
    expect({ ...failure, message: failure.message }).toEqual({
      name: 'EffectFailure',
      code: 'sms.busy',
      message: 'Busy',
      answer,
      retryAfterMs: 1_000,
    })
    expect('retryAfterMs' in new EffectFailure({ code: 'x', message: '', answer })).toBe(false)
  })
})
