import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { Clock, Timers } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import { journeyOf } from '../../interpreter/journey.ts'
import type { EffectAnswer } from '../../nodes/effects.ts'
import { type Effect, maskEffect } from '../../nodes/effects.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { EffectHandler } from '../channels/channel.ts'
import type { Commit } from '../stores/session-store.ts'
import type { Attempted, Doer, EffectNote, InSlot, Lane, Stopped } from './doer.ts'
import type { Emitter } from './emitter.ts'
import { eventHead } from './feed.ts'
import type { HostParts } from './parts.ts'
import { askingForRecording, recordingIn, withRecording } from './recordings.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'
import { giving, keeping } from './session-steps.ts'
import { Sleepers } from './sleepers.ts'
import { testObstacle } from './test-mode.ts'

/** What a contact gets to see has to come in its order. */
const SAID: ReadonlySet<string> = new Set([
  'message.send',
  'message.withdraw',
  'card.send',
  'card.withdraw',
  'push.send',
])
/** Pauses while a store is out of order. */
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 10_000
/** Tries to tell a session something before it is put aside: a store may be out of order, or this session. */
const TELLING_TRIES = 5
/** How often the host tries what it does itself: most of it fails where a store does. */
const OWN_TRIES = 10
/** After which an effect is looked at again that could not be tried: while a store is out of order, or the session. */
const SOON_MS = 1_000
const REST_MS = 60_000
/** Refusals of sessions that may take the same answer later. */
const LATER: ReadonlySet<string> = new Set(['session.quarantined', 'session.contended'])

export interface EffectDoerOptions {
  readonly handlers: { readonly [type: string]: EffectHandler }
  readonly testHandlers: { readonly [type: string]: EffectHandler }
  readonly emitter: Emitter
  readonly clock: Clock & Timers
  failed(error: unknown): void
}

/** Does effects: those that the host does itself, and the others by its runner; and tells sessions what came of them. */
export class EffectDoer implements Doer {
  readonly #parts: HostParts
  readonly #options: EffectDoerOptions
  readonly #sleepers: Sleepers
  #closed = false

  constructor(parts: HostParts, options: EffectDoerOptions) {
    this.#parts = parts
    this.#options = options
    this.#sleepers = new Sleepers(options.clock)
  }

  /** Waits for no store any more: what it has not taken by now is done again by the next host. */
  close(): void {
    this.#closed = true
    this.#sleepers.close()
  }

  laneOf({ type, channel }: Effect, session: string): Lane {
    const strict = SAID.has(type)
    const place = strict ? `to ${typeof channel === 'string' ? channel : ''}` : type
    return { name: `${session} ${place}`, strict }
  }

