import type { ChannelCapabilities } from './channel.ts'

/** What a channel that reaches people does, unless it says otherwise. */
export const SAYING: ChannelCapabilities['effects'] = [
  'message.send',
  'card.send',
  'card.withdraw',
  'push.send',
]

/** What people can answer with there. */
export const TAKING: ChannelCapabilities['inputs'] = ['text', 'digits', 'button']
