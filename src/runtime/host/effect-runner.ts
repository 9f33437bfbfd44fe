import { checkJson } from '../../base/check-json.ts'
import { isJsonObject } from '../../base/json.ts'
import type { Clock, Timers } from '../../base/ports.ts'
import type { Effect, EffectAnswer } from '../../nodes/effects.ts'
import type { WorkspaceState } from '../../releases/state.ts'
import type { Channel, Delivery, EffectHandler } from '../channels/channel.ts'
import { EffectFailure } from '../channels/effect-failure.ts'
import type { ContactStore } from '../stores/contact-store.ts'
import type { Attempted, Failed, InSlot } from './doer.ts'
import { RateLimit } from './rate-limit.ts'
import type { SessionFacts } from './session-record.ts'
import { testObstacle } from './test-mode.ts'

/** How long a handler may take unless the effect says. */
const USUAL_TIMEOUT_MS = 30_000
/** What a handler gets beyond the time that the effect itself allows: its own deadline should pass first. */
const SLACK_MS = 5_000

/** Sent without anybody saying more of it: that it was taken is the result. */
const DONE_WHEN_SENT: ReadonlySet<string> = new Set(['message.send', 'push.send'])

/** The channel that effects of a type go out by where neither they nor the session name one. */
const USUAL_CHANNEL: { readonly [type: string]: string } = {
  'push.send': 'push',
  'call.place': 'voice',
  transfer: 'voice',
  'voice.record': 'voice',
}

export interface EffectRunnerOptions {
  readonly workspace: string
  readonly channels: readonly Channel[]
  /** By type of the effect; they go before channels. */
  readonly handlers: { readonly [type: string]: EffectHandler }
  /** For test sessions, where they go before everything. */
  readonly testHandlers: { readonly [type: string]: EffectHandler }
  readonly contacts: ContactStore
  readonly clock: Clock & Timers
  readonly timeoutMs?: number | undefined
  /** The workspace as it was read last. */
  known(): WorkspaceState | undefined
  /** The workspace as it is now. */
  state(): Promise<WorkspaceState>
}

/** Finds who does an effect, and lets them do it once: in time, at the pace of the channel, and towards whom it may reach. */
export class EffectRunner {
  readonly #options: EffectRunnerOptions
  readonly #channels: ReadonlyMap<string, Channel>
  readonly #rates: ReadonlyMap<string, RateLimit>
  /** Breaks off each handler that is under way. */
  readonly #closers = new Set<() => void>()
  #draining = false

  constructor(options: EffectRunnerOptions) {
    this.#options = options
    this.#channels = new Map(options.channels.map((channel) => [channel.name, channel]))
    this.#rates = new Map(
      options.channels.flatMap(({ name, capabilities: { rate } }) =>
        rate === undefined ? [] : [[name, new RateLimit(rate, options.clock)] as const],
      ),
    )
  }

  /** True where there is somebody who does the effect. */
  does(effect: Effect, about: SessionFacts): boolean {
    return Object.hasOwn(this.#options.handlers, effect.type) || this.#channelOf(effect, about) !== undefined
  }

  /** Begins nothing more. */
  drain(): void {
    this.#draining = true
    for (const rate of this.#rates.values()) rate.release()
  }

  /** Aborts what is under way. */
  close(): void {
    this.drain()
    for (const close of this.#closers) close()
  }

  async run(
    effect: Effect,
    session: string,
    about: SessionFacts,
    attempt: number,
    inSlot: InSlot,
  ): Promise<Attempted> {
    const { handlers, testHandlers } = this.#options
    const test = about.test === true
    const channel = this.#channelOf(effect, about)
    const own = handlerOf(handlers, effect.type)
    const handler = (test ? handlerOf(testHandlers, effect.type) : undefined) ?? own ?? channel?.deliver
    if (handler === undefined) {
      return refused('effect.noHandler', `Nobody does effects of the type ${effect.type}`, false)
    }
    const delivery = await this.#deliveryOf(session, about, channel, attempt)
    if (test && handlerOf(testHandlers, effect.type) === undefined) {
      const obstacle = testObstacle(await this.#options.state(), effect, delivery)
      if (obstacle !== undefined) {
        return refused(obstacle, `Test mode does no effect of the type ${effect.type} towards them`, true)
      }
    }
    // Whoever waits for the pace of one channel must not take a place from others.
    if (handler === channel?.deliver) await this.#rates.get(channel.name)?.take()
    return inSlot(async () => (this.#draining ? LEFT : this.#inTime(handler, effect, delivery)))
  }

  #channelOf(effect: Effect, about: SessionFacts | undefined): Channel | undefined {
    const named = typeof effect.channel === 'string' ? effect.channel : about?.channel
    const channel = named === undefined ? undefined : this.#channels.get(named)
    if (channel?.capabilities.effects.includes(effect.type)) return channel
    // A message to a channel that cannot take it must not go out by another one.
    if (typeof effect.channel === 'string') return undefined
    const usual = this.#channels.get(USUAL_CHANNEL[effect.type] ?? '')
    return usual?.capabilities.effects.includes(effect.type) ? usual : undefined
  }

  #deliveryOf(
    session: string,
    about: SessionFacts,
    channel: Channel | undefined,
    attempt: number,
  ): DeliveryNow | Promise<DeliveryNow> {
    const application = channel === undefined ? undefined : about.applications?.[channel.name]
    const from = application === undefined ? undefined : this.#addressOf(application)
    const to = channel === undefined ? about.address : this.#reach(channel, about)
    const made = (reached: string | undefined, speaks: string | undefined) => {
      const { workspace } = this.#options
      return new DeliveryNow(workspace, session, attempt, about, channel, reached, speaks, application)
    }
    // Nearly always both are known, and nobody has to wait.
    if (typeof to !== 'object' && typeof from !== 'object') return made(to, from)
    return Promise.all([to, from]).then(([reached, speaks]) => made(reached, speaks))
  }

  /** The address of the contact on a channel: the one that the session goes by, or another that the channel reaches. */
  #reach(channel: Channel, about: SessionFacts): string | undefined | Promise<string | undefined> {
    const { channel: own, address } = about
    return own === channel.name && address !== undefined ? address : this.#findReached(channel, about)
  }

  async #findReached(channel: Channel, { address, contact }: SessionFacts): Promise<string | undefined> {
    const reaches = channel.reaches ?? (() => true)
    const known =
      contact === undefined ? undefined : await this.#options.contacts.get(this.#options.workspace, contact)
    return known?.addresses.find(reaches) ?? (address !== undefined && reaches(address) ? address : undefined)
  }

  #addressOf(application: string): string | undefined | Promise<string | undefined> {
    const { known, state } = this.#options
    const listed = (workspace: WorkspaceState | undefined) => workspace?.catalog.application[application]
    const now = listed(known())
    return now === undefined ? state().then((workspace) => listed(workspace)?.address) : now.address
  }

  #inTime(handler: EffectHandler, effect: Effect, delivery: DeliveryNow): Promise<Attempted> {
    const { clock, timeoutMs = USUAL_TIMEOUT_MS } = this.#options
    const own = typeof effect.timeoutMs === 'number' ? effect.timeoutMs + SLACK_MS : 0
    return new Promise((resolve) => {
      const end = (attempted: Attempted) => {
        cancel()
        this.#closers.delete(close)
        resolve(attempted)
      }
      const cancel = clock.setTimer(Math.max(timeoutMs, own), () => {
        delivery.abort()
        end({ done: false, reason: 'timeout', answer: { error: 'timeout' } })
      })
      // What the host itself has broken off was no try: the next host does it.
      const close = () => {
        delivery.abort()
        end(LEFT)
      }
      this.#closers.add(close)
      void attempt(handler, effect, delivery).then(end)
    })
  }
}

