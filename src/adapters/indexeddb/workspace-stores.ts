import type { Json } from '../../base/json.ts'
import type { ContentStore } from '../../runtime/stores/content-store.ts'
import type { EventStore, StreamHead } from '../../runtime/stores/event-store.ts'
import { type Database, done } from './database.ts'

/** Events, stream by stream. They are kept as JSON text, as elsewhere. */
export function indexedDbEventStore(database: Database): EventStore {
  return {
    read: (stream, after = 0) =>
      database.read(['events'], async (stores) => {
        const range = IDBKeyRange.bound([stream, after], [stream, []], true)
        const rows = await done(stores('events').getAll(range))
        return rows.map(({ text }) => JSON.parse(text) as Json)
      }),
    async append(batches) {
      // What cannot be written must not leave half of it behind.
      const texts = batches.map(({ events }) => events.map((event) => JSON.stringify(event)))
      return database.write(['streams', 'events'], async (stores) => {
        for (const { stream, expected } of batches) {
          const head = (await done(stores('streams').get(stream))) as StreamHead | undefined
          const revision = head?.revision ?? 0
          if (revision !== expected) return { ok: false, stream, revision }
        }
        for (const [index, { stream, expected }] of batches.entries()) {
          const added = texts[index]!
          if (added.length === 0) continue
          for (const [i, text] of added.entries())
            stores('events').put({ stream, revision: expected + i + 1, text })
          stores('streams').put({ name: stream, revision: expected + added.length })
        }
        return { ok: true }
      })
    },
    list: (prefix) =>
      database.read(['streams'], async (stores) => {
        const rows = await done(stores('streams').getAll(IDBKeyRange.lowerBound(prefix)))
        return rows
          .filter(({ name }) => name.startsWith(prefix))
          .map(({ name, revision }) => ({ stream: name, revision }))
      }),
  }
}

/** Documents and executables, by hash. */
export function indexedDbContentStore(database: Database): ContentStore {
  return {
    put: (hash, text) =>
      database.write(['contents'], async (stores) => {
        await done(stores('contents').put({ hash, text }))
      }),
    get: (hash) =>
      database.read(['contents'], async (stores) => (await done(stores('contents').get(hash)))?.text),
  }
}
