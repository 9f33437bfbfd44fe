import type { Clock } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { Run } from '../../interpreter/interpreter.ts'
import type { Program } from '../../interpreter/program.ts'
import type { Effect } from '../../nodes/effects.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import { SAYING } from '../channels/usual.ts'
import type { Commit, Mark, SessionHead, SessionStore } from '../stores/session-store.ts'
import type { Codec } from './codec.ts'
import type { Committer } from './committer.ts'
import { countFate, countPlace, countSteps, Tally } from './counts.ts'
import { eventHead, type HostEventBody, type HostFeed } from './feed.ts'
import { KeyedTurns } from './keyed-turns.ts'
import { MarkedSessions } from './marked-sessions.ts'
import { cardsAfter } from './open-cards.ts'
import { workOf } from './outbox-work.ts'
import type { Programs } from './programs.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'
import { foldAddress } from './test-mode.ts'
import type { WorkPool } from './work-pool.ts'

/** Sessions of one mark that are looked at. */
const MAX_MARKED = 50
/** How often a change is tried on what somebody else has left of the session. */
const MAX_ATTEMPTS = 8

/** A session in memory. */
export interface Live {
  readonly record: SessionRecord
  readonly revision: number
  readonly head: SessionHead
  readonly program: Program
  readonly programs: ReadonlyMap<string, Program> | undefined
}

/** One change of a session, before it is stored. */
export interface Step {
  readonly ok: true
  readonly run: Run
  /** The event that led to it. */
  readonly event?: SessionEvent
  /** Who did it, where it was an operator. */
  readonly operated?: { readonly by: string; readonly operation: string }
  /** Members of the record that change beside the session. */
  readonly patch?: Partial<SessionRecord>
  /** The program from now on, where it is another one. */
  readonly program?: Program
  /** Effects beside those of the run. */
  readonly effects?: readonly Effect[]
}

export type Stepping = (live: Live, now: number) => Step | HostRefusal | Promise<Step | HostRefusal>

