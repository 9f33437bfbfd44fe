import type { Json } from '../../base/json.ts'
import type { AppendAnswer, EventBatch, EventStore } from '../../runtime/stores/event-store.ts'
import type { Connection, Parameter } from './connection.ts'
import { behindPrefix } from './text-codec.ts'

/** Events, stream by stream. */
export function sqliteEventStore(connection: Connection): EventStore {
  const headOf = (stream: string) =>
    connection.prepare('SELECT n, revision FROM streams WHERE name = ?').get(stream)
  return {
    read: (stream, after = 0) =>
      connection.read(() =>
        connection
          .prepare(
            `SELECT text FROM events
             WHERE stream = (SELECT n FROM streams WHERE name = ?) AND revision > ? ORDER BY revision`,
          )
          .all(stream, after)
          .map(({ text }) => JSON.parse(String(text)) as Json),
      ),
    append: (batches) =>
      connection.write((): AppendAnswer => {
        for (const { stream, expected } of batches) {
          const revision = Number(headOf(stream)?.revision ?? 0)
          if (revision !== expected) return { ok: false, stream, revision }
        }
        for (const batch of batches) if (batch.events.length > 0) append(batch)
        return { ok: true }
      }),
    list: (prefix) =>
      connection.read(() => {
        const behind = behindPrefix(prefix)
        const [condition, values]: [string, Parameter[]] =
          behind === undefined ? ['name >= ?', [prefix]] : ['name >= ? AND name < ?', [prefix, behind]]
        return connection
          .prepare(`SELECT name, revision FROM streams WHERE ${condition} ORDER BY name`)
          .all(...values)
          .map(({ name, revision }) => ({ stream: String(name), revision: Number(revision) }))
      }),
  }

  function append({ stream, expected, events }: EventBatch): void {
    const revision = expected + events.length
    connection
      .prepare(
        `INSERT INTO streams (name, revision) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET revision = excluded.revision`,
      )
      .run(stream, revision)
    const n = headOf(stream)!.n!
    const insert = connection.prepare('INSERT INTO events VALUES (?, ?, ?)')
    for (const [i, event] of events.entries()) insert.run(n, expected + i + 1, JSON.stringify(event))
  }
}
