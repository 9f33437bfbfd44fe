import type { Json } from '../base/json.ts'
import { tellName } from './tell-name.ts'

/** Why something was not shared, made or opened; nothing has changed. */
export interface SharingRefusal {
  readonly ok: false
  /** Stable: one of `SHARING_REFUSALS`, or a code of commands of a workspace. */
  readonly code: string
  /** What is in the way, as one sentence for people. */
  readonly reason: string
  /** What would lift it, as one sentence. */
  readonly lift: string
  readonly details: { readonly [name: string]: Json }
}

export type SharingRefusalCode = keyof typeof SHARING_REFUSALS

type Details = SharingRefusal['details']

interface SharingRefusalEntry {
  readonly reason: (details: Details) => string
  readonly lift: string
}

const list = (value: Json | undefined) => (Array.isArray(value) ? value.join(', ') : '')
const names = (value: Json | undefined) =>
  Array.isArray(value) ? value.map((name) => tellName(String(name))).join(', ') : ''
const say = (text: string) => () => text

/**
 * Every reason of this room. Wording lives here alone, so that hosts can translate it. Reasons why a link or a token is not
 * accepted are for logs: whoever holds the link is told `link.unavailable` and nothing else.
 */
export const SHARING_REFUSALS = {
  'link.unavailable': {
    reason: say('This link cannot be opened.'),
    lift: 'Ask whoever sent it for a new one.',
  },
  'link.malformed': {
    reason: (d) => `This is no link of ours: ${d.fault}.`,
    lift: 'Open the link as it was sent, to its last character.',
  },
  'link.unknown': {
    reason: say('No link has this id or short code; it may have been revoked.'),
    lift: 'Make a new one.',
  },
  'link.keyRegenerated': {
    reason: (d) => `The application ${d.application} has another key since the link was made.`,
    lift: 'Make a new one.',
  },
  'link.badToken': {
    reason: (d) => `Its token is not one that was made for it: ${d.fault}.`,
    lift: 'Open the link as it was sent; somebody may have changed it.',
  },
  'link.changed': {
    reason: say('Its parameters are not those that it was made with.'),
    lift: 'Open the link as it was sent, or let the application take other parameters.',
  },
  'link.expired': {
    reason: (d) => `It could be opened until ${d.expiresAt}.`,
    lift: 'Make a new one.',
  },
  'link.spent': {
    reason: (d) => `It has been used as often as the application ${d.application} lets: ${d.maxInvocations}.`,
    lift: 'Make a new one, or let the application allow more for links to come.',
  },
  'link.noApplication': {
    reason: (d) => `The flow ${d.flow} is not handed out for the application ${d.application}.`,
    lift: 'Choose one that is listed for the flow, or name the application in its distribution.',
  },
  'link.notInteraction': {
    reason: (d) =>
      `The flow ${d.flow} is a ${d.role} flow for ${d.audience} use, and contacts are led to main interaction flows alone.`,
    lift: 'Share it read-only with a password instead (SHR-1).',
  },
  'link.notReleased': {
    reason: (d) => `The flow ${d.flow} has no official release.`,
    lift: 'Release it.',
  },
  'link.paused': {
    reason: (d) => `The flow ${d.flow} is paused.`,
    lift: 'Resume it.',
  },
  'link.notApproved': {
    reason: (d) => `The released version ${d.version} of the flow ${d.flow} is not approved.`,
    lift: 'Have it approved; that can be done after its release.',
  },
  'link.otherTrigger': {
    reason: (d) => `The flow ${d.flow} is started by ${d.trigger}, and not by a link.`,
    lift: 'Release a version whose start node names the trigger link.',
  },
  'link.missingParameters': {
    reason: (d) => `The flow ${d.flow} cannot start without these parameters: ${list(d.parameters)}.`,
    lift: 'Add them.',
  },
  'link.unknownParameters': {
    reason: (d) => `The start node of ${d.flow} declares nothing by these names: ${names(d.parameters)}.`,
    lift: 'Use the names that it declares, or declare them there.',
  },
  'link.badParameters': {
    reason: (d) => `The parameters cannot be used: ${d.fault}.`,
    lift: 'Write them as name=value, joined by &, each name once.',
  },
  'link.badExpiry': {
    reason: (d) => `The link would end at ${d.expiresAt}, which is ${d.fault}.`,
    lift: 'Choose an instant that is still to come, and no later than the application lets.',
  },
  'link.notEmbedded': {
    reason: (d) => `The application ${d.application} lets no page embed its links.`,
    lift: 'Name the origins that may, in the links of the application.',
  },
  'link.tooLong': {
    reason: (d) => `The link would be ${d.length} characters long, and ${d.atMost} are safe everywhere.`,
    lift: 'Pass less by it: an id under which the flow looks up the rest.',
  },
  'link.codesTaken': {
    reason: say('No short code was free.'),
    lift: 'Use the source of codes that comes along, or one with longer codes.',
  },
  'share.noPassword': {
    reason: (d) => `A read-only link needs a password of ${d.atLeast} to ${d.atMost} characters.`,
    lift: 'Choose one, and tell it to whoever may look.',
  },
  'share.unavailable': {
    reason: say('This link cannot be opened.'),
    lift: 'Ask whoever sent it for a new one.',
  },
  'share.wrongPassword': {
    reason: say('The password is wrong.'),
    lift: 'Enter the one that came with the link.',
  },
  'share.throttled': {
    reason: (d) => `Too many wrong passwords. The next one is looked at in ${d.retryAfterSeconds} seconds.`,
    lift: 'Wait, and enter the one that came with the link.',
  },
  'share.busy': {
    reason: say('Too many passwords are being looked at.'),
    lift: 'Try again in a moment.',
  },
  'share.readOnly': {
    reason: (d) => `${d.method} changes something, and this link is for reading alone.`,
    lift: 'Ask for an account to change the flow.',
  },
} as const satisfies Readonly<Record<string, SharingRefusalEntry>>

/** The refusal of a code, in words. */
export function refuseSharing(code: SharingRefusalCode, details: Details = {}): SharingRefusal {
  const { reason, lift } = SHARING_REFUSALS[code] as SharingRefusalEntry
  return { ok: false, code, reason: reason(details), lift, details }
}
