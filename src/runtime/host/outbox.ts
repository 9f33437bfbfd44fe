import type { Clock, Timers } from '../../base/ports.ts'
import type { Random } from '../../base/random.ts'
import type { Effect } from '../../nodes/effects.ts'
import type { OutboxEntry } from '../stores/session-store.ts'
import type { Activity } from './activity.ts'
import type { Doer } from './doer.ts'
import { Lanes, type Pause } from './lanes.ts'
import { freshItems, type Item, readItems } from './outbox-work.ts'
import { Parcel } from './parcel.ts'
import { LONGEST_PAUSE_MS } from './retry-pause.ts'
import { Sleepers } from './sleepers.ts'
import { Slots } from './slots.ts'

/** Entries in memory that are at work; what comes on top waits in the store. */
const MAX_HELD = 10_000
/** So many times as many may wait for their time: they must not keep others from being done. */
const ASLEEP_FACTOR = 10
/** Entries read at once. */
const PAGE = 1_000
/** After which the store is asked again where it could not be read. */
const READ_AGAIN_MS = 1_000

export interface OutboxPorts {
  readonly clock: Clock & Timers
  readonly random: Random
  readonly activity: Activity
  /** Effects that are tried at once. */
  readonly concurrency: number
  /** Entries in memory; 10,000 unless given. */
  readonly maxHeld?: number
  read(after: number, limit: number): Promise<readonly OutboxEntry[]>
  decode(text: string): Promise<string> | string
  encode(text: string): Promise<string> | string
  /** Told of errors that nobody waits for. */
  failed(error: unknown): void
  readonly doer: Doer
}

/**
 * Does what sessions have asked for: at least once, in the order of each session and place, again where it failed, as the
 * effect's own policy says. What is in the store and not yet settled is done after a restart.
 */
export class Outbox {
  readonly #ports: OutboxPorts
  readonly #maxHeld: number
  readonly #lanes: Lanes
  readonly #slots: Slots
  readonly #sleepers: Sleepers
  readonly #held = new Map<number, Parcel>()
  /** Of those, how many wait for their time. */
  #asleep = 0
  /** Numbers settled lately, which a read that was on its way may still bring. */
  #settled = new Set<number>()
  /** Everything up to this number has been taken from the store, or came directly. */
  #last = 0
  /** True while there may be more in the store than in memory. */
  #behind = false
  /** Rises with whatever may have made a read that is under way miss something. */
  #missed = 0
  #fromStart = false
  #refilling: Promise<void> | undefined
  #closed = false

  constructor(ports: OutboxPorts) {
    this.#ports = ports
    this.#maxHeld = ports.maxHeld ?? MAX_HELD
    this.#lanes = new Lanes(ports.activity)
    this.#slots = new Slots(ports.concurrency)
    this.#sleepers = new Sleepers(ports.clock)
  }

  /** Takes up what the store holds. */
  async start(): Promise<void> {
    this.#behind = true
    await this.#refillOnce()
  }

  /** Takes up what has just been stored. */
  add(number: number, session: string, effects: readonly Effect[]): void {
    if (this.#closed || this.#held.has(number) || this.#settled.has(number)) return
    if (this.#behind || !this.#hasRoom()) {
      // It waits in the store, and what came before it is done first.
      this.#behind = true
      this.#missed++
      this.#last = Math.min(this.#last, number - 1)
      this.#refill()
      return
    }
    this.#last = Math.max(this.#last, number)
    this.#take(number, session, freshItems(effects))
  }

  /** Looks into the store for work that others have put there. */
  lookAgain(): void {
    this.#behind = true
    this.#refill()
  }

  /** Looks through the whole store: a commit has failed, and nobody knows whether its work is there. */
  lookThrough(): void {
    this.#fromStart = true
    this.#missed++
    this.lookAgain()
  }

  /** Starts nothing new. What is under way is awaited by who counts activity. */
  close(): void {
    this.#closed = true
    this.#sleepers.close()
  }

  #hasRoom(): boolean {
    const awake = this.#held.size - this.#asleep
    return awake < this.#maxHeld && this.#held.size < ASLEEP_FACTOR * this.#maxHeld
  }

