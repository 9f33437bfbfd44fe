import type { Decide } from '../decide.ts'
import { currentRevision, inspectionOf, itemOf, versionDetails, versionOf } from '../lookup.ts'
import { giveUp } from '../refusal.ts'
import type { FlowState, Version, WorkspaceState } from '../state.ts'

const requestApproval: Decide<'requestApproval'> = (state, command) => {
  const { version } = versionOf(state, command)
  approvable(version, state.workspace)
  const { behaviourHash } = currentRevision(version)
  if (version.approvalRequest?.behaviourHash === behaviourHash) return []
  return [{ type: 'approvalRequested', flow: command.flow, version: version.id, behaviourHash }]
}

const approve: Decide<'approve'> = (state, command, { by }) => {
  const { flow, version } = versionOf(state, command)
  const { workspace } = state
  approvable(version, workspace)
  const { label } = versionDetails(version, workspace)
  const { behaviourHash } = currentRevision(version)
  if (command.behaviourHash !== behaviourHash) giveUp('approval.moved', { label })
  if (!workspace.policy.approvals.ownWork && isAuthor(flow, version, by)) {
    giveUp('approval.ownWork', { member: by, label })
  }
  if (version.approvals.some((each) => each.by === by && each.behaviourHash === behaviourHash)) {
    giveUp('approval.given', { member: by, label })
  }
  return [
    {
      type: 'approved',
      flow: command.flow,
      version: version.id,
      behaviourHash,
      ...(command.comment === undefined ? {} : { comment: command.comment }),
    },
  ]
}

const withdrawApproval: Decide<'withdrawApproval'> = (state, command, { by }) => {
  const { version } = versionOf(state, command)
  if (!version.approvals.some((each) => each.by === by)) {
    giveUp('approval.none', { member: by, label: versionDetails(version, state.workspace).label })
  }
  return [
    {
      type: 'approvalWithdrawn',
      flow: command.flow,
      version: version.id,
      ...(command.comment === undefined ? {} : { comment: command.comment }),
    },
  ]
}

/** Errors and warnings of the inspection, recorded with the behaviour that they speak of (VAL-13). */
const compileVoice: Decide<'compileVoice'> = (state, command, context) => {
  const { version } = versionOf(state, command)
  const inspection = inspectionOf(context, currentRevision(version).contentHash)
  if (inspection.medium !== 'voice') giveUp('compile.notVoice', { flow: command.flow })
  const count = (severity: string) =>
    inspection.diagnostics.filter((each) => each.severity === severity).length
  return [
    {
      type: 'voiceCompiled',
      flow: command.flow,
      version: version.id,
      behaviourHash: inspection.behaviourHash,
      errors: count('error'),
      warnings: count('warning'),
    },
  ]
}

export const APPROVAL_DECISIONS = { requestApproval, approve, withdrawApproval, compileVoice }

/** What has been set aside or replaced is approved by nobody; what is released can be, at any time. */
function approvable(version: Version, workspace: WorkspaceState): void {
  if (version.state === 'setAside') giveUp('version.notApprovable', versionDetails(version, workspace))
}

/**
 * True for everybody who has saved the version, or what it was branched from. What was released before is nobody's work
 * any more; a copy of a draft is still that of whoever wrote the draft.
 */
function isAuthor({ versions }: FlowState, version: Version, member: string): boolean {
  let { parent, revisions } = version
  for (;;) {
    const origin = parent === undefined ? undefined : itemOf(versions, parent)
    const [copied, ...saved] = revisions
    if ((origin === undefined ? revisions : saved).some(({ by }) => by === member)) return true
    if (origin === undefined || copied === undefined) return false
    const { contentHash, behaviourHash } = copied
    if (origin.releases.some((each) => each.behaviourHash === behaviourHash)) return false
    const last = origin.revisions.findLastIndex((each) => each.contentHash === contentHash)
    parent = origin.parent
    revisions = origin.revisions.slice(0, last + 1)
  }
}
