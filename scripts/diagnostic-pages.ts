import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LIMITS } from '../src/base/index.ts'
import { DOCUMENT_DIAGNOSTICS } from '../src/diagnostics/document-codes.ts'
import { EVALUATION_CODES, EXPRESSION_DIAGNOSTICS } from '../src/diagnostics/expression-codes.ts'
import { FLOW_DIAGNOSTICS } from '../src/diagnostics/flow-codes.ts'
import type { Details, DiagnosticEntry } from '../src/diagnostics/index.ts'
import { LIQUID_DIAGNOSTICS } from '../src/diagnostics/liquid-codes.ts'
import { REFUSALS } from '../src/interpreter/index.ts'

/*
 * `tsx scripts/diagnostic-pages.ts`: makes docs/diagnostics/README.md from the tables of codes. A test walks the tables
 * and fails while the page is not what this script would write.
 */

/** Details with which the page shows the message of a code. */
export const EXAMPLES: { readonly [code: string]: Details } = {
  'document.notJson': { reason: 'Unexpected end of JSON input' },
  'document.notAnObject': { got: 'a list' },
  'document.json': { at: 'nodes.0.config', reason: 'json.tooDeep', got: 'more than 64 levels' },
  'document.noSchema': { current: 1 },
  'document.newerSchema': { schema: 2, current: 1 },
  'document.noMigration': { schema: 1 },
  'document.unknownMember': { at: 'nodes.0', name: 'lable', suggestion: 'label' },
  'document.shape': { at: 'nodes.0.id', expected: 'a text', got: '7' },
  'document.repeated': { at: 'nodes.4', what: 'node id', name: 'menu' },
  'flow.noStart': {},
  'flow.secondStart': { node: 'start_2', first: 'start' },
  'flow.empty': {},
  'flow.noEndReachable': {},
  'node.unknownType': { type: 'mneu@1', suggestion: 'menu@1' },
  'node.placeholder': { original: 'enqueue' },
  'node.unreachable': {},
  'node.noWayToEnd': {},
  'node.noOutcomeConnected': {},
  'config.missing': { field: 'Question' },
  'config.wrongType': { field: 'Ask again', expected: 'a whole number', got: '1.5' },
  'config.unknownField': { field: 'promt', type: 'menu', suggestion: 'prompt' },
  'outcome.unassigned': { outcome: 'timeout' },
  'outcome.repeated': { outcome: 'gold' },
  'outcome.badName': { outcome: 'on:gold' },
  'connector.noTarget': { outcome: 'timeout' },
  'connector.targetGone': { target: 'balnace', suggestion: 'balance' },
  'connector.sourceGone': { source: 'balnace', suggestion: 'balance' },
  'connector.unknownOutcome': { outcome: 'timout', suggestion: 'timeout' },
  'connector.unknownSignal': { outcome: 'on:hangpu', suggestion: 'on:hangup' },
  'connector.intoStart': {},
  'connector.outOfEnd': {},
  'cycle.endless': { nodes: 'again, count' },
  'end.unknownOutcome': { outcome: 'resolvd', suggestion: 'resolved' },
  'end.untagged': {},
  'flowOutcome.unused': { outcome: 'abandoned' },
  'flowOutcome.badCode': { name: 'on:paid' },
  'flowOutcome.repeated': { name: 'paid' },
  'contact.badName': { name: 'first name' },
  'contact.repeated': { name: 'phone' },
  'variable.unknown': { name: 'tikcet', suggestion: 'ticket' },
  'variable.badName': { name: '2nd' },
  'variable.repeated': { name: 'ticket' },
  'variable.reserved': { name: 'contact' },
  'variable.defaultType': { name: 'retries', expected: 'number' },
  'variable.readBeforeSet': { name: 'ticket' },
  'sensitive.leak': { name: 'copy' },
  'action.unknownOutcome': { outcome: 'timeuot', suggestion: 'timeout' },
  'action.incomplete': { target: 'set' },
  'logbook.noName': { logbook: 'calls' },
  'logbook.unknown': { name: 'cals', suggestion: 'calls' },
  'logbook.unknownField': { logbook: 'calls', field: 'resaon', suggestion: 'reason' },
  'source.unknownLanguage': { language: 'liquid' },
  'settings.limit': { limit: 'maxSteps', max: 10_000_000, got: 0 },
  'settings.blankStopWord': {},
  'settings.noLanguage': {},
  'settings.noDuplicateIdentifier': {},
  'expression.empty': {},
  'expression.tooLong': { length: 4_001, max: 4_000 },
  'expression.tooDeep': {},
  'expression.syntax': { found: ')' },
  'expression.unfinished': {},
  'expression.unclosedText': {},
  'expression.escape': { found: '\\d' },
  'expression.reservedWord': { found: 'for' },
  'expression.numberRange': { found: '12345678901234567890' },
  'expression.unsignedLiteral': {},
  'expression.bytesLiteral': {},
  'expression.unknownName': { name: 'retires', suggestion: 'retries' },
  'expression.unknownMember': { name: 'nmae', suggestion: 'name' },
  'expression.noMembers': { name: 'length', type: 'text' },
  'expression.index': { of: 'list', wanted: ['number'], got: 'text' },
  'expression.operand': { operator: '+', wanted: ['two numbers', 'two texts'], got: ['text', 'number'] },
  'expression.comparison': { left: 'number', right: 'text' },
  'expression.unknownFunction': { name: 'siez', suggestion: 'size' },
  'expression.functionForm': { name: 'trim', form: 'method' },
  'expression.argumentCount': { name: 'replace', least: 2, most: 2, got: 1 },
  'expression.argumentType': { name: 'round', parameter: 'x', wanted: ['number'], got: 'text' },
  'expression.objectKey': { name: 'constructor' },
  'expression.loopVariable': {},
  'expression.hasArgument': {},
  'expression.pattern': { problem: 'missing closing ): `(`' },
  'expression.wrongType': { wanted: 'true or false', got: 'number' },
  'expression.unclosedHole': {},
  'expression.unknownFilter': { name: 'upcse', suggestion: 'upcase' },
  'expression.unknownTag': { name: 'elseif', suggestion: 'elsif' },
  'expression.unclosedTag': { name: 'if' },
  'expression.emptyHole': {},
  'expression.notText': { got: 'list' },
}