  /** Reads what is in the store, now or, where that fails, until it can be read. */
  #refill(): void {
    if (this.#refilling !== undefined || this.#closed || !this.#hasRoom()) return
    this.#refillOnce().catch((error: unknown) => {
      this.#ports.failed(error)
      const again = this.#ports.clock.now() + READ_AGAIN_MS
      void this.#sleepers.until(again, READ_AGAIN_MS, () => this.#refill())
    })
  }

  #refillOnce(): Promise<void> {
    this.#refilling ??= this.#ports.activity.during(async () => {
      try {
        await this.#readAll()
      } finally {
        // At once, so that nobody leaves it to a run that reads no more.
        this.#refilling = undefined
      }
    })
    return this.#refilling
  }

  async #readAll(): Promise<void> {
    while (this.#behind && !this.#closed && this.#hasRoom()) {
      if (this.#fromStart) this.#last = 0
      this.#fromStart = false
      const missed = this.#missed
      const limit = Math.max(1, Math.min(this.#maxHeld - this.#held.size + this.#asleep, PAGE))
      const entries = await this.#ports.read(this.#last, limit)
      for (const entry of entries) {
        this.#last = Math.max(this.#last, entry.number)
        if (!this.#held.has(entry.number) && !this.#settled.has(entry.number)) await this.#open(entry)
      }
      if (entries.length < limit && missed === this.#missed) this.#behind = false
    }
  }

  /** What cannot be read stays in the store, for a host that can. */
  async #open({ number, session, text, at }: OutboxEntry): Promise<void> {
    try {
      const items = readItems(await this.#ports.decode(text))
      if (items.every((item) => item.at === 0)) for (const item of items) item.at = at
      if (!this.#held.has(number)) this.#take(number, session, items)
    } catch (error) {
      this.#ports.failed(error)
    }
  }

  #take(number: number, session: string, items: readonly Item[]): void {
    const { doer, encode, clock } = this.#ports
    const parcel = new Parcel(number, session, items, { doer, encode, now: () => clock.now() })
    this.#held.set(number, parcel)
    if (items.length === 0)
      this.#watched(this.#ports.activity.during(async () => this.#over(parcel, await parcel.settleEmpty())))
    for (const item of items) this.#enqueue(parcel, item)
  }

  #enqueue(parcel: Parcel, item: Item): void {
    const { name, strict } = this.#ports.doer.laneOf(item.effect, parcel.session)
    this.#watched(this.#lanes.run(name, (pause) => this.#do(parcel, item, strict ? pause : undefined)))
  }

  /** What goes wrong here is a mistake of this code or of a codec: what is in the store is left to the next host. */
  #watched(work: Promise<void>): void {
    work.catch((error: unknown) => this.#ports.failed(error))
  }

  /** Tries one effect until it is done or given up; where its lane is not strict it comes back after each pause. */
  async #do(parcel: Parcel, item: Item, pause: Pause | undefined): Promise<void> {
    while (!this.#closed) {
      if (item.at > this.#ports.clock.now()) {
        if (pause === undefined) {
          const { activity } = this.#ports
          void this.#sleep(parcel, item, () => activity.enter()).then(() => {
            this.#enqueue(parcel, item)
            activity.leave()
          })
          return
        }
        await pause((woken) => this.#sleep(parcel, item, woken))
        continue
      }
      const over = await this.#try(parcel, item)
      if (over === 'stop') return
      if (over) return this.#over(parcel, parcel.isSettled)
    }
  }

  async #sleep(parcel: Parcel, item: Item, woken: () => void): Promise<void> {
    if (parcel.asleep++ === 0) this.#asleep++
    if (this.#behind) this.#refill()
    await this.#sleepers.until(item.at, LONGEST_PAUSE_MS, woken)
    if (--parcel.asleep === 0) this.#asleep--
    item.at = 0
  }

  /** True where the effect is done or given up; `stop` where that is left to the next host. */
  async #try(parcel: Parcel, item: Item): Promise<boolean | 'stop'> {
    const { doer, random } = this.#ports
    if (item.answer !== undefined) return parcel.tell(item, item.answer)
    item.begunAt = this.#ports.clock.now()
    const attempted = await doer.attempt(item.effect, parcel.session, item.tries + 1, (work) =>
      this.#slots.run(work),
    )
    if (attempted.done || 'reason' in attempted) {
      item.tries++
      return parcel.note(item, attempted, this.#closed, random)
    }
    if (attempted.restMs === undefined) return 'stop'
    item.at = this.#ports.clock.now() + attempted.restMs
    return false
  }

  #over({ number }: Parcel, settled: boolean): void {
    if (!settled) return
    this.#held.delete(number)
    this.#settled.add(number)
    if (this.#settled.size > this.#maxHeld)
      this.#settled = new Set([...this.#settled].slice(this.#maxHeld / 2))
    if (this.#behind && this.#held.size - this.#asleep <= this.#maxHeld / 2) this.#refill()
  }
}
