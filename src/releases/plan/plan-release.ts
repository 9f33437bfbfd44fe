import { hashJson } from '../../base/canonical.ts'
import type { Json } from '../../base/json.ts'
import { approvalsOf } from '../approvals.ts'
import type { Context, World } from '../context.ts'
import type { ReleaseKind } from '../event.ts'
import type { Inspection } from '../inspection.ts'
import { currentRevision, flowOf, inspectionOf, itemOf, nameOfVersion, versionOf } from '../lookup.ts'
import { referenceDiagnostics } from '../reference-diagnostics.ts'
import { giveUp, type Refusal, Refused } from '../refusal.ts'
import { plannedVersion } from '../rollback-target.ts'
import type { FlowState, SlotName, State, Version, WorkspaceState } from '../state.ts'
import { firstNumber, labelOf, nextNumber } from '../version-number.ts'
import { accessCodeOf, asksOf, earlierAnswers, fillAnswers } from './answers.ts'
import { baseOf, changesOf } from './changes.ts'
import { judgeGates } from './gates.ts'
import type { ReleaseCase } from './release-case.ts'
import type { ReleasePlan, ReleaseRequest, RunningPlan } from './release-plan.ts'

/**
 * The plan of a release (REL-8). Changes nothing, and needs no more than the permission to view. Refused where a plan
 * cannot be made at all: no such version, or facts that are missing from the context.
 *
 * @example
 * const plan = planRelease(state, { flow: 'support', version: 'v2', slot: 'official' }, context)
 * if (plan.ok) for (const gate of plan.gates) console.log(gate.passed ? '✔' : '✖', gate.checks, gate.lift ?? '')
 */
