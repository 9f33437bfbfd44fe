import type { Json } from '../../base/json.ts'
import type { Ids } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { checkPart, parseDocument } from '../../document/parse-document.ts'
import { createRegistry, type NodeRegistry, type NodeTypes } from '../../nodes/registry.ts'
import { isId } from '../../releases/is-id.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { WorkspaceState } from '../../releases/state.ts'
import { absentNodes, type Place } from './availability.ts'
import type { Bundle, BundledFlow } from './bundle.ts'
import { type ExchangeRefusal, refuseExchange } from './exchange-refusals.ts'
import { referencesOf, withValues } from './flow-references.ts'
import { meetsRange, versionOf } from './node-versions.ts'
import { withPlaceholders } from './placeholders.ts'
import { segmentOf } from './segment-of.ts'

/** Where flows are imported to, and how. */
export interface ImportTarget {
  readonly workspace: WorkspaceState
  readonly nodes: NodeTypes
  /** Where ids of flows come from. */
  readonly ids: Ids
  /** The service that the flows shall live in; in the workspace itself unless given. */
  readonly service?: string | undefined
  /** Asked for where the bundle has one root, which they become those of. */
  readonly names?: { readonly name?: string | undefined; readonly remark?: string | undefined }
  /** What becomes of a flow with nodes that are not available here: it is refused unless placeholders are asked for. */
  readonly missing?: 'refuse' | 'placeholder' | undefined
}

/** What an import would create. */
export interface ImportPlan {
  readonly ok: true
  /** In the order of the bundle. */
  readonly flows: readonly PlannedFlow[]
  /** What the flows name and the workspace does not have. */
  readonly warnings: readonly Diagnostic[]
}

export interface PlannedFlow {
  /** Id of the flow in the bundle. */
  readonly from: string
  /** With a fresh id; nodes, connectors and notes keep theirs. */
  readonly document: FlowDocument
}

/**
 * Plans the import of a bundle that `readBundle` has read: fresh ids for all flows, with what they name of each other
 * brought along. Pure but for the ids. Refused where nodes are not available at the target, with all of them in
 * `details.nodes`, and where versions of node types do not lie in the range that the flows need.
 *
 * @example
 * const plan = planImport(bundle, { workspace, nodes, ids: randomIds, names: { name: 'Support', remark: '' } })
 * if (!plan.ok) console.error(plan.reason, plan.details.nodes)
 */
export function planImport(bundle: Bundle, target: ImportTarget): ImportPlan | ExchangeRefusal {
  const { workspace, service, missing = 'refuse' } = target
  const unnamed = bundle.roots.length === 1 ? namesAskedFor(target) : undefined
  if (unnamed !== undefined) return unnamed
  if (missing === 'placeholder' && workspace.policy.imports?.placeholders !== true)
    return refuseExchange('import.placeholdersOff')
  const registry = createRegistry(target.nodes)
  const place: Place = { workspace, registry, service }
  const absent = bundle.flows.map(({ document }) => absentNodes(document, bundle.integrations, place))
  if (missing !== 'placeholder' && absent.some((nodes) => nodes.length > 0))
    return refuseExchange('import.unavailable', { nodes: absent.flat() as unknown as Json })
  const gone = absent.map((nodes) => new Set(nodes.map(({ id }) => id)))
  const types = unmetRanges(bundle, gone, registry)
  if (types.length > 0) return refuseExchange('import.versionRange', { types })

  const ids = freshIds(bundle, target)
  const warnings: Diagnostic[] = []
  const flows = bundle.flows.map((flow, index): PlannedFlow => {
    const from = flow.document.id
    const rewired = rewire(flow, ids, bundle, registry)
    const document = {
      ...withPlaceholders(rewired, gone[index]!),
      id: ids.get(from)!,
      ...(bundle.roots.length === 1 && index === 0 ? namesOf(flow.document, target) : {}),
    }
    warnings.push(...lacksOf(document, place, ids))
    return { from, document }
  })
  // Whatever is stored must be read again.
  const faults = flows.flatMap(({ document }, index) => (gone[index]!.size === 0 ? [] : faultsOf(document)))
  return faults.length === 0
    ? { ok: true, flows, warnings }
    : refuseExchange('import.tooLarge', { faults: faults as unknown as Json })
}

function faultsOf(document: FlowDocument): readonly Diagnostic[] {
  const read = parseDocument(document)
  return read.ok ? [] : read.error
}

