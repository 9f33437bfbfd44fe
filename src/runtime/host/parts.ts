import type { Clock } from '../../base/ports.ts'
import type { WorkspaceState } from '../../releases/state.ts'
import type { ContactStore } from '../stores/contact-store.ts'
import type { SessionStore } from '../stores/session-store.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Codec } from './codec.ts'
import type { Committer } from './committer.ts'
import type { EffectRunner } from './effect-runner.ts'
import type { HostFeed } from './feed.ts'
import type { Programs } from './programs.ts'
import type { SessionDesk } from './session-desk.ts'
import type { Starter } from './starter.ts'

/** What the parts of a host share. */
export interface HostParts {
  readonly tenant: string
  readonly workspace: Workspace
  readonly sessions: SessionStore
  readonly contacts: ContactStore
  readonly clock: Clock
  readonly codec: Codec
  readonly feed: HostFeed
  readonly committer: Committer
  readonly programs: Programs
  readonly desk: SessionDesk
  readonly starter: Starter
  readonly runner: EffectRunner
  /** How long what was done once is remembered, in milliseconds. */
  readonly rememberMs: number
  /** The workspace as it is now. */
  state(): Promise<WorkspaceState>
}
