import { describe, expect, it } from 'vitest'
import type { SessionEvent } from '../../src/index.ts'
import { ask, end, node, program } from '../support/flow.ts'
import { play } from '../support/play.ts'

/** Waits a minute, then for a message on the channel sms. */
const later = (limits = {}) =>
  play(
    program({
      settings: { limits },
      nodes: {
        pause: node('delay', { duration: '1m' }),
        it: node('receive-message', { channels: ['sms'] }),
        then: ask('?'),
        done: end('ok'),
      },
      connect: ['start -> pause', 'pause:done -> it', 'it:received -> then'],
      otherwise: 'done',
    }),
  )

describe('the channel of an input', () => {
  it.each<[SessionEvent]>([
    [{ type: 'text', text: 'hi', channel: 'sms' }],
    [{ type: 'digits', digits: '1', channel: 'sms' }],
    [{ type: 'text', text: 'hi', channel: '' }],
    [{ type: 'text', text: 'hi' }],
  ])('[RUN-14] is kept with it: %j', (event) => {
    expect(later().give({ ...event, more: 1 } as unknown as SessionEvent).session.inbox).toEqual([event])
  })

  it.each([[5], [null], [['sms']], [{}]])('is a text, not %j', (channel) => {
    const text = { type: 'text', text: 'hi', channel } as unknown as SessionEvent
    const digits = { type: 'digits', digits: '1', channel } as unknown as SessionEvent
    expect(later().give(text).refused).toBe('event.malformed')
    expect(later().give(digits).refused).toBe('event.malformed')
  })

  it('[RUN-14] decides which of the inputs that were kept a wait takes', () => {
    const run = later()
    run.give({ type: 'text', text: 'by web', channel: 'web' })
    run.give({ type: 'text', text: 'by sms', channel: 'sms' })
    run.timeout()
    expect(run.outcome).toBe('ok')
    expect(run.entries.filter(({ type }) => type === 'event').map(({ node: at }) => at)).toEqual([
      'pause',
      'it',
      'then',
    ])
  })

  it('[RUN-14] leaves an input that a wait does not take to the next one', () => {
    const run = later().timeout()
    expect(run.give({ type: 'text', text: 'by web', channel: 'web' }).session.inbox).toHaveLength(1)
    expect(run.node).toBe('it')
    expect(run.give({ type: 'text', text: 'by sms', channel: 'sms' }).outcome).toBe('ok')
  })

  it('[RUN-15] counts as part of its size', () => {
    const run = (channel: string) =>
      later({ maxPayloadBytes: 12 }).give({ type: 'text', text: '12345', channel })
    expect(run('67890').errorCode).toBeUndefined()
    expect(run('678901').errorCode).toBe('limit.payload')
  })
})
