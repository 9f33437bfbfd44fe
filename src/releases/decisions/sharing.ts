import { equalJson } from '../../base/json.ts'
import type { Decide } from '../decide.ts'
import { catalogItem, flowOf } from '../lookup.ts'
import { giveUp } from '../refusal.ts'

const setDistribution: Decide<'setDistribution'> = (state, { flow, applications, protect }) => {
  const { entry } = flowOf(state, flow)
  const wanted = [...new Set(applications)].sort()
  for (const id of wanted) catalogItem(state.workspace, 'application', id)
  const { distribution } = entry
  return distribution?.protect === protect && equalJson(wanted, distribution.applications)
    ? []
    : [{ type: 'distributionSet', flow, applications: wanted, protect }]
}

const shareFlow: Decide<'shareFlow'> = (state, { flow, share, password, expiresAt }, { now }) => {
  flowOf(state, flow)
  if (expiresAt !== undefined && expiresAt <= now) giveUp('share.over', { flow, expiresAt: iso(expiresAt) })
  const other = Object.values(state.workspace.flows).find(
    ({ id, share: each }) => id !== flow && each?.id === share,
  )
  if (other !== undefined) giveUp('share.taken', { flow: other.id })
  const ends = expiresAt === undefined ? {} : { expiresAt }
  return [{ type: 'flowShared', flow, share, password, ...ends }]
}

const switchShare: Decide<'switchShare'> = (state, { flow, on }, { now }) => {
  const { share } = flowOf(state, flow).entry
  if (share === undefined) giveUp('share.none', { flow })
  const { expiresAt } = share
  if (on && expiresAt !== undefined && expiresAt <= now)
    giveUp('share.over', { flow, expiresAt: iso(expiresAt) })
  return share.on === on ? [] : [{ type: 'shareSwitched', flow, on }]
}

export const SHARING_DECISIONS = { setDistribution, shareFlow, switchShare }

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