/** A flow from JSON has no name and remark to fall back to (DOC-1). */
function namesAskedFor({ names }: ImportTarget): ExchangeRefusal | undefined {
  if (typeof names?.name !== 'string' || names.name.trim() === '') return refuseExchange('import.noName')
  if (typeof names.remark !== 'string') return refuseExchange('import.noRemark')
  const { name, remark } = names
  const faults = checkPart('flow', { name, remark, medium: 'any', role: 'main', audience: 'interaction' })
  return faults.length === 0
    ? undefined
    : refuseExchange('import.badNames', { faults: faults as unknown as Json })
}

/** A remark that is left empty adds nothing to a flow that had none. */
function namesOf(
  document: FlowDocument,
  { names }: ImportTarget,
): { readonly name: string; readonly remark?: string } {
  const { name, remark } = names as { readonly name: string; readonly remark: string }
  return remark === '' && document.remark === undefined ? { name } : { name, remark }
}

/** The node types of which another version is here than the flows need; none of nodes that do not come along. */
function unmetRanges(
  { flows, nodeTypes }: Bundle,
  gone: readonly ReadonlySet<string>[],
  registry: NodeRegistry,
): readonly { readonly [name: string]: Json }[] {
  const used = new Set(
    flows.flatMap(({ document }, index) =>
      document.nodes.filter(({ id }) => !gone[index]!.has(id)).map(({ type }) => type),
    ),
  )
  return [...used].sort().flatMap((pin) => {
    const type = registry.get(pin)
    const range = Object.hasOwn(nodeTypes, pin) ? nodeTypes[pin] : undefined
    return type === undefined || range === undefined || meetsRange(type, range)
      ? []
      : [{ pin, range, version: versionOf(type) }]
  })
}

/** How often a source of ids may give one that is taken. */
const MAX_TRIES = 100

function freshIds({ flows }: Bundle, { ids, workspace }: ImportTarget): ReadonlyMap<string, string> {
  const given = new Set<string>()
  const next = () => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const id = ids.next()
      // An event with anything else in it could never be read again.
      if (!isId(id)) throw badIds('gave something that can be no id of a flow')
      if (given.has(id) || Object.hasOwn(workspace.flows, id)) continue
      given.add(id)
      return id
    }
    throw badIds(`gave one that is taken ${MAX_TRIES} times in a row`)
  }
  return new Map(flows.map(({ document }) => [document.id, next()]))
}

function badIds(fault: string): SluiceError {
  return new SluiceError({
    code: 'import.ids',
    problem: `The source of ids ${fault}`,
    next: 'Pass one that gives another text of 1 to 128 characters each time',
  })
}

/** The flow with the new ids of the flows that it names; where its node types are unknown here, the bundle tells where. */
function rewire(
  { document, references = [] }: BundledFlow,
  ids: ReadonlyMap<string, string>,
  { flows }: Bundle,
  registry: NodeRegistry,
): FlowDocument {
  const types = new Map(document.nodes.map(({ id, type }) => [id, type]))
  const told = references
    .filter(({ node }) => registry.get(types.get(node)!) === undefined)
    .map(({ node, path, place }) => ({ node, path, value: ids.get(flows[place]!.document.id)! }))
  const known = document.nodes
    .flatMap((node) => referencesOf(node, registry))
    .flatMap(({ node, path, flow }) => {
      const value = ids.get(flow)
      return value === undefined ? [] : [{ node, path, value }]
    })
  return withValues(document, [...told, ...known])
}

/** What a flow names that the workspace does not have. */
function lacksOf(
  document: FlowDocument,
  { workspace: { catalog, flows }, registry }: Place,
  ids: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const own = new Set(ids.values())
  const { id: flow, settings, nodes } = document
  const found: Diagnostic[] = []
  const { mediaFolder } = settings
  if (
    mediaFolder !== undefined &&
    mediaFolder !== '' &&
    itemOf(catalog.mediaFolder, mediaFolder) === undefined
  )
    found.push(
      createDiagnostic(
        'bundle.mediaFolderMissing',
        { flow, path: ['settings', 'mediaFolder'] },
        { named: mediaFolder },
      ),
    )
  for (const node of nodes) {
    const type = registry.get(node.type)
    const segment = type === undefined ? undefined : segmentOf(node, type)
    if (segment !== undefined && itemOf(catalog.segment, segment) === undefined)
      found.push(
        createDiagnostic(
          'bundle.segmentMissing',
          { flow, node: node.id, path: ['config', 'segment'] },
          { named: segment },
        ),
      )
    for (const { path, flow: named } of referencesOf(node, registry)) {
      if (own.has(named) || itemOf(flows, named) !== undefined) continue
      found.push(
        createDiagnostic('bundle.flowMissing', { flow, node: node.id, path: ['config', ...path] }, { named }),
      )
    }
  }
  return found
}
