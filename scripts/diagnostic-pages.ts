import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BUNDLE_DIAGNOSTICS } from '../src/diagnostics/bundle-codes.ts'
import { DOCUMENT_DIAGNOSTICS } from '../src/diagnostics/document-codes.ts'
import { EXPRESSION_DIAGNOSTICS } from '../src/diagnostics/expression-codes.ts'
import { FLOW_DIAGNOSTICS } from '../src/diagnostics/flow-codes.ts'
import { DIAGNOSTICS } from '../src/diagnostics/index.ts'
import { LIQUID_DIAGNOSTICS } from '../src/diagnostics/liquid-codes.ts'
import { WORKSPACE_DIAGNOSTICS } from '../src/diagnostics/workspace-codes.ts'
import { codePage } from './diagnostics/code-page.ts'
import { exampleFlow } from './diagnostics/example-flow.ts'
import { exampleOf } from './diagnostics/examples.ts'
import { hostPage } from './diagnostics/host-codes.ts'
import { jsonBlock, page, paragraph, table } from './diagnostics/markdown.ts'
import { editingPage } from './diagnostics/refusal-codes.ts'
import { runningPage } from './diagnostics/running-codes.ts'

/*
 * `tsx scripts/diagnostic-pages.ts`: makes docs/diagnostics/ from the tables of codes and the examples in
 * scripts/diagnostics/. What a page shows has been found by validation. test/diagnostics/codes.test.ts walks the tables
 * and fails while a page is not what this script would write.
 */

/** Every page, by its name in docs/diagnostics/. */
export function diagnosticPages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage()],
    ['editing.md', editingPage()],
    ['running.md', runningPage()],
    ['hosting.md', hostPage()],
    ...Object.entries(DIAGNOSTICS).map(([code, entry]) => [`${code}.md`, codePage(code, entry)] as const),
  ])
}

function indexPage(): string {
  return page(
    '# Codes',
    paragraph(
      'Whatever is wrong has a code. Codes are stable: programs compare them, people look them up here, and a host that',
      'words messages itself does so by code, with the details that come along.',
    ),
    paragraph(
      'Diagnostics are found while a flow is read or checked: an error keeps it from running, a warning does not. Each',
      'has a page with its cause, an example, how to mend it, and where there is one the fix: edit commands that take the',
      'diagnostic away and bring no other error.',
    ),
    '## Reading a document',
    listed(DOCUMENT_DIAGNOSTICS),
    '## Checking a flow',
    listed(FLOW_DIAGNOSTICS),
    '## Expressions and templates',
    listed(EXPRESSION_DIAGNOSTICS),
    '### Liquid alone',
    listed(LIQUID_DIAGNOSTICS),
    '## Among the other flows of a workspace',
    paragraph(
      'These are found when a flow is to be released. In a draft they are warnings, so that flows can be drawn in any',
      'order.',
    ),
    listed(WORKSPACE_DIAGNOSTICS),
    '## Importing flows',
    paragraph(
      'These are found while a [bundle](../guide/exchange.md) is read and its import is planned. Errors keep all of it out.',
      'Faults of the flows in it have the codes of documents.',
    ),
    listed(BUNDLE_DIAGNOSTICS),
    '## Other codes',
    paragraph(
      '- [While a flow is edited](editing.md): refused edits, flows that are not created, conditions',
      '- [While a session runs](running.md): evaluations, errors of a session, limits, refused events',
      '- [While a host runs](hosting.md): what it refuses, refused operations, errors of effects',
    ),
    '## The flow of the examples',
    'Each example changes or adds something in this flow, in which nothing is wrong.',
    jsonBlock(JSON.parse(JSON.stringify(exampleFlow({})))),
  )
}

function listed(codes: object): string {
  return table(
    ['code', 'in an example', 'fix'],
    Object.keys(codes).map((code) => {
      const { severity, message, fix } = exampleOf(code)
      const mark = severity === 'warning' ? 'Warning: ' : ''
      return [
        `[${code}](${code}.md)`,
        mark + message.replaceAll('|', '\\|'),
        fix?.title.replaceAll('|', '\\|') ?? '',
      ]
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../docs/diagnostics/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const pages = diagnosticPages()
  for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(new URL(name, folder))
  for (const [name, text] of pages) writeFileSync(new URL(name, folder), text)
}
