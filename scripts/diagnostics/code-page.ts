import { type Json, type JsonObject, valueAt } from '../../src/base/json.ts'
import type { Diagnostic, DiagnosticEntry } from '../../src/diagnostics/index.ts'
import { BUNDLE_EXAMPLES, shownOf } from './bundle-examples.ts'
import { DOCUMENT_EXAMPLES } from './document-examples.ts'
import { exampleFlow, type FlowExample } from './example-flow.ts'
import { exampleOf } from './examples.ts'
import { FLOW_EXAMPLES } from './flow-examples.ts'
import { block, clipped, explain, jsonBlock, page, paragraph } from './markdown.ts'
import { WORKSPACE_EXAMPLES } from './workspace-examples.ts'

/** The page of one code: its wording, an example in which it is found, and the fix that it has there. */
export function codePage(code: string, entry: DiagnosticEntry): string {
  const found = exampleOf(code)
  return page(
    `# ${code}`,
    `${entry.severity === 'error' ? 'Error' : 'Warning'}: “${found.message}”`,
    explain(entry),
    ...example(code, found),
    ...fix(found),
    '[All codes](README.md)',
  )
}

const IN_A_BUNDLE = 'In a bundle of the [flow of the examples](README.md#the-flow-of-the-examples):'

/** Characters that turn the direction of writing would turn the page. */
function escaped(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`)
}

function example(code: string, found: Diagnostic): readonly string[] {
  const text = DOCUMENT_EXAMPLES[code]
  if (text !== undefined) return ['## Example', block(code === 'document.notJson' ? 'text' : 'json', text)]
  const bundle = BUNDLE_EXAMPLES[code]
  if (bundle !== undefined) {
    return bundle.text === undefined
      ? ['## Example', IN_A_BUNDLE, escaped(jsonBlock(shownOf(bundle)))]
      : ['## Example', block(code === 'bundle.notJson' ? 'text' : 'json', bundle.text)]
  }
  const flow = FLOW_EXAMPLES[code] ?? WORKSPACE_EXAMPLES[code]
  if (flow === undefined) return ['## Example', 'No document shows this as long as the package is whole.']
  return ['## Example', introduction(flow), part(flow), source(flow, found), place(found)]
}

function introduction({ without = [], remark }: FlowExample): string {
  const lacks = without.map((id) => `\`${id}\``).join(' and ')
  return paragraph(
    `In the [flow of the examples](README.md#the-flow-of-the-examples)${lacks === '' ? '' : `, without ${lacks}`}:`,
    ...(remark === undefined ? [] : [remark]),
  )
}

/** What the example adds to the flow or changes in it. */
function part({ nodes, connectors, settings }: FlowExample): string {
  const shown = JSON.parse(JSON.stringify({ settings, nodes, connectors })) as JsonObject
  return Object.keys(shown).length === 0 ? '' : jsonBlock(shown)
}

/** The text of a source with what is wrong marked below it. */
function source(flow: FlowExample, { location: { node, path, range } }: Diagnostic): string {
  if (range === undefined || path === undefined) return ''
  const document = exampleFlow(flow)
  const root = node === undefined ? document : document.nodes.find(({ id }) => id === node)!
  const value = valueAt(root as unknown as Json, path) as string | { readonly source: string }
  const text = clipped(typeof value === 'string' ? value : value.source)
  const end = Math.min(Math.max(range.end, range.start + 1), Math.max(text.length, range.start + 1))
  return block('text', `${text}\n${' '.repeat(range.start)}${'^'.repeat(end - range.start)}`)
}

function place({ location: { node, outcome, connector, path } }: Diagnostic): string {
  const parts = [
    ...(node === undefined ? [] : [`the node \`${node}\``]),
    ...(outcome === undefined ? [] : [`the outcome \`${outcome}\``]),
    ...(connector === undefined ? [] : [`the connector \`${connector}\``]),
    ...(path === undefined ? [] : [`\`${path.join('.')}\``]),
  ]
  return parts.length === 0 ? 'It is found in the flow as a whole.' : `It is found at ${parts.join(', ')}.`
}

function fix({ fix: found }: Diagnostic): readonly string[] {
  return found === undefined
    ? []
    : ['## Fix', `“${found.title}” applies these edit commands:`, jsonBlock(found.commands)]
}
