import type { Json } from '../../base/json.ts'
import type { Medium } from '../../document/flow-document.ts'
import { exceptionFlowOf } from '../exception-flow.ts'
import { itemOf } from '../lookup.ts'
import type { ById, GraySlot, Slot, SlotName, WorkspaceState } from '../state.ts'
import { type GrayAnswer, type MatchOptions, matcherOf, type RoutedContact } from './match.ts'
import { type RouteRefusal, refuseRoute } from './route-refusals.ts'
import { type RoutingReason, routingReason } from './routing-reasons.ts'

/** Who comes to which flow. */
export interface RouteRequest extends MatchOptions {
  /** Id of the flow. */
  readonly flow: string
  readonly contact: RoutedContact
}

/** The version that a new session starts on, and why it is this one. Plain JSON. */
export interface Route extends RoutingReason {
  readonly ok: true
  readonly flow: string
  readonly slot: SlotName
  /** Id of the version. */
  readonly version: string
  /** Version number in semver form. */
  readonly number: string
  readonly contentHash: string
  readonly behaviourHash: string
  /** Hash of the executable. */
  readonly executable: string
  /** What the variables of the session start with, beside the defaults of the document. */
  readonly values: { readonly [variable: string]: Json }
  /** Names of the values that never stand in a log. */
  readonly sensitive: readonly string[]
  /** The app or number for each channel, by application id. */
  readonly applications: ById<string>
  /** The gray rule that was asked; absent where no version is gray. */
  readonly rule?: string
  /** The bucket of the contact, where the rule goes by percentage. */
  readonly bucket?: number
}

const NO_GRAY = Object.freeze(routingReason('routing.noGray'))

/**
 * Which version of a flow a contact reaches: the gray one where its rule matches, else the official one. Says nothing
 * about whether something of the contact's may start the flow. Pure; the same contact always gets the same answer.
 *
 * @example
 * const answer = route(workspace, { flow: 'support', contact: { number: '+4915112345678' } })
 * if (answer.ok) load(answer.executable)
 * else console.log(answer.code, answer.reason, answer.lift)
 */
export function route(workspace: WorkspaceState, request: RouteRequest): Route | RouteRefusal {
  const { flow } = request
  const entry = itemOf(workspace.flows, flow)
  if (entry === undefined) return refuseRoute('route.noFlow', { flow })
  const { official, gray } = entry
  if (official === undefined && gray === undefined) return refuseRoute('route.notReleased', { flow })
  if (entry.paused) return refuseRoute('route.paused', { flow })
  if (gray === undefined) return routeTo(flow, 'official', official!, NO_GRAY)
  const answer = askRule(workspace, gray, request)
  if (answer.matches) return routeTo(flow, 'gray', gray, answer, gray.rule, answer.bucket)
  if (official !== undefined) return routeTo(flow, 'official', official, answer, gray.rule, answer.bucket)
  const { code, reason, details, bucket } = answer
  return refuseRoute('route.grayOnly', { flow, rule: gray.rule }, { code, reason, details }, bucket)
}

/**
 * The version of an exception flow that a failing session enters: of the one that the workspace names for its medium, or
 * else, where that one takes the contact not in, of the one for any medium. A refusal is that of the first one.
 *
 * @param medium That of the flow which the session runs.
 */
export function routeException(
  workspace: WorkspaceState,
  medium: Medium,
  contact: RoutedContact,
  options: MatchOptions = {},
): Route | RouteRefusal {
  const first = exceptionFlowOf(workspace, medium)
  if (first === undefined) return refuseRoute('route.noExceptionFlow', { medium })
  const answer = route(workspace, { ...options, flow: first, contact })
  const { any: second = first } = workspace.exceptionFlows
  if (answer.ok || second === first) return answer
  const instead = route(workspace, { ...options, flow: second, contact })
  return instead.ok ? instead : answer
}

function askRule(
  { catalog }: WorkspaceState,
  { rule }: GraySlot,
  { contact, regex }: RouteRequest,
): GrayAnswer {
  const known = itemOf(catalog.grayRule, rule)
  return known === undefined
    ? { matches: false, ...routingReason('routing.noRule', { rule }) }
    : matcherOf(known, { regex })(contact)
}

function routeTo(
  flow: string,
  slot: SlotName,
  to: Slot,
  { code, reason, details }: RoutingReason,
  rule?: string,
  bucket?: number,
): Route {
  const made: { -readonly [Member in keyof Route]: Route[Member] } = {
    ok: true,
    flow,
    slot,
    version: to.version,
    number: to.number,
    contentHash: to.contentHash,
    behaviourHash: to.behaviourHash,
    executable: to.executable,
    values: to.values,
    sensitive: to.sensitive,
    applications: to.applications,
    code,
    reason,
    details,
  }
  if (rule !== undefined) made.rule = rule
  if (bucket !== undefined) made.bucket = bucket
  return made
}
