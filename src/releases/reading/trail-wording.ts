import type { EventType } from '../event.ts'

/** What sentences of the trail are made of: ids, labels and words, and never the value of a variable. */
export interface TrailFacts {
  /** Who did it. */
  readonly by: string
  readonly flow?: string
  /** Label of the version, or its id where it has no number yet. */
  readonly version?: string
  /** The version that it was branched from, or that it replaces. */
  readonly other?: string
  readonly slot?: string
  /** What kind of release it was: `release`, `promotion` or `rollback`. */
  readonly release?: string
  readonly member?: string
  readonly permissions?: readonly string[]
  /** Kind and id of a thing of the catalog. */
  readonly kind?: string
  readonly item?: string
  readonly medium?: string
  readonly service?: string
  readonly labels?: readonly string[]
  /** Ids of applications. */
  readonly applications?: readonly string[]
  /** Whether links are protected, or whether a shared link is on. */
  readonly on?: boolean
  readonly errors?: number
  readonly warnings?: number
}

/** One sentence for each type of event. */
export type TrailWording = { readonly [Type in EventType]: (facts: TrailFacts) => string }

const version = ({ version, flow }: TrailFacts) => `${version} of ${flow}`
const list = (texts: readonly string[] = []) => (texts.length === 0 ? 'none' : texts.join(', '))

/** How the trail is worded in English. Wording lives here alone, so that hosts can translate it. */
export const TRAIL_WORDING: TrailWording = {
  workspaceCreated: ({ by }) => `${by} created the workspace.`,
  policySet: ({ by }) => `${by} changed the policy.`,
  memberAdded: ({ by, member, permissions }) =>
    `${by} added ${member} with these permissions: ${list(permissions)}.`,
  memberRemoved: ({ by, member }) => `${by} removed ${member}.`,
  permissionsGranted: ({ by, member, permissions }) => `${by} granted ${member}: ${list(permissions)}.`,
  permissionsRevoked: ({ by, member, permissions }) => `${by} took from ${member}: ${list(permissions)}.`,
  itemDefined: ({ by, kind, item }) => `${by} defined the ${kind} ${item}.`,
  itemRemoved: ({ by, kind, item }) => `${by} removed the ${kind} ${item}.`,
  exceptionFlowSet: ({ by, flow, medium }) =>
    flow === undefined
      ? `${by} left the medium ${medium} without an exception flow.`
      : `${by} made ${flow} the exception flow for the medium ${medium}.`,
  keyRegenerated: ({ by, item }) => `${by} gave the application ${item} another key.`,
  flowCreated: (facts) => `${facts.by} created ${facts.flow} with ${facts.version}.`,
  draftSaved: (facts) => `${facts.by} saved ${version(facts)}.`,
  branched: (facts) => `${facts.by} made ${version(facts)} from ${facts.other}.`,
  draftRestored: (facts) => `${facts.by} made ${version(facts)} the draft again.`,
  lockTaken: (facts) => `${facts.by} took the editing lock of ${version(facts)}.`,
  lockReleased: (facts) => `${facts.by} gave back the editing lock of ${version(facts)}.`,
  commented: (facts) => `${facts.by} commented on ${version(facts)}.`,
  approvalRequested: (facts) => `${facts.by} asked for the approval of ${version(facts)}.`,
  approved: (facts) => `${facts.by} approved ${version(facts)}.`,
  approvalWithdrawn: (facts) => `${facts.by} withdrew the approval of ${version(facts)}.`,
  voiceCompiled: (facts) =>
    `${facts.by} compiled ${version(facts)}, with ${facts.errors} errors and ${facts.warnings} warnings.`,
  released: (facts) => releaseSentence(facts),
  releaseCancelled: (facts) => `${facts.by} cancelled the ${facts.slot} release of ${version(facts)}.`,
  versionRetired: (facts) => `${facts.by} retired ${version(facts)}.`,
  flowPaused: ({ by, flow }) => `${by} paused ${flow}.`,
  flowResumed: ({ by, flow }) => `${by} resumed ${flow}.`,
  flowPlaced: ({ by, flow, service }) =>
    service === undefined ? `${by} took ${flow} out of its service.` : `${by} put ${flow} into ${service}.`,
  flowLabelled: ({ by, flow, labels }) => `${by} gave ${flow} these labels: ${list(labels)}.`,
  distributionSet: ({ by, flow, applications, on }) =>
    `${by} let ${flow} be handed out for these applications: ${list(applications)}, ${on === true ? 'protected' : 'without protection'}.`,
  flowShared: ({ by, flow }) => `${by} shared ${flow} by a read-only link.`,
  shareSwitched: ({ by, flow, on }) =>
    `${by} switched the read-only link to ${flow} ${on === true ? 'on' : 'off'}.`,
  versionDeleted: (facts) => `${facts.by} deleted ${version(facts)}.`,
  flowDeleted: ({ by, flow }) => `${by} deleted ${flow}.`,
}

function releaseSentence(facts: TrailFacts): string {
  const { by, slot, other, release } = facts
  const done =
    release === 'rollback'
      ? `${by} rolled back to ${version(facts)} in the ${slot} slot`
      : release === 'promotion'
        ? `${by} promoted ${version(facts)} to the ${slot} slot`
        : `${by} released ${version(facts)} into the ${slot} slot`
  return `${done}${other === undefined ? '' : `, in the place of ${other}`}.`
}
