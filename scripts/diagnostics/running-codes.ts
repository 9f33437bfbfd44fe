import { LIMITS } from '../../src/base/index.ts'
import { EVALUATION_CODES } from '../../src/diagnostics/expression-codes.ts'
import { REFUSALS } from '../../src/interpreter/index.ts'
import { type Explained, explain, page, paragraph, table } from './markdown.ts'

/** What to do about a fault of an evaluation; what it means stands in the table. */
export const EVALUATION_MENDS: { readonly [code: string]: string } = {
  'evaluation.type':
    'Ask before whether there is a value, as with `has(x)` or `default(x, 0)`, or convert it.',
  'evaluation.notFinite': 'Ask before whether the divisor is 0.',
  'evaluation.cost': 'Go through shorter lists, or raise the limit in the settings of the flow.',
  'evaluation.noSuchMember': 'Ask before whether it is there, as with `has(data.order)`.',
  'evaluation.noSuchIndex': 'Ask before how long the list is, as with `size(items) > 2`.',
  'evaluation.objectKey': 'Write keys as texts, each once.',
  'evaluation.notText': 'Pick an entry or a member, or put a list together with `list.join(", ")`.',
  'evaluation.conversion': 'Check the text before, as with `text.matches("^[0-9]+$")`.',
  'evaluation.argument': 'Look the argument up in the list of functions.',
  'evaluation.timeZone': 'Name a zone such as `Europe/Vienna`.',
  'evaluation.noRegexEngine': 'Pass `regex` when linking, or leave `matches` out.',
  'evaluation.pattern': 'Correct the pattern, or lower its counters.',
}

/** Codes that the error of a session can have, beside those of evaluations and limits. */
export const SESSION_CODES: { readonly [code: string]: Explained } = {
  'data.badPath': {
    cause: 'An executable that was changed by hand holds a path into a payload that cannot be read.',
    mend: 'Prepare the flow anew; a path that cannot be read is an error there.',
  },
  'delay.noInstant': {
    cause: 'The expression of a delay gave nothing, no number, or an instant that no calendar has.',
    mend: 'Give the node an instant, or ask before whether there is one.',
  },
  'flow.missing': {
    cause: 'A node calls a flow that is not among those the session was started with.',
    mend: 'Pass the flow in `subflows` when compiling, or the program in `programs` when resuming.',
  },
  'flow.notResolved': {
    cause: 'The host did not name the official version of a flow, or did not do so in time.',
    mend: 'Answer the effect `flow.resolve` with `{ "hash": "…" }`, and release the flow.',
  },
  'http.badHeader': {
    cause:
      'A header is called what no header can be called, or a value that was filled in holds a line break.',
    mend: 'Correct the name, or take line breaks out of the value, as with `value.replace("\\n", " ")`.',
  },
  'http.badUrl': {
    cause: 'The address of a request does not begin with `http://` or `https://`, or holds white space.',
    mend: 'Write the beginning of the address into the template, and fill in the rest with `urlEncode(value)`.',
  },
  'link.badAddress': {
    cause:
      'The address of a button or notification has no scheme, one that would run as code, or holds white space.',
    mend: 'Write the beginning of the address into the template, and fill in the rest with `urlEncode(value)`.',
  },
  'loop.noList': {
    cause: 'What a loop should go through is nothing, or no list.',
    mend: 'Give the node a list; `default(x, [])` stands in for nothing.',
  },
  'loop.noNumber': {
    cause: 'The number of rounds of a loop is no whole number, or less than 0.',
    mend: 'Give the node a whole number; `round(x)` makes one.',
  },
  'loop.tooLong': {
    cause: 'A loop would go round more often than its `max` allows.',
    mend: 'Raise `max`, or give the loop fewer entries, as with `list.filter(x, …)`.',
  },
  'node.badReaction': {
    cause:
      'The code of a node type returned what is no outcome, wait, call or end, or a wait for nothing without a deadline.',
    mend: 'Return an outcome by name, or what `wait`, `call` and `end` make.',
  },
  'node.stateVersion': {
    cause: 'A session waits with the state of another version of the node type, which cannot upgrade it.',
    mend: 'Give the node type an `upgradeState`, or register the version that the session waits in.',
  },
  'node.threw': {
    cause: 'The code of a node type threw.',
    mend: 'Mend the node type; a fault that belongs to the flow is thrown as `NodeFault`.',
  },
  'outcome.unconnected': {
    cause: 'A node was left by an outcome that leads nowhere, and its type names no other to take.',
    mend: 'Connect the outcome.',
  },
  'outcome.unknown': {
    cause: 'The code of a node type left by an outcome that it does not declare.',
    mend: 'Declare the outcome in `outcomes`, or leave by another one.',
  },
  'variable.type': {
    cause: 'A value does not have the type of the variable that it should go into.',
    mend: 'Convert the value, or change the type of the variable.',
  },
  'variable.unknown': {
    cause: 'A value should go into a variable that the flow does not declare, as an input of a subflow can.',
    mend: 'Declare the variable in the settings of the flow that takes the value.',
  },
}

/** What can go wrong while a session runs. */
export function runningPage(): string {
  return page(
    '# While a session runs',
    'Part of the [index of codes](README.md).',
    '## Evaluations',
    paragraph(
      'Faults of an expression while a session runs. The node that evaluates it fails with the code: the session goes on',
      'at `on:error` where the flow connects it, else in the exception flow, else it fails.',
    ),
    ...Object.entries(EVALUATION_CODES).map(([code, cause]) =>
      entry(code, { cause, mend: EVALUATION_MENDS[code]! }),
    ),
    '## Errors of a session',
    paragraph(
      'Codes of `session.error`, and of `trigger.data.code` in the exception flow, beside evaluations and limits.',
    ),
    ...Object.entries(SESSION_CODES).map(([code, explained]) => entry(code, explained)),
    '## Limits',
    paragraph(
      'A session that passes a limit fails with its code, or the node does. Each keeps a flow that runs in circles, or',
      'data that grow, from taking the host down: look for the circle first. The settings of a flow may change each limit',
      'up to its maximum.',
    ),
    table(
      ['code', 'limit', 'default', 'at most', 'counts'],
      Object.entries(LIMITS).map(([name, limit]) => [
        `\`${limit.code}\``,
        `\`${name}\``,
        limit.default.toLocaleString('en'),
        limit.max.toLocaleString('en'),
        limit.counts,
      ]),
    ),
    '## Refused events',
    paragraph('`resume` returns `refused` with one of these codes; the session is as it was.'),
    table(
      ['code', 'what it means'],
      Object.entries(REFUSALS).map(([code, meaning]) => [`\`${code}\``, meaning]),
    ),
  )
}

function entry(code: string, explained: Explained): string {
  return [`### ${code}`, explain(explained)].join('\n\n')
}
