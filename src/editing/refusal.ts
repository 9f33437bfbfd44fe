import type { Json } from '../base/json.ts'

/** The values that a reason speaks of. */
type Details = { readonly [name: string]: Json }

/** Why an edit was refused; nothing has changed. */
export interface EditRefusal {
  readonly ok: false
  readonly code: EditRefusalCode
  /** One sentence for people, with the next step. */
  readonly reason: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: Details
}

export type EditRefusalCode = keyof typeof EDIT_REFUSALS

/** What the table says of one code. */
export interface RefusalEntry {
  readonly reason: (details: Details) => string
  /** Why it happens. */
  readonly cause: string
  /** What lifts it. */
  readonly mend: string
}

function didYouMean({ suggestion }: Details): string {
  return suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
}

/** Every reason for which an edit is refused. Wording lives here alone, so that hosts can translate it. */
export const EDIT_REFUSALS = {
  'edit.badCommand': {
    reason: (d: Details) => `This is no command that can be read: ${d.fault}.${didYouMean(d)} Correct it.`,
    cause: 'The type of a command is unknown, or a member is missing or of the wrong kind.',
    mend: 'Look up the form of the command; the details name the member.',
  },
  'edit.stale': {
    reason: (d: Details) =>
      `The draft is at revision ${d.revision}, and this was made for ${d.expected}. Read it again and repeat the edit.`,
    cause: 'Somebody else has changed the draft since it was read.',
    mend: 'Read the newer revision, bring the edit over to it, and send it again.',
  },
  'edit.locked': {
    reason: (d: Details) =>
      `${d.holder} holds the editing lock until ${d.until}. Wait, or ask for it to be released.`,
    cause: 'Another editor has taken the exclusive lock of the draft.',
    mend: 'Try again when the lock has been released or has expired.',
  },
  'edit.noNode': {
    reason: (d: Details) => `There is no node ${d.node}.${didYouMean(d)} Name one that is in the flow.`,
    cause: 'The node was removed, or its id is misspelt.',
    mend: 'Name a node that is in the flow.',
  },
  'edit.noConnector': {
    reason: (d: Details) => `There is no connector ${d.connector}. Name one that is in the flow.`,
    cause: 'The connector was removed, or its id is misspelt.',
    mend: 'Name a connector that is in the flow.',
  },
  'edit.noNote': {
    reason: (d: Details) => `There is no note ${d.note}. Name one that is in the flow.`,
    cause: 'The note was removed, or its id is misspelt.',
    mend: 'Name a note that is in the flow.',
  },
  'edit.noVariable': {
    reason: (d: Details) => `There is no variable ${d.name}.${didYouMean(d)} Name one that is declared.`,
    cause: 'The variable is not declared in the flow settings.',
    mend: 'Name a variable that is declared, or declare it first.',
  },
  'edit.noFlowOutcome': {
    reason: (d: Details) => `There is no flow outcome ${d.code}.${didYouMean(d)} Name one that is declared.`,
    cause: 'The flow outcome is not declared in the flow settings.',
    mend: 'Name a flow outcome that is declared, or declare it first.',
  },
  'edit.unknownType': {
    reason: (d: Details) => `There is no node type ${d.type}.${didYouMean(d)} Choose one from the palette.`,
    cause: 'The type is misspelt, or its integration is not installed.',
    mend: 'Choose a type from the palette, with its major version, as in menu@1.',
  },
  'edit.idTaken': {
    reason: (d: Details) => `Something else is called ${d.id} already. Leave the id out, or choose another.`,
    cause: 'Ids are unique among the nodes, the connectors and the notes of a flow.',
    mend: 'Leave the id out, and the edit finds a fresh one.',
  },
  'edit.nameTaken': {
    reason: (d: Details) => `${d.name} is declared already. Choose another name.`,
    cause: 'Two variables, or two flow outcomes, cannot share a name.',
    mend: 'Choose a name that is not declared yet.',
  },
  'edit.badName': {
    reason: (d: Details) => `${d.name} cannot be the name of ${d.of}. Choose another one.`,
    cause:
      'Expressions read variables by name: letters, digits and _, no digit first, and no word of the language.',
    mend: 'Choose a name that expressions can read.',
  },
  'edit.secondStart': {
    reason: () => 'Every flow has exactly one start node, and this one has it. Leave the start node out.',
    cause: 'A start node was added, duplicated or pasted where there is one.',
    mend: 'Leave the start node out of what is added or copied.',
  },
  'edit.startStays': {
    reason: () => 'A flow cannot do without its start node. Configure it instead of removing it.',
    cause: 'The only start node was to be removed.',
    mend: 'Change the config of the start node, or move it.',
  },
  'edit.noOutcome': {
    reason: (d: Details) => `${d.node} has no outcome ${d.outcome}.${didYouMean(d)} Choose one that it has.`,
    cause: 'The outcome is misspelt, or went away when the node was configured.',
    mend: 'Choose an outcome that the node has, or one for a signal or error (on:…).',
  },
  'edit.outcomeTaken': {
    reason: (d: Details) => `A connector leaves ${d.node} by ${d.outcome} already. Reconnect that one.`,
    cause: 'At most one connector leaves an outcome.',
    mend: 'Reconnect or disconnect the connector that is there.',
  },
  'edit.intoStart': {
    reason: () => 'No connector leads into a start node. Lead it to the node after the start.',
    cause: 'A flow is entered at its start from outside alone.',
    mend: 'Connect to the node after the start.',
  },
  'edit.outOfEnd': {
    reason: (d: Details) => `Nothing comes after ${d.node}, which ends the flow. Connect another node.`,
    cause: 'A connector was to leave an end node.',
    mend: 'Connect a node that is no end.',
  },
  'edit.noPath': {
    reason: (d: Details) => `Nothing can be set at ${d.path}. Set the value that holds it first.`,
    cause: 'The path leads through a text, a number or past the end of a list.',
    mend: 'Set the value that holds it, or correct the path.',
  },
  'edit.invalid': {
    reason: (d: Details) => `The flow could not be saved like this: ${d.fault}. Correct the value.`,
    cause: 'The edit would leave something that no flow document can hold.',
    mend: 'Correct the value that the details name.',
  },
  'edit.tooMany': {
    reason: (d: Details) => `A flow holds at most ${d.max} ${d.what}. Take some away first.`,
    cause: 'The flow is as large as flows can be.',
    mend: 'Remove what is not needed, or move a part into a subflow.',
  },
  'edit.unknownLanguage': {
    reason: (d: Details) =>
      `${d.node} names ${d.name} in ${d.language}, which is not plugged in. Pass the language to the editor.`,
    cause: 'A source in a language that nobody here can read names what is to be renamed.',
    mend: 'Pass the language when the draft is opened, or change that source by hand first.',
  },
  'edit.conflict': {
    reason: (d: Details) => `${d.path} has been changed in the meantime. Look at it, and edit it anew.`,
    cause: 'A patch or an undo finds another value than the one that it was made for.',
    mend: 'Read the draft again and repeat the edit on it.',
  },
  'edit.nothingToUndo': {
    reason: () => 'There is nothing to undo. Edit first.',
    cause: 'No edit is left in the history.',
    mend: 'Ask `canUndo` first.',
  },
  'edit.nothingToRedo': {
    reason: () => 'There is nothing to redo. Undo first.',
    cause: 'Nothing has been undone since the last edit.',
    mend: 'Ask `canRedo` first.',
  },
  'edit.unsaved': {
    reason: () => 'There are edits that have not been saved. Save them, or pass discard.',
    cause: 'The editor was to be closed over unsaved edits.',
    mend: 'Save first, or close with `{ discard: true }`.',
  },
} as const satisfies { readonly [code: string]: RefusalEntry }

/** Makes the refusal of a code; `undefined` details are left out. */
export function refuse(
  code: EditRefusalCode,
  details: { readonly [name: string]: Json | undefined } = {},
): EditRefusal {
  const given = Object.fromEntries(
    Object.entries(details).filter(([, value]) => value !== undefined),
  ) as Details
  return { ok: false, code, reason: EDIT_REFUSALS[code].reason(given), details: given }
}

/** Carries a refusal out of a command that has begun to work; caught where commands are applied, never seen outside. */
export class Refused extends Error {
  readonly refusal: EditRefusal

  constructor(refusal: EditRefusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}
