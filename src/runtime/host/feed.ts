import type { TraceEntry } from '../../interpreter/trace.ts'
import type { Effect } from '../../nodes/effects.ts'
import type { SessionFacts } from './session-record.ts'

/** What every event of a host says. */
interface HostEventHead {
  readonly workspace: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  readonly session: string
  readonly flow: string
  /** Id of the version. */
  readonly version: string
  /** True for sessions of test mode. */
  readonly test?: true
}

/** Something that has happened to a session. It is told once it is stored; what was not stored is never told. */
export type HostEvent = HostEventHead & HostEventBody

export type HostEventBody =
  | { readonly type: 'started'; readonly kind: string; readonly contact?: string }
  /** It took steps; the trace of them, with sensitive values masked. */
  | { readonly type: 'advanced'; readonly revision: number; readonly trace: readonly TraceEntry[] }
  | { readonly type: 'waits'; readonly node: string; readonly until?: number }
  | { readonly type: 'ended'; readonly flowOutcome: string }
  | { readonly type: 'failed'; readonly code: string; readonly node: string }
  /** An event came that the session did not take. */
  | { readonly type: 'refused'; readonly event: string; readonly code: string }
  | ({ readonly type: 'effectDone' } & TriedEffect)
  | ({
      readonly type: 'effectFailed'
      readonly reason: string
      /** When it is tried again; absent where it was given up. */
      readonly again?: number
    } & TriedEffect)
  /** It cannot run here, and stays as it is. */
  | { readonly type: 'quarantined'; readonly code: string }
  | { readonly type: 'operated'; readonly by: string; readonly operation: string }

/** One try at an effect. */
interface TriedEffect {
  /** What it carries is masked where it is sensitive. */
  readonly effect: Effect
  /** Counts the tries from 1. */
  readonly attempt: number
  /** Milliseconds since it was its turn; waiting for the pace of a channel counts. */
  readonly tookMs: number
}

export type HostListener = (event: HostEvent) => void

/** How much an iterator keeps for a reader who is slow. */
const MAX_KEPT = 10_000

/**
 * The events of a host. To be listened to, observed (`subscribe` takes an observer, as observables do), or iterated; each
 * way ends with its signal.
 *
 * @example
 * for await (const event of host.events.iterate({ signal })) console.log(event.type, event.session)
 */
export class HostFeed implements AsyncIterable<HostEvent> {
  readonly #listeners = new Set<HostListener>()
  readonly #ends = new Set<() => void>()
  readonly #failed: ((error: unknown) => void) | undefined
  #closed = false

  /** With who is told of what listeners throw. */
  constructor(failed?: (error: unknown) => void) {
    this.#failed = failed
  }

  /** False where nobody would hear of an event, which then need not be made. */
  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /** Tells every listener. What one of them throws does not reach the host: where nobody else is told it is thrown on its own. */
  emit(event: HostEvent): void {
    // Whoever begins to listen because of an event hears the next one.
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue
      try {
        listener(event)
      } catch (error) {
        if (this.#failed !== undefined) this.#failed(error)
        else
          queueMicrotask(() => {
            throw error
          })
      }
    }
  }

  /** Calls back for each event until it is ended by what it returns, or by the signal. */
  subscribe(
    observer: HostListener | { readonly next?: HostListener; readonly complete?: () => void },
    { signal }: { readonly signal?: AbortSignal } = {},
  ): { unsubscribe(): void } {
    const next = typeof observer === 'function' ? observer : observer.next
    const complete = typeof observer === 'function' ? undefined : observer.complete
    // Each subscription is one, also where a function subscribes twice.
    const listener: HostListener = (event) => next?.(event)
    const unsubscribe = () => {
      this.#listeners.delete(listener)
      this.#ends.delete(end)
      signal?.removeEventListener('abort', unsubscribe)
    }
    const end = () => {
      unsubscribe()
      complete?.()
    }
    if (signal?.aborted === true) return { unsubscribe }
    if (this.#closed) {
      complete?.()
      return { unsubscribe }
    }
    this.#listeners.add(listener)
    this.#ends.add(end)
    signal?.addEventListener('abort', unsubscribe)
    return { unsubscribe }
  }

  /**
   * The events from the first time on that one is asked for, until the signal aborts or the host closes. A reader who falls 10,000 events behind misses the
   * oldest of them.
   */
  async *iterate({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<HostEvent, void, void> {
    let kept: HostEvent[] = []
    let open = signal?.aborted !== true
    let wake = () => {}
    const stop = () => {
      open = false
      wake()
    }
    const subscription = this.subscribe({
      next(event) {
        if (!open) return
        if (kept.length >= MAX_KEPT) kept.shift()
        kept.push(event)
        wake()
      },
      complete: stop,
    })
    signal?.addEventListener('abort', stop)
    try {
      while (open) {
        const events = kept
        kept = []
        yield* events
        if (kept.length === 0 && open)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
      yield* kept
    } finally {
      signal?.removeEventListener('abort', stop)
      subscription.unsubscribe()
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<HostEvent, void, void> {
    return this.iterate()
  }

  /** Ends every subscription, and those that come later. */
  close(): void {
    this.#closed = true
    for (const end of [...this.#ends]) end()
  }
}

/** What the events of one session begin with. */
export function eventHead(
  workspace: string,
  session: string,
  { flow, version, test }: Pick<SessionFacts, 'flow' | 'version' | 'test'>,
  at: number,
): HostEventHead {
  return { workspace, at, session, flow, version, ...(test === undefined ? {} : { test }) }
}
