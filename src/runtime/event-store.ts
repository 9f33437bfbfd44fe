import type { Json } from '../base/json.ts'

/** Where events are kept, stream by stream; what is in a stream never changes. */
export interface EventStore {
  /** The events of a stream after a revision, in order; revision 0 is before the first. An unknown stream is empty. */
  read(stream: string, after?: number): Promise<readonly Json[]>
  /**
   * Adds events to one or several streams: to all of them, or, where one is not at its expected revision, to none.
   * Resolves when they are stored for good.
   */
  append(batches: readonly EventBatch[]): Promise<AppendAnswer>
  /** The names of the streams that begin with a text, in order. */
  list(prefix: string): Promise<readonly string[]>
}

export interface EventBatch {
  readonly stream: string
  /** How many events the stream holds, as far as the writer knows. */
  readonly expected: number
  readonly events: readonly Json[]
}

/** With the revision that a stream is at instead, where somebody else was first. */
export type AppendAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly stream: string; readonly revision: number }

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
      for (const { stream, events } of batches) {
        const texts = events.map((event) => JSON.stringify(event))
        streams.set(stream, [...(streams.get(stream) ?? []), ...texts])
      }
      return { ok: true }
    },
    async list(prefix) {
      return [...streams.keys()].filter((stream) => stream.startsWith(prefix)).sort()
    },
  }
}
