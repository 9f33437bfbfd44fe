import { defineNode, f, type SessionEvent, wait } from '../nodes/index.ts'
import { resultFailed, resultTimedOut } from './results.ts'

/**
 * Says something to the contact. Goes on at once, or with `await: "accepted"` when the channel has taken the
 * message.
 *
 * @example { "prompt": "Hello {{contact.name}}, welcome to ACME." }
 */
export const sendMessage = defineNode({
  runtime: {
    type: 'send-message',
    major: 1,
    outcomes: ({ await: awaited }) => (awaited === 'accepted' ? ['sent', 'failed', 'timeout'] : ['next']),
    defaults: { timeout: 'failed' },
    enter(context) {
      const { config } = context
      const extra = config.channel === undefined ? undefined : { channel: config.channel }
      const message = context.message(config.prompt, extra)
      if (config.await === 'none') return { effects: [message], then: 'next' }
      return {
        effects: [{ ...message, awaited: true, retry: { attempts: 3, backoffMs: 1_000 } }],
        then: wait({ for: ['result'], timeoutMs: config.timeout }),
      }
    },
    on(event: SessionEvent) {
      if (event.type === 'timer') return 'timeout'
      if (event.type !== 'result') return undefined
      if (resultTimedOut(event)) return 'timeout'
      return resultFailed(event) ? 'failed' : 'sent'
    },
  },
  title: 'Send message',
  category: 'messaging',
  icon: 'message',
  help: 'Says something to the contact on the channel of the session, or on another one.',
  fields: {
    prompt: f.prompt({ label: 'Message' }),
    channel: f.text({ label: 'Channel', help: 'The session’s own channel unless given.', optional: true }),
    await: f.options(['none', 'accepted'], {
      label: 'Wait until',
      help: 'Go on at once, or when the channel has accepted the message.',
      default: 'none',
    }),
    timeout: f.duration({ label: 'Wait at most', default: '30s' }),
  },
  pauses: ({ await: awaited }) => awaited === 'accepted',
})
