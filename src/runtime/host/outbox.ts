import type { Clock, Timers } from '../../base/ports.ts'
import type { Random } from '../../base/random.ts'
import type { Effect } from '../../nodes/effects.ts'
import type { EffectAnswer } from '../channels/channel.ts'
import type { Commit, NewDeadLetter, OutboxEntry } from '../stores/session-store.ts'
import type { Activity } from './activity.ts'
import { countName } from './counts.ts'
import type { DeadLetterText } from './dead-letters.ts'
import { KeyedTurns } from './keyed-turns.ts'

/** Entries in memory at most; what comes on top waits in the store. */
const MAX_HELD = 10_000
/** The longest pause before another try. */
const MAX_BACKOFF_MS = 3_600_000

/** What one try at an effect came to. */
export type Attempted =
  | {
      readonly done: true
      /** For the session, where the effect is awaited. */
      readonly answer?: EffectAnswer | undefined
      /** True for sessions of test mode. */
      readonly test?: boolean
    }
  | {
      readonly done: false
      /** For people; holds nothing of what the effect carries. */
      readonly reason: string
      /** What the session is told when all tries are used up. */
      readonly answer: EffectAnswer
      /** True where trying again is of no use. */
      readonly final?: boolean
      /** Not to be tried again within so many milliseconds. */
      readonly retryAfterMs?: number
      /** True where it is not to be kept as a dead letter either. */
      readonly dropped?: boolean
      readonly test?: boolean
    }

export interface OutboxPorts {
  readonly clock: Clock & Timers
  readonly random: Random
  readonly activity: Activity
  /** Effects that are tried at once. */
  readonly concurrency: number
  read(after: number, limit: number): Promise<readonly OutboxEntry[]>
  decode(text: string): Promise<string> | string
  encode(text: string): Promise<string> | string
  readonly doer: Doer
}

/** Who does effects, and tells of them. */
export interface Doer {
  /** Stores a commit, however long the store is out of order, unless the host closes. */
  persist(commit: Commit): Promise<void>
  /** Where an effect goes: those of one session that go to one place are done in their order. */
  laneOf(effect: Effect, session: string): string
  attempt(effect: Effect, session: string, attempt: number): Promise<Attempted>
  /** Gives the session what came of an effect, and stores the rest of the commit with it. */
  tell(session: string, effect: Effect, answer: EffectAnswer, commit: Commit): Promise<void>
  /** Something that can be told of an effect has happened. */
  note(session: string, effect: Effect, attempt: number, failed?: { reason: string; again?: number }): void
}

interface Item {
  readonly effect: Effect
  tries: number
  /** When it is tried again, in milliseconds since 1970. */
  again?: number
}

/** The effects of one commit: one entry of the store, until all of them are done. */
interface Parcel {
  readonly number: number
  readonly session: string
  items: Item[]
  open: number
  again: Item[]
  dead: NewDeadLetter[]
  counts: Map<string, number>
}

/** The text of an entry. */
interface Work {
  readonly effects: readonly Effect[]
  /** Tries so far, by effect; none unless given. */
  readonly tries?: readonly number[]
}

/** The text of an entry for effects that nobody has tried yet. */
export function workOf(effects: readonly Effect[]): string {
  return JSON.stringify({ effects } satisfies Work)
}

/**
 * Does what sessions have asked for: at least once, in the order of each session and place, again where it failed, as the
 * effect's own policy says. What is in the store and not yet settled is done after a restart.
 */
export class Outbox {
  readonly #ports: OutboxPorts
  readonly #lanes = new KeyedTurns()
  readonly #held = new Set<number>()
  /** Numbers settled lately, which a read that was on its way may still bring. */
  #settled = new Set<number>()
  /** Everything up to this number has been taken from the store, or came directly. */
  #last = 0
  /** True while there is more in the store than in memory. */
  #behind = false
  #skipped = 0
  #refilling: Promise<void> | undefined
  #free: number
  readonly #waiting: (() => void)[] = []
  readonly #timers = new Set<() => void>()
  #closed = false

  constructor(ports: OutboxPorts) {
    this.#ports = ports
    this.#free = ports.concurrency
  }

  /** Takes up what the store holds. */
  async start(): Promise<void> {
    this.#behind = true
    await this.refill()
  }

