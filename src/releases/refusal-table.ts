import { isJsonObject, type Json } from '../base/json.ts'

type Details = { readonly [name: string]: Json }

/** What the table says of one code. */
export interface RefusalEntry {
  /** What is in the way, with the rule behind it. */
  readonly reason: (details: Details) => string
  /** What would lift it. */
  readonly lift: (details: Details) => string
}

const say = (text: string) => () => text
const list = (value: Json | undefined) => (Array.isArray(value) ? value.join(', ') : String(value))
/** Faults that were found elsewhere, in their own words. */
const messages = (faults: Json | undefined) =>
  (Array.isArray(faults) ? faults : [])
    .map((fault) => (isJsonObject(fault) ? String(fault.message).replace(/([^.])$/, '$1.') : ''))
    .join(' ')
const didYouMean = ({ suggestion }: Details) =>
  suggestion === undefined ? '' : ` Did you mean ${suggestion}?`

/** Every reason for which something is refused. Wording lives here alone, so that hosts can translate it. */
export const REFUSAL_TABLE = {
  'command.bad': {
    reason: (d: Details) => `This is no command that can be read: ${d.fault}.${didYouMean(d)}`,
    lift: say('Correct what the details name.'),
  },
  'policy.bad': {
    reason: (d: Details) => `This is no policy that can be read: ${d.fault}.${didYouMean(d)}`,
    lift: say('Correct what the details name.'),
  },
  'stream.stale': {
    reason: (d: Details) =>
      `The ${d.stream} is at revision ${d.revision}, and this was decided on revision ${d.expected}.`,
    lift: say('Read it again and repeat the command.'),
  },
  'workspace.exists': {
    reason: (d: Details) => `The workspace ${d.workspace} exists already.`,
    lift: say('Open it instead of creating it.'),
  },
  'workspace.unknown': {
    reason: say('The workspace has not been created yet.'),
    lift: say('Send createWorkspace first.'),
  },
  'member.unknown': {
    reason: (d: Details) => `${d.member} is no member of the workspace.${didYouMean(d)}`,
    lift: say('Ask somebody with the permission admin to add the member.'),
  },
  'member.exists': {
    reason: (d: Details) => `${d.member} is a member already.`,
    lift: say('Grant or revoke permissions instead.'),
  },
  'member.lastAdmin': {
    reason: (d: Details) => `${d.member} is the last one with the permission admin.`,
    lift: say('Grant it to somebody else first.'),
  },
  'member.needed': {
    reason: (d: Details) => `The policy asks for the approval of ${d.member}.`,
    lift: say('Take the member out of the approvers of the policy first.'),
  },
  'permission.missing': {
    reason: (d: Details) =>
      `${d.command} needs the permission ${d.permission}, which ${d.member} does not have.`,
    lift: (d: Details) => `Ask somebody with the permission admin to grant ${d.permission}.`,
  },
  'policy.grayInUse': {
    reason: (d: Details) => `The policy leaves no gray releases, and some are out: ${list(d.flows)}.`,
    lift: say('Promote or cancel them first.'),
  },
  'policy.unknownApprover': {
    reason: (d: Details) => `The policy names approvers who may not approve: ${list(d.members)}.`,
    lift: say('Add them as members with the permission approve, or leave them out.'),
  },
  'policy.uncovered': {
    reason: (d: Details) =>
      `The policy asks for an exception flow, and these released flows have none: ${list(d.flows)}.`,
    lift: say('Release exception flows for their media and name them first.'),
  },
  'item.unknown': {
    reason: (d: Details) => `There is no ${d.kind} ${d.id}.${didYouMean(d)}`,
    lift: say('Name one that the workspace has, or define it first.'),
  },
  'item.inUse': {
    reason: (d: Details) => `The ${d.kind} ${d.id} is in use: ${list(d.by)}.`,
    lift: say('Take it out of use there first.'),
  },
  'item.channelInUse': {
    reason: (d: Details) => `The application ${d.id} carries the channel ${d.channel} of ${list(d.by)}.`,
    lift: say('Define another application for the other channel.'),
  },
  'grayRule.bad': {
    reason: (d: Details) => `This is no gray rule. ${messages(d.faults)}`,
    lift: say('Correct what the details name.'),
  },
  'exceptionFlow.wrongRole': {
    reason: (d: Details) => `${d.flow} is a ${d.role} flow, and an exception flow is asked for.`,
    lift: say('Choose a flow with the role exception.'),
  },
  'exceptionFlow.needed': {
    reason: (d: Details) => `Released flows would be left without an exception flow: ${list(d.flows)}.`,
    lift: say('Release another exception flow for their media, or cancel their releases first.'),
  },
  'flow.unknown': {
    reason: (d: Details) => `There is no flow ${d.flow}.`,
    lift: say('Name a flow of this workspace.'),
  },
  'flow.exists': {
    reason: (d: Details) => `There is a flow ${d.flow} already, or was once.`,
    lift: say('Give the document another id.'),
  },
  'flow.live': {
    reason: (d: Details) => `${d.flow} has a released version.`,
    lift: say('Cancel its releases first.'),
  },
  'flow.notLive': {
    reason: (d: Details) => `${d.flow} has no released version.`,
    lift: say('Release a version first.'),
  },
  'flow.paused': {
    reason: (d: Details) => `${d.flow} is paused already.`,
    lift: say('Leave it as it is, or resume it.'),
  },
  'flow.notPaused': {
    reason: (d: Details) => `${d.flow} is not paused.`,
    lift: say('Leave it as it is, or pause it.'),
  },
  'flow.inUse': {
    reason: (d: Details) => `${d.flow} is called by released flows: ${list(d.by)}.`,
    lift: say('Release them without the call, or cancel their releases first.'),
  },
  'flow.isExceptionFlow': {
    reason: (d: Details) => `${d.flow} is the exception flow for ${list(d.media)}.`,
    lift: say('Name another one, or none, first.'),
  },
  'flow.hasSessions': {
    reason: (d: Details) => `Sessions run on ${d.flow}: ${d.sessions}.`,
    lift: say('Wait until they have ended, or cancel them first.'),
  },
  'version.unknown': {
    reason: (d: Details) => `${d.flow} has no version ${d.version}.`,
    lift: say('Name a version that the history lists.'),
  },
  'version.unnamed': {
    reason: (d: Details) => `No version of ${d.flow} is named.`,
    lift: say('Name the version; only a rollback finds it by itself.'),
  },
  'version.fixed': {
    reason: (d: Details) => `${d.label} has the status ${d.status}, and cannot be edited.`,
    lift: say('Branch a new version from it, or restore it where it was set aside.'),
  },
  'version.notBranchable': {
    reason: (d: Details) =>
      `${d.label} has the status ${d.status}, and only released versions are cloned here.`,
    lift: say('Release it first, or clone the version that is released.'),
  },
  'version.isDraft': {
    reason: (d: Details) => `${d.label} is the draft, and there is one draft at a time.`,
    lift: say('Edit and save it as it is.'),
  },
  'version.notSetAside': {
    reason: (d: Details) => `${d.label} has not been set aside.`,
    lift: say('Open it as it is.'),
  },
  'version.live': {
    reason: (d: Details) => `${d.label} has the status ${d.status}.`,
    lift: say('Cancel its release first.'),
  },
  'version.last': {
    reason: (d: Details) => `${d.label} is the only version of ${d.flow}.`,
    lift: say('Delete the flow, or keep the version.'),
  },
  'version.hasSessions': {
    reason: (d: Details) => `Sessions run on ${d.label}: ${d.sessions}.`,
    lift: say('Wait until they have ended, or cancel them first.'),
  },
  'version.notRetirable': {
    reason: (d: Details) => `${d.label} has the status ${d.status}.`,
    lift: say('Leave it as it is.'),
  },
  'edit.stale': {
    reason: (d: Details) => `The draft is at revision ${d.revision}, and this was made for ${d.expected}.`,
    lift: say('Read the newer revision, bring your edits over to it, and save again.'),
  },
  'edit.locked': {
    reason: (d: Details) => `${d.holder} holds the editing lock until ${d.until}.`,
    lift: say('Wait, or ask for it to be released.'),
  },
  'draft.changed': {
    reason: (d: Details) => `The draft ${d.label} has been changed, and there is one draft at a time.`,
    lift: say('Confirm with over: true. The draft is set aside, and can be restored.'),
  },
  'draft.wrongFlow': {
    reason: (d: Details) => `The document is that of ${d.document}, and the flow is ${d.flow}.`,
    lift: say('Save the document under the flow that its id names.'),
  },
  'document.bad': {
    reason: (d: Details) => `This is no flow document. ${messages(d.faults)}`,
    lift: say('Correct what the details name; whatever is merely incomplete can be saved.'),
  },
  'inspection.wanted': {
    reason: (d: Details) =>
      d.inspected === undefined
        ? 'The document has not been inspected.'
        : `The inspection is of ${d.inspected}, and the document is ${d.content ?? 'another one'}.`,
    lift: say('Pass the inspection of exactly this document.'),
  },
  'executable.wanted': {
    reason: say('The executable of this document has not been made.'),
    lift: say('Prepare the document, store the executable, and pass its hash.'),
  },
  'comparison.wanted': {
    reason: (d: Details) => `The comparison with the released version ${d.label} is missing.`,
    lift: say('Pass the comparison of exactly these two documents.'),
  },
  'world.wanted': {
    reason: (d: Details) => `Nothing is known of ${list(d.of)}.`,
    lift: say('Pass it in the context.'),
  },
  'approval.ownWork': {
    reason: (d: Details) => `${d.member} has saved ${d.label}, and nobody approves their own work here.`,
    lift: say('Ask another member with the permission approve.'),
  },
  'approval.moved': {
    reason: (d: Details) => `${d.label} behaves differently from what was looked at.`,
    lift: say('Look at it again, and approve what is there now.'),
  },
  'approval.given': {
    reason: (d: Details) => `${d.member} has approved ${d.label} already.`,
    lift: say('Withdraw the approval first, if it should go.'),
  },
  'approval.none': {
    reason: (d: Details) => `${d.member} has not approved ${d.label}.`,
    lift: say('Approve it first.'),
  },
  'version.notApprovable': {
    reason: (d: Details) => `${d.label} has the status ${d.status}.`,
    lift: say('Choose a version that can be released, or is.'),
  },
  'compile.notVoice': {
    reason: (d: Details) => `${d.flow} is no voice flow.`,
    lift: say('Leave it out: only voice flows are compiled.'),
  },
  'release.gates': {
    reason: (d: Details) => `The release does not pass: ${list(d.gates)}.`,
    lift: say('Do what each gate of the plan names.'),
  },
  'release.moved': {
    reason: say('Something that the release depends on has changed since the plan was made.'),
    lift: say('Look at the new plan, and confirm that one.'),
  },
  'release.emptySlot': {
    reason: (d: Details) => `${d.flow} has no ${d.slot} release.`,
    lift: say('Name the slot that holds a version.'),
  },
  'release.nothingToRollBack': {
    reason: (d: Details) => `No version of ${d.flow} has been replaced in the slot ${d.slot}.`,
    lift: say('Name a retired version.'),
  },
  'share.none': {
    reason: (d: Details) => `${d.flow} has no read-only link.`,
    lift: say('Share it with a password first.'),
  },
  'share.over': {
    reason: (d: Details) => `The read-only link to ${d.flow} would have ended at ${d.expiresAt}.`,
    lift: say('Share it anew, with an end that is still to come or with none.'),
  },
  'share.taken': {
    reason: (d: Details) => `The read-only link to ${d.flow} has this id already.`,
    lift: say('Choose another id; a random one of 21 characters is never taken.'),
  },
  'event.bad': {
    reason: (d: Details) => `The event at position ${d.position} cannot be read: ${d.fault}.`,
    lift: say('Restore the stream from a copy: events never change once they are stored.'),
  },
  'event.unknown': {
    reason: (d: Details) => `The event at position ${d.position} is of the unknown type ${d.type}.`,
    lift: say('Update the package: a newer version wrote it.'),
  },
  'event.newer': {
    reason: (d: Details) =>
      `The event at position ${d.position} has schema ${d.schema}, and this package reads up to ${d.newest}.`,
    lift: say('Update the package: a newer version wrote it.'),
  },
  'snapshot.bad': {
    reason: (d: Details) => `The snapshot cannot be read: ${d.fault}.`,
    lift: say('Rebuild the state from its events.'),
  },
} as const satisfies { readonly [code: string]: RefusalEntry }

export type RefusalCode = keyof typeof REFUSAL_TABLE
