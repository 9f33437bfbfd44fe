import { canonicalJson } from '../../base/canonical.ts'
import type { Json } from '../../base/json.ts'
import type { Clock, Ids } from '../../base/ports.ts'
import { isFault } from '../../expressions/fault.ts'
import { identifierOf } from '../../interpreter/identifier.ts'
import { start } from '../../interpreter/interpreter.ts'
import type { Program } from '../../interpreter/program.ts'
import type { RoutedContact } from '../../releases/gray/match.ts'
import { type Route, route, routeException } from '../../releases/gray/route.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { Slot, WorkspaceState } from '../../releases/state.ts'
import type { Claim } from '../stores/session-store.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Committer } from './committer.ts'
import type { Pins, Programs } from './programs.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import { isQuarantining, type SessionDesk } from './session-desk.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'
import {
  type Chosen,
  factsOf,
  readData,
  routedContact,
  type StartRequest,
  triggerOf,
} from './start-request.ts'

/** A session has started, or the one that stands in its place is named. */
export type Started =
  | {
      readonly ok: true
      readonly session: string
      /** True where it was started before, or another one of its identifier runs. */
      readonly duplicate: boolean
      /** Why this version; absent in test mode, and for duplicates. */
      readonly route?: Route
    }
  | HostRefusal

/** What stands for a flow in a session. */
interface Pinned {
  readonly executable: string
  /** Id of the version. */
  readonly version: string
}

export interface StarterPorts {
  readonly workspace: Workspace
  readonly programs: Programs
  readonly desk: SessionDesk
  readonly committer: Committer
  readonly ids: Ids
  readonly clock: Clock
  /** The workspace as it is now; the host keeps what it has seen. */
  state(): Promise<WorkspaceState>
  /** True for an address that a channel can reach. */
  reaches(channel: string, address: string): boolean
}

/** Starts sessions: finds the version, pins everything that it may run, and lets no duplicate in. */
export class Starter {
  readonly #ports: StarterPorts
  /** Starts under way, by the claim that prevents duplicates: whoever comes meanwhile gets the same session. */
  readonly #underWay = new Map<string, Promise<Started>>()
  /** All starts under way. */
  readonly #starts = new Set<Promise<Started>>()

  constructor(ports: StarterPorts) {
    this.#ports = ports
  }

  /** Resolves when nothing starts any more on what the workspace said before the call. */
  async begun(): Promise<void> {
    await Promise.allSettled(this.#starts)
  }

  async start(given: StartRequest): Promise<Started> {
    const start = this.#start(given)
    this.#starts.add(start)
    try {
      return await start
    } finally {
      this.#starts.delete(start)
    }
  }

  async #start(given: StartRequest): Promise<Started> {
    const { programs } = this.#ports
    const { flow } = given
    const read = readData(given.data)
    if ('fault' in read) return refuseInHost('input.bad', { fault: read.fault })
    const workspace = await this.#ports.state()
    const chosen = await this.#choose(workspace, given)
    if (!('slot' in chosen)) return chosen
    const request = this.#spoken({ ...given, ...read }, chosen)
    try {
      const draft = given.test === undefined ? undefined : (of: string) => this.#latestOf(of)
      const { pins, versions } = await this.pinsFor(workspace, flow, chosen.slot, routedContact(given), draft)
      return await this.#begin(request, chosen, await programs.get(pins), versions)
    } catch (error) {
      if (!isQuarantining(error)) throw error
      if (REQUEST_FAULTS.has(error.code)) return refuseInHost('trigger.data', { flow, fault: error.problem })
      return refuseInHost('trigger.cannotRun', { flow, fault: error.problem, code: error.code })
    }
  }

  /** Settles how the session speaks: on which channel, and with which address of the contact. */
  #spoken(request: StartRequest, { slot, applications }: Chosen): StartRequest {
    const usual = slot.trigger?.channel ?? Object.keys(applications)[0]
    const channel = request.channel ?? usual ?? request.channelElse
    const { contact } = request
    if (channel === undefined || contact?.address === undefined || contact.isAddressed === true)
      return { ...request, channel }
    const reached = [contact.address, ...(contact.addresses ?? [])]
    const address = reached.find((each) => this.#ports.reaches(channel, each)) ?? contact.address
    return { ...request, channel, contact: { ...contact, address } }
  }

  /**
   * Everything that a session may run, by hash: the version itself, the flows that it calls, the exception flow. Each goes by
   * the contact, so that whoever is in a gray release is so in all of its flows. `instead` says what stands in for a flow that
   * they do not reach.
   */
  async pinsFor(
    workspace: WorkspaceState,
    flow: string,
    { executable, medium }: Pick<Slot, 'executable' | 'medium'>,
    contact: RoutedContact,
    instead?: (flow: string) => Promise<Pinned | undefined>,
  ): Promise<{ readonly pins: Pins; readonly versions: { readonly [flow: string]: string } }> {
    const { programs } = this.#ports
    const pins: { [flow: string]: string } = { [flow]: executable }
    const versions: { [flow: string]: string } = {}
    const pin = async (of: string, answer: ReturnType<typeof route>): Promise<boolean> => {
      if (Object.hasOwn(pins, of)) return true
      const found = answer.ok ? answer : await instead?.(of)
      if (found === undefined) return false
      pins[of] = found.executable
      versions[of] = found.version
      await follow(found.executable)
      return true
    }
    const follow = async (hash: string): Promise<void> => {
      const { subflows } = await programs.executable(hash)
      for (const each of subflows) await pin(each, route(workspace, { flow: each, contact }))
    }
    await follow(executable)
    const failing = routeException(workspace, medium, contact)
    const exception =
      failing.ok && failing.flow !== flow && (await pin(failing.flow, failing)) ? failing.flow : undefined
    return { pins: { main: flow, pins, exception }, versions }
  }

