import { isKey } from '../../../base/json.ts'
import type { Names } from '../shared/names.ts'
import { celText, quote, type Reference } from '../shared/reference.ts'
import type { Root } from './namespaces.ts'

/** Roots that stand for one value, wherever a flow reads it. */
const SYSTEM: { readonly [path: string]: string } = {
  'CustomerEndpoint.Address': 'trigger.from',
  'SystemEndpoint.Address': 'trigger.to',
  ContactId: 'session.id',
  Channel: 'trigger.channel',
  LanguageCode: 'session.language',
}

/** Variables that the importer makes, by the path that reads them. */
export const OWN = ['StoredCustomerInput', 'CustomerCallbackNumber'] as const

/** What a path is read from, and whether anything in the flow itself gives the value. */
export interface ConnectReference extends Reference {
  /** True for what whoever starts the flow has to give. */
  readonly given?: true
}

/**
 * The counterpart of a path; `undefined` for one that names no single value. What no action fills is read of the
 * trigger's data, and declared there.
 */
export function translatePath(
  path: readonly string[],
  names: Names,
  roots: ReadonlyMap<string, Root>,
): ConnectReference | undefined {
  const [root = '', second, ...rest] = path
  const text = Object.hasOwn(SYSTEM, path.join('.')) ? SYSTEM[path.join('.')] : undefined
  if (text !== undefined) return { root: text, type: 'text', members: [] }
  const own = OWN.find((name) => name === root)
  if (own !== undefined) return second === undefined ? variable(names.own(own)) : undefined
  if (root === 'Attributes')
    return second === undefined
      ? undefined
      : variable(names.variable([second, ...rest].join('.'), { input: true }))
  if (root === 'FlowAttributes')
    return second === undefined ? undefined : variable(names.own(`FlowAttributes_${second}`))
  const place = roots.get(root)
  if (place !== undefined) {
    if (second === undefined) return undefined
    const members = [second, ...rest].map((name) => ({ name }))
    return 'action' in place
      ? { root: `nodes.${names.nodeOf(place.action)}.body`, type: 'any', members }
      : { root: names.own(root, { any: true }), type: 'any', members }
  }
  if (root === '' || (second === undefined && isPlural(root))) return undefined
  return { root: `trigger.data.${names.datum(path.join('_'))}`, type: 'any', members: [], given: true }
}

function variable(root: string): ConnectReference {
  return { root, type: 'text', members: [], bare: true }
}

/** Roots that hold many values, of which a flow has to name one. */
function isPlural(root: string): boolean {
  return ['External', 'Lex', 'Metrics', 'Queue', 'Agent', 'Customer', 'Case'].includes(root)
}

/** An expression whose value is always a text, be it an empty one. */
export function textExpression(reference: Reference): string {
  if (reference.bare === true && reference.type === 'text') return reference.root
  return isFlat(reference) ? `string(${valueExpression(reference)})` : celText(reference)
}

/** An expression for the value as it is, empty where there is none. */
export function valueExpression(reference: Reference): string {
  const { root, members, bare, type } = reference
  if (bare === true && type === 'text') return root
  if (!isFlat(reference)) return celText(reference)
  const path = members.reduce((at, part) => at + memberOf('name' in part ? part.name : ''), root)
  return `default(${path}, "")`
}

/** What stands in the braces of a template, where nothing is filled in as nothing. */
export function holeExpression(reference: Reference): string {
  const isBare = reference.members.length === 0 && reference.type === 'text'
  return isBare ? reference.root : valueExpression(reference)
}

/** True where only names of members are asked for: a position in what is no list would be a fault. */
function isFlat({ members }: Reference): boolean {
  return !members.some((member) => 'name' in member && /^\d+$/.test(member.name))
}

export function memberOf(name: string): string {
  return isKey(name) ? `.${name}` : `[${quote(name)}]`
}
