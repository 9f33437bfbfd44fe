import { memoryLinkStore } from '../../sharing/links/memory-link-store.ts'
import { memoryContentStore } from './content-store.ts'
import { memoryEventStore } from './event-store.ts'
import { memoryContactStore } from './memory-contact-store.ts'
import { memorySessionStore } from './memory-session-store.ts'
import type { Store } from './store.ts'

/**
 * Everything in memory, for tests, browsers and trying things out.
 *
 * @example
 * const store = memoryStore()
 * const workspace = openWorkspace({ id: 'acme', nodes: palette, ...store })
 * const host = await createHost({ workspace, nodes: palette, store })
 */
export function memoryStore(): Store {
  return {
    events: memoryEventStore(),
    contents: memoryContentStore(),
    sessions: memorySessionStore(),
    contacts: memoryContactStore(),
    links: memoryLinkStore(),
  }
}
