import type { ContentStore } from '../../runtime/stores/content-store.ts'
import type { Connection } from './connection.ts'

/** Documents and executables by their hash. */
export function sqliteContentStore(connection: Connection): ContentStore {
  return {
    put: (hash, text) =>
      connection.write(() => {
        connection.prepare('INSERT OR IGNORE INTO contents VALUES (?, ?)').run(hash, text)
      }),
    get: (hash) =>
      connection.read(() => {
        const row = connection.prepare('SELECT text FROM contents WHERE hash = ?').get(hash)
        return row === undefined ? undefined : String(row.text)
      }),
  }
}