/** Left to the next host. */
const LEFT: Attempted = { done: false }

/** A delivery whose signal is made when somebody looks at it; most handlers never do. */
class DeliveryNow implements Delivery {
  readonly workspace: string
  readonly session: string
  readonly attempt: number
  declare readonly contact?: string
  declare readonly channel?: string
  declare readonly to?: string
  declare readonly from?: string
  declare readonly application?: string
  declare readonly test?: true
  #controller: AbortController | undefined
  #aborted = false

  constructor(
    workspace: string,
    session: string,
    attempt: number,
    { contact, test }: SessionFacts,
    channel: Channel | undefined,
    to: string | undefined,
    from: string | undefined,
    application: string | undefined,
  ) {
    this.workspace = workspace
    this.session = session
    this.attempt = attempt
    if (contact !== undefined) this.contact = contact
    if (channel !== undefined) this.channel = channel.name
    if (to !== undefined) this.to = to
    if (from !== undefined) this.from = from
    if (application !== undefined) this.application = application
    if (test === true) this.test = true
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#aborted) this.#controller.abort()
    return this.#controller.signal
  }

  abort(): void {
    this.#aborted = true
    this.#controller?.abort()
  }
}

async function attempt(handler: EffectHandler, effect: Effect, delivery: Delivery): Promise<Attempted> {
  try {
    const answer = (await handler(effect, delivery)) ?? undefined
    if (answer !== undefined) return { done: true, answer: readAnswer(answer) }
    return { done: true, answer: DONE_WHEN_SENT.has(effect.type) ? {} : undefined }
  } catch (error) {
    return failed(error)
  }
}

/** A session that waits for an answer has to get one that it can read. */
function readAnswer(answer: unknown): EffectAnswer {
  if (!isJsonObject(answer)) return { error: 'effect.badAnswer' }
  const { status, body, error } = answer as EffectAnswer
  const fits =
    (status === undefined || Number.isFinite(status)) &&
    (body === undefined || checkJson(body) === undefined) &&
    (error === undefined || typeof error === 'string')
  if (!fits) return { error: 'effect.badAnswer' }
  return {
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { body }),
    ...(error === undefined ? {} : { error }),
  }
}

function failed(error: unknown): Failed {
  if (error instanceof EffectFailure) {
    const { code, answer, retryAfterMs } = error
    return {
      done: false,
      reason: code,
      answer: readAnswer(answer),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }
  }
  // What a handler throws may hold what the effect carries: its name is all that is told of it.
  const reason = error instanceof Error ? error.name : 'failed'
  return { done: false, reason, answer: { error: 'failed' } satisfies EffectAnswer }
}

function refused(code: string, reason: string, dropped: boolean): Failed {
  return { done: false, reason: `${code}: ${reason}`, answer: { error: code }, final: true, dropped }
}

function handlerOf(
  handlers: { readonly [type: string]: EffectHandler },
  type: string,
): EffectHandler | undefined {
  return Object.hasOwn(handlers, type) ? handlers[type] : undefined
}
