import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { Timers } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import { journeyOf } from '../../interpreter/journey.ts'
import { type Effect, maskEffect } from '../../nodes/effects.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { EffectAnswer, EffectHandler } from '../channels/channel.ts'
import type { Commit } from '../stores/session-store.ts'
import type { Emitter } from './emitter.ts'
import { eventHead } from './feed.ts'
import type { Attempted, Doer } from './outbox.ts'
import type { HostParts } from './parts.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'
import { giving } from './session-steps.ts'

/** What a contact gets to see has to come in its order. */
const SAID: ReadonlySet<string> = new Set([
  'message.send',
  'message.withdraw',
  'card.send',
  'card.withdraw',
  'push.send',
])
/** Recordings that a session remembers. */
const MAX_RECORDINGS = 50
/** Pauses while a store is out of order. */
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 10_000

export interface EffectDoerOptions {
  readonly handlers: { readonly [type: string]: EffectHandler }
  readonly emitter: Emitter
  readonly timers: Timers
  failed(error: unknown): void
  closed(): boolean
}

/** Does effects: those that the host does itself, and the others by its runner; and tells sessions what came of them. */
export class EffectDoer implements Doer {
  readonly #parts: HostParts
  readonly #options: EffectDoerOptions

  constructor(parts: HostParts, options: EffectDoerOptions) {
    this.#parts = parts
    this.#options = options
  }

  /** Effects of one session that go to one place are done in their order. */
  laneOf({ type, channel }: Effect, session: string): string {
    const place = SAID.has(type) ? `to ${typeof channel === 'string' ? channel : ''}` : type
    return `${session} ${place}`
  }

  async attempt(effect: Effect, session: string, attempt: number): Promise<Attempted> {
    const { desk, runner } = this.#parts
    try {
      const about = await desk.facts(session)
      // An erased session wants nothing any more.
      if (about === undefined) return { done: true }
      const own = Object.hasOwn(this.#options.handlers, effect.type)
        ? undefined
        : await this.#doItself(effect, session, about)
      return { ...(own ?? (await runner.run(effect, session, about, attempt))), test: about.test === true }
    } catch (error) {
      this.#options.failed(error)
      return { done: false, reason: 'failed', answer: { error: 'failed' } }
    }
  }

  /** Gives the session what came of an effect, with the rest of the commit, however long the store is out of order. */
  async tell(session: string, effect: Effect, answer: EffectAnswer, commit: Commit): Promise<void> {
    const patch = effect.type === 'voice.record' ? withRecording(answer) : undefined
    const event = { type: 'result' as const, waitId: effect.waitId!, ...answer }
    await this.#insist(() => this.#parts.desk.change(session, giving(event, patch), commit))
  }

  async persist(commit: Commit): Promise<void> {
    await this.#insist(() => this.#parts.committer.commit(commit))
  }

  note(
    session: string,
    effect: Effect,
    attempt: number,
    failed?: { readonly reason: string; readonly again?: number },
  ): void {
    const { feed, desk, tenant, clock } = this.#parts
    if (!feed.isHeard) return
    const at = clock.now()
    void desk.facts(session).then((about) => {
      if (about === undefined) return
      const head = eventHead(tenant, session, about, at)
      const shown = maskEffect(effect)
      if (failed === undefined) feed.emit({ ...head, type: 'effectDone', effect: shown, attempt })
      else feed.emit({ ...head, type: 'effectFailed', effect: shown, attempt, ...failed })
    }, this.#options.failed)
  }

  async #doItself(effect: Effect, session: string, about: SessionFacts): Promise<Attempted | undefined> {
    const { contacts, tenant } = this.#parts
    switch (effect.type) {
      case 'flow.resolve':
        return this.#resolve(effect, session)
      case 'contact.update':
        if (about.contact !== undefined)
          await contacts.change(tenant, about.contact, effect.fields as JsonObject)
        return { done: true }
      case 'event.emit': {
        const { name, data, key } = effect
        const { contact, hops, test } = about
        await this.#options.emitter.emit(
          {
            name: String(name),
            ...(isJsonObject(data) ? { data } : {}),
            ...(contact === undefined ? {} : { contact }),
            id: key,
          },
          { journey: journeyOf(effect), ...(hops === undefined ? {} : { hops }), test: test === true },
        )
        return { done: true }
      }
      default:
        return undefined
    }
  }

  /** Names the version of a flow that is official by now, and pins what it may run itself. */
  async #resolve({ resolve, waitId }: Effect, session: string): Promise<Attempted> {
    const { desk, programs, starter } = this.#parts
    const state = await this.#parts.state()
    const flow = String(resolve)
    const official = itemOf(state.flows, flow)?.official
    if (official === undefined) return { done: true, answer: { error: 'flow.notReleased' } }
    const facts = await desk.facts(session)
    const contact = { id: facts?.contact, number: facts?.address }
    const { pins, versions } = await starter.pinsFor(state, flow, official, contact)
    const hash = official.executable
    const program = await programs.chosen(hash, pins.pins)
    const event = { type: 'result' as const, waitId: waitId!, body: { hash } }
    await desk.change(session, (live, now) => {
      const known = new Map([...(live.programs ?? []), [hash, program]])
      const { about, chosen } = live.record
      const patch: Partial<SessionRecord> = {
        chosen: { ...chosen, [hash]: pins.pins },
        about: { ...about, versions: { ...versions, ...about.versions, [flow]: official.version } },
      }
      return giving(event, () => patch)({ ...live, programs: known }, now)
    })
    return { done: true }
  }

  async #insist<Result>(work: () => Promise<Result>): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        await work()
        return
      } catch (error) {
        this.#options.failed(error)
        // Mistakes of programmers do not go away by waiting; what was not stored is done again by the next host.
        if (this.#options.closed() || (error instanceof SluiceError && !error.code.startsWith('store.')))
          return
        await new Promise<void>((resolve) => {
          this.#options.timers.setTimer(pause, resolve)
        })
      }
    }
  }
}

function withRecording({ body }: EffectAnswer) {
  return (record: SessionRecord): Partial<SessionRecord> => {
    const url = isJsonObject(body) ? body.url : undefined
    if (typeof url !== 'string') return {}
    return { recordings: [...(record.recordings ?? []), url].slice(-MAX_RECORDINGS) }
  }
}
