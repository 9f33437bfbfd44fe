import { type Clock, systemClock, systemTimers, type Timers, timedIds } from '../../base/ports.ts'
import { systemRandom } from '../../base/random.ts'
import { re2Engine } from '../../expressions/re2.ts'
import { journeyOf } from '../../interpreter/journey.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import type { WorkspaceState } from '../../releases/state.ts'
import type { Inbound, WebhookAnswer, WebhookRequest } from '../channels/channel.ts'
import { memoryStore } from '../stores/memory-store.ts'
import type { Claim } from '../stores/session-store.ts'
import { Activity } from './activity.ts'
import { sameAddress } from './addresses.ts'
import { type CallerContact, findCaller } from './callers.ts'
import { checkOptions } from './check-options.ts'
import { PLAIN } from './codec.ts'
import { Committer } from './committer.ts'
import { EffectDoer } from './effect-doer.ts'
import { EffectRunner } from './effect-runner.ts'
import { type Emitted, Emitter, MAX_HOPS } from './emitter.ts'
import { HostFeed } from './feed.ts'
import { type Erased, Housekeeping } from './housekeeping.ts'
import { type Operated, Operator, type OperatorCommand, readCommand } from './operator.ts'
import { type HostOptions, USUAL } from './options.ts'
import { Outbox } from './outbox.ts'
import type { HostParts } from './parts.ts'
import { Programs } from './programs.ts'
import { SessionReader } from './reader.ts'
import { type Received, Receiver } from './receiver.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import { FOLLOWED, ReleaseFollower } from './release-follower.ts'
import {
  badName,
  badNameOf,
  type EmitRequest,
  faultOfTest,
  faultOfTrigger,
  type TestRequest,
  type TriggerRequest,
} from './requests.ts'
import { type Entered, Segments } from './segments.ts'
import { SessionDesk } from './session-desk.ts'
import { giving, ticking } from './session-steps.ts'
import type { StartRequest } from './start-request.ts'
import { type Started, Starter } from './starter.ts'
import { findTestContact } from './test-mode.ts'
import { TimerLoop } from './timer-loop.ts'
import { createWorkPool, type WorkPool } from './work-pool.ts'

/** Whoever is not named may do nothing. */
const NOBODY = { by: '' }
/** How often what is over its time is removed. */
const SWEEP_MS = 3_600_000

/**
 * Runs the sessions of a workspace: takes in what comes, starts flows, keeps time, does effects, and loses nothing when the
 * process dies. One host runs a workspace at a time; several workspaces of one process have a host each.
 *
 * @example
 * const host = await createHost({ workspace, nodes: palette, store, channels: [sms] })
 * await host.receive({ channel: 'sms', from: '+4915112345678', to: '+4930123456', text: 'hello' })
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const host = new Host(options)
  await host.open()
  return host
}

/** What became of a webhook, and what the provider is to be answered. */
export interface WebhookOutcome {
  readonly answer: WebhookAnswer
  /** What became of each thing that it said; empty where it was not believed. */
  readonly received: readonly Received[]
  /** Why it was not believed, for the log. */
  readonly refused?: { readonly code: string; readonly reason: string }
}

/** A running host; made by `createHost`. */
export class Host {
  /** What happens to sessions, as it happens. */
  readonly events: HostFeed
  /** What is stored of sessions. */
  readonly sessions: SessionReader

  readonly #options: HostOptions
  readonly #parts: HostParts
  readonly #clock: Clock & Timers
  readonly #pool: WorkPool
  readonly #activity = new Activity()
  readonly #outbox: Outbox
  readonly #doer: EffectDoer
  readonly #timers: TimerLoop
  readonly #receiver: Receiver
  readonly #emitter: Emitter
  readonly #segments: Segments
  readonly #operator: Operator
  readonly #housekeeping: Housekeeping
  readonly #follower: ReleaseFollower
  readonly #ends: (() => void)[] = []
  #known: WorkspaceState | undefined
  #closing: Promise<void> | undefined

