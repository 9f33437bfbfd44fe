import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import { type Ids, randomIds } from '../base/ports.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Audience, FlowDocument, FlowNode, FlowRole, Medium } from '../document/flow-document.ts'
import { CURRENT_SCHEMA } from '../document/migrations.ts'
import { parseDocument } from '../document/parse-document.ts'
import { type NodeType, pinOf } from '../nodes/node-type.ts'
import type { NodeTypes } from '../nodes/registry.ts'
import { type CreateRefusal, refusalOf } from './create-refusals.ts'
import type { FlowTemplate } from './templates/flow-template.ts'
import { createTemplateCatalog } from './templates/template-catalog.ts'
import { TEMPLATES } from './templates/templates.ts'

/** What a new flow is made from. */
export type CreateFlowSource = BlankFlow | FlowFromJson | FlowFromTemplate | CopyOfFlow

/** A flow with nothing but a start node. */
export interface BlankFlow {
  readonly from: 'blank'
  readonly name: string
  /** May be empty, but is asked for. */
  readonly remark: string
  /**
   * What sets the flow going, such as `call`, or the whole config of the start node, such as
   * `{ trigger: 'message', channel: 'sms' }`. Left open unless given.
   */
  readonly trigger?: string | JsonObject | undefined
  /** `any` unless given. */
  readonly medium?: Medium | undefined
  /** `main` unless given. */
  readonly role?: FlowRole | undefined
  /** `interaction` unless given. */
  readonly audience?: Audience | undefined
}

/** A document that was exported elsewhere; one of an older schema is migrated. */
export interface FlowFromJson {
  readonly from: 'json'
  /** The text, or what came out of `JSON.parse`. */
  readonly json: unknown
  readonly name: string
  /** May be empty, but is asked for. */
  readonly remark: string
}

/** One of the templates on offer. */
export interface FlowFromTemplate {
  readonly from: 'template'
  /** Id of the template. */
  readonly template: string
  /** The title of the template unless given. */
  readonly name?: string | undefined
  /** The summary of the template unless given. */
  readonly remark?: string | undefined
}

/** A flow like another one, which stays as it is. */
export interface CopyOfFlow {
  readonly from: 'copy'
  readonly document: FlowDocument
  /** The name of the other, or its id where it has none, with ` (copy)` behind it unless given. */
  readonly name?: string | undefined
  /** The remark of the other unless given. */
  readonly remark?: string | undefined
}

export interface CreateFlowOptions {
  /** The node types on offer; one of them begins flows. */
  readonly nodes: NodeTypes
  /** Where the id of the flow comes from: random ones unless given. */
  readonly ids?: Ids | undefined
  /** The templates on offer: the built-in ones unless given. */
  readonly templates?: Iterable<FlowTemplate> | undefined
}

/**
 * Makes a new flow, blank or from JSON, a template or another flow. The result is an ordinary draft: it may be incomplete,
 * and all of it can be edited. The flow always gets an id of its own, while nodes, connectors and notes keep theirs, so
 * that it can still be compared with what it was made from. What cannot be created is refused as data.
 *
 * @example
 * const created = createFlow({ from: 'template', template: 'support-ivr' }, { nodes: palette })
 * if (!created.ok) console.error(created.error.reason)
 */
export function createFlow(
  source: CreateFlowSource,
  options: CreateFlowOptions,
): Result<FlowDocument, CreateRefusal> {
  const naming = namesAskedFor(source)
  if (naming !== undefined) return err(naming)
  switch (source?.from) {
    case 'blank':
      return blank(source, options)
    case 'json':
      return read(source.json, newNames(source, options))
    case 'template':
      return fromTemplate(source, options)
    case 'copy': {
      const { document } = source
      const name = isBlank(source.name) ? `${calledBy(document)} (copy)` : source.name
      return readAs(document, { name, remark: source.remark }, options)
    }
    default:
      return err(
        refusalOf('create.unknownWay', { from: String((source as { from?: unknown } | null)?.from) }),
      )
  }
}

