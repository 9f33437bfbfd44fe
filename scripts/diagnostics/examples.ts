import { liquid } from '../../src/adapters/liquid/index.ts'
import type { Json } from '../../src/base/json.ts'
import { createDiagnostic, type Diagnostic } from '../../src/diagnostics/index.ts'
import { parseDocument } from '../../src/document/index.ts'
import { palette } from '../../src/palette/index.ts'
import { inspect } from '../../src/releases/inspect.ts'
import { referenceDiagnostics } from '../../src/releases/reference-diagnostics.ts'
import { validate } from '../../src/validation/index.ts'
import { BUNDLE_EXAMPLES, findingsInBundle } from './bundle-examples.ts'
import { DOCUMENT_EXAMPLES, UNSEEN_DETAILS } from './document-examples.ts'
import { exampleFlow, type FlowExample } from './example-flow.ts'
import { exampleWorkspace } from './example-workspace.ts'
import { FLOW_EXAMPLES } from './flow-examples.ts'
import { type ReleaseExample, WORKSPACE_EXAMPLES } from './workspace-examples.ts'

/** What is found in the example of a code, one with a fix where there is one; of what no example can show, the wording. */
export function exampleOf(code: string): Diagnostic {
  const own = findingsIn(code).filter((each) => each.code === code)
  const found = own.find(({ fix }) => fix !== undefined) ?? own[0]
  if (found !== undefined) return found
  const details = (UNSEEN_DETAILS as { readonly [code: string]: { readonly [name: string]: Json } })[code]
  if (details === undefined) throw new Error(`${code} has no example in scripts/diagnostics that shows it`)
  return createDiagnostic(code, {}, details)
}

function findingsIn(code: string): readonly Diagnostic[] {
  const text = DOCUMENT_EXAMPLES[code]
  if (text !== undefined) {
    const read = parseDocument(text)
    return read.ok ? [] : read.error
  }
  const bundle = BUNDLE_EXAMPLES[code]
  if (bundle !== undefined) return findingsInBundle(bundle)
  const release = WORKSPACE_EXAMPLES[code]
  if (release !== undefined) return findingsAtRelease(release)
  const example = FLOW_EXAMPLES[code]
  return example === undefined ? [] : validate(exampleFlow(example), optionsOf(example))
}

/** What is found in the flow of an example and among the others of its workspace. */
function findingsAtRelease(example: ReleaseExample): readonly Diagnostic[] {
  const inspection = inspect(exampleFlow(example), optionsOf(example))
  const workspace = exampleWorkspace(example.workspace)
  return [...inspection.diagnostics, ...referenceDiagnostics(workspace, inspection, 'release', example.slot)]
}

/** What the example of a flow is validated with: the palette and both languages, and what it brings along. */
export function optionsOf({ types = [], policy }: FlowExample) {
  return { nodes: [...palette, ...types], languages: [liquid], policy }
}
