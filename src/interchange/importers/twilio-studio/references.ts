import { isKey } from '../../../base/json.ts'
import type { Names } from './names.ts'

/** What a Liquid path comes to here. */
export interface Reference {
  /** A CEL expression that is null where Studio would have nothing. */
  readonly cel: string
  /** Conditions under which the expression can be read at all: a body from outside may have any shape. */
  readonly guards: readonly string[]
}

/** Names of the inbound message or call, whatever Studio calls its kind. */
const TRIGGER_MEMBERS: { readonly [name: string]: string } = {
  From: 'trigger.from',
  To: 'trigger.to',
  Body: 'trigger.text',
}

/** A path such as `widgets.lookup.parsed.order.id`, and `["with-dash"]` in place of a dotted part. */
const PATH = /^[A-Za-z_][\w-]*(?:\.[\w-]+|\[\s*(?:"[^"\]]*"|'[^'\]]*'|\d+)\s*\])*$/

/**
 * The counterpart of a Liquid path; `undefined` for one that has none yet. What it reads of the trigger's data or of
 * variables is declared on the way.
 */
export function translatePath(path: string, names: Names): Reference | undefined {
  if (!PATH.test(path)) return undefined
  const parts = [...path.matchAll(/[\w-]+|\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]/g)].map(
    ([whole, a, b, c]) => a ?? b ?? c ?? whole,
  )
  const [root = '', second = '', ...rest] = parts
  switch (root) {
    case 'widgets':
      return translateOutput(second, rest, names)
    case 'trigger':
      return translateTrigger(second, rest, names)
    case 'contact':
      return second === 'channel' && rest.join('.') === 'address'
        ? { cel: 'trigger.from', guards: [] }
        : undefined
    case 'flow':
      return translateFlow(second, rest, names)
    default:
      return undefined
  }
}

function translateOutput(widget: string, members: readonly string[], names: Names): Reference | undefined {
  const node = names.nodeOf(widget)
  if (node === undefined) return undefined
  const [first = '', ...rest] = members
  switch (first) {
    case 'body':
      return rest.length === 0 ? { cel: `nodes.${node}.body`, guards: [] } : undefined
    case 'parsed':
      return translateMembers(`nodes.${node}.body`, rest)
    case 'status_code':
      return { cel: `nodes.${node}.status`, guards: [] }
    case 'Digits':
    case 'SpeechResult':
      return rest.length === 0 ? { cel: `nodes.${node}.value`, guards: [] } : undefined
    case 'inbound':
      return rest.join('.') === 'Body' ? { cel: `nodes.${node}.value`, guards: [] } : undefined
    default:
      return undefined
  }
}

/** Members of a body: every value on the way must be an object, or a list where a position is asked for. */
function translateMembers(body: string, members: readonly string[]): Reference {
  let cel = body
  const guards: string[] = []
  for (const member of members) {
    const value = guards.length === 0 ? cel : `default(${cel}, null)`
    guards.push(`${/^\d+$/.test(member) ? 'isList' : 'isObject'}(${value})`)
    cel += memberOf(member)
  }
  return { cel, guards }
}

function translateTrigger(kind: string, members: readonly string[], names: Names): Reference | undefined {
  const [first = '', ...rest] = members
  if (kind === 'request' && first === 'parameters' && rest.length === 1) return datum(rest[0]!, names)
  if (first === '' || rest.length > 0) return undefined
  const known = Object.hasOwn(TRIGGER_MEMBERS, first) ? TRIGGER_MEMBERS[first] : undefined
  return known === undefined ? datum(`${kind}_${first}`, names) : { cel: known, guards: [] }
}

function translateFlow(second: string, members: readonly string[], names: Names): Reference | undefined {
  const [first = '', ...rest] = members
  if (second === 'channel')
    return first === 'address' && rest.length === 0 ? { cel: 'trigger.to', guards: [] } : undefined
  if (first === '') return undefined
  if (second === 'data') return rest.length === 0 ? datum(first, names) : undefined
  if (second === 'variables')
    return rest.length === 0 ? { cel: names.variable(first), guards: [] } : undefined
  return undefined
}

function datum(name: string, names: Names): Reference {
  return { cel: `trigger.data.${names.datum(name)}`, guards: [] }
}

function memberOf(name: string): string {
  if (/^\d+$/.test(name)) return `[${name}]`
  return isKey(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}
