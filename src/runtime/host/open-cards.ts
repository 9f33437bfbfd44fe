import type { Effect } from '../../nodes/effects.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import type { OpenCard } from './session-record.ts'

/** What one session can have withdrawn; what is older stays where it is. */
const MAX_CARDS = 50

/** What can be taken back after an event: answered cards no longer, and messages with buttons while nothing has come since. */
export function cardsAfter(
  before: readonly OpenCard[] | undefined,
  event: SessionEvent | undefined,
  effects: readonly Effect[],
): readonly OpenCard[] | undefined {
  const withdrawn = new Set(effects.flatMap(({ type, card }) => (type === 'card.withdraw' ? [card] : [])))
  const sent = effects.flatMap(cardOf)
  if (before === undefined) return sent.length === 0 ? undefined : sent.slice(-MAX_CARDS)
  const kept = before.filter(
    ({ card, type }) =>
      !withdrawn.has(card) &&
      !(event?.type === 'button' && event.waitId === card) &&
      (type === 'card.send' || event === undefined),
  )
  const after = [...kept, ...sent].slice(-MAX_CARDS)
  return after.length === 0 ? undefined : after
}

function cardOf({ type, key, waitId, withdrawable, buttons, channel }: Effect): readonly OpenCard[] {
  const isOpen =
    type === 'card.send' ? withdrawable === true : type === 'message.send' && Array.isArray(buttons)
  if (!isOpen) return []
  const card = type === 'card.send' ? (waitId ?? key) : key
  return [{ card, type, ...(typeof channel === 'string' ? { channel } : {}) }]
}

/** The effect that takes something back. */
export function withdrawal({ card, type, channel }: OpenCard, session: string, flow: string): Effect {
  return {
    type: type === 'card.send' ? 'card.withdraw' : 'message.withdraw',
    card,
    key: `${session}:withdraw:${card}`,
    node: '',
    flow,
    ...(channel === undefined ? {} : { channel }),
  }
}
