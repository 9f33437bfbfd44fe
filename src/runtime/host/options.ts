import type { Clock, Ids, Timers } from '../../base/ports.ts'
import type { Random } from '../../base/random.ts'
import type { ExpressionLinker, RegexEngine } from '../../expressions/types.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import type { Channel, EffectHandler } from '../channels/channel.ts'
import type { Store } from '../stores/store.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Codec } from './codec.ts'
import type { WorkPool } from './work-pool.ts'

/** What `createHost` needs, and what it can be given. */
export interface HostOptions {
  readonly workspace: Workspace
  /** The node types that flows may use. */
  readonly nodes: NodeTypes
  /** Where sessions are kept; best the store of the workspace. In memory unless given, and then gone with the process. */
  readonly store?: Pick<Store, 'sessions' | 'contacts'>
  readonly channels?: readonly Channel[]
  /** Who does effects, by type. They go before channels, and before what the host does itself. */
  readonly handlers?: { readonly [type: string]: EffectHandler }
  /** Who does effects of test sessions, by type, whomever they would reach otherwise. */
  readonly testHandlers?: { readonly [type: string]: EffectHandler }
  /** The time, and the timers; those of the machine unless given. */
  readonly clock?: Clock & Timers
  readonly ids?: Ids
  /** For the jitter of retries. */
  readonly random?: Random
  /** Engine for regular expressions; RE2 unless given. */
  readonly regex?: RegexEngine
  /** Expression languages beside CEL. */
  readonly languages?: readonly ExpressionLinker[]
  /**
   * Encrypts what is stored of sessions, but for what a store finds them by, which `Codec` lists; texts stand as they are
   * unless given.
   */
  readonly codec?: Codec
  /** Shares out work between the hosts of a process; one of its own unless given. */
  readonly pool?: WorkPool
  /** How long a session may wait without anything coming in before it gets the signal `expired`; for ever unless given. */
  readonly idleMs?: number
  /** How long sessions are kept after their end with history and log entries; for ever unless given. */
  readonly keepEndedMs?: number
  /** How long the ids of what came in are remembered; 7 days unless given. */
  readonly rememberMs?: number
  /** How long a handler may take, where an effect does not say; 30 seconds unless given. */
  readonly effectTimeoutMs?: number
  /** Effects tried at once; 256 unless given. */
  readonly effectConcurrency?: number
  /** Sessions kept in memory between two inputs; 1,000 unless given. */
  readonly cachedSessions?: number
  /** Takes down a recording that lies with a provider, where a contact or an old session is erased. */
  readonly eraseRecording?: (url: string) => Promise<void>
  /** How often the host looks for what others have stored: releases, dead letters taken back; every 10 seconds unless given. */
  readonly lookMs?: number
  /** Told of errors that nobody waits for, such as those of a store in the background; nothing unless given. */
  readonly onError?: (error: unknown) => void
}

export const DAY_MS = 86_400_000

/** Values of options that are left out. */
export const USUAL = {
  rememberMs: 7 * DAY_MS,
  effectConcurrency: 256,
  cachedSessions: 1_000,
  lookMs: 10_000,
} as const
