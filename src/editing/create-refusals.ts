import type { Json } from '../base/json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'

type Details = { readonly [name: string]: Json }

/** Why a flow was not created. */
export interface CreateRefusal {
  readonly code: CreateRefusalCode
  /** One sentence for people, with the next step. */
  readonly reason: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: Details
  /** What keeps a document from being read; empty but for `create.unreadable`. */
  readonly diagnostics: readonly Diagnostic[]
}

export type CreateRefusalCode = keyof typeof CREATE_REFUSALS

/** Every reason for which `createFlow` refuses. Wording lives here alone, so that hosts can translate it. */
export const CREATE_REFUSALS = {
  'create.unknownWay': {
    reason: (d: Details) =>
      `There is no way to create a flow from ${d.from}. Choose one of blank, json, template and copy.`,
    cause: 'The member `from` holds another word, or is missing.',
    mend: 'Say what the flow is made from: blank, json, template or copy.',
  },
  'create.noName': {
    reason: () => 'The flow has no name. Give it one that is not blank.',
    cause: 'A blank flow, or one from JSON, was asked for without a name.',
    mend: 'Ask for a name; only flows from a template and copies have one of their own.',
  },
  'create.noRemark': {
    reason: () => 'The flow has no remark. Give it one; an empty text will do.',
    cause: 'A blank flow, or one from JSON, was asked for without a remark.',
    mend: 'Ask for a remark, and pass an empty text where there is none.',
  },
  'create.noStartType': {
    reason: () => 'None of the node types can begin a flow. Offer one whose place is start.',
    cause: 'The registry that was passed holds no start node.',
    mend: 'Pass the built-in palette, or add a node type with place: start.',
  },
  'create.unknownTrigger': {
    reason: (d: Details) =>
      `There is no trigger ${d.trigger}.${didYouMean(d)} Choose one of ${(d.triggers as readonly string[]).join(', ')}, or leave it open.`,
    cause: 'The start node does not know the trigger.',
    mend: 'Correct the trigger, or leave it out: it can be chosen until release.',
  },
  'create.unknownTemplate': {
    reason: (d: Details) =>
      `There is no template ${d.template}.${didYouMean(d)} Choose one of those on offer.`,
    cause: 'The id is misspelt, or the templates of the host were not passed.',
    mend: 'Correct the id, or pass the templates with the option templates.',
  },
  'create.unreadable': {
    reason: (d: Details) => `It cannot be read as a flow: ${d.fault}. Mend what the diagnostics name.`,
    cause: 'The JSON, the template or the flow to copy is no document of this or an older schema.',
    mend: 'Look at the diagnostics; each has a code and a place.',
  },
} as const

function didYouMean({ suggestion }: Details): string {
  return suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
}

/** The refusal of a code, in words. */
export function refusalOf(
  code: CreateRefusalCode,
  details: Details = {},
  diagnostics: readonly Diagnostic[] = [],
): CreateRefusal {
  return { code, reason: CREATE_REFUSALS[code].reason(details), details, diagnostics }
}
