import type { Json, JsonObject } from '../base/json.ts'

/** How the host tries again when an effect fails; an effect without one is tried once. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number
  /** Milliseconds before the second try; doubles with each further one. */
  readonly backoffMs: number
}

/** Work that a node asks for, as data. Nodes add members of their own beside these. */
export interface EffectRequest {
  readonly type: string
  /** True where the node goes on to wait for the result. */
  readonly awaited?: true
  readonly retry?: RetryPolicy
  readonly [member: string]: Json | RetryPolicy | undefined
}

/** Requested work, ready for the host: what the node asked for, with its key and origin. */
export interface Effect extends EffectRequest {
  /**
   * `<session>:<n>`, unique for ever and equal each time the same work is requested again: a receiver that
   * honours keys does it once.
   */
  readonly key: string
  /** The node that asked, and the flow it stands in. */
  readonly node: string
  readonly flow: string
  /** For an awaited effect: the wait that its result answers. */
  readonly waitId?: string
  /**
   * On effects that may start sessions, where the session does not begin its journey itself: the journey to start them
   * with; see `journeyOf`.
   */
  readonly journey?: string
  /** True where a sensitive value may have flowed in: the host keeps the effect's members out of its logs. */
  readonly sensitive?: true
}

/** What came of an effect. */
export interface EffectAnswer {
  /** HTTP status, or another number of the effect's own. */
  readonly status?: number
  readonly body?: Json
  /** Set where it could not be done and trying again is of no use; a short reason for people. */
  readonly error?: string
}

/** A button under a message, or a row of a list. */
export interface MessageButton {
  /** What comes back when it is chosen. */
  readonly value: string
  readonly text: string
}

/** What a prompt comes to in one language. */
export interface PromptContent {
  /** The text to show, or to speak where `speech` and `audio` are absent. */
  readonly text: string
  /** The text to speak, where it differs. */
  readonly speech?: string
  /** Name of a recording in the flow's media folder. */
  readonly audio?: string
  /** Address of a picture, document or video. */
  readonly media?: string
}

/** Effect `message.send`: say something to the contact on the session's channel. */
export interface MessageEffect extends Effect, PromptContent {
  readonly type: 'message.send'
  readonly buttons?: readonly (MessageButton & JsonObject)[]
  /** A channel other than the one the session runs on. */
  readonly channel?: string
}

/** Effect `http.request`. */
export interface HttpEffect extends Effect {
  readonly type: 'http.request'
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: Json
  /** Milliseconds after which the host should give up. */
  readonly timeoutMs: number
}

/** Effect `log.write`: an entry for a logbook. Sensitive fields are masked already. */
export interface LogEffect extends Effect {
  readonly type: 'log.write'
  readonly logbook: string
  readonly fields: JsonObject
}

/** Effect `event.emit`: something has happened that others may want to know of. */
export interface EventEffect extends Effect {
  readonly type: 'event.emit'
  readonly name: string
  readonly data: JsonObject
}

/** Effect `contact.update`: fields of the contact to store; null empties one. */
export interface ContactEffect extends Effect {
  readonly type: 'contact.update'
  readonly fields: JsonObject
}

/** A button of a card, which may open an address. */
export interface CardButton extends MessageButton {
  readonly url?: string
}

/** Effect `card.send`. The host keeps a card with buttons under `waitId`. A card may do with a title alone. */
export interface CardEffect extends Effect, Partial<PromptContent> {
  readonly type: 'card.send'
  readonly title: string
  readonly buttons?: readonly (CardButton & JsonObject)[]
  readonly priority: 'low' | 'normal' | 'high'
  /** Milliseconds for which the card is worth showing. */
  readonly expiryMs?: number
  readonly withdrawable: boolean
}

/** Effect `card.withdraw`: take a card back that nobody has answered in time. */
export interface CardWithdrawEffect extends Effect {
  readonly type: 'card.withdraw'
  /** The `waitId` of the effect that sent it. */
  readonly card: string
}

/** Effect `push.send`. */
export interface PushEffect extends Effect {
  readonly type: 'push.send'
  readonly title: string
  readonly text: string
  /** Address of a picture. */
  readonly media?: string
  /** Address that opens when the notification is touched. */
  readonly link?: string
  readonly data?: JsonObject
  readonly priority: 'low' | 'normal' | 'high'
  /** Milliseconds for which the notification is worth showing. */
  readonly expiryMs?: number
}

/** Effect `script.run`: the body of the result is the value that the script returned. */
export interface ScriptEffect extends Effect {
  readonly type: 'script.run'
  readonly language: 'javascript'
  /** The body of a function that sees `inputs`. */
  readonly source: string
  readonly inputs: JsonObject
  /** Milliseconds since 1970: what the script's clock shows. */
  readonly now: number
  readonly timeLimitMs: number
  readonly memoryBytes: number
}

/** True for an effect that says something to the contact. */
export function isMessage(effect: Effect): effect is MessageEffect {
  return effect.type === 'message.send'
}

/** True for an effect that asks for a script to be run. */
export function isScript(effect: Effect): effect is ScriptEffect {
  return effect.type === 'script.run'
}

/** Effects that say or store something, or ask for a value: nothing goes on elsewhere because of them. */
const STARTS_NOTHING: ReadonlySet<string> = new Set([
  'card.send',
  'card.withdraw',
  'contact.update',
  'flow.resolve',
  'http.request',
  'log.write',
  'message.send',
  'push.send',
  'script.run',
  'voice.record',
])

/** True for an effect because of which a host may start sessions: events, calls, transfers, and types of the host's own. */
export function mayStartSessions(type: string): boolean {
  return !STARTS_NOTHING.has(type)
}

/** What stands in a log in place of a sensitive value. */
export const MASK = '***'

/** Members that tell what an effect is and where it comes from, and nothing of what it carries. */
const OPEN_MEMBERS: ReadonlySet<string> = new Set([
  'type',
  'key',
  'node',
  'flow',
  'journey',
  'waitId',
  'awaited',
  'retry',
  'sensitive',
])

/** The effect as logs and traces show it: where a sensitive value may have flowed in, what it carries is masked. */
export function maskEffect(effect: Effect): Effect {
  if (effect.sensitive !== true) return effect
  const masked = Object.entries(effect).map(([name, value]) => [name, OPEN_MEMBERS.has(name) ? value : MASK])
  return Object.fromEntries(masked) as Effect
}
