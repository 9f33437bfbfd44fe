import type { Policy, StatusWords } from '../policy.ts'

const WORDS: StatusWords = {
  new: 'New',
  gray: 'Gray Release',
  official: 'Official Release',
  unreleased: 'Unreleased',
  retired: 'Retired',
  setAside: 'Set aside',
  deleted: 'Deleted',
  paused: 'Paused',
}

/** The policy of the library where nobody has chosen one: everything is allowed, nothing is asked for. */
const open: Policy = {
  numbering: { labels: 'minor', minted: 'atDraft' },
  drafts: { kept: 'many', branchFrom: 'any' },
  release: {
    gray: true,
    warningsBlock: false,
    needsExceptionFlow: false,
    accessCodes: 'voice',
    compileVoice: false,
    ofRunning: 'keep',
  },
  approvals: { required: 0, ownWork: true, emergency: false },
  validation: {},
  imports: { placeholders: true },
  words: WORDS,
}

/** Contact centres: V1.0, V1.1 to V2.0, clones of released flows, gray releases, an exception flow before anything else. */
const contactCentre: Policy = {
  ...open,
  numbering: { labels: 'decimal', minted: 'atDraft' },
  drafts: { kept: 'many', branchFrom: 'released' },
  release: { ...open.release, needsExceptionFlow: true, accessCodes: 'all' },
}

/** Flow builders: one working draft, a version when it goes live, every outcome connected, voice compiled first. */
const flowBuilder: Policy = {
  ...open,
  numbering: { labels: 'minor', minted: 'atRelease' },
  drafts: { kept: 'one', branchFrom: 'any' },
  release: { ...open.release, gray: false, accessCodes: 'none', compileVoice: true },
  imports: { placeholders: false },
  words: {
    ...WORDS,
    new: 'Working Draft',
    official: 'Live',
    unreleased: 'Not live',
    retired: 'Earlier version',
  },
}

/** Consoles that hand flows out: publishing needs no approval, handing out does. */
const console: Policy = {
  ...open,
  numbering: { labels: 'minor', minted: 'atRelease' },
  drafts: { kept: 'one', branchFrom: 'any' },
  release: { ...open.release, gray: false, accessCodes: 'none' },
  approvals: { required: 0, ownWork: false, emergency: false },
  words: { ...WORDS, new: 'Draft', official: 'Published', unreleased: 'Unpublished', retired: 'Replaced' },
}

/** Chat flows: on line or off line. */
const chatFlow: Policy = {
  ...open,
  numbering: { labels: 'integer', minted: 'atRelease' },
  drafts: { kept: 'one', branchFrom: 'any' },
  release: { ...open.release, gray: false, accessCodes: 'none' },
  words: {
    ...WORDS,
    new: 'OFFLINE',
    official: 'ONLINE',
    unreleased: 'OFFLINE',
    retired: 'OFFLINE',
    paused: 'OFFLINE',
  },
}

/** Action flows: versions 1, 2, 3, a draft beside the published one, somebody else's approval before publishing. */
const actionFlow: Policy = {
  ...open,
  numbering: { labels: 'integer', minted: 'atDraft' },
  drafts: { kept: 'one', branchFrom: 'any' },
  release: { ...open.release, gray: false, accessCodes: 'none' },
  approvals: { required: 1, ownWork: false, emergency: false },
  words: { ...WORDS, new: 'Draft', official: 'Published', unreleased: 'Unpublished', retired: 'Replaced' },
}

/**
 * Policies by name: the library's own, and the habits of five kinds of products. Take one as it is, or change what
 * should be different.
 *
 * @example
 * const policy = { ...PRESETS['contact-centre'], drafts: { kept: 'one', branchFrom: 'any' } }
 */
export const PRESETS = {
  open,
  'contact-centre': contactCentre,
  'flow-builder': flowBuilder,
  console,
  'chat-flow': chatFlow,
  'action-flow': actionFlow,
} as const satisfies { readonly [name: string]: Policy }

export type PresetName = keyof typeof PRESETS
