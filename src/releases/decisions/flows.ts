import { equalJson } from '../../base/json.ts'
import type { Context, RunningReport } from '../context.ts'
import type { Decide } from '../decide.ts'
import { exposedFlows } from '../exception-cover.ts'
import { nextState } from '../lifecycle.ts'
import { catalogItem, flowOf, versionDetails, versionOf } from '../lookup.ts'
import { callersOf } from '../references.ts'
import { giveUp } from '../refusal.ts'
import { writable } from './drafts.ts'

const placeFlow: Decide<'placeFlow'> = (state, { flow: id, service }) => {
  const { entry } = flowOf(state, id)
  if (service !== null) catalogItem(state.workspace, 'service', service)
  return entry.service === (service ?? undefined) ? [] : [{ type: 'flowPlaced', flow: id, service }]
}

const labelFlow: Decide<'labelFlow'> = (state, { flow: id, labels }) => {
  const { entry } = flowOf(state, id)
  const wanted = [...new Set(labels)].sort()
  return equalJson(wanted, [...entry.labels].sort())
    ? []
    : [{ type: 'flowLabelled', flow: id, labels: wanted }]
}

const deleteVersion: Decide<'deleteVersion'> = (state, command, context) => {
  const { flow, version } = versionOf(state, command)
  const details = versionDetails(version, state.workspace)
  if (nextState(version.state, 'delete') === undefined) giveUp('version.live', details)
  writable(version, context)
  const others = Object.values(flow.versions).filter(
    ({ id, state: each }) => id !== version.id && each !== 'deleted',
  )
  if (others.length === 0) giveUp('version.last', { label: details.label, flow: flow.id })
  const sessions = runningOf(context)
    .versions.filter((each) => each.version === version.id)
    .reduce((sum, each) => sum + each.sessions, 0)
  if (sessions > 0) giveUp('version.hasSessions', { label: details.label, sessions })
  return [{ type: 'versionDeleted', flow: flow.id, version: version.id }]
}

const deleteFlow: Decide<'deleteFlow'> = (state, { flow: id }, context) => {
  const { flow, entry } = flowOf(state, id)
  const { workspace } = state
  const { [id]: _gone, ...others } = workspace.flows
  const exposed = exposedFlows(workspace, { ...workspace, flows: others })
  if (exposed.length > 0) giveUp('exceptionFlow.needed', { flows: exposed })
  if (entry.official !== undefined || entry.gray !== undefined) giveUp('flow.live', { flow: id })
  const media = Object.entries(workspace.exceptionFlows).flatMap(([medium, named]) =>
    named === id ? [medium] : [],
  )
  if (media.length > 0) giveUp('flow.isExceptionFlow', { flow: id, media })
  const by = callersOf(workspace, id)
  if (by.length > 0) giveUp('flow.inUse', { flow: id, by })
  for (const version of Object.values(flow.versions)) writable(version, context)
  const sessions = runningOf(context).versions.reduce((sum, each) => sum + each.sessions, 0)
  if (sessions > 0) giveUp('flow.hasSessions', { flow: id, sessions })
  return [{ type: 'flowDeleted', flow: id }]
}

export const FLOW_DECISIONS = { placeFlow, labelFlow, deleteVersion, deleteFlow }

function runningOf({ world }: Context): RunningReport {
  if (world === undefined) giveUp('world.wanted', { of: ['running sessions'] })
  return world.running
}
