import { KeyedTurns } from '../../base/keyed-turns.ts'
import type { Clock } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { Run } from '../../interpreter/interpreter.ts'
import type { Program } from '../../interpreter/program.ts'
import type { Effect } from '../../nodes/effects.ts'
import { MAX_PAGE } from '../../releases/reading/pages.ts'
import type { Commit, SessionStore } from '../stores/session-store.ts'
import { type Codec, PLAIN } from './codec.ts'
import type { Committer } from './committer.ts'
import { countPlace, Tally } from './counts.ts'
import { eventHead, type HostEventBody, type HostFeed } from './feed.ts'
import { type Changed, isIdle, type Live, type Step, type Stepping } from './live.ts'
import { MarkedSessions } from './marked-sessions.ts'
import type { Programs } from './programs.ts'
import { recordAfter } from './record-after.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import { type CommitDraft, composeCommit, joined } from './session-commit.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'
import type { WorkPool } from './work-pool.ts'

/** How often a change is tried on what somebody else has left of the session. */
const MAX_ATTEMPTS = 8

export interface SessionDeskPorts {
  readonly tenant: string
  readonly store: SessionStore
  readonly committer: Committer
  readonly programs: Programs
  readonly codec: Codec
  readonly clock: Clock
  readonly feed: HostFeed
  readonly pool: WorkPool
  /** Sessions kept in memory. */
  readonly cached: number
  /** How long a session may lie idle, in milliseconds. */
  readonly idleMs: number | undefined
  /** True for log entries that the host keeps itself. */
  readonly keepsLogs: boolean
  /** Work has been stored that is to be done. */
  worked(entry: number, session: string, effects: readonly Effect[]): void
  /** A timer has been stored. */
  armed(due: number): void
  /** A commit has failed, and nobody knows whether it has been stored. */
  unsure(): void
}

/** Changes sessions one step at a time: each in its own order, stored before anybody hears of it. */
export class SessionDesk {
  readonly #ports: SessionDeskPorts
  readonly #turns = new KeyedTurns()
  readonly #cache = new Map<string, Live>()
  readonly #marked: MarkedSessions

