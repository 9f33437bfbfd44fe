import type { LinkStore } from '../../sharing/links/link-store.ts'
import type { ContactStore } from './contact-store.ts'
import type { ContentStore } from './content-store.ts'
import type { EventStore } from './event-store.ts'
import type { SessionStore } from './session-store.ts'

/** Everything that a workspace and its host keep, in one place. */
export interface Store {
  readonly events: EventStore
  readonly contents: ContentStore
  readonly sessions: SessionStore
  readonly contacts: ContactStore
  readonly links: LinkStore
}