  /** Takes up what has just been stored. */
  add(number: number, session: string, effects: readonly Effect[]): void {
    if (this.#behind || this.#held.size >= MAX_HELD || this.#closed) {
      this.#behind = true
      this.#skipped++
      this.#last = Math.min(this.#last, number - 1)
      return
    }
    this.#last = Math.max(this.#last, number)
    this.#take(
      number,
      session,
      effects.map((effect) => ({ effect, tries: 0 })),
    )
  }

  /** Looks into the store for work that others have put there. */
  lookAgain(): Promise<void> {
    this.#behind = true
    return this.refill()
  }

  /** Starts nothing new. What is under way is awaited by who counts activity. */
  close(): void {
    this.#closed = true
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  refill(): Promise<void> {
    this.#refilling ??= this.#ports.activity
      .during(() => this.#refill())
      .finally(() => {
        this.#refilling = undefined
      })
    return this.#refilling
  }

  async #refill(): Promise<void> {
    while (this.#behind && !this.#closed && this.#held.size < MAX_HELD) {
      const skipped = this.#skipped
      const limit = Math.max(1, MAX_HELD - this.#held.size)
      const entries = await this.#ports.read(this.#last, Math.min(limit, 1_000))
      for (const { number, session, text, at } of entries) {
        this.#last = Math.max(this.#last, number)
        if (this.#held.has(number) || this.#settled.has(number)) continue
        const { effects, tries } = JSON.parse(await this.#ports.decode(text)) as Work
        const items = effects.map((effect, index) => ({ effect, tries: tries?.[index] ?? 0 }))
        const delay = at - this.#ports.clock.now()
        if (delay > 0) this.#later(number, session, items, delay)
        else this.#take(number, session, items)
      }
      if (entries.length < Math.min(limit, 1_000) && skipped === this.#skipped) this.#behind = false
    }
  }

  #take(number: number, session: string, items: Item[]): void {
    this.#held.add(number)
    const parcel: Parcel = {
      number,
      session,
      items,
      open: items.length,
      again: [],
      dead: [],
      counts: new Map(),
    }
    if (items.length === 0) void this.#ports.activity.during(() => this.#close(parcel, {}))
    for (const item of items) {
      const lane = this.#ports.doer.laneOf(item.effect, session)
      this.#ports.activity.enter()
      void this.#lanes
        .take(lane, () => this.#try(parcel, item))
        .finally(() => {
          this.#ports.activity.leave()
        })
    }
  }

  #later(number: number, session: string, items: Item[], delayMs: number): void {
    this.#held.add(number)
    const cancel = this.#ports.clock.setTimer(delayMs, () => {
      this.#timers.delete(cancel)
      if (!this.#closed) this.#take(number, session, items)
    })
    this.#timers.add(cancel)
  }

  async #try(parcel: Parcel, item: Item): Promise<void> {
    if (this.#closed) return
    await this.#acquire()
    let attempted: Attempted
    try {
      if (this.#closed) return
      attempted = await this.#ports.doer.attempt(item.effect, parcel.session, ++item.tries)
    } finally {
      this.#release()
    }
    await this.#finish(parcel, item, attempted)
  }

  async #finish(parcel: Parcel, item: Item, attempted: Attempted): Promise<void> {
    const { effect } = item
    const { session } = parcel
    const mayRetry = !attempted.done && attempted.final !== true && item.tries < (effect.retry?.attempts ?? 1)
    parcel.open--
    if (mayRetry && this.#closed) return
    if (mayRetry) {
      item.again = this.#ports.clock.now() + Math.max(this.#pause(item), attempted.retryAfterMs ?? 0)
      parcel.again.push(item)
      this.#ports.doer.note(session, effect, item.tries, { reason: attempted.reason, again: item.again })
      return this.#closeIfLast(parcel)
    }
    const name = countName(
      attempted.test === true,
      'effects',
      effect.type,
      attempted.done ? 'done' : 'failed',
    )
    parcel.counts.set(name, (parcel.counts.get(name) ?? 0) + 1)
    this.#ports.doer.note(
      session,
      effect,
      item.tries,
      attempted.done ? undefined : { reason: attempted.reason },
    )
    const { answer } = attempted
    if (effect.waitId !== undefined && answer !== undefined) {
      if (parcel.open > 0 || parcel.again.length > 0) {
        await this.#ports.doer.tell(session, effect, answer, {})
        return this.#closeIfLast(parcel)
      }
      return this.#close(parcel, {}, { effect, answer })
    }
    if (!attempted.done && attempted.dropped !== true && effect.waitId === undefined)
      parcel.dead.push(await this.#deadLetter(session, effect, attempted.reason))
    return this.#closeIfLast(parcel)
  }

  #closeIfLast(parcel: Parcel): Promise<void> | undefined {
    return parcel.open === 0 ? this.#close(parcel, {}) : undefined
  }

  /** Settles the entry, or keeps what is to be tried again for later. */
  async #close(
    parcel: Parcel,
    commit: Commit,
    last?: { readonly effect: Effect; readonly answer: EffectAnswer },
  ): Promise<void> {
    const { number, session, again, dead, counts } = parcel
    const { clock, encode, doer } = this.#ports
    const at = Math.min(...again.map((item) => item.again!))
    const rest: Commit = {
      ...commit,
      ...(dead.length === 0 ? {} : { dead }),
      ...(counts.size === 0 ? {} : { counts: [...counts] }),
      ...(again.length === 0
        ? { settled: [number] }
        : { postponed: [{ number, text: await encode(textOf(again)), at }] }),
    }
    if (last === undefined) await doer.persist(rest)
    else await doer.tell(session, last.effect, last.answer, rest)
    this.#held.delete(number)
    if (again.length > 0 && !this.#closed) this.#later(number, session, again, Math.max(0, at - clock.now()))
    if (again.length === 0) this.#remember(number)
    if (this.#behind && this.#held.size < MAX_HELD / 2) void this.refill().catch(() => {})
  }

  #remember(number: number): void {
    this.#settled.add(number)
    if (this.#settled.size > MAX_HELD) this.#settled = new Set([...this.#settled].slice(MAX_HELD / 2))
  }

  async #deadLetter(session: string, effect: Effect, reason: string): Promise<NewDeadLetter> {
    const text = await this.#ports.encode(JSON.stringify({ effect, reason } satisfies DeadLetterText))
    return { session, type: effect.type, at: this.#ports.clock.now(), text }
  }

  /** Twice as long with each try, and up to half of it less, so that not everything comes back at once. */
  #pause({ effect, tries }: Item): number {
    const { backoffMs = 1_000 } = effect.retry ?? {}
    const pause = Math.min(backoffMs * 2 ** (tries - 1), MAX_BACKOFF_MS)
    return Math.ceil(pause * (1 - this.#ports.random.next() / 2))
  }

  #acquire(): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free--
      return undefined
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #release(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free++
    else next()
  }
}

function textOf(items: readonly Item[]): string {
  const work: Work = { effects: items.map(({ effect }) => effect), tries: items.map(({ tries }) => tries) }
  return JSON.stringify(work)
}