/** A code that has no table in the source, with what it means and what to do about it. */
interface Explained {
  readonly cause: string
  readonly mend: string
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

/** The page. */
export function diagnosticPage(): string {
  return `${[
    '# Codes',
    paragraph(
      'Whatever is wrong has a code. Codes are stable: programs compare them, people look them up here, and a host that',
      'words messages itself does so by code, with the details that come along.',
    ),
    paragraph(
      'The first three parts are diagnostics, found while a flow is read or checked: an error keeps it from running, a',
      'warning does not. The others come up while a session runs.',
    ),
    index(),
    '## Reading a document',
    ...entries(DOCUMENT_DIAGNOSTICS),
    '## Checking a flow',
    ...entries(FLOW_DIAGNOSTICS),
    '## Expressions and templates',
    ...entries(EXPRESSION_DIAGNOSTICS),
    ...entries(LIQUID_DIAGNOSTICS),
    '## Evaluations',
    paragraph(
      'Faults of an expression while a session runs. The node that evaluates it fails with the code: the session goes on',
      'at `on:error` where the flow connects it, else in the exception flow, else it fails.',
    ),
    ...Object.entries(EVALUATION_CODES).map(([code, meaning]) => `### ${code}\n\n${meaning}`),
    '## Errors of a session',
    paragraph(
      'Codes of `session.error`, and of `trigger.data.code` in the exception flow, beside evaluations and limits.',
    ),
    ...Object.entries(SESSION_CODES).map(([code, explained]) =>
      [`### ${code}`, explain(explained)].join('\n\n'),
    ),
    '## Limits',
    paragraph(
      'A session that passes a limit fails with its code, or the node does. The settings of a flow may change each limit',
      'up to its maximum.',
    ),
    table(
      ['code', 'limit', 'default', 'at most', 'counts'],
      Object.entries(LIMITS).map(([name, limit]) => [
        `<a id="${anchor(limit.code)}"></a>\`${limit.code}\``,
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
  ].join('\n\n')}\n`
}

function index(): string {
  const tables = [
    DOCUMENT_DIAGNOSTICS,
    FLOW_DIAGNOSTICS,
    { ...EXPRESSION_DIAGNOSTICS, ...LIQUID_DIAGNOSTICS },
    EVALUATION_CODES,
    SESSION_CODES,
  ]
  const titles = ['Document', 'Flow', 'Expressions', 'Evaluations', 'Sessions']
  return tables
    .map(
      (each, at) =>
        `- ${titles[at]}: ${Object.keys(each)
          .map((code) => `[${code}](#${anchor(code)})`)
          .join(', ')}`,
    )
    .join('\n')
}

function entries(codes: { readonly [code: string]: DiagnosticEntry }): string[] {
  return Object.entries(codes).map(([code, entry]) => {
    const example = EXAMPLES[code]
    if (example === undefined) throw new Error(`${code} has no example in scripts/diagnostic-pages.ts`)
    return [
      `### ${code}`,
      `${entry.severity === 'error' ? 'Error' : 'Warning'}: “${entry.message(example)}”`,
      explain(entry),
    ].join('\n\n')
  })
}

function explain({ cause, mend }: Explained): string {
  return `- Cause: ${cause}\n- Mend: ${mend}`
}

/** Where GitHub and the like jump to for a heading. */
function anchor(code: string): string {
  return code.toLowerCase().replaceAll('.', '')
}

function paragraph(...lines: string[]): string {
  return lines.join('\n')
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../docs/diagnostics/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL('README.md', folder), diagnosticPage())
}
