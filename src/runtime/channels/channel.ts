import type { JsonObject } from '../../base/json.ts'
import type { Effect, EffectAnswer } from '../../nodes/effects.ts'

/**
 * One way to reach people: turns effects into calls of a provider, and requests of the provider into what has come in. The
 * host orders, tries again and limits; a channel just does what it is asked, once, and rejects where it could not.
 *
 * @example
 * const sms: Channel = {
 *   name: 'sms',
 *   capabilities: { effects: ['message.send'], inputs: ['text'] },
 *   async deliver(effect, { to, from }) {
 *     await provider.send({ to, from, text: effect.text, idempotencyKey: effect.key })
 *   },
 * }
 */
export interface Channel {
  /** As start nodes, messages and applications name it. */
  readonly name: string
  readonly capabilities: ChannelCapabilities
  readonly deliver: EffectHandler
  /** True for addresses that it can reach, where a contact has several; all of them unless given. */
  readonly reaches?: (address: string) => boolean
  /** Reads a request that the provider has made. Without it the channel takes no webhooks. */
  readonly webhook?: (request: WebhookRequest, context: WebhookContext) => Promise<WebhookReading>
}

export interface ChannelCapabilities {
  /** Types of effects that it does, such as `message.send` and `card.send`. */
  readonly effects: readonly string[]
  /** What people can answer with. */
  readonly inputs: readonly ('text' | 'digits' | 'button')[]
  /** What the provider takes at most; the host sends no faster. Without end unless given. */
  readonly rate?: Rate
}

/** So many calls a second on average, and so many at once after a pause. */
export interface Rate {
  readonly perSecond: number
  /** As many as `perSecond`, and at least 1, unless given. */
  readonly burst?: number
}

/**
 * Does the work that an effect asks for. What it answers goes to the session where the effect is awaited; where it rejects
 * the host tries again as `effect.retry` says. The same effect may come again after a crash, with the same `effect.key`:
 * pass the key on to whoever can tell by it that the work was done.
 */
export type EffectHandler = (
  effect: Effect,
  delivery: Delivery,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that has nothing to tell need not return anything
) => Promise<EffectAnswer | undefined | void>

/** What a handler knows beside the effect. */
export interface Delivery {
  /** The tenant. */
  readonly workspace: string
  readonly session: string
  /** Counts the tries from 1. */
  readonly attempt: number
  /** Id of the contact. */
  readonly contact?: string
  /** The channel that the effect goes out by: its own, or else that of the session. */
  readonly channel?: string
  /** Address of the contact on that channel. */
  readonly to?: string
  /** The number or account that speaks, and the application it belongs to. */
  readonly from?: string
  readonly application?: string
  /** True in test mode: the host has made sure that the contact is a test contact. */
  readonly test?: true
  /** Aborts when the host gives up waiting, or closes. */
  readonly signal: AbortSignal
}

/** Something that has come in from a person or a provider. Members that do not apply are left out. */
export interface Inbound {
  /** The channel. */
  readonly channel: string
  /** Address of whoever it comes from; left out, empty or `anonymous` where they withhold it. */
  readonly from?: string | undefined
  /** What they have called or written to: a number, an account, or the access code of a flow. */
  readonly to?: string | undefined
  /**
   * The session that it is for, where the provider can be told when it starts, as with the address that a call reports its
   * keys to. Needed for whoever withholds their number; nothing else tells them apart.
   */
  readonly session?: string
  /** The provider's own id of it: what comes in again under the same id changes nothing. */
  readonly id?: string
  /** What they wrote or said. */
  readonly text?: string
  /** Keys that they pressed. */
  readonly digits?: string
  /** A button of a message or card, and the wait that it belongs to. */
  readonly button?: { readonly waitId: string; readonly value: string }
  /** Such as `hangup`. */
  readonly signal?: string
  /** What came of an effect whose handler did not wait for it: a delivery receipt, the end of a transfer. */
  readonly result?: EffectAnswer & { readonly waitId: string }
  /** Data for a flow that this starts. */
  readonly data?: JsonObject
}

/** A request as it came in; the body as the bytes or the text that were sent, for signatures cover those. */
export interface WebhookRequest {
  readonly method: string
  /** Path and query, as the provider called it. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  readonly body: Uint8Array | string
}

export interface WebhookContext {
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What a request says, or why it is not believed. */
export type WebhookReading =
  | { readonly ok: true; readonly inbound: readonly Inbound[]; readonly answer?: WebhookAnswer }
  | {
      readonly ok: false
      /** HTTP status for the provider. */
      readonly status: number
      /** Stable code, for the log. */
      readonly code: string
      /** For the log; the provider is told nothing of it. */
      readonly reason: string
    }

/** What the provider is answered. */
export interface WebhookAnswer {
  readonly status: number
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
}