  constructor(ports: SessionDeskPorts) {
    this.#ports = ports
    const { store, tenant } = ports
    this.#marked = new MarkedSessions((mark, after) =>
      store.marked(tenant, mark, { limit: MAX_PAGE, ...(after === undefined ? {} : { after }) }),
    )
  }

  /** Sessions that bear a mark; of very many those with the highest ids, which began last. */
  marked(mark: string): Promise<readonly string[]> {
    return this.#marked.of(mark)
  }

  /** The session as it is stored, with its program. Throws where it cannot run here. */
  async load(id: string): Promise<Live | undefined> {
    const cached = this.#cache.get(id)
    if (cached !== undefined) {
      // The one asked for longest ago stands first.
      this.#cache.delete(id)
      this.#cache.set(id, cached)
      return cached
    }
    const { tenant, store, programs } = this.#ports
    const stored = await store.read(tenant, id)
    if (stored === undefined) return undefined
    const record = await this.decode(stored.text)
    const { program, programs: chosen } = await programs.of(record)
    const live = { record, revision: stored.revision, head: stored.head, program, programs: chosen }
    this.#keep(live)
    return live
  }

  /** What a store holds of a session, read. */
  async decode(text: string): Promise<SessionRecord> {
    const plain = await this.#ports.codec.decode(text)
    try {
      return JSON.parse(plain) as SessionRecord
    } catch {
      throw new SluiceError({
        code: 'session.unreadable',
        problem: 'What is stored of a session is no JSON',
        next: 'Open the store with the codec that it was written with, or restore it from a copy',
      })
    }
  }

  /** What was settled when a session started; `undefined` where it is not there any more. */
  async facts(id: string): Promise<SessionFacts | undefined> {
    const cached = this.#cache.get(id)
    if (cached !== undefined) return cached.record.about
    const { tenant, store } = this.#ports
    const stored = await store.read(tenant, id)
    return stored === undefined ? undefined : (await this.decode(stored.text)).about
  }

  /** Forgets what is in memory of a session; for those that were erased. */
  forget(id: string): void {
    this.#cache.delete(id)
    this.#marked.clear()
  }

  /** What a session that is no more no longer counts as. */
  placeCounts(record: SessionRecord): Commit['counts'] & {} {
    const tally = new Tally()
    countPlace(tally, record, undefined)
    return tally.changes
  }

  /** Does something when it is the session's turn. */
  inTurn<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const { pool, tenant } = this.#ports
    return this.#turns.take(id, () => pool.run(tenant, work))
  }

  /** Changes a session by one step, with whatever else is to be stored together with it. */
  change(id: string, stepping: Stepping, also: Commit = {}): Promise<Changed> {
    return this.inTurn(id, () => this.#change(id, stepping, also))
  }

  /** Stores a session that has just started. */
  async begin(record: SessionRecord, run: Run, program: Program, also: Commit): Promise<Changed> {
    const { pool, tenant, clock } = this.#ports
    const begun = await pool.run(tenant, () =>
      this.#store(undefined, { ok: true, run }, record, program, clock.now(), also),
    )
    if (begun !== undefined) return begun
    throw new SluiceError({
      code: 'host.ids',
      problem: `The id ${record.session.id} was given to a session before`,
      next: 'Pass ids that are never given twice, also after a restart',
    })
  }

  async #change(id: string, stepping: Stepping, also: Commit): Promise<Changed> {
    const { clock, committer } = this.#ports
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      let live: Live | undefined
      try {
        live = await this.load(id)
      } catch (error) {
        return this.#quarantine(id, error)
      }
      const now = clock.now()
      const step =
        live === undefined
          ? refuseInHost('session.unknown', { session: id })
          : await this.#step(stepping, live, now)
      if (!step.ok || live === undefined) {
        // Done under this key before, it could only be refused now.
        const before = await this.#claimant(also)
        if (before !== undefined) return { ok: true, duplicateOf: before }
        this.#tellRefused(live, step as HostRefusal)
        // What is settled is settled, whatever the session has to say to it; but it cannot say anything in quarantine.
        const isSettled = live === undefined || (step as HostRefusal).code !== 'session.quarantined'
        const kept = withoutClaims(live === undefined ? withoutLetters(also) : also)
        if (isSettled && isWorthStoring(kept)) await committer.commit(kept)
        return step as HostRefusal
      }
      const changed = await this.#store(live, step, live.record, step.program ?? live.program, now, also)
      if (changed !== undefined) return changed
      this.#cache.delete(id)
    }
    return refuseInHost('session.contended', { session: id })
  }

  async #claimant({ claims = [] }: Commit): Promise<string | undefined> {
    const { store, tenant } = this.#ports
    for (const { key, now } of claims) {
      const session = await store.claimant(tenant, key, now)
      if (session !== undefined) return session
    }
    return undefined
  }

  /** Misuse that shows only now is a fault of the deployment: the session stays as it is. */
  async #step(stepping: Stepping, live: Live, now: number): Promise<Step | HostRefusal> {
    try {
      return await stepping(live, now)
    } catch (error) {
      return this.#quarantine(live.record.session.id, error, live)
    }
  }

  async #quarantine(session: string, error: unknown, live?: Live): Promise<HostRefusal> {
    if (!isQuarantining(error)) throw error
    const { feed, store, tenant, clock } = this.#ports
    const facts = live?.record.about ?? (feed.isHeard ? (await store.read(tenant, session))?.head : undefined)
    if (facts !== undefined)
      feed.emit({
        ...eventHead(tenant, session, facts, clock.now()),
        type: 'quarantined',
        code: error.code,
      })
    return refuseInHost('session.quarantined', { session, fault: error.problem, code: error.code })
  }

  /** Stores one step; `undefined` where somebody else has changed the session. */
  async #store(
    live: Live | undefined,
    step: Step,
    record: SessionRecord,
    program: Program,
    now: number,
    also: Commit,
  ): Promise<Changed | undefined> {
    const { idleMs, keepsLogs, codec } = this.#ports
    const after = recordAfter(live, step, record, now, idleMs)
    const { commit, head, work } = composeCommit(live, step, after, now, keepsLogs)
    if (codec !== PLAIN) await encode(commit, codec)
    const answer = await this.#commit(commit, also)
    if (!answer.ok) {
      if (answer.reason === 'revision') return undefined
      return { ok: true, duplicateOf: answer.session }
    }
    const next: Live = {
      record: after,
      revision: (live?.revision ?? 0) + 1,
      head: head ?? live!.head,
      program,
      programs: usesOwnPrograms(after) ? live?.programs : undefined,
    }
    this.#marked.changed(commit.mark, commit.unmark)
    this.#publish(live, next, step, work, answer.entry)
    return { ok: true, live: next }
  }

  async #commit(commit: CommitDraft, also: Commit) {
    const { committer } = this.#ports
    try {
      return await committer.commit(joined(commit, also))
    } catch (error) {
      // Nobody knows what the store has kept.
      this.#cache.delete(commit.next.session)
      this.#marked.clear()
      this.#ports.unsure()
      throw error
    }
  }

  #publish(
    before: Live | undefined,
    after: Live,
    step: Step,
    work: readonly Effect[],
    entry: number | undefined,
  ): void {
    const { worked, armed } = this.#ports
    const { record } = after
    const { session } = record
    // What chose a version on its way is loaded with it.
    if (after.programs === undefined && usesOwnPrograms(after.record)) this.#keep(after)
    else this.#cache.delete(session.id)
    if (record.armed !== undefined && record.armed !== before?.record.armed) armed(record.armed)
    if (entry !== undefined) worked(entry, session.id, work)
    if (!this.#ports.feed.isHeard) return
    this.#tell(record, bodiesOf(before, after, step))
  }

  #tell({ session, about }: SessionRecord, bodies: readonly HostEventBody[]): void {
    const { feed, tenant, clock } = this.#ports
    const head = eventHead(tenant, session.id, about, clock.now())
    for (const body of bodies) feed.emit({ ...head, ...body })
  }

  #tellRefused(live: Live | undefined, { code, details: { event } }: HostRefusal): void {
    if (live === undefined || typeof event !== 'string' || !this.#ports.feed.isHeard) return
    this.#tell(live.record, [{ type: 'refused', event, code }])
  }

  #keep(live: Live): void {
    const { id } = live.record.session
    this.#cache.delete(id)
    this.#cache.set(id, live)
    if (this.#cache.size > this.#ports.cached) this.#cache.delete(this.#cache.keys().next().value!)
  }
}

