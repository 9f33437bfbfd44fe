import type { Json } from '../../src/base/json.ts'
import { CREATE_REFUSALS, EDIT_REFUSALS } from '../../src/editing/index.ts'
import { type Explained, explain, page, paragraph } from './markdown.ts'

type Details = { readonly [name: string]: Json }

/** Details with which the page shows the reason of a refusal. */
export const REFUSAL_DETAILS: { readonly [code: string]: Details } = {
  'edit.badCommand': { fault: 'there is no command conect', suggestion: 'connect' },
  'edit.stale': { revision: 8, expected: 7 },
  'edit.locked': { holder: 'Ada', until: '2026-11-21T10:05:00Z' },
  'edit.noNode': { node: 'mneu', suggestion: 'menu' },
  'edit.noConnector': { connector: 'menu:1' },
  'edit.noNote': { note: 'note_2' },
  'edit.noVariable': { name: 'tikcet', suggestion: 'ticket' },
  'edit.noFlowOutcome': { code: 'resolvd', suggestion: 'resolved' },
  'edit.unknownType': { type: 'mneu@1', suggestion: 'menu@1' },
  'edit.idTaken': { id: 'menu' },
  'edit.nameTaken': { name: 'ticket' },
  'edit.badName': { name: '2nd', of: 'a variable' },
  'edit.secondStart': {},
  'edit.startStays': {},
  'edit.noOutcome': { node: 'menu', outcome: 'timout', suggestion: 'timeout' },
  'edit.outcomeTaken': { node: 'menu', outcome: '1', connector: 'menu:1' },
  'edit.intoStart': {},
  'edit.outOfEnd': { node: 'done' },
  'edit.noPath': { path: 'prompt.text' },
  'edit.invalid': { at: 'menu', fault: 'id should be a name, and is 7' },
  'edit.tooMany': { what: 'nodes', max: 50_000 },
  'edit.unknownLanguage': { node: 'hello', name: 'ticket', language: 'liquid' },
  'edit.conflict': { path: 'nodes.menu.config.prompt' },
  'edit.nothingToUndo': {},
  'edit.nothingToRedo': {},
  'edit.unsaved': {},
  'create.unknownWay': { from: 'tempalte' },
  'create.noName': {},
  'create.noRemark': {},
  'create.noStartType': {},
  'create.unknownTrigger': { trigger: 'cal', suggestion: 'call', triggers: ['call', 'message'] },
  'create.unknownTemplate': { template: 'suport-ivr', suggestion: 'support-ivr' },
  'create.unreadable': { fault: 'The text is not JSON' },
}

/** What reading a source as a condition of a rule builder can come to; it carries a range and no message. */
const CONDITION_CODES: { readonly [code: string]: Explained } = {
  'condition.freeText': {
    cause: 'The expression is more than comparisons put together by `&&`, `||` and brackets, or it is blank.',
    mend: 'Offer it in an editor of expressions; the range is the first part that does not fit.',
  },
}

type Refusals = {
  readonly [code: string]: Explained & { readonly reason: (details: Details) => string }
}

/** What an edit, the creation of a flow or a rule builder can refuse. */
export function editingPage(): string {
  return page(
    '# While a flow is edited',
    'Part of the [index of codes](README.md).',
    '## Refused edits',
    paragraph(
      '`applyCommand`, `undo`, `redo` and saving return one of these codes with a reason; nothing has changed.',
    ),
    ...refusals(EDIT_REFUSALS as Refusals),
    '## Flows that are not created',
    paragraph('`createFlow` returns one of these codes with a reason.'),
    ...refusals(CREATE_REFUSALS as Refusals),
    '## Conditions',
    paragraph('`readCondition` returns this code with a range.'),
    ...Object.entries(CONDITION_CODES).map(([code, explained]) => `### ${code}\n\n${explain(explained)}`),
  )
}

function refusals(codes: Refusals): readonly string[] {
  return Object.entries(codes).map(([code, entry]) => {
    const details = REFUSAL_DETAILS[code]
    if (details === undefined)
      throw new Error(`${code} has no details in scripts/diagnostics/refusal-codes.ts`)
    return [`### ${code}`, `“${entry.reason(details)}”`, explain(entry)].join('\n\n')
  })
}
