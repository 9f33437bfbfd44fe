import type { Session } from '../../interpreter/session.ts'
import type { TraceEntry } from '../../interpreter/trace.ts'
import type { Effect } from '../../nodes/effects.ts'
import type { Slice } from '../../releases/reading/slice.ts'
import type {
  DeadLetterQuery,
  ListedSession,
  LogQuery,
  SessionHead,
  SessionQuery,
  SessionStore,
} from '../stores/session-store.ts'
import { type Codec, PLAIN } from './codec.ts'
import { type DeadLetterText, shownLetter } from './dead-letters.ts'
import { readHistory } from './history-text.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'

/** A session as an operator sees it. */
export interface SessionView {
  readonly session: string
  readonly revision: number
  readonly head: SessionHead
  readonly about: SessionFacts
  /** As the interpreter keeps it. Holds all values, sensitive ones too: it is not for logs. */
  readonly state: Session
}

/** One step of a session's history. */
export interface HistoryView {
  readonly revision: number
  readonly at: number
  /** Type of the event that led to it; absent for the start. */
  readonly event?: string
  /** Who did it, and what, where it was an operator. */
  readonly by?: string
  readonly operation?: string
  /** True in test mode. */
  readonly test?: true
  readonly entries: readonly TraceEntry[]
}

/** An effect that was given up. What it carries is masked where it is sensitive. */
export interface DeadLetterView {
  readonly number: number
  readonly session: string
  readonly at: number
  readonly effect: Effect
  readonly reason: string
}

export interface LogView {
  readonly number: number
  readonly logbook: string
  readonly session: string
  readonly at: number
  readonly fields: { readonly [name: string]: unknown }
  readonly flow: string
  readonly node: string
  readonly test?: true
}

/** What is stored of the sessions of one workspace, read. Works on a store alone, without a host. */
export class SessionReader {
  readonly #store: SessionStore
  readonly #tenant: string
  readonly #codec: Codec

  constructor(store: SessionStore, tenant: string, codec: Codec = PLAIN) {
    this.#store = store
    this.#tenant = tenant
    this.#codec = codec
  }

  list(query: SessionQuery = {}): Promise<Slice<ListedSession>> {
    return this.#store.list(this.#tenant, query)
  }

  async inspect(session: string): Promise<SessionView | undefined> {
    const stored = await this.#store.read(this.#tenant, session)
    if (stored === undefined) return undefined
    const { session: state, about } = await this.#read<SessionRecord>(stored.text)
    return { session, revision: stored.revision, head: stored.head, about, state }
  }

  async history(session: string, after = 0): Promise<readonly HistoryView[]> {
    const entries = await this.#store.history(this.#tenant, session, after)
    return Promise.all(
      entries.map(async ({ revision, text }) => ({
        revision,
        ...readHistory(session, await this.#codec.decode(text)),
      })),
    )
  }

  async deadLetters(query: DeadLetterQuery = {}): Promise<Slice<DeadLetterView>> {
    const slice = await this.#store.deadLetters(this.#tenant, query)
    const items = await Promise.all(
      slice.items.map(async ({ number, session, at, text }) => ({
        number,
        session,
        at,
        ...shownLetter(await this.#read<DeadLetterText>(text)),
      })),
    )
    return { ...slice, items }
  }

  async log(query: LogQuery = {}): Promise<Slice<LogView>> {
    const slice = await this.#store.log(this.#tenant, query)
    const items = await Promise.all(
      slice.items.map(async ({ text, ...entry }) => ({
        ...entry,
        ...(await this.#read<Pick<LogView, 'fields' | 'flow' | 'node'>>(text)),
      })),
    )
    return { ...slice, items }
  }

  counts(prefix = ''): Promise<ReadonlyMap<string, number>> {
    return this.#store.counts(this.#tenant, prefix)
  }

  async #read<Value>(text: string): Promise<Value> {
    return JSON.parse(await this.#codec.decode(text)) as Value
  }
}