/** Errors of programmers and of deployments that a session must not pay for. */
const QUARANTINES = /^(executable|session|content|codec)\./

/** True for an error that leaves a session as it is until the deployment is mended; others are of the moment. */
export function isQuarantining(error: unknown): error is SluiceError {
  return error instanceof SluiceError && QUARANTINES.test(error.code)
}

function usesOwnPrograms({ session }: SessionRecord): boolean {
  return session.frames.every(({ hash }) => hash === undefined)
}

/** Puts what a codec makes of them in the place of the texts of a commit. */
async function encode(commit: CommitDraft, codec: Codec): Promise<void> {
  const { next, work, log } = commit
  next.text = await codec.encode(next.text)
  if (next.history !== undefined) next.history = await codec.encode(next.history)
  if (work !== undefined) commit.work = { ...work, text: await codec.encode(work.text) }
  if (log !== undefined)
    commit.log = await Promise.all(
      log.map(async (entry) => ({ ...entry, text: await codec.encode(entry.text) })),
    )
}

function isWorthStoring({ settled, postponed, dead, revived, counts, cursors }: Commit): boolean {
  return [settled, postponed, dead, revived, counts, cursors].some((each) => each !== undefined)
}

/** A key is claimed by what was done under it, and nothing was. */
function withoutClaims({ claims: _claims, ...rest }: Commit): Commit {
  return rest
}

/** Of a session that has been erased nothing is kept. */
function withoutLetters({ dead: _dead, ...rest }: Commit): Commit {
  return rest
}

function bodiesOf(before: Live | undefined, { record, revision }: Live, step: Step): HostEventBody[] {
  const { session, about } = record
  const bodies: HostEventBody[] = []
  if (isIdle(step)) return bodies
  const { contact, kind } = about
  if (before === undefined)
    bodies.push({ type: 'started', kind, ...(contact === undefined ? {} : { contact }) })
  if (step.operated !== undefined) bodies.push({ type: 'operated', ...step.operated })
  bodies.push({ type: 'advanced', revision, trace: step.run.trace.entries() })
  const { status, wait, flowOutcome = '', error } = session
  if (status === 'waiting') {
    const { node } = session.frames.at(-1)!
    bodies.push({ type: 'waits', node, ...(wait?.dueAt === undefined ? {} : { until: wait.dueAt }) })
  } else if (status === 'ended') bodies.push({ type: 'ended', flowOutcome })
  else bodies.push({ type: 'failed', code: error?.code ?? '', node: error?.node ?? '' })
  return bodies
}
