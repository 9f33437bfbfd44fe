import { currentRevision, itemOf } from './lookup.ts'
import type { ApprovalSummary } from './plan/release-plan.ts'
import type { Version, WorkspaceState } from './state.ts'

/**
 * The approvals of a version that count: of exactly its behaviour, by members who may approve now. An approver whom the
 * policy names is missing until they have approved.
 */
export function approvalsOf(version: Version, { members, policy }: WorkspaceState): ApprovalSummary {
  const { required, approvers = [] } = policy.approvals
  const { behaviourHash } = currentRevision(version)
  const given = version.approvals
    .filter((each) => each.behaviourHash === behaviourHash)
    .map(({ by }) => by)
    .filter((by) => itemOf(members, by)?.permissions.includes('approve') === true)
  return {
    required: Math.max(required, required === 0 ? 0 : approvers.length),
    given,
    missing: required === 0 ? [] : approvers.filter((id) => !given.includes(id)),
  }
}

/** True where a version has the approvals that the policy asks for, and one at least. */
export function isApproved(version: Version, workspace: WorkspaceState): boolean {
  const { required, given, missing } = approvalsOf(version, workspace)
  return missing.length === 0 && given.length >= Math.max(required, 1)
}
