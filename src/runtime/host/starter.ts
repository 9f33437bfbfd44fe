import { canonicalJson } from '../../base/canonical.ts'
import { checkJson } from '../../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { Clock, Ids } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import { isFault } from '../../expressions/fault.ts'
import { firstSession, type Trigger } from '../../interpreter/first-session.ts'
import { identifierOf } from '../../interpreter/identifier.ts'
import { start } from '../../interpreter/interpreter.ts'
import type { Program } from '../../interpreter/program.ts'
import type { RoutedContact } from '../../releases/gray/match.ts'
import { type Route, route, routeException } from '../../releases/gray/route.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { Slot, WorkspaceState } from '../../releases/state.ts'
import type { Claim } from '../stores/session-store.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { CallerContact } from './callers.ts'
import type { Pins, Programs } from './programs.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import type { SessionDesk } from './session-desk.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'

/** What starts a session, in terms of the host: who, by what, and what comes with it. */
export interface StartRequest {
  readonly flow: string
  /** The kind of trigger, as start nodes name it. */
  readonly kind: string
  readonly contact?: CallerContact | undefined
  readonly channel?: string | undefined
  readonly to?: string | undefined
  readonly data?: JsonObject | undefined
  /** Members beside `data` that expressions read as `trigger.<name>`. */
  readonly members?: { readonly [name: string]: Json | undefined } | undefined
  /** What must not be done twice: a claim that the session makes. */
  readonly once?: Omit<Claim, 'session'> | undefined
  readonly journey?: string | undefined
  readonly campaign?: string | undefined
  /** How many sessions have led to this one. */
  readonly hops?: number | undefined
  /** The only version that it may be; another one that the contact reaches starts nothing. */
  readonly only?: string | undefined
  /** For test mode: the version to run. */
  readonly test?: { readonly version: string } | undefined
}

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

export interface StarterPorts {
  readonly workspace: Workspace
  readonly programs: Programs
  readonly desk: SessionDesk
  readonly ids: Ids
  readonly clock: Clock
  /** The workspace as it is now; the host keeps what it has seen. */
  state(): Promise<WorkspaceState>
}

/** The version that a session is to run. */
interface Chosen {
  readonly slot: Pick<Slot, 'executable' | 'version' | 'medium'>
  readonly number?: string
  readonly route?: Route
  readonly values: JsonObject
  readonly applications: { readonly [channel: string]: string }
}

/** Starts sessions: finds the version, pins everything that it may run, and lets no duplicate in. */
export class Starter {
  readonly #ports: StarterPorts
  /** Starts under way, by the claim that prevents duplicates: whoever comes meanwhile gets the same session. */
  readonly #underWay = new Map<string, Promise<Started>>()

  constructor(ports: StarterPorts) {
    this.#ports = ports
  }

  async start(request: StartRequest): Promise<Started> {
    const { programs } = this.#ports
    const workspace = await this.#ports.state()
    const chosen = await this.#choose(workspace, request)
    if (!('slot' in chosen)) return chosen
    const contact = routedContact(request)
    try {
      const { pins, versions } = await this.pinsFor(workspace, request.flow, chosen.slot, contact)
      return await this.#begin(request, chosen, await programs.get(pins), versions)
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error
      if (error.code.startsWith('session.') && error.code !== 'session.executableMissing')
        return refuseInHost('trigger.data', { flow: request.flow, fault: error.problem })
      return refuseInHost('session.quarantined', { session: '', fault: error.problem, code: error.code })
    }
  }

