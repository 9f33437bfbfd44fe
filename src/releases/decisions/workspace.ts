import { nearest } from '../../base/nearest.ts'
import type { Decide } from '../decide.ts'
import { uncoveredFlows } from '../exception-cover.ts'
import { itemOf } from '../lookup.ts'
import type { Permission } from '../permission.ts'
import type { Policy } from '../policy.ts'
import { PRESETS, type PresetName } from '../presets/presets.ts'
import { giveUp } from '../refusal.ts'
import type { Member, WorkspaceState } from '../state.ts'

const createWorkspace: Decide<'createWorkspace'> = ({ workspace }, { name, policy }) => {
  if (workspace.revision > 0) giveUp('workspace.exists', { workspace: workspace.id })
  const chosen = policyOf(policy)
  const { approvers = [] } = chosen.approvals
  if (approvers.length > 0) giveUp('policy.unknownApprover', { members: approvers })
  return [{ type: 'workspaceCreated', workspace: workspace.id, name, policy: chosen }]
}

const setPolicy: Decide<'setPolicy'> = ({ workspace }, command) => {
  const policy = policyOf(command.policy)
  const flows = Object.values(workspace.flows)
  if (!policy.release.gray) {
    const gray = flows.filter((entry) => entry.gray !== undefined).map(({ id }) => id)
    if (gray.length > 0) giveUp('policy.grayInUse', { flows: gray })
  }
  const strangers = (policy.approvals.approvers ?? []).filter(
    (id) => itemOf(workspace.members, id)?.permissions.includes('approve') !== true,
  )
  if (strangers.length > 0) giveUp('policy.unknownApprover', { members: strangers })
  if (policy.release.needsExceptionFlow && !workspace.policy.release.needsExceptionFlow) {
    const uncovered = uncoveredFlows(workspace)
    if (uncovered.length > 0) giveUp('policy.uncovered', { flows: uncovered })
  }
  return [{ type: 'policySet', policy }]
}

const addMember: Decide<'addMember'> = ({ workspace }, { member, name, permissions }) => {
  if (itemOf(workspace.members, member) !== undefined) giveUp('member.exists', { member })
  return [
    {
      type: 'memberAdded',
      member,
      ...(name === undefined ? {} : { name }),
      permissions: [...new Set(permissions)],
    },
  ]
}

const removeMember: Decide<'removeMember'> = ({ workspace }, { member: id }) => {
  const member = memberOf(workspace, id)
  keepAdmin(workspace, member, ['admin'])
  keepApprover(workspace, member, ['approve'])
  return [{ type: 'memberRemoved', member: id }]
}

const grant: Decide<'grant'> = ({ workspace }, { member: id, permissions }) => {
  const member = memberOf(workspace, id)
  const added = [...new Set(permissions)].filter((each) => !member.permissions.includes(each))
  return added.length === 0 ? [] : [{ type: 'permissionsGranted', member: id, permissions: added }]
}

const revoke: Decide<'revoke'> = ({ workspace }, { member: id, permissions }) => {
  const member = memberOf(workspace, id)
  keepAdmin(workspace, member, permissions)
  keepApprover(workspace, member, permissions)
  const taken = [...new Set(permissions)].filter((each) => member.permissions.includes(each))
  return taken.length === 0 ? [] : [{ type: 'permissionsRevoked', member: id, permissions: taken }]
}

export const WORKSPACE_DECISIONS = { createWorkspace, setPolicy, addMember, removeMember, grant, revoke }

function policyOf(policy: PresetName | Policy): Policy {
  return typeof policy === 'string' ? PRESETS[policy] : policy
}

function memberOf({ members }: WorkspaceState, id: string): Member {
  const member = itemOf(members, id)
  if (member === undefined) {
    giveUp('member.unknown', { member: id, suggestion: nearest(id, Object.keys(members)) })
  }
  return member
}

/** A workspace without anybody who may change it could never be mended. */
function keepAdmin({ members }: WorkspaceState, member: Member, taken: readonly Permission[]): void {
  if (!taken.includes('admin') || !member.permissions.includes('admin')) return
  const others = Object.values(members).some(
    ({ id, permissions }) => id !== member.id && permissions.includes('admin'),
  )
  if (!others) giveUp('member.lastAdmin', { member: member.id })
}

/** A policy that waits for somebody who may not approve would block every release. */
function keepApprover({ policy }: WorkspaceState, { id }: Member, taken: readonly Permission[]): void {
  if (taken.includes('approve') && policy.approvals.approvers?.includes(id) === true) {
    giveUp('member.needed', { member: id })
  }
}
