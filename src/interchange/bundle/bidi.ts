import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic, Location } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'

/** Characters that turn the direction of a text: embeddings, overrides and isolates with what ends them. */
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g
const HAS_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/
const OVERRIDES = /[\u202d\u202e]/
const [END_OF_EMBEDDING, END_OF_ISOLATE] = ['\u202c', '\u2069']

/**
 * True for a text that shows something else than it says, or that turns what stands behind it: one with an override, or
 * with an embedding or isolate that is not closed, or closed twice. What is well nested is ordinary writing.
 */
export function misleads(text: string): boolean {
  if (!HAS_CONTROLS.test(text)) return false
  if (OVERRIDES.test(text)) return true
  const open: string[] = []
  for (const [control] of text.matchAll(CONTROLS)) {
    const ends = control === END_OF_EMBEDDING || control === END_OF_ISOLATE
    if (!ends) open.push(control < END_OF_EMBEDDING! ? END_OF_EMBEDDING : END_OF_ISOLATE)
    else if (open.pop() !== control) return true
  }
  return open.length > 0
}

/** A flow whose names and labels say what they show, and a warning for each that did not. */
export function withoutBidiTricks(document: FlowDocument): {
  readonly document: FlowDocument
  readonly warnings: readonly Diagnostic[]
} {
  const warnings: Diagnostic[] = []
  const clean = (text: string, location: Location, what: string) => {
    if (!misleads(text)) return text
    const shown = text.replace(CONTROLS, '')
    warnings.push(
      createDiagnostic('bundle.bidi', { flow: document.id, ...location }, { what, text: shown.slice(0, 80) }),
    )
    return shown
  }
  const relabel = <T extends { readonly label?: string }>(item: T, location: Location, what: string): T => {
    const label = item.label === undefined ? undefined : clean(item.label, location, what)
    return label === item.label ? item : { ...item, label }
  }
  const relabelAll = <T extends { readonly label?: string }>(
    member: 'variables' | 'contact' | 'outcomes',
    items: readonly T[] | undefined,
  ) =>
    items === undefined
      ? {}
      : {
          [member]: items.map((item, index) =>
            relabel(item, { path: ['settings', member, index, 'label'] }, 'label'),
          ),
        }
  const { name, remark, settings, nodes, connectors } = document
  const cleaned: FlowDocument = {
    ...document,
    name: clean(name, { path: ['name'] }, 'name'),
    ...(remark === undefined ? {} : { remark: clean(remark, { path: ['remark'] }, 'remark') }),
    settings: {
      ...settings,
      ...relabelAll('variables', settings.variables),
      ...relabelAll('contact', settings.contact),
      ...relabelAll('outcomes', settings.outcomes),
    },
    nodes: nodes.map((node) => relabel(node, { node: node.id, path: ['label'] }, 'label')),
    connectors: connectors.map((each) => relabel(each, { connector: each.id, path: ['label'] }, 'label')),
  }
  return warnings.length === 0 ? { document, warnings } : { document: cleaned, warnings }
}