  /**
   * Everything that a session may run, by hash: the version itself, the flows that it calls, the exception flow. Each goes by
   * the contact, so that whoever is in a gray release is so in all of its flows.
   */
  async pinsFor(
    workspace: WorkspaceState,
    flow: string,
    { executable, medium }: Pick<Slot, 'executable' | 'medium'>,
    contact: RoutedContact,
  ): Promise<{ readonly pins: Pins; readonly versions: { readonly [flow: string]: string } }> {
    const { programs } = this.#ports
    const pins: { [flow: string]: string } = { [flow]: executable }
    const versions: { [flow: string]: string } = {}
    const pin = async (of: string, answer: ReturnType<typeof route>): Promise<boolean> => {
      if (Object.hasOwn(pins, of)) return true
      if (!answer.ok) return false
      pins[of] = answer.executable
      versions[of] = answer.version
      await follow(answer.executable)
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
    const identifier = identifierOf(program, firstSession(program, trigger, options), now)
    if (identifier !== undefined && isFault(identifier as Json & object))
      return refuseInHost('trigger.noIdentifier', { flow: request.flow })
    if (identifier === undefined && program.identifier !== undefined)
      return refuseInHost('trigger.noIdentifier', { flow: request.flow })
    const claim =
      identifier === undefined || request.test !== undefined
        ? undefined
        : `one/${encodeURIComponent(request.flow)}/${canonicalJson(identifier as Json)}`
    const begin = async (): Promise<Started> => {
      const run = start(program, trigger, options)
      const about = factsOf(request, chosen, versions, now, claim)
      const record: SessionRecord = { v: 1, session: run.session, about, activeAt: now }
      const claims: Claim[] = []
      if (request.once !== undefined) claims.push({ ...request.once, session: id })
      if (claim !== undefined && run.session.status === 'waiting')
        claims.push({ key: claim, session: id, now })
      const changed = await this.#ports.desk.begin(
        record,
        run,
        program,
        claims.length === 0 ? {} : { claims },
      )
      if (!changed.ok) return changed
      if ('duplicateOf' in changed) return { ok: true, session: changed.duplicateOf, duplicate: true }
      const { route: why } = chosen
      return { ok: true, session: id, duplicate: false, ...(why === undefined ? {} : { route: why }) }
    }
    return claim === undefined ? begin() : this.#alone(claim, begin)
  }

  /** Of those who come at once with one identifier one starts, and the others get its session. */
  async #alone(claim: string, begin: () => Promise<Started>): Promise<Started> {
    const before = this.#underWay.get(claim)
    if (before !== undefined) {
      const started = await before
      return started.ok ? { ok: true, session: started.session, duplicate: true } : started
    }
    const turn = begin()
    this.#underWay.set(claim, turn)
    try {
      return await turn
    } finally {
      this.#underWay.delete(claim)
    }
  }
}

/** What routing knows of whoever starts a session. */
function routedContact({ contact }: StartRequest): RoutedContact {
  return { id: contact?.id, number: contact?.address, attributes: contact?.fields }
}

/** What expressions read of whoever started it, and of what came with it. */
function triggerOf({ kind, contact, data, members = {} }: StartRequest): Trigger {
  const { id, address, fields = {} } = contact ?? {}
  const given = Object.entries(members).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given),
    type: kind,
    contact: {
      ...(id === undefined ? {} : { id }),
      ...(address === undefined ? {} : { address }),
      ...fields,
    },
    ...(data === undefined ? {} : { data }),
  }
}

function factsOf(
  { flow, kind, contact, channel, to, campaign, hops, test }: StartRequest,
  { slot, number, route: why, applications }: Chosen,
  versions: { readonly [flow: string]: string },
  startedAt: number,
  claim: string | undefined,
): SessionFacts {
  const facts: { -readonly [Member in keyof SessionFacts]: SessionFacts[Member] } = {
    flow,
    version: slot.version,
    kind,
    startedAt,
  }
  if (number !== undefined) facts.number = number
  if (why !== undefined) facts.slot = why.slot
  if (contact?.id !== undefined) facts.contact = contact.id
  if (channel !== undefined) facts.channel = channel
  if (contact?.address !== undefined) facts.address = contact.address
  if (to !== undefined) facts.to = to
  if (Object.keys(applications).length > 0) facts.applications = applications
  if (Object.keys(versions).length > 0) facts.versions = versions
  if (campaign !== undefined) facts.campaign = campaign
  if (hops !== undefined && hops > 0) facts.hops = hops
  if (claim !== undefined) facts.claim = claim
  if (test !== undefined) facts.test = true
  return facts
}

/** Data from outside, or the fault in it. */
export function readData(data: unknown): { readonly data?: JsonObject } | { readonly fault: string } {
  if (data === undefined) return {}
  if (!isJsonObject(data)) return { fault: 'data is no object' }
  return checkJson(data) === undefined ? { data } : { fault: 'data is not plain JSON' }
}