  async #choose(workspace: WorkspaceState, request: StartRequest): Promise<Chosen | HostRefusal> {
    const { flow, kind, test } = request
    if (test !== undefined) return this.#chooseForTest(workspace, flow, test.version)
    const answer = route(workspace, { flow, contact: routedContact(request) })
    if (!answer.ok) return answer as HostRefusal
    if (request.only !== undefined && answer.version !== request.only)
      return refuseInHost('trigger.otherVersion', { flow, version: request.only })
    const slot = itemOf(workspace.flows, flow)![answer.slot]!
    const { trigger } = slot
    if (trigger === undefined) return refuseInHost('trigger.noStart', { flow })
    if (trigger.kind !== kind) return refuseInHost('trigger.kind', { flow, expected: trigger.kind, kind })
    const { number, values, applications } = answer
    return { slot, number, route: answer, values, applications }
  }

  async #chooseForTest(
    workspace: WorkspaceState,
    flow: string,
    version: string,
  ): Promise<Chosen | HostRefusal> {
    const state = await this.#ports.workspace.flow(flow)
    const known = state === undefined ? undefined : itemOf(state.versions, version)
    if (known === undefined || known.state === 'deleted')
      return refuseInHost('version.unknown', { flow, version })
    const executable = await this.#ports.workspace.prepareVersion(flow, version)
    if (executable === undefined) return refuseInHost('test.errors', { flow, version })
    const entry = itemOf(workspace.flows, flow)
    const listed = Object.values(workspace.catalog.application).map(({ channel, id }) => [channel, id])
    return {
      slot: { executable: executable.hash, version, medium: executable.medium },
      ...(known.number === undefined ? {} : { number: known.number }),
      values: known.releases.at(-1)?.values ?? {},
      applications: entry?.official?.applications ?? Object.fromEntries(listed),
    }
  }

  /** The latest version of a flow, draft or not: what is tested may call what has yet to be released. */
  async #latestOf(flow: string): Promise<Pinned | undefined> {
    const { workspace } = this.#ports
    const versions = Object.values((await workspace.flow(flow))?.versions ?? {})
    const latest = versions.findLast(({ state }) => state !== 'deleted')
    const executable = latest && (await workspace.prepareVersion(flow, latest.id))
    return executable && { executable: executable.hash, version: latest.id }
  }

  async #begin(
    request: StartRequest,
    chosen: Chosen,
    program: Program,
    versions: SessionFacts['versions'] & {},
  ): Promise<Started> {
    const { ids, clock } = this.#ports
    const now = clock.now()
    const id = ids.next()
    const options = {
      id,
      now,
      seed: id,
      variables: chosen.values,
      language: request.contact?.language,
      journey: request.journey,
    }
    const trigger = triggerOf(request)
    const identifier = identifierOf(program, trigger, options)
    if (program.identifier !== undefined && (identifier === undefined || isFault(identifier)))
      return refuseInHost('trigger.noIdentifier', { flow: request.flow })
    // Tests disturb nobody who is under way, and are not kept from being started again.
    const claim =
      identifier === undefined || request.test !== undefined
        ? undefined
        : `one/${encodeURIComponent(request.flow)}/${canonicalJson(identifier as Json)}`
    const begin = async (): Promise<Started> => {
      const run = start(program, trigger, options)
      const about = factsOf(request, chosen, versions, now, claim)
      const record: SessionRecord = { v: 1, session: run.session, about, activeAt: now }
      const waits = run.session.status === 'waiting'
      const claims: Claim[] = []
      if (request.once !== undefined) claims.push({ ...request.once, session: id })
      if (request.onceAlso !== undefined) claims.push({ ...request.onceAlso, session: id })
      // One that is over already claims nothing for later, but must not pass one that waits.
      if (claim !== undefined) claims.push({ key: claim, session: id, now, ...(waits ? {} : { until: now }) })
      const also = claims.length === 0 ? {} : { claims }
      const changed = await this.#ports.desk.begin(record, run, program, also)
      if (!changed.ok) return changed
      if ('duplicateOf' in changed) return this.#standIn(request, changed.duplicateOf)
      const { route: why } = chosen
      return { ok: true, session: id, duplicate: false, ...(why === undefined ? {} : { route: why }) }
    }
    return claim === undefined ? begin() : this.#alone(request, claim, begin)
  }

  /** Of those who come at once with one identifier one starts, and the others get its session. */
  async #alone(request: StartRequest, claim: string, begin: () => Promise<Started>): Promise<Started> {
    for (;;) {
      const before = this.#underWay.get(claim)
      if (before === undefined) break
      // Whoever could not start holds nobody up.
      const started = await before.catch(() => undefined)
      if (started?.ok === true) return this.#standIn(request, started.session)
    }
    const turn = begin()
    this.#underWay.set(claim, turn)
    try {
      return await turn
    } finally {
      this.#underWay.delete(claim)
    }
  }

  /** Answers with the session that was there before. Asked again under the same id, the answer is the same for ever. */
  async #standIn({ once, onceAlso }: StartRequest, session: string): Promise<Started> {
    // Of two claims nobody knows which one was made before.
    if (once !== undefined && onceAlso === undefined)
      await this.#ports.committer.commit({ claims: [{ ...once, session }] })
    return { ok: true, session, duplicate: true }
  }
}

/** Errors of `start` that are faults of what it was asked with. */
const REQUEST_FAULTS: ReadonlySet<string> = new Set([
  'session.dataMissing',
  'session.contact',
  'session.trigger',
  'session.journey',
])
