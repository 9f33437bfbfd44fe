import { KeyedTurns } from '../../base/keyed-turns.ts'
import type { Random } from '../../base/random.ts'
import type { EffectAnswer } from '../../nodes/effects.ts'
import type { Commit, NewDeadLetter } from '../stores/session-store.ts'
import { countName } from './counts.ts'
import type { DeadLetterText } from './dead-letters.ts'
import type { Doer, Done, EffectNote, Failed } from './doer.ts'
import { type Item, textOf } from './outbox-work.ts'
import { retryPause } from './retry-pause.ts'
import type { SessionFacts } from './session-record.ts'

/** How long an answer rests that the session cannot take now. */
const REST_MS = 60_000

export interface ParcelPorts {
  readonly doer: Doer
  encode(text: string): Promise<string> | string
  now(): number
}

/**
 * The effects of one commit: one entry of the store, until all of them are done or given up. What is settled is settled
 * together with the answer that the last of them brings.
 */
export class Parcel {
  readonly number: number
  readonly session: string
  /** Of its effects, how many wait for their time. */
  asleep = 0
  readonly #ports: ParcelPorts
  readonly #open: Set<Item>
  readonly #writes = new KeyedTurns()
  #counts = new Map<string, number>()
  #dead: DeadLetterText[] = []
  #settled = false

  constructor(number: number, session: string, items: readonly Item[], ports: ParcelPorts) {
    this.number = number
    this.session = session
    this.#open = new Set(items)
    this.#ports = ports
  }

  /** True when nothing of it is left to do, and the store knows. */
  get isSettled(): boolean {
    return this.#settled
  }

  async settleEmpty(): Promise<boolean> {
    await this.#write()
    return this.#settled
  }

  /** Takes in what a try came to. True where the effect is done or given up, false where it is to be tried again. */
  async note(item: Item, attempted: Done | Failed, closed: boolean, random: Random): Promise<boolean> {
    const { now } = this.#ports
    const { effect } = item
    const { about } = attempted
    if (!attempted.done && this.#mayRetry(item, attempted)) {
      // The next host tries again, as often as if this try had not been.
      if (closed) return true
      item.at = now() + retryPause(effect.retry, item.tries, random, attempted.retryAfterMs)
      const { reason } = attempted
      if (about !== undefined) this.#tell(about, item, { reason, again: item.at })
      await this.#write()
      return false
    }
    const reason = attempted.done ? failureIn(attempted.answer) : attempted.reason
    if (about !== undefined) {
      const outcome = reason === undefined ? 'done' : 'failed'
      const name = countName(about.test === true, 'effects', effect.type, outcome)
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
      this.#tell(about, item, reason === undefined ? undefined : { reason })
      const dropped = !attempted.done && attempted.dropped === true
      if (reason !== undefined && effect.waitId === undefined && !dropped) this.#dead.push({ effect, reason })
    }
    if (effect.waitId !== undefined && attempted.answer !== undefined)
      return this.tell(item, attempted.answer)
    return this.#finish(item)
  }

  /** Gives the session its answer, or keeps it where the session cannot take it now. */
  async tell(item: Item, answer: EffectAnswer): Promise<boolean> {
    const { doer, now } = this.#ports
    const isLast = this.#open.size === 1
    const told = isLast
      ? await this.#write({ item, answer })
      : await doer.tell(this.session, item.effect, answer, {})
    if (told) return this.#finish(item)
    item.answer = answer
    item.at = now() + REST_MS
    await this.#write()
    return false
  }

  #tell(about: SessionFacts, { effect, tries, begunAt = 0 }: Item, failure: EffectNote['failure']): void {
    const { doer, now } = this.#ports
    const note = { attempt: tries, tookMs: now() - begunAt, ...(failure === undefined ? {} : { failure }) }
    doer.note(about, this.session, effect, note)
  }

  #mayRetry({ effect, tries }: Item, { final, attempts = 1 }: Failed): boolean {
    return final !== true && tries < (effect.retry?.attempts ?? attempts)
  }

  async #finish(item: Item): Promise<boolean> {
    this.#open.delete(item)
    if (this.#open.size === 0 && !this.#settled) await this.#write()
    return true
  }

  /** Stores what has become of it, with the answer of its last effect where there is one. Writes do not overtake each other. */
  #write(last?: { readonly item: Item; readonly answer: EffectAnswer }): Promise<boolean> {
    return this.#writes.take('', async () => {
      const { doer } = this.#ports
      const [counts, dead] = [this.#counts, this.#dead]
      const settles = last !== undefined || this.#open.size === 0
      const commit: Commit = {
        ...(dead.length === 0 ? {} : { dead: await this.#letters(dead) }),
        ...(counts.size === 0 ? {} : { counts: [...counts] }),
        ...(settles ? { settled: [this.number] } : { postponed: [await this.#postponed()] }),
      }
      this.#counts = new Map()
      this.#dead = []
      if (last === undefined) await doer.persist(this.session, commit)
      else if (!(await doer.tell(this.session, last.item.effect, last.answer, commit))) {
        this.#counts = counts
        this.#dead = dead
        return false
      }
      this.#settled = settles
      return true
    })
  }

  async #postponed() {
    const { encode, now } = this.#ports
    const items = [...this.#open]
    const at = Math.max(now(), Math.min(...items.map((item) => item.at)))
    return { number: this.number, text: await encode(textOf(items)), at }
  }

  #letters(dead: readonly DeadLetterText[]): Promise<NewDeadLetter[]> {
    const { encode, now } = this.#ports
    return Promise.all(
      dead.map(async ({ effect, reason }) => {
        const text = await encode(JSON.stringify({ effect, reason } satisfies DeadLetterText))
        return { session: this.session, type: effect.type, at: now(), text }
      }),
    )
  }
}

/** What an answer says that nobody could do it, and that trying again is of no use. */
function failureIn(answer: EffectAnswer | undefined): string | undefined {
  return answer?.error
}
