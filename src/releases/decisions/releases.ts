import type { CommandOf, ReleaseAnswers } from '../command.ts'
import type { Context } from '../context.ts'
import type { Decide } from '../decide.ts'
import type { EventBody, Released } from '../event.ts'
import { emptied } from '../evolve-workspace.ts'
import { exposedFlows } from '../exception-cover.ts'
import { nextState } from '../lifecycle.ts'
import { flowOf, versionDetails, versionOf } from '../lookup.ts'
import { pinnedValues } from '../plan/answers.ts'
import { makePlan } from '../plan/plan-release.ts'
import type { ReleaseCase } from '../plan/release-case.ts'
import type { ReleasePlan, ReleaseRequest } from '../plan/release-plan.ts'
import { strandedCallers } from '../references.ts'
import { giveUp } from '../refusal.ts'
import type { FlowEntry, GraySlot, Slot, SlotName, State, WorkspaceState } from '../state.ts'
import { writable } from './drafts.ts'

const release: Decide<'release'> = (state, command, context) => {
  const { flow, version, slot } = command
  return confirm(state, { flow, version, slot, answers: answersOf(command) }, command.plan, context)
}

const rollBack: Decide<'rollBack'> = (state, command, context) => {
  const { flow, version, slot, plan } = command
  const request = { flow, slot, rollBack: true, answers: answersOf(command) }
  return confirm(state, version === undefined ? request : { ...request, version }, plan, context)
}

const cancelRelease: Decide<'cancelRelease'> = ({ workspace, ...state }, command) => {
  const { flow: id, slot, comment } = command
  const { entry } = flowOf({ workspace, ...state }, id)
  const held = entry[slot]
  if (held === undefined) giveUp('release.emptySlot', { flow: id, slot })
  leaveSlot(workspace, entry, slot)
  return [
    {
      type: 'releaseCancelled',
      flow: id,
      version: held.version,
      slot,
      running: command.running ?? workspace.policy.release.ofRunning,
      ...(comment === undefined ? {} : { comment }),
    },
  ]
}

const retire: Decide<'retire'> = (state, command, context) => {
  const { entry, version } = versionOf(state, command)
  if (nextState(version.state, 'retire') === undefined) {
    giveUp('version.notRetirable', versionDetails(version, state.workspace))
  }
  writable(version, context)
  const slot = slotOf(entry, version.id)
  if (slot !== undefined) leaveSlot(state.workspace, entry, slot)
  return [
    {
      type: 'versionRetired',
      flow: command.flow,
      version: version.id,
      ...(slot === undefined ? {} : { slot }),
      ...(command.comment === undefined ? {} : { comment: command.comment }),
    },
  ]
}

const pause: Decide<'pause'> = (state, { flow: id, comment }) => {
  const { workspace } = state
  const { entry } = flowOf(state, id)
  if (entry.official === undefined && entry.gray === undefined) giveUp('flow.notLive', { flow: id })
  if (entry.paused === true) giveUp('flow.paused', { flow: id })
  keepCover(workspace, { ...entry, paused: true })
  return [{ type: 'flowPaused', flow: id, ...(comment === undefined ? {} : { comment }) }]
}

const resume: Decide<'resume'> = (state, { flow: id, comment }) => {
  if (flowOf(state, id).entry.paused !== true) giveUp('flow.notPaused', { flow: id })
  return [{ type: 'flowResumed', flow: id, ...(comment === undefined ? {} : { comment }) }]
}

export const RELEASE_DECISIONS = { release, rollBack, cancelRelease, retire, pause, resume }

/** Releases what was confirmed: the plan is made anew, and has to be the same and ready. */
function confirm(
  state: State,
  request: ReleaseRequest,
  confirmed: string,
  context: Context,
): readonly EventBody[] {
  const { plan, release: facts } = makePlan(state, request, context)
  if (plan.hash !== confirmed) giveUp('release.moved', {}, plan)
  if (!plan.ready) {
    const gates = plan.gates.filter(({ passed }) => !passed).map(({ gate }) => gate)
    giveUp('release.gates', { gates }, plan)
  }
  const { executable } = context
  if (executable?.behaviourHash !== facts.inspection.behaviourHash) giveUp('executable.wanted')
  return [released(plan, facts, executable.hash)]
}

function released(plan: ReleasePlan, facts: ReleaseCase, executable: string): Released & EventBody {
  const { kind, slot, answers, replaced, accessCode } = facts
  const { comment, running } = answers
  const emergency = plan.gates.find(({ overridden }) => overridden !== undefined)?.overridden
  const segment = plan.segment?.segment
  return {
    type: 'released',
    flow: plan.flow,
    kind,
    slot,
    pin: pinOf(facts, executable),
    ...(replaced === undefined ? {} : { replaces: replaced.version }),
    ...(accessCode.isNew && accessCode.code !== undefined ? { accessCode: accessCode.code } : {}),
    ...(comment === undefined ? {} : { comment }),
    ...(emergency === undefined ? {} : { emergency }),
    running,
    ...(answers.withdrawEnded === true ? { withdrawEnded: true } : {}),
    ...(answers.triggerExisting === true && segment !== undefined ? { triggerSegment: segment } : {}),
    plan: plan.hash,
  }
}

function pinOf(facts: ReleaseCase, executable: string): Slot | GraySlot {
  const { version, number, inspection, answers, context, slot } = facts
  const { contentHash, behaviourHash, name, role, medium, audience, trigger, references, mediaFolder } =
    inspection
  const values = pinnedValues(inspection, answers)
  const secrets = new Set(inspection.asked.flatMap((each) => (each.sensitive === true ? [each.name] : [])))
  const pin: Slot = {
    version: version.id,
    number,
    contentHash,
    behaviourHash,
    executable,
    at: context.now,
    by: context.by,
    name,
    role,
    medium,
    audience,
    ...(trigger === undefined ? {} : { trigger }),
    references: references.map(({ flow }) => flow),
    applications: answers.applications,
    values,
    sensitive: Object.keys(values).filter((each) => secrets.has(each)),
    ...(mediaFolder === undefined ? {} : { mediaFolder }),
  }
  if (slot === 'official') return pin
  const { rule, guards } = answers
  return { ...pin, rule: rule!, ...(guards === undefined ? {} : { guards }) }
}

function answersOf(command: CommandOf<'release' | 'rollBack'>): ReleaseAnswers {
  const { type: _type, flow: _flow, version: _version, slot: _slot, plan: _plan, ...answers } = command
  return answers
}

function slotOf({ official, gray }: FlowEntry, version: string): SlotName | undefined {
  if (official?.version === version) return 'official'
  return gray?.version === version ? 'gray' : undefined
}

/** What would be left without an exception flow, or without the flow that it calls, keeps a slot from being emptied. */
function leaveSlot(workspace: WorkspaceState, entry: FlowEntry, slot: SlotName): void {
  const after = emptied(entry, slot)
  keepCover(workspace, after)
  const by = strandedCallers(workspace, after)
  if (by.length > 0) giveUp('flow.inUse', { flow: entry.id, by })
}

function keepCover(workspace: WorkspaceState, after: FlowEntry): void {
  const flows = exposedFlows(workspace, { ...workspace, flows: { ...workspace.flows, [after.id]: after } })
  if (flows.length > 0) giveUp('exceptionFlow.needed', { flows })
}
