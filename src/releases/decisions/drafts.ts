import { isHeld, isHeldByAnother } from '../../document/editing-lock.ts'
import type { Context } from '../context.ts'
import type { Decide } from '../decide.ts'
import type { SavedContent } from '../event.ts'
import type { Inspection } from '../inspection.ts'
import { nextState } from '../lifecycle.ts'
import { catalogItem, currentRevision, inspectionOf, versionDetails, versionOf } from '../lookup.ts'
import type { Policy } from '../policy.ts'
import { giveUp } from '../refusal.ts'
import type { FlowState, Version, WorkspaceState } from '../state.ts'
import { firstNumber, nextNumber } from '../version-number.ts'

const createFlow: Decide<'createFlow'> = ({ workspace, flow }, command, context) => {
  const inspection = inspectionOf(context)
  const { flow: id, service, labels, comment } = command
  // The id of a deleted flow is not given again: its sessions and records still carry it.
  if (flow !== undefined || Object.hasOwn(workspace.flows, id)) giveUp('flow.exists', { flow: id })
  if (service !== undefined) catalogItem(workspace, 'service', service)
  return [
    {
      type: 'flowCreated',
      flow: id,
      version: 'v1',
      ...mintedAtDraft(workspace.policy, undefined),
      ...(service === undefined ? {} : { service }),
      ...(labels === undefined ? {} : { labels: [...new Set(labels)] }),
      ...(comment === undefined ? {} : { comment }),
      ...contentOf(inspection, id),
    },
  ]
}

const saveDraft: Decide<'saveDraft'> = (state, command, context) => {
  const { version } = versionOf(state, command)
  const content = contentOf(inspectionOf(context), command.flow)
  const now = currentRevision(version)
  if (nextState(version.state, 'revise') === undefined) {
    giveUp('version.fixed', versionDetails(version, state.workspace))
  }
  writable(version, context)
  if (command.revision !== now.revision) {
    giveUp('edit.stale', { revision: now.revision, expected: command.revision })
  }
  if (content.contentHash === now.contentHash) {
    // Nothing to save; the request of the holder of the lock puts its end off all the same.
    const { lock } = version
    return lock !== undefined && isHeld(lock, context.now)
      ? [{ type: 'lockTaken', flow: command.flow, version: version.id }]
      : []
  }
  return [
    { type: 'draftSaved', flow: command.flow, version: version.id, revision: now.revision + 1, ...content },
  ]
}

const branch: Decide<'branch'> = (state, command, context) => {
  const { flow, version: parent } = versionOf(state, { flow: command.flow, version: command.from })
  const { workspace } = state
  const { drafts } = workspace.policy
  if (drafts.branchFrom === 'released' && parent.state !== 'gray' && parent.state !== 'official') {
    giveUp('version.notBranchable', versionDetails(parent, workspace))
  }
  if (drafts.kept === 'one' && parent.state === 'new') {
    giveUp('version.isDraft', versionDetails(parent, workspace))
  }
  const setAside = makeRoom(flow, workspace, command.over === true, context)
  const { contentHash, behaviourHash } = currentRevision(parent)
  return [
    {
      type: 'branched',
      flow: flow.id,
      version: `v${flow.count + 1}`,
      from: parent.id,
      ...mintedAtDraft(workspace.policy, flow.highest),
      contentHash,
      behaviourHash,
      setAside,
      ...(command.comment === undefined ? {} : { comment: command.comment }),
    },
  ]
}

const restoreDraft: Decide<'restoreDraft'> = (state, command, context) => {
  const { flow, version } = versionOf(state, command)
  if (nextState(version.state, 'restore') === undefined) {
    giveUp('version.notSetAside', versionDetails(version, state.workspace))
  }
  const setAside = makeRoom(flow, state.workspace, command.over === true, context)
  return [{ type: 'draftRestored', flow: flow.id, version: version.id, setAside }]
}

const takeLock: Decide<'takeLock'> = (state, command, context) => {
  const { version } = versionOf(state, command)
  if (nextState(version.state, 'revise') === undefined) {
    giveUp('version.fixed', versionDetails(version, state.workspace))
  }
  writable(version, context)
  return [{ type: 'lockTaken', flow: command.flow, version: version.id }]
}

const releaseLock: Decide<'releaseLock'> = (state, command, context) => {
  const { version } = versionOf(state, command)
  writable(version, context)
  return version.lock === undefined ? [] : [{ type: 'lockReleased', flow: command.flow, version: version.id }]
}

const comment: Decide<'comment'> = (state, command) => {
  const { version } = versionOf(state, command)
  return [{ type: 'commented', flow: command.flow, version: version.id, text: command.text }]
}

export const DRAFT_DECISIONS = { createFlow, saveDraft, branch, restoreDraft, takeLock, releaseLock, comment }

/** The number of a new version, where numbers are minted with drafts. */
function mintedAtDraft({ numbering }: Policy, highest: string | undefined): { readonly number?: string } {
  if (numbering.minted === 'atRelease') return {}
  return {
    number: highest === undefined ? firstNumber() : nextNumber(highest, numbering.labels),
  }
}

function contentOf(inspection: Inspection, flow: string): SavedContent {
  if (inspection.flow !== flow) giveUp('draft.wrongFlow', { document: inspection.flow, flow })
  const { contentHash, behaviourHash, name, remark, role, medium, audience } = inspection
  return {
    contentHash,
    behaviourHash,
    name,
    ...(remark === undefined ? {} : { remark }),
    role,
    medium,
    audience,
  }
}

/** Refuses what would change a version that somebody else holds the editing lock of. */
export function writable({ lock }: Version, { by, now }: Context): void {
  if (!isHeldByAnother(lock, by, now)) return
  giveUp('edit.locked', { holder: lock.holder, until: new Date(lock.expiresAt).toISOString() })
}

/**
 * The drafts that have to be set aside for another one, where there is one at a time. One that was changed since it was
 * made is set aside on confirmation alone, and none that somebody else holds the lock of.
 */
function makeRoom(
  flow: FlowState,
  workspace: WorkspaceState,
  confirmed: boolean,
  context: Context,
): readonly string[] {
  if (workspace.policy.drafts.kept === 'many') return []
  const drafts = Object.values(flow.versions).filter(({ state }) => state === 'new')
  for (const draft of drafts) {
    writable(draft, context)
    if (!confirmed && isChanged(draft)) giveUp('draft.changed', versionDetails(draft, workspace))
  }
  return drafts.map(({ id }) => id)
}

/** True where a draft says something else than the version that it was branched from said then; of a first version always. */
function isChanged(draft: Version): boolean {
  return draft.parent === undefined || draft.revisions[0]!.contentHash !== currentRevision(draft).contentHash
}