/** What became of a change: the session afterwards, or why there was none. */
export type Changed =
  | { readonly ok: true; readonly live: Live }
  /** Its key was claimed before: it was done already. */
  | { readonly ok: true; readonly duplicateOf: string }
  | HostRefusal

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
    this.#marked = new MarkedSessions((mark) => store.marked(tenant, mark, { limit: MAX_MARKED }))
  }

  /** Sessions that bear a mark; of very many only some. */
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
    return JSON.parse(await this.#ports.codec.decode(text)) as SessionRecord
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
    const { run } = step
    const { session } = run
    const after = this.#recordAfter(live, step, record, now)
    const revision = (live?.revision ?? 0) + 1
    const head = headOf(after, now, live)
    const effects = step.effects === undefined ? run.effects : [...run.effects, ...step.effects]
    const { work, log } = await this.#share(effects, after, now)
    const armedBefore = live?.record.armed
    const commit = await this.#compose(live, step, after, now)
    const answer = await this.#commit(
      {
        ...commit,
        next: {
          ...commit.next!,
          ...(head === undefined ? {} : { head }),
          ...(after.armed === armedBefore ? {} : { timer: timerOf(armedBefore, after.armed) }),
        },
        ...(work.length === 0
          ? {}
          : { work: { session: session.id, text: await this.#ports.codec.encode(workOf(work)) } }),
        ...(log.length === 0 ? {} : { log }),
      },
      also,
    )
    if (!answer.ok) {
      if (answer.reason === 'revision') return undefined
      return { ok: true, duplicateOf: answer.session }
    }
    const next: Live = {
      record: after,
      revision,
      head: head ?? live!.head,
      program,
      programs: step.run.session.frames.some(({ hash }) => hash !== undefined) ? undefined : live?.programs,
    }
    this.#marked.changed(commit.mark, commit.unmark)
    this.#publish(live, next, step, work, answer.entry)
    return { ok: true, live: next }
  }

  async #commit(commit: Commit, also: Commit) {
    const { committer } = this.#ports
    try {
      return await committer.commit(joined(commit, also))
    } catch (error) {
      // Nobody knows what the store has kept.
      this.#cache.delete(commit.next!.session)
      this.#marked.clear()
      this.#ports.unsure()
      throw error
    }
  }

  #recordAfter(live: Live | undefined, step: Step, record: SessionRecord, now: number): SessionRecord {
    const { run, event, patch } = step
    const { session } = run
    const { armed: _armed, cards: before, ...rest } = record
    const cards = patch?.cards ?? cardsAfter(live === undefined ? undefined : before, event, run.effects)
    const spoken = spokenAfter(record, run.effects)
    const waits = session.status === 'waiting'
    const activeAt = patch?.activeAt ?? (event?.type === 'timer' ? record.activeAt : now)
    const armed = waits ? this.#armFor(record.armed, session.wait?.dueAt, activeAt) : undefined
    return {
      ...rest,
      ...patch,
      session,
      activeAt,
      ...(spoken === undefined ? {} : { spoken }),
      ...(armed === undefined ? {} : { armed }),
      ...(cards === undefined || cards.length === 0 ? { cards: undefined } : { cards }),
    } as SessionRecord
  }

  /** A timer that is set early enough stays where it is: when it is due, it is set anew. */
  #armFor(armed: number | undefined, dueAt: number | undefined, activeAt: number): number | undefined {
    const { idleMs, clock } = this.#ports
    const idle = idleMs === undefined ? Number.POSITIVE_INFINITY : activeAt + idleMs
    const wanted = Math.min(dueAt ?? Number.POSITIVE_INFINITY, idle)
    if (wanted === Number.POSITIVE_INFINITY) return undefined
    return armed !== undefined && armed <= wanted && armed > clock.now() ? armed : wanted
  }

  /** What has to be done elsewhere, and what is done by being stored. */
  async #share(effects: readonly Effect[], { session, about }: SessionRecord, now: number) {
    const { codec, keepsLogs } = this.#ports
    if (!keepsLogs || !effects.some(({ type }) => type === 'log.write')) return { work: effects, log: [] }
    const entries = effects.filter(({ type }) => type === 'log.write')
    const log = await Promise.all(
      entries.map(async ({ logbook, fields, node, flow, key }) => {
        const text = JSON.stringify({ fields, node, flow, key, ...(about.test ? { test: true } : {}) })
        return { logbook: String(logbook), session: session.id, at: now, text: await codec.encode(text) }
      }),
    )
    return { work: effects.filter(({ type }) => type !== 'log.write'), log }
  }

  async #compose(live: Live | undefined, step: Step, after: SessionRecord, now: number): Promise<Commit> {
    const { codec } = this.#ports
    const { run, event, operated } = step
    const { session, about } = after
    const tally = new Tally()
    if (live === undefined) countFate(tally, 'began', session, about)
    if (hasStopped(live, session)) countFate(tally, 'over', session, about)
    countSteps(tally, run.trace, about)
    countPlace(tally, live?.record, after)
    const history = JSON.stringify({
      at: now,
      ...(event === undefined ? {} : { event: event.type }),
      ...operated,
      ...(about.test === true ? { test: true } : {}),
      entries: run.trace.entries(),
    })
    const marks = marksOf(after)
    const marked = live === undefined ? new Set<string>() : marksOf(live.record)
    const mark = [...marks].filter((each) => !marked.has(each)).map((each) => markFor(each, session.id))
    const unmark = [...marked].filter((each) => !marks.has(each)).map((each) => markFor(each, session.id))
    const text = JSON.stringify(after)
    const written = codec.encode(text)
    const recorded = isIdle(step) ? undefined : codec.encode(history)
    const [plain, told] =
      typeof written === 'string' && typeof recorded !== 'object'
        ? [written, recorded]
        : await Promise.all([written, recorded])
    return {
      next: {
        session: session.id,
        expected: live?.revision ?? 0,
        text: plain,
        ...(told === undefined ? {} : { history: told }),
      },
      ...(mark.length === 0 ? {} : { mark }),
      ...(unmark.length === 0 ? {} : { unmark }),
      ...(about.claim !== undefined && isOver(live, after) ? { unclaim: [about.claim] } : {}),
      // An operator who lets a failed session go on lets it be the one of its identifier again.
      ...(about.claim !== undefined && goesOn(live, after)
        ? { claims: [{ key: about.claim, session: session.id, now }] }
        : {}),
      counts: tally.changes,
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
    if (after.programs === undefined && usesOwnPrograms(after)) this.#keep(after)
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

function usesOwnPrograms({ record: { session } }: Live): boolean {
  return session.frames.every(({ hash }) => hash === undefined)
}

/** True where a session that waited does so no longer. */
function isOver(before: Live | undefined, { session }: SessionRecord): boolean {
  return before?.record.session.status === 'waiting' && session.status !== 'waiting'
}

/** True where a session has come to its end, or to another one: an operator may have let it try again. */
function hasStopped(before: Live | undefined, { status, error }: SessionRecord['session']): boolean {
  const was = before?.record.session
  return status !== 'waiting' && (was?.status !== status || was.error !== error)
}

/** True where a session waits again that had stopped. */
function goesOn(before: Live | undefined, { session }: SessionRecord): boolean {
  return before !== undefined && before.record.session.status !== 'waiting' && session.status === 'waiting'
}

function timerOf(from: number | undefined, to: number | undefined) {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** What lists show of a session, where that is new. */
function headOf(
  { session, about }: SessionRecord,
  now: number,
  before: Live | undefined,
): SessionHead | undefined {
  const isSame = before?.record.session.status === session.status && !hasStopped(before, session)
  if (isSame && before.record.about === about) return undefined
  const { flow, version, contact, channel, test, startedAt } = about
  const outcome = session.status === 'failed' ? session.error?.code : session.flowOutcome
  return {
    flow,
    version,
    status: session.status,
    startedAt,
    ...(contact === undefined ? {} : { contact }),
    ...(channel === undefined ? {} : { channel }),
    ...(test === undefined ? {} : { test }),
    ...(session.status === 'waiting' ? {} : { endedAt: now }),
    ...(outcome === undefined ? {} : { outcome }),
  }
}

/** The channels beside its own that a session has said something on. */
function spokenAfter({ about, spoken }: SessionRecord, effects: readonly Effect[]): SessionRecord['spoken'] {
  let after = spoken
  for (const { type, channel } of effects) {
    if (typeof channel !== 'string' || channel === about.channel || !SAYING.includes(type)) continue
    if (after?.includes(channel) !== true) after = [...(after ?? []), channel]
  }
  return after
}

/** The mark of sessions of whoever has an address on a channel. */
export function addressMark(channel: string, address: string): string {
  return `at/${encodeURIComponent(channel)}/${foldAddress(address)}`
}

/** The mark of sessions that have said something to a contact on a channel other than their own. */
export function spokenMark(channel: string, contact: string): string {
  return `with/${encodeURIComponent(channel)}/${contact}`
}

/** The mark of sessions that wait for an event. */
export function eventMark(name: string): string {
  return `event/${name}`
}

/** The mark of sessions that have left something that can be withdrawn. */
export function cardsMark(flow: string): string {
  return `cards/${flow}`
}

function marksOf({ session, about, cards, spoken }: SessionRecord): ReadonlySet<string> {
  const marks = new Set<string>()
  if (cards !== undefined && cards.length > 0) marks.add(cardsMark(about.flow))
  if (session.status !== 'waiting') return marks
  if (about.channel !== undefined && about.address !== undefined)
    marks.add(addressMark(about.channel, about.address))
  if (about.contact !== undefined)
    for (const channel of spoken ?? []) marks.add(spokenMark(channel, about.contact))
  for (const each of session.wait?.for ?? []) {
    if (each.startsWith('event:')) marks.add(eventMark(each.slice('event:'.length)))
  }
  return marks
}

function markFor(mark: string, session: string): Mark {
  return { mark, session }
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

/** Two commits as one; only the first of them has a session, and work. */
function joined(commit: Commit, also: Commit): Commit {
  const both: { -readonly [Member in keyof Commit]?: unknown } = { ...commit }
  for (const member of Object.keys(also) as (keyof Commit)[]) {
    const [before, more] = [both[member], also[member]]
    both[member] = Array.isArray(before) && Array.isArray(more) ? [...before, ...more] : more
  }
  return both as Commit
}

/** True for a step that does nothing but set a timer anew. */
function isIdle({ run, event, operated }: Step): boolean {
  return event === undefined && operated === undefined && run.trace.pairs.length === 0
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
