import { canonicalJson } from '../../base/canonical.ts'
import { countValues, type Json } from '../../base/json.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { parseDocument } from '../../document/parse-document.ts'
import { serialiseDocument } from '../../document/serialise-document.ts'
import { createRegistry, type NodeRegistry, type NodeTypes } from '../../nodes/registry.ts'
import { withoutSecrets } from '../../sharing/without-secrets.ts'
import {
  BUNDLE_FORMAT,
  BUNDLE_SCHEMA,
  type Bundle,
  type BundledFlow,
  MAX_BUNDLE_FLOWS,
  MAX_BUNDLE_LENGTH,
  MAX_BUNDLE_VALUES,
} from './bundle.ts'
import { bundledHash } from './bundled-hash.ts'
import { type ExchangeRefusal, refuseExchange } from './exchange-refusals.ts'
import { referencesIn } from './flow-references.ts'
import { needsOf } from './needs.ts'

/** Which flows go into a bundle. */
export interface ExportRequest {
  /** The flows that are asked for, each once. */
  readonly flows: readonly FlowDocument[]
  /** Finds the flows that these call, so that they come along; none do unless given. */
  readonly subflows?: (id: string) => FlowDocument | undefined
}

export interface ExportOptions {
  readonly nodes: NodeTypes
  /** Id of the workspace that the flows come from. The bundle tells it where a flow has nodes of an integration. */
  readonly tenant: string
}

/** A bundle that was made. */
export interface Exported {
  readonly ok: true
  readonly bundle: Bundle
  /** The bundle as one JSON file, in canonical order. */
  readonly text: string
  /** What stayed behind because it is secret. */
  readonly removed: readonly RemovedSecret[]
}

/** A secret that did not go into a bundle. */
export interface RemovedSecret {
  readonly flow: string
  readonly node?: string
  readonly variable?: string
  /** From the node, or from the flow where none is named. */
  readonly path: readonly (string | number)[]
}

/**
 * Makes one bundle of flows: of one alone, of one with the flows that it calls, or of many. Drafts with errors can be
 * exported too. Equal flows give equal bytes, whatever their ids are; there is neither a time nor a name of a person in
 * them, and no secret: values of sensitive variables and credentials stay behind, and `removed` tells which.
 *
 * @example
 * const exported = exportBundle({ flows: [support], subflows: (id) => flows.get(id) }, { nodes, tenant: 'acme' })
 * if (exported.ok) await writeFile('support.bundle.json', exported.text)
 */
export function exportBundle(
  { flows, subflows = () => undefined }: ExportRequest,
  { nodes, tenant }: ExportOptions,
): Exported | ExchangeRefusal {
  const registry = createRegistry(nodes)
  const documents = new Map<string, FlowDocument>()
  for (const flow of flows) {
    const read = parseDocument(flow)
    if (!read.ok) return unreadable(read.error)
    const { id } = read.value
    if (documents.has(id)) return refuseExchange('export.repeated', { flow: id })
    documents.set(id, read.value)
  }
  if (documents.size === 0) return refuseExchange('export.noFlows')
  // Goes on to those that are added on the way.
  for (const document of documents.values()) {
    if (documents.size > MAX_BUNDLE_FLOWS) return tooLarge(`more than ${MAX_BUNDLE_FLOWS} flows`)
    for (const { flow: id } of referencesIn(document, registry)) {
      const found = documents.has(id) ? undefined : subflows(id)
      if (found === undefined) continue
      const read = parseDocument({ ...found, id })
      if (!read.ok) return unreadable(read.error)
      documents.set(id, read.value)
    }
  }
  if (documents.size > MAX_BUNDLE_FLOWS) return tooLarge(`${documents.size} flows`)
  const cleaned = [...documents.values()].map((document) => {
    const { document: open, removed } = withoutSecrets(document, registry)
    return { document: inOrder(open), removed }
  })
  const places = new Map([...documents.keys()].map((id, place) => [id, place]))
  const bundle: Bundle = {
    format: BUNDLE_FORMAT,
    schema: BUNDLE_SCHEMA,
    roots: [...documents.keys()].slice(0, flows.length),
    flows: cleaned.map(({ document }) => bundled(document, places, registry)),
    ...needsOf(
      cleaned.map(({ document }) => document),
      registry,
      tenant,
    ),
  }
  const values = countValues(bundle as unknown as Json)
  if (values > MAX_BUNDLE_VALUES) return tooLarge(`${values} values`)
  const text = serialiseBundle(bundle)
  if (text.length > MAX_BUNDLE_LENGTH) return tooLarge(`${text.length} characters`)
  const removed = cleaned.flatMap((each) =>
    each.removed.map((secret): RemovedSecret => ({ flow: each.document.id, ...secret })),
  )
  return { ok: true, bundle, text, removed }
}

/** The bundle as JSON text in canonical order; documents stand in it as `serialiseDocument` writes them. */
export function serialiseBundle(bundle: Bundle): string {
  const flows = bundle.flows.map((flow) => ({ ...flow, document: inOrder(flow.document) }))
  return canonicalJson({ ...bundle, flows } as unknown as Json)
}

function inOrder(document: FlowDocument): FlowDocument {
  return JSON.parse(serialiseDocument(document)) as FlowDocument
}

function bundled(
  document: FlowDocument,
  places: ReadonlyMap<string, number>,
  registry: NodeRegistry,
): BundledFlow {
  const references = referencesIn(document, registry).flatMap(({ node, path, flow }) => {
    const place = places.get(flow)
    return place === undefined ? [] : [{ node, path, place }]
  })
  return {
    document,
    behaviourHash: bundledHash(document, references),
    ...(references.length === 0 ? {} : { references }),
  }
}

function unreadable(faults: readonly Diagnostic[]): ExchangeRefusal {
  return refuseExchange('export.unreadable', { faults: faults as unknown as Json })
}

function tooLarge(got: string): ExchangeRefusal {
  return refuseExchange('export.tooLarge', { got })
}