/** Blank flows and imports have no name and remark to fall back to. */
function namesAskedFor(source: CreateFlowSource): CreateRefusal | undefined {
  if (source?.from !== 'blank' && source?.from !== 'json') return undefined
  if (isBlank(source.name)) return refusalOf('create.noName')
  return typeof source.remark === 'string' ? undefined : refusalOf('create.noRemark')
}

function isBlank(name: string | undefined): name is undefined {
  return typeof name !== 'string' || name.trim() === ''
}

/** What people call a flow: its name, or its id where it has none. Plain JavaScript may pass anything. */
function calledBy(document: Partial<FlowDocument> | undefined): string | undefined {
  return isBlank(document?.name) ? document?.id : document.name
}

function blank(source: BlankFlow, { nodes, ids }: CreateFlowOptions): Result<FlowDocument, CreateRefusal> {
  const type = startTypeOf(nodes)
  if (type === undefined) return err(refusalOf('create.noStartType'))
  const { name, remark, trigger, medium, role, audience } = source
  const config = typeof trigger === 'string' ? { trigger } : (trigger ?? {})
  const unknown = unknownTrigger(config, type)
  if (unknown !== undefined) return err(unknown)
  const start: FlowNode = { id: 'start', type: pinOf(type.runtime), config, position: { x: 0, y: 0 } }
  return readAs({ schema: CURRENT_SCHEMA, medium, role, audience, nodes: [start] }, { name, remark }, { ids })
}

/** The newest node type that a flow can begin at. */
function startTypeOf(nodes: NodeTypes): NodeType | undefined {
  let newest: NodeType | undefined
  for (const type of nodes) {
    if (type.place !== 'start') continue
    const isNewer = newest?.runtime.type === type.runtime.type && newest.runtime.major < type.runtime.major
    if (newest === undefined || isNewer) newest = type
  }
  return newest
}

function unknownTrigger({ trigger }: JsonObject, { fields }: NodeType): CreateRefusal | undefined {
  const field = fields.trigger
  if (trigger === undefined || field?.kind !== 'options') return undefined
  if (typeof trigger === 'string' && field.options.includes(trigger)) return undefined
  const suggestion = nearest(String(trigger), field.options)
  return refusalOf('create.unknownTrigger', {
    trigger: String(trigger),
    triggers: field.options,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}

function fromTemplate(
  { template: id, name, remark }: FlowFromTemplate,
  options: CreateFlowOptions,
): Result<FlowDocument, CreateRefusal> {
  const catalog = createTemplateCatalog(options.templates ?? TEMPLATES)
  const template = catalog.get(id)
  if (template === undefined) {
    const suggestion = catalog.suggest(String(id))
    const details = { template: String(id), ...(suggestion === undefined ? {} : { suggestion }) }
    return err(refusalOf('create.unknownTemplate', details))
  }
  const { title, summary, document } = template
  return readAs(document, { name: isBlank(name) ? title : name, remark: remark ?? summary }, options)
}

interface Naming {
  readonly name: string
  readonly remark?: string | undefined
}

/** What a flow has of its own, whatever it is made from. */
type Names = Pick<FlowDocument, 'id' | 'name' | 'remark'>

function newNames({ name, remark }: Naming, { ids = randomIds }: Pick<CreateFlowOptions, 'ids'>): Names {
  return { id: ids.next(), name, ...(remark === undefined ? {} : { remark }) }
}

/** Reads what is a document but for its names. */
function readAs(
  from: unknown,
  naming: Naming,
  options: Pick<CreateFlowOptions, 'ids'>,
): Result<FlowDocument, CreateRefusal> {
  const names = newNames(naming, options)
  return read(isJsonObject(from) ? { ...from, ...names } : from, names)
}

function read(from: unknown, names: Names): Result<FlowDocument, CreateRefusal> {
  const parsed = parseDocument(from)
  // A copy down to the last config: templates and the flows of others stay as they are, whatever becomes of this one.
  if (parsed.ok)
    return ok({ ...(normaliseJson(parsed.value as unknown as Json) as unknown as FlowDocument), ...names })
  const fault = parsed.error[0]!.message
  return err(refusalOf('create.unreadable', { fault }, parsed.error))
}
