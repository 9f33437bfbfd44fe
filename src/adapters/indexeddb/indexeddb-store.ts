import type { Store } from '../../runtime/stores/store.ts'
import { indexedDbContactStore } from './contact-store.ts'
import { openDatabase } from './database.ts'
import { indexedDbLinkStore } from './link-store.ts'
import { indexedDbSessionStore } from './session-store.ts'
import { indexedDbContentStore, indexedDbEventStore } from './workspace-stores.ts'

export interface IndexedDbStore extends Store {
  /** To be called when nothing uses the store any more. */
  close(): void
}

export interface IndexedDbOptions {
  /** What makes databases; that of the browser unless given. */
  readonly factory?: IDBFactory
}

/**
 * Everything that a workspace and its host keep, in a database of the browser. Resolves when it is open.
 *
 * Throws `store.failed` where the browser does not let the page store data, and `store.newer` where a later release has
 * opened the database.
 *
 * @example
 * const store = await indexedDbStore('sluice')
 * const workspace = openWorkspace({ id: 'acme', nodes: palette, ...store })
 */
export async function indexedDbStore(
  name: string,
  { factory = indexedDB }: IndexedDbOptions = {},
): Promise<IndexedDbStore> {
  const database = await openDatabase(factory, name)
  return {
    events: indexedDbEventStore(database),
    contents: indexedDbContentStore(database),
    sessions: indexedDbSessionStore(database),
    contacts: indexedDbContactStore(database),
    links: indexedDbLinkStore(database),
    close: () => database.close(),
  }
}
