import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { VERSION } from '../src/cli/version.ts'
import type { FlowDocument } from '../src/document/index.ts'
import { exportBundle } from '../src/interchange/index.ts'
import { calling, hello, nodes, rated } from '../test/interchange/bundle-cases.ts'

/*
 * `npm run bundle-fixture`: bundles as this version exports them, for later versions to import: a flow by itself, flows that
 * call each other, one with a node of an integration, and a draft with errors. Files that are there already stay as they
 * are. test/replay imports them.
 */

const folder = fileURLToPath(new URL(`../test/fixtures/releases/${VERSION}/bundles/`, import.meta.url))
mkdirSync(folder, { recursive: true })

const support = JSON.parse(
  readFileSync(new URL('../examples/support/support.json', import.meta.url), 'utf8'),
) as FlowDocument

const journey = [calling('main', 'orders', 'bye'), calling('orders', 'main', 'bye'), hello('bye', 'Bye')]
const noted: FlowDocument = {
  ...hello('draft', 'Draft'),
  connectors: [],
  notes: [{ id: 'note', node: 'hi', text: 'Ask [Ada](https://ada.example) **first**.' }],
}

const BUNDLES: { readonly [name: string]: readonly [FlowDocument, ...(readonly FlowDocument[])] } = {
  support: [support],
  journey: [journey[0]!, ...journey.slice(1)],
  integration: [rated()],
  draft: [noted],
}

for (const [name, flows] of Object.entries(BUNDLES)) {
  const file = `${folder}${name}.json`
  if (existsSync(file)) continue
  const exported = exportBundle(
    { flows: [flows[0]], subflows: (id) => flows.find((flow) => flow.id === id) },
    { nodes, tenant: 'acme' },
  )
  if (!exported.ok) throw new Error(exported.reason)
  writeFileSync(file, `${exported.text}\n`)
  console.log(`${name}: ${exported.bundle.flows.length} flows`)
}
