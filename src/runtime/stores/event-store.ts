import type { Json } from '../../base/json.ts'

/**
 * Where events are kept, stream by stream; what is in a stream never changes. `eventStoreContract` of `sluice/testing`
 * holds an implementation against all that is said here.
 */
export interface EventStore {
  /**
   * The events of a stream after a revision, in order; revision 0 is before the first. An unknown stream is empty. What has
   * been appended before the call is among them.
   */
  read(stream: string, after?: number): Promise<readonly Json[]>
  /**
   * Adds events to one or several streams: to all of them, or, where one is not at its expected revision, to none. Whoever
   * reads sees all of it or nothing. Resolves when they are stored for good.
   */
  append(batches: readonly EventBatch[]): Promise<AppendAnswer>
  /** The streams whose names begin with a text, in order of their names by code unit, with how far each has come. */
  list(prefix: string): Promise<readonly StreamHead[]>
}

export interface EventBatch {
  /** Letters, digits and `_ . - ~ ! * ' ( ) % /`; upper and lower case are not the same. Each stream at most once in a call. */
  readonly stream: string
  /** How many events the stream holds, as far as the writer knows. */
  readonly expected: number
  /** May be empty: then the stream has to be at the revision, and is left as it is. */
  readonly events: readonly Json[]
}

/** With the revision that a stream is at instead, where somebody else was first. */
export type AppendAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly stream: string; readonly revision: number }

export interface StreamHead {
  readonly stream: string
  /** How many events it holds. */
  readonly revision: number
}

/** Events in memory, for tests, browsers and trying things out. They are kept as JSON text, as on a disk. */
export function memoryEventStore(): EventStore {
  const streams = new Map<string, string[]>()
  return {
    async read(stream, after = 0) {
      return (streams.get(stream) ?? []).slice(after).map((text) => JSON.parse(text) as Json)
    },
    async append(batches) {
      for (const { stream, expected } of batches) {
        const revision = streams.get(stream)?.length ?? 0
        if (revision !== expected) return { ok: false, stream, revision }
      }
      // What cannot be written must not leave half of it behind.
      const written = batches.map(({ events }) => events.map((event) => JSON.stringify(event)))
      for (const [index, { stream }] of batches.entries()) {
        const texts = written[index]!
        if (texts.length === 0) continue
        const kept = streams.get(stream)
        if (kept === undefined) streams.set(stream, texts)
        else for (const text of texts) kept.push(text)
      }
      return { ok: true }
    },
    async list(prefix) {
      const found = [...streams].filter(([stream]) => stream.startsWith(prefix))
      return found
        .map(([stream, texts]) => ({ stream, revision: texts.length }))
        .sort((a, b) => (a.stream < b.stream ? -1 : 1))
    },
  }
}