  async attempt(effect: Effect, session: string, attempt: number, inSlot: InSlot): Promise<Attempted> {
    const { desk, runner } = this.#parts
    let about: SessionFacts | undefined
    try {
      about = await desk.facts(session)
    } catch (error) {
      this.#options.failed(error)
      // Nothing was tried. What cannot be read here may be read by a later host.
      return { done: false, restMs: error instanceof SluiceError ? REST_MS : SOON_MS }
    }
    // An erased session wants nothing any more.
    if (about === undefined) return { done: true }
    try {
      const { type, waitId } = effect
      // The provider may tell its address in a request of its own, and after the call.
      if (type === 'voice.record' && waitId !== undefined && attempt === 1)
        await desk.change(session, keeping(askingForRecording(waitId), NOTHING))
      const attempted = this.#isOwn(effect.type, about)
        ? await inSlot(() => this.#doItself(effect, session, about))
        : await runner.run(effect, session, about, attempt, inSlot)
      return { ...attempted, about }
    } catch (error) {
      this.#options.failed(error)
      const isMisuse = error instanceof SluiceError && !error.code.startsWith('store.')
      const reason = error instanceof SluiceError ? error.code : 'failed'
      return { done: false, reason, answer: { error: reason }, attempts: OWN_TRIES, final: isMisuse, about }
    }
  }

  async tell(session: string, effect: Effect, answer: EffectAnswer, commit: Commit): Promise<boolean> {
    const { desk } = this.#parts
    const event = { type: 'result' as const, waitId: effect.waitId!, ...answer }
    const url = effect.type === 'voice.record' ? recordingIn(answer) : undefined
    const patch = url === undefined ? undefined : withRecording(url)
    const told = await this.#insist(async () => {
      const changed = await desk.change(session, giving(event, patch), commit)
      if (!changed.ok && LATER.has(changed.code)) return false
      // Who hangs up ends the recording: it is there, though the session waits for it no longer.
      if (!changed.ok && patch !== undefined && changed.code !== 'session.unknown')
        await desk.change(session, keeping(patch, changed))
      return true
    }, TELLING_TRIES)
    return told ?? false
  }

  async persist(session: string, { dead, ...commit }: Commit): Promise<void> {
    const { committer, desk } = this.#parts
    await this.#insist(() => {
      if (dead === undefined) return committer.commit(commit)
      // In its turn: of a session that has been erased meanwhile no letter may stay.
      return desk.inTurn(session, async () => {
        const isKept = (await desk.facts(session)) !== undefined
        return committer.commit(isKept ? { ...commit, dead } : commit)
      })
    })
  }

  note(about: SessionFacts, session: string, effect: Effect, note: EffectNote): void {
    const { feed, tenant, clock } = this.#parts
    if (!feed.isHeard) return
    const head = eventHead(tenant, session, about, clock.now())
    const { attempt, tookMs, failure } = note
    const tried = { ...head, effect: maskEffect(effect), attempt, tookMs }
    if (failure === undefined) feed.emit({ ...tried, type: 'effectDone' })
    else feed.emit({ ...tried, type: 'effectFailed', ...failure })
  }

  /** True for what the host does itself, where it was given nobody else for it. */
  #isOwn(type: string, { test }: SessionFacts): boolean {
    const { handlers, testHandlers } = this.#options
    if (!OWN.has(type)) return false
    if (test !== true) return !Object.hasOwn(handlers, type)
    if (Object.hasOwn(testHandlers, type)) return false
    // Whom a handler passes events on to nobody can tell; the host passes them to test sessions alone (RUN-7).
    return type === 'event.emit' || !Object.hasOwn(handlers, type)
  }

  async #doItself(effect: Effect, session: string, about: SessionFacts): Promise<Attempted> {
    const { contacts, tenant } = this.#parts
    if (effect.type === 'flow.resolve') return this.#resolve(effect, session, about)
    const { contact, hops, test } = about
    if (effect.type === 'contact.update') {
      const obstacle = test === true && testObstacle(await this.#parts.state(), effect, { contact })
      if (obstacle) return { done: false, reason: obstacle, answer: {}, final: true, dropped: true }
      if (contact === undefined) return { done: true }
      // In its turn: whoever has been erased meanwhile must not come back.
      await this.#parts.desk.inTurn(session, async () => {
        if ((await this.#parts.desk.facts(session)) !== undefined)
          await contacts.change(tenant, contact, effect.fields as JsonObject)
      })
      return { done: true }
    }
    const { name, data, key } = effect
    const emitted = await this.#options.emitter.emit(
      {
        name: String(name),
        ...(isJsonObject(data) ? { data } : {}),
        ...(contact === undefined ? {} : { contact }),
        id: key,
      },
      { journey: journeyOf(effect), ...(hops === undefined ? {} : { hops }), test: test === true },
    )
    if (emitted.ok) return { done: true }
    return { done: false, reason: emitted.code, answer: { error: emitted.code }, final: true }
  }

  /** Names the version of a flow that is official by now, and pins what it may run itself. */
  async #resolve({ resolve, waitId }: Effect, session: string, facts: SessionFacts): Promise<Attempted> {
    const { desk, programs, starter, contacts, tenant } = this.#parts
    const state = await this.#parts.state()
    const flow = String(resolve)
    const official = itemOf(state.flows, flow)?.official
    if (official === undefined) return { done: true, answer: { error: 'flow.notReleased' } }
    const known = facts.contact === undefined ? undefined : await contacts.get(tenant, facts.contact)
    const contact = { id: facts.contact, number: facts.address, attributes: known?.fields }
    const { pins, versions } = await starter.pinsFor(state, flow, official, contact)
    const hash = official.executable
    const program = await programs.chosen(hash, pins.pins)
    const event = { type: 'result' as const, waitId: waitId!, body: { hash } }
    const changed = await desk.change(session, (live, now) => {
      const known = new Map([...(live.programs ?? []), ...program.programs])
      const { about, chosen } = live.record
      const patch: Partial<SessionRecord> = {
        chosen: { ...chosen, [hash]: pins.pins },
        about: { ...about, versions: { ...versions, ...about.versions, [flow]: official.version } },
      }
      return giving(event, () => patch)({ ...live, programs: known }, now)
    })
    return !changed.ok && LATER.has(changed.code) ? RESTS : { done: true }
  }

  /** Does something until it succeeds: without end unless a number of tries is given; `undefined` where it is given up. */
  async #insist<Result>(
    work: () => Promise<Result>,
    tries = Number.POSITIVE_INFINITY,
  ): Promise<Result | undefined> {
    let pause = FIRST_PAUSE_MS
    for (let left = tries; ; left--) {
      try {
        return await work()
      } catch (error) {
        this.#options.failed(error)
        // Mistakes of programmers do not go away by waiting; what was not stored is done again by the next host.
        const isMisuse = error instanceof SluiceError && !error.code.startsWith('store.')
        if (this.#closed || isMisuse || left <= 1) return undefined
      }
      await this.#sleepers.until(this.#options.clock.now() + pause, pause)
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
    }
  }
}

const OWN: ReadonlySet<string> = new Set(['flow.resolve', 'contact.update', 'event.emit'])

/** Nothing is to be changed. */
const NOTHING = { ok: false, code: '', reason: '', lift: '', details: {} } as const

const RESTS: Stopped = { done: false, restMs: REST_MS }
