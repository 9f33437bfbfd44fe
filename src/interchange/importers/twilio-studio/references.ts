import type { Names, VariableTraits } from '../shared/names.ts'
import type { PathPart, Reference } from '../shared/reference.ts'
import { EFFECT_WIDGETS } from './effect-outcomes.ts'

const NONE: readonly PathPart[] = []
const text = (root: string): Reference => ({ root, type: 'text', members: NONE })
const any = (root: string, members: readonly PathPart[] = NONE): Reference => ({ root, type: 'any', members })

/** The address of the contact and ours, and what was written, whatever Studio calls the kind of trigger. */
const TRIGGER_MEMBERS: { readonly [name: string]: string } = {
  From: 'trigger.from',
  To: 'trigger.to',
  Body: 'trigger.text',
}

/**
 * The counterpart of a path; `undefined` for one that has none, which Liquid takes for empty. What it reads of the
 * trigger's data or of variables is declared on the way.
 */
export function translateReference(path: readonly PathPart[], names: Names): Reference | undefined {
  const [root, second, ...rest] = path.map((part) => ('name' in part ? part.name : undefined))
  const members = path.slice(2)
  switch (root) {
    case 'widgets':
      return second === undefined ? undefined : translateOutput(second, members, names)
    case 'trigger':
      return second === undefined ? undefined : translateTrigger(second, members, names)
    case 'contact':
      return second === 'channel' && rest.length === 1 && rest[0] === 'address'
        ? text('trigger.from')
        : undefined
    case 'flow':
      return translateFlow(second, members, names)
    default:
      return undefined
  }
}

function translateOutput(widget: string, members: readonly PathPart[], names: Names): Reference | undefined {
  const node = names.outputOf(widget)
  const type = names.typeOf(widget) ?? ''
  if (node === undefined) return undefined
  if (names.isTranslated(widget)) return any(`nodes.${node}`, members)
  const key = nameOf(members[0])
  const rest = members.slice(1)
  switch (type) {
    case 'gather-input-on-call':
      return (key === 'Digits' || key === 'SpeechResult') && rest.length === 0
        ? text(`nodes.${node}.value`)
        : undefined
    case 'send-and-wait-for-reply':
      return key === 'inbound' && rest.length === 1 ? translateReply(node, nameOf(rest[0])) : undefined
    case 'make-http-request':
    case 'run-function':
      if (key === 'parsed') return any(`nodes.${node}.body`, rest)
      if (key === 'body' && rest.length === 0) return any(`nodes.${node}.body`)
      return key === 'status_code'
        ? { root: `nodes.${node}.status`, type: 'number', members: NONE }
        : undefined
    case 'record-voicemail':
      if (key === 'RecordingUrl') return text(`nodes.${node}.url`)
      return key === 'RecordingDuration' ? kept(widget, key, names) : undefined
    case 'make-outgoing-call-v1':
    case 'make-outgoing-call-v2':
      return key === 'AnsweredBy' ? text(`nodes.${node}.answeredBy`) : undefined
    case 'connect-call-to':
      return key === 'DialCallStatus' ? kept(widget, key, names) : undefined
    case 'set-variables':
      return key === undefined ? undefined : variable(key, rest, names)
    case 'run-subflow':
      return key === undefined ? undefined : { ...kept(widget, key, names), members: rest }
    default:
      return Object.hasOwn(EFFECT_WIDGETS, type) && EFFECT_WIDGETS[type]!.outcomes.length > 0
        ? any(`nodes.${node}.body`, members)
        : undefined
  }
}

function translateReply(node: string, key: string | undefined): Reference | undefined {
  if (key === 'Body') return text(`nodes.${node}.value`)
  return key === 'From' || key === 'To' ? text(TRIGGER_MEMBERS[key]!) : undefined
}

/** In a request by the API, `to` is the contact and `from` is us. */
const REQUEST_MEMBERS: { readonly [name: string]: string } = { to: 'trigger.from', from: 'trigger.to' }

function translateTrigger(kind: string, members: readonly PathPart[], names: Names): Reference | undefined {
  const key = nameOf(members[0])
  const rest = members.slice(1)
  if (key === undefined) return undefined
  if ((kind === 'request' || kind === 'parent') && key === 'parameters') {
    const name = nameOf(rest[0])
    if (name === undefined) return kind === 'request' && rest.length === 0 ? any('trigger.data') : undefined
    if (kind === 'request') return any(`trigger.data.${names.datum(name)}`, rest.slice(1))
    return variable(name, rest.slice(1), names, { input: true })
  }
  const known = kind === 'request' ? REQUEST_MEMBERS : TRIGGER_MEMBERS
  if (rest.length === 0 && Object.hasOwn(known, key)) return text(known[key]!)
  return any(`trigger.data.${names.datum(`${kind}_${key}`)}`, rest)
}

function translateFlow(
  second: string | undefined,
  members: readonly PathPart[],
  names: Names,
): Reference | undefined {
  const key = nameOf(members[0])
  const rest = members.slice(1)
  switch (second) {
    case 'sid':
      return members.length === 0 ? text('session.id') : undefined
    case 'flow_sid':
      return members.length === 0 ? text('session.flow') : undefined
    case 'channel':
      return key === 'address' && rest.length === 0 ? text('trigger.to') : undefined
    case 'data':
      if (members.length === 0) return any('trigger.data')
      return key === undefined ? undefined : any(`trigger.data.${names.datum(key)}`, rest)
    case 'variables':
      if (members.length === 0) return any('vars')
      return key === undefined ? undefined : variable(key, rest, names)
    default:
      return undefined
  }
}

/** Members of a variable make it one that may hold anything. */
function variable(
  name: string,
  members: readonly PathPart[],
  names: Names,
  traits: VariableTraits = {},
): Reference {
  const root = names.variable(name, members.length > 0 ? { ...traits, any: true } : traits)
  return { root, type: names.holdsAny(root) ? 'any' : 'text', members, bare: true }
}

function kept(widget: string, key: string, names: Names): Reference {
  return { root: names.derived(widget, key), type: 'any', members: NONE, bare: true }
}

function nameOf(part: PathPart | undefined): string | undefined {
  return part !== undefined && 'name' in part ? part.name : undefined
}