export function planRelease(state: State, request: ReleaseRequest, context: Context): ReleasePlan | Refusal {
  try {
    if (state.workspace.revision === 0) giveUp('workspace.unknown')
    const member = itemOf(state.workspace.members, context.by)
    if (member === undefined) giveUp('member.unknown', { member: context.by })
    if (!member.permissions.includes('view') && !member.permissions.includes('publish')) {
      giveUp('permission.missing', { command: 'planRelease', permission: 'view', member: context.by })
    }
    const { plan, release } = makePlan(state, request, context)
    return member.permissions.includes('publish') ? plan : withoutSecrets(plan, release, request)
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

/** For whoever cannot confirm it: secret values that are proposed are those of somebody else. */
function withoutSecrets(
  plan: ReleasePlan,
  { inspection }: ReleaseCase,
  request: ReleaseRequest,
): ReleasePlan {
  const secrets = new Set(inspection.asked.flatMap((each) => (each.sensitive === true ? [each.name] : [])))
  const given = request.answers?.values ?? {}
  const values = Object.entries(plan.answers.values).filter(
    ([name]) => !secrets.has(name) || Object.hasOwn(given, name),
  )
  return { ...plan, answers: { ...plan.answers, values: Object.fromEntries(values) } }
}

/** The plan, with what it was judged by. Throws `Refused`. */
export function makePlan(
  state: State,
  request: ReleaseRequest,
  context: Context,
): { readonly plan: ReleasePlan; readonly release: ReleaseCase } {
  const release = gather(state, request, context)
  const { workspace, version, slot, kind, number, inspection, answers, replaced, accessCode } = release
  const gates = judgeGates(release)
  const asks = asksOf(workspace, inspection, slot)
  const { labels } = workspace.policy.numbering
  const changes = changesOf(release)
  const found = [...inspection.diagnostics, ...referenceDiagnostics(workspace, inspection, 'release', slot)]
  const bySeverity = (wanted: string) => found.filter(({ severity }) => severity === wanted)
  const running = runningPlan(release)
  const segment = segmentPlan(release)
  const plan: Omit<ReleasePlan, 'hash'> = {
    ok: true,
    flow: request.flow,
    version: version.id,
    slot,
    kind,
    ready: gates.every(({ passed }) => passed),
    gates,
    summary: {
      name: inspection.name,
      label: labelOf(number, labels),
      number,
      ...(inspection.trigger === undefined ? {} : { trigger: inspection.trigger }),
      medium: inspection.medium,
      audience: inspection.audience,
      channels: inspection.channels,
      ...(changes === undefined ? {} : { changes }),
      errors: bySeverity('error'),
      warnings: bySeverity('warning'),
      approvals: approvalsOf(version, workspace),
      ...(replaced === undefined
        ? {}
        : { replaces: { version: replaced.version, label: labelOf(replaced.number, labels) } }),
      emptiesGray: kind === 'promotion',
      paused: release.entry.paused === true,
      ...(accessCode.code === undefined ? {} : { accessCode: accessCode.code }),
    },
    asks,
    answers,
    running,
    ...(segment === undefined ? {} : { segment }),
  }
  return { release, plan: { ...plan, hash: hashOf(plan, release) } }
}

function gather(state: State, request: ReleaseRequest, context: Context): ReleaseCase {
  const { workspace } = state
  const { flow, entry, version } = versionOf(state, {
    flow: request.flow,
    version: wantedVersion(state, request),
  })
  const inspection = inspectionOf(context, currentRevision(version).contentHash)
  const world = worldOf(context, inspection)
  const { slot, answers: given = {} } = request
  const kind = kindOf(version, slot, request.rollBack === true)
  const asks = asksOf(workspace, inspection, slot)
  const answers = fillAnswers(workspace, inspection, asks, given, earlierAnswers(entry, version, slot, kind))
  return {
    workspace,
    flow,
    entry,
    version,
    slot,
    kind,
    number: version.number ?? mint(flow, workspace),
    inspection,
    world,
    context,
    answers,
    replaced: slot === 'official' ? entry.official : entry.gray,
    accessCode: accessCodeOf(workspace, entry, inspection, given.accessCode),
  }
}

function wantedVersion(state: State, request: ReleaseRequest): string {
  const { flow, slot, rollBack } = request
  const version = plannedVersion(flowOf(state, flow).flow, request)
  if (version !== undefined) return version
  return rollBack === true
    ? giveUp('release.nothingToRollBack', { flow, slot })
    : giveUp('version.unnamed', { flow })
}

function kindOf(version: Version, slot: SlotName, rollBack: boolean): ReleaseKind {
  if (rollBack) return 'rollback'
  return version.state === 'gray' && slot === 'official' ? 'promotion' : 'release'
}

function mint({ highest }: FlowState, { policy }: WorkspaceState): string {
  const { labels } = policy.numbering
  return highest === undefined ? firstNumber() : nextNumber(highest, labels)
}

function worldOf({ world }: Context, { trigger }: Inspection): World {
  if (world === undefined) giveUp('world.wanted', { of: ['running sessions'] })
  const segment = trigger?.segment
  if (segment !== undefined && itemOf(world.segmentMembers ?? {}, segment) === undefined) {
    giveUp('world.wanted', { of: [`the members of the segment ${segment}`] })
  }
  return world
}

function runningPlan(release: ReleaseCase): RunningPlan {
  const { workspace, flow, entry, version, slot, world } = release
  const beside = slot === 'official' ? entry.gray : entry.official
  const stays = new Set([beside?.version, ...(wasRevised(release) ? [] : [version.id])])
  const versions = world.running.versions
    .filter((each) => !stays.has(each.version))
    .map((each) => {
      const known = itemOf(flow.versions, each.version)
      return { ...each, label: known === undefined ? each.version : nameOfVersion(known, workspace) }
    })
  return {
    versions,
    sessions: versions.reduce((sum, { sessions }) => sum + sessions, 0),
    cards: versions.reduce((sum, { cards }) => sum + cards, 0),
    endedCards: world.running.endedCards,
    choices: ['keep', 'cancel', 'cancelAndWithdraw'],
  }
}

/** True where sessions of the version run on what it did before: it was released, revised, and comes back (VER-5). */
function wasRevised({ kind, version, inspection }: ReleaseCase): boolean {
  return (
    kind !== 'promotion' &&
    version.releases.some(({ behaviourHash }) => behaviourHash !== inspection.behaviourHash)
  )
}

function segmentPlan({ inspection, world }: ReleaseCase): ReleasePlan['segment'] {
  const segment = inspection.trigger?.segment
  if (segment === undefined) return undefined
  return { segment, members: itemOf(world.segmentMembers!, segment)! }
}

/**
 * Covers what was confirmed: the content, the gates, what is replaced, the answers, and what these name as it reads now. Left
 * out are the comment, who looks at it, an access code that is allocated, and figures that change by the minute and
 * decide nothing.
 */
function hashOf(plan: Omit<ReleasePlan, 'hash'>, release: ReleaseCase): string {
  const { workspace, inspection, answers } = release
  const { comment: _comment, ...confirmed } = answers
  const rule = answers.rule === undefined ? undefined : itemOf(workspace.catalog.grayRule, answers.rule)
  return hashJson({
    flow: plan.flow,
    version: plan.version,
    slot: plan.slot,
    kind: plan.kind,
    number: plan.summary.number,
    contentHash: inspection.contentHash,
    gates: plan.gates.filter(({ gate }) => gate !== 'permission'),
    asked: plan.asks.values,
    channels: inspection.channels,
    base: baseOf(release)?.contentHash ?? null,
    replaces: plan.summary.replaces ?? null,
    approvals: plan.summary.approvals,
    diagnostics: inspection.diagnostics.map(({ code, location }) => [code, location]),
    answers: confirmed,
    rule: rule?.match ?? null,
    addresses: Object.fromEntries(
      Object.entries(answers.applications).map(([channel, id]) => [
        channel,
        itemOf(workspace.catalog.application, id)?.address ?? null,
      ]),
    ),
    paused: plan.summary.paused,
    // Sessions that are kept are not touched; those that are cancelled are named before they are.
    running: answers.running === 'keep' ? null : plan.running.versions.map(({ version }) => version).sort(),
    segment: plan.segment?.segment ?? null,
  } as unknown as Json)
}
