import { defineNode, f } from '../nodes/index.ts'
import {
  ACCEPTANCE_DEFAULTS,
  acceptanceFields,
  acceptanceOutcomes,
  awaitsAcceptance,
  onAcceptance,
  send,
} from './acceptance.ts'

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
    outcomes: acceptanceOutcomes,
    defaults: ACCEPTANCE_DEFAULTS,
    enter(context) {
      const { config } = context
      const extra = config.channel === undefined ? undefined : { channel: config.channel }
      return send(context.message(config.prompt, extra), config)
    },
    on: onAcceptance,
  },
  title: 'Send message',
  category: 'messaging',
  icon: 'message',
  help: 'Says something to the contact on the channel of the session, or on another one.',
  fields: {
    prompt: f.prompt({ label: 'Message' }),
    channel: f.text({
      label: 'Channel',
      help: 'The session’s own channel unless given.',
      role: 'channel',
      optional: true,
    }),
    ...acceptanceFields,
  },
  pauses: awaitsAcceptance,
})