  constructor(options: HostOptions) {
    checkOptions(options)
    this.#options = options
    this.events = new HostFeed(options.onError)
    const { clock = { ...systemClock, ...systemTimers }, handlers = {}, testHandlers = {} } = options
    this.#clock = clock
    this.#pool = options.pool ?? createWorkPool()
    const parts = this.#makeParts(options)
    this.#parts = parts
    const { sessions, tenant, committer, desk, codec } = parts
    this.sessions = new SessionReader(sessions, tenant, codec)
    this.#emitter = new Emitter(parts)
    this.#segments = new Segments(parts)
    this.#operator = new Operator(parts)
    this.#housekeeping = new Housekeeping(parts, this.#operator, options)
    const failed = (error: unknown) => this.#failed(error)
    const doer = new EffectDoer(parts, { handlers, testHandlers, emitter: this.#emitter, clock, failed })
    this.#doer = doer
    this.#outbox = new Outbox({
      clock,
      random: options.random ?? systemRandom,
      activity: this.#activity,
      concurrency: options.effectConcurrency ?? USUAL.effectConcurrency,
      read: (after, limit) => sessions.outbox(tenant, after, limit),
      decode: (text) => codec.decode(text),
      encode: (text) => codec.encode(text),
      failed,
      doer,
    })
    this.#timers = new TimerLoop({
      clock,
      activity: this.#activity,
      due: (until, limit) => sessions.due(tenant, until, limit),
      nextDue: () => sessions.nextDue(tenant),
      fire: async ({ session }) => (await desk.change(session, ticking(options.idleMs))).ok,
      failed,
    })
    this.#receiver = new Receiver(parts)
    this.#follower = new ReleaseFollower({
      workspace: parts.workspace,
      position: () => sessions.cursor(tenant, FOLLOWED),
      moveTo: async (position) => void (await committer.commit({ cursors: [[FOLLOWED, position]] })),
      operator: this.#operator,
      segments: this.#segments,
      begun: () => parts.starter.begun(),
    })
  }

  /** Takes up what the store holds: work that was not done, timers, releases that were not carried out. */
  async open(): Promise<void> {
    await this.#outbox.start()
    // After an outage very many may be due, and what comes in must not wait for all of them.
    this.#inBackground(() => this.#timers.run())
    const follow = () => this.#inBackground(() => this.#follower.follow())
    this.#ends.push(this.#parts.workspace.subscribe(follow))
    this.#every(this.#options.lookMs ?? USUAL.lookMs, async () => {
      this.#outbox.lookAgain()
      this.#inBackground(() => this.#segments.recover())
      await this.#follower.follow()
    })
    this.#every(SWEEP_MS, () => this.#housekeeping.sweep())
    this.#inBackground(() => this.#segments.recover())
    follow()
  }

  /**
   * Takes in what has come from a person or a provider, and finds out whom it is for; `Receiver` says in which order.
   * Resolves when it is stored. Rejects where the store fails, and then nothing has happened.
   */
  receive(inbound: Inbound): Promise<Received> {
    return this.#admitted(() => this.#receiver.receive(inbound))
  }

  /** Takes in a request of a provider, by the channel that it is for. */
  async webhook(channel: string, request: WebhookRequest): Promise<WebhookOutcome> {
    const reader = this.#options.channels?.find(({ name }) => name === channel)?.webhook
    if (reader === undefined) {
      const { code, reason } = refuseInHost('webhook.channel', { channel })
      return { answer: { status: 404 }, received: [], refused: { code, reason } }
    }
    const reading = await reader(request, { now: this.#clock.now() })
    if (!reading.ok) {
      const { status, code, reason } = reading
      return { answer: { status }, received: [], refused: { code, reason } }
    }
    const received: Received[] = []
    // In their order: they may be parts of one conversation.
    for (const inbound of reading.inbound) received.push(await this.receive(inbound))
    // Everything else that is refused would be refused again.
    const later = received.some((each) => !each.ok && SEND_AGAIN.has(each.code))
    return { answer: later ? { status: 503 } : (reading.answer ?? { status: 204 }), received }
  }

  /** Starts a flow, by what its start node declares (RUN-4). */
  trigger(request: TriggerRequest): Promise<Started> {
    return this.#admitted(async () => {
      const fault = faultOfTrigger(request)
      if (fault !== undefined) return refuseInHost('input.bad', { fault })
      const { flow, type = 'manual', campaign, id, from, channel, data } = request
      const { contacts, tenant, starter, sessions } = this.#parts
      const once = id === undefined ? undefined : this.#claim(`start/${encodeURIComponent(flow)}/${id}`)
      const before = once && (await sessions.claimant(tenant, once.key, once.now))
      if (before !== undefined) return { ok: true, session: before, duplicate: true }
      const journey = from === undefined ? NO_JOURNEY : await this.#journeyFrom(from)
      if ('code' in journey) return journey
      const contact = await findCaller(contacts, tenant, request.contact)
      const members = { campaign }
      return starter.start({ flow, kind: type, contact, channel, data, members, campaign, once, ...journey })
    })
  }

  /** What a session hands on to one that starts because of it. */
  async #journeyFrom(id: string): Promise<Pick<StartRequest, 'journey' | 'hops'> | HostRefusal> {
    const { sessions, tenant, desk } = this.#parts
    const stored = await sessions.read(tenant, id)
    if (stored === undefined) return refuseInHost('session.unknown', { session: id })
    const { session, about } = await desk.decode(stored.text)
    if (about.test === true) return refuseInHost('trigger.test', { session: id })
    const { hops = 0 } = about
    if (hops >= MAX_HOPS) return refuseInHost('trigger.hops', { session: id, hops })
    return { journey: journeyOf(session), hops: hops + 1 }
  }

  /** A claim that holds as long as ids are remembered. */
  #claim(key: string): Omit<Claim, 'session'> {
    const now = this.#clock.now()
    return { key, now, until: now + this.#parts.rememberMs }
  }

  /** Runs any version towards a test contact, and nobody else (RUN-7); for members with the permission `edit`. */
  test(request: TestRequest): Promise<Started> {
    return this.#admitted(async () => {
      const fault = faultOfTest(request)
      if (fault !== undefined) return refuseInHost('input.bad', { fault })
      const { flow, version, contact: named, by, type = 'manual', channel, data } = request
      const denied = await this.#operator.permit('test', 'edit', by)
      if (denied !== undefined) return denied
      const listed = findTestContact(await this.#state(), { id: named, address: named })
      if (listed === undefined) return refuseInHost('test.notTestContact', { contact: named })
      const { contacts, tenant, starter } = this.#parts
      const { id, addresses } = listed
      const address = addresses.find((each) => sameAddress(each, named))
      const known = await findCaller(contacts, tenant, { id, address })
      // Of the addresses that are known of them only those that are listed are for tests.
      const contact: CallerContact = { ...known, id, address: address ?? addresses[0], addresses }
      const channelElse = this.#options.channels?.[0]?.name
      return starter.start({ flow, kind: type, contact, channel, channelElse, data, test: { version } })
    })
  }

  /** Gives a session an event; with an id it takes effect once, however often it is sent. */
  deliver(session: string, event: SessionEvent, { id }: { readonly id?: string } = {}): Promise<Received> {
    return this.#admitted(async () => {
      const fault = badNameOf({ session }) ?? badName({ id })
      if (fault !== undefined) return refuseInHost('input.bad', { fault })
      const also =
        id === undefined ? {} : { claims: [{ ...this.#claim(`deliver/${session}/${id}`), session }] }
      const changed = await this.#parts.desk.change(session, giving(event), also)
      if (!changed.ok) return changed
      return { ok: true, session, did: 'duplicateOf' in changed ? 'duplicate' : 'continued' }
    })
  }

  /** Passes on that something has happened: to sessions that wait for it, and to flows that it starts. */
  emit(request: EmitRequest): Promise<Emitted> {
    return this.#admitted(() => this.#emitter.emit(request))
  }

  /** Puts a contact into a segment, and starts the flows that this starts (RUN-6). */
  enterSegment(segment: string, contact: string): Promise<Entered> {
    return this.#admitted(async () => {
      const fault = badNameOf({ segment, contact })
      return fault === undefined
        ? this.#segments.enter(segment, contact)
        : refuseInHost('input.bad', { fault })
    })
  }

  /** Takes a contact out of a segment; whoever is not in it stays out. */
  leaveSegment(segment: string, contact: string): Promise<void> {
    return this.#activity.during(async () => {
      if (badNameOf({ segment, contact }) === undefined) await this.#segments.leave(segment, contact)
    })
  }

  /** Does to a session what a member asks for who has the permission `publish`; it is recorded with the session (RUN-25). */
  operate(
    session: string,
    command: OperatorCommand,
    { by }: { readonly by: string } = NOBODY,
  ): Promise<Operated> {
    return this.#admitted(async () => {
      const fault = badNameOf({ session, by })
      if (fault !== undefined) return refuseInHost('input.bad', { fault })
      const read = readCommand(command)
      if (read === undefined) return refuseInHost('input.bad', { fault: 'there is no such operation' })
      return this.#operator.operate(session, read, by)
    })
  }

  /** Has an effect done again that was given up; for members with the permission `publish`. */
  retryDeadLetter(number: number, { by }: { readonly by: string } = NOBODY): Promise<Operated> {
    return this.#admitted(() => this.#operator.retryDeadLetter(number, by))
  }

  /** Removes all that is kept of a contact (RUN-24); for members with the permission `admin`. */
  erase(contact: string, { by }: { readonly by: string } = NOBODY): Promise<Erased> {
    return this.#admitted(async () => {
      // A contact that is left out would be everybody.
      const fault = badNameOf({ contact, by })
      return fault === undefined
        ? this.#housekeeping.erase(contact, by)
        : refuseInHost('input.bad', { fault })
    })
  }

  /** Removes what is over its time. The host does so by itself every hour. */
  sweep(): Promise<void> {
    return this.#activity.during(() => this.#housekeeping.sweep())
  }

  /** Resolves when nothing is under way: no input, no effect, no timer that is due. For tests. */
  settled(): Promise<void> {
    return this.#activity.settled()
  }

  /**
   * Takes nothing more in, lets what is under way come to its end for so long, aborts handlers that are not done by then, and
   * resolves. What was not done is done by the next host.
   */
  close({ graceMs = 10_000 }: { readonly graceMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(graceMs)
    return this.#closing
  }

  async #close(graceMs: number): Promise<void> {
    for (const end of this.#ends) end()
    this.#timers.close()
    this.#outbox.close()
    this.#doer.close()
    this.#parts.runner.drain()
    // People wait for a process to end, whatever its clock says.
    const cancel = systemTimers.setTimer(graceMs, () => this.#parts.runner.close())
    await this.#activity.settled()
    cancel()
    this.#parts.runner.close()
    this.events.close()
  }

  #makeParts(options: HostOptions): HostParts {
    const { workspace, nodes, languages, regex = re2Engine, store = memoryStore() } = options
    const { codec = PLAIN, channels = [], handlers = {}, testHandlers = {} } = options
    const { sessions, contacts } = store
    const tenant = workspace.id
    const clock = this.#clock
    const { ids = timedIds(clock) } = options
    const state = () => this.#state()
    const reaches = (name: string, address: string) =>
      channels.find((channel) => channel.name === name)?.reaches?.(address) ?? true
    const committer = new Committer(sessions, tenant)
    const programs = new Programs({ workspace, nodes, languages, regex })
    const desk = new SessionDesk({
      tenant,
      store: sessions,
      committer,
      programs,
      codec,
      clock,
      feed: this.events,
      pool: this.#pool,
      cached: options.cachedSessions ?? USUAL.cachedSessions,
      idleMs: options.idleMs,
      keepsLogs: !Object.hasOwn(handlers, 'log.write'),
      worked: (entry, session, effects) => this.#outbox.add(entry, session, effects),
      armed: (due) => this.#timers.armed(due),
      unsure: () => this.#outbox.lookThrough(),
    })
    const runner = new EffectRunner({
      workspace: tenant,
      channels,
      handlers,
      testHandlers,
      contacts,
      clock,
      timeoutMs: options.effectTimeoutMs,
      known: () => this.#known,
      state,
    })
    return {
      tenant,
      workspace,
      sessions,
      contacts,
      clock,
      codec,
      feed: this.events,
      committer,
      programs,
      desk,
      starter: new Starter({ workspace, programs, desk, committer, ids, clock, state, reaches }),
      runner,
      rememberMs: options.rememberMs ?? USUAL.rememberMs,
      state,
    }
  }

  /** Work that is asked for from outside: not when the host closes, and not when there is too much of it. */
  async #admitted<Result>(work: () => Promise<Result>): Promise<Result | HostRefusal> {
    if (this.#closing !== undefined) return refuseInHost('host.closed')
    const { tenant } = this.#parts
    if (!this.#pool.admit(tenant)) return refuseInHost('host.busy', { waiting: this.#pool.pending(tenant) })
    this.#activity.enter()
    try {
      return await work()
    } finally {
      this.#pool.countOut(tenant)
      this.#activity.leave()
    }
  }

  async #state(): Promise<WorkspaceState> {
    const before = this.#known
    const state = await this.#parts.workspace.state()
    this.#known = state
    // Somebody else has changed the workspace, and may have released something.
    if (before !== undefined && before.revision !== state.revision && this.#closing === undefined)
      this.#inBackground(() => this.#follower.follow())
    return state
  }

  #inBackground(work: () => Promise<unknown>): void {
    this.#activity.during(work).catch((error: unknown) => this.#failed(error))
  }

  #every(everyMs: number, work: () => Promise<unknown>): void {
    let cancel = () => {}
    const again = () => {
      cancel = this.#clock.setTimer(everyMs, () => {
        this.#inBackground(work)
        again()
      })
    }
    again()
    this.#ends.push(() => cancel())
  }

  #failed(error: unknown): void {
    this.#options.onError?.(error)
  }
}

const NO_JOURNEY: Pick<StartRequest, 'journey' | 'hops'> = {}

/** Refusals after which a provider should try again. */
const SEND_AGAIN: ReadonlySet<string> = new Set([
  'host.busy',
  'host.closed',
  'session.contended',
  'session.quarantined',
  'trigger.cannotRun',
])
