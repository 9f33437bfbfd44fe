import type { Json, JsonObject } from '../base/json.ts'
import {
  defineNode,
  f,
  type Holds,
  type IsGiven,
  isImplicitOutcome,
  type OutcomeRule,
  type OutcomesBy,
  type SessionEvent,
  type WaitFor,
  type When,
  wait,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'

const INPUTS: readonly WaitFor[] = ['text', 'digits']

/**
 * Waits for a message, whatever it says, on any channel or on those listed. One that comes in on another channel, or of
 * which the host does not tell the channel, is left to a later node. Expressions read `nodes.<id>.value` and
 * `nodes.<id>.channel`.
 *
 * @example { "channels": ["sms", "whatsapp"], "byChannel": true, "variable": "reply", "timeout": "2h" }
 */
export const receiveMessage = defineNode({
  runtime: {
    type: 'receive-message',
    major: 1,
    outcomes: (config): OutcomesBy<MessageOutcomes> => [
      ...receivedBy(config),
      ...(isGiven(config.timeout) ? ['timeout'] : []),
    ],
    enter(context) {
      const { prompt, timeout } = context.config
      const then = wait({ for: INPUTS, timeoutMs: timeout })
      return prompt === undefined ? { then } : { effects: [context.message(prompt)], then }
    },
    on(event: SessionEvent, _state, { config: { channels = [], byChannel, variable } }) {
      if (event.type === 'timer') return 'timeout'
      if (event.type !== 'text' && event.type !== 'digits') return undefined
      const channel = event.channel ?? null
      const anyChannel = channels.length === 0
      if (!anyChannel && (channel === null || !channels.includes(channel))) return undefined
      const value = event.type === 'text' ? event.text : event.digits
      return {
        set: variable === undefined ? undefined : { [variable]: value },
        output: { value, channel },
        then: byChannel && !anyChannel && channel !== null ? channel : 'received',
      }
    },
  },
  title: 'Receive message',
  category: 'messaging',
  icon: 'inbox',
  help: 'Waits for a message on any of several channels.',
  fields: {
    channels: f.list(f.text({ maxLength: 64, role: 'channel' }), {
      label: 'Channels',
      help: 'Any unless given.',
      max: 20,
      optional: true,
    }),
    byChannel: f.boolean({ label: 'An outcome for each channel', default: false }),
    prompt: f.prompt({ label: 'Words to ask with', optional: true }),
    variable: f.variable({ label: 'Keep in', optional: true }),
    timeout: f.duration({ label: 'Wait at most', help: 'Waits without end unless given.', optional: true }),
  },
  outputs: () => ({ value: 'text', channel: 'text' }),
  outputsFollowVariables: true,
  setsVariablesOn: receivedBy,
  pauses: () => true,
  check(config, report) {
    if (config.byChannel !== true) return
    const channels = channelsOf(config)
    if (channels.length === 0) report('config.missing', ['channels'], { field: 'Channels' })
    channels.forEach((channel, index) => {
      if (isImplicitOutcome(channel)) report('outcome.badName', ['channels', index], { outcome: channel })
    })
  },
})

export interface MessageOutcomes extends OutcomeRule {
  readonly outcomes: [...ReceivedBy<this['config']>, ...When<IsGiven<this['config'], 'timeout'>, ['timeout']>]
}

type ReceivedBy<Config> = When<Holds<Config, 'byChannel', true>, Channels<Config>, ['received']>

type Channels<Config> = Config extends { readonly channels: infer Listed extends readonly string[] }
  ? Listed extends readonly []
    ? ['received']
    : Listed
  : ['received']

/** The outcomes by which a message is taken. */
function receivedBy(config: JsonObject): readonly string[] {
  const channels = config.byChannel === true ? channelsOf(config).filter((channel) => channel !== '') : []
  return channels.length === 0 ? ['received'] : channels
}

/** The channels listed; one that is not filled in is empty. */
function channelsOf({ channels }: JsonObject): readonly string[] {
  if (!Array.isArray(channels)) return []
  return channels.map((channel: Json) => (typeof channel === 'string' ? channel : ''))
}
