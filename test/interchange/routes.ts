import type { Json, JsonObject } from '../../src/base/json.ts'
import type { FlowDocument, FlowNode } from '../../src/document/index.ts'
import type { Script, ScriptedEvent } from '../../src/testing/index.ts'

/*
 * Routes through a flow: for each transition the events that lead to it. A branch about what an effect, a question or the
 * trigger brings is led by bringing just that. Only comparisons with a value that is written out are understood.
 */

export interface Route {
  /** As in `node.outcome`. */
  readonly transition: string
  readonly script: Script
}

/** What places hold on the way; under `@` and a root, how often it was filled. */
type Held = ReadonlyMap<string, string>

interface Point {
  readonly node: string
  readonly held: Held
  readonly before?: { readonly point: Point; readonly outcome: string }
}

/** More points than this are not looked at. */
const MAX_POINTS = 60_000

export function routesOf(flow: FlowDocument): readonly Route[] {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  const ways = new Map<string, [outcome: string, to: string][]>()
  for (const { from, to } of flow.connectors)
    if (to !== undefined) ways.set(from.node, [...(ways.get(from.node) ?? []), [from.outcome, to]])
  const start = flow.nodes.find(({ type }) => type === 'start@1')!
  const behind = new Map<string, ReadonlySet<string>>()
  const askedBehind = (from: string): ReadonlySet<string> => {
    const known = behind.get(from)
    if (known !== undefined) return known
    const reached = new Set([from])
    for (const id of reached) for (const [, to] of ways.get(id) ?? []) reached.add(to)
    const asked = new Set([...reached].flatMap((id) => placesAskedBy(nodes.get(id)!)))
    behind.set(from, asked)
    return asked
  }
  const found = new Map<string, Route>()
  const seen = new Set<string>()
  // What the trigger brings stands in variables as well, until something else fills them.
  const brought = broughtByTrigger(start)
  const queue: Point[] = [{ node: start.id, held: new Map(brought.map((name) => [`@${name}`, '0'])) }]
  const all = [...ways.values()].reduce((sum, leaving) => sum + leaving.length, 0)
  for (let at = 0; at < queue.length && at < MAX_POINTS && found.size < all; at++) {
    const point = queue[at]!
    const node = nodes.get(point.node)!
    for (const [outcome, to] of ways.get(point.node) ?? []) {
      for (const held of after(node, outcome, point.held)) {
        const transition = `${node.id}.${outcome}`
        const next: Point = { node: to, held, before: { point, outcome } }
        if (!found.has(transition)) found.set(transition, { transition, script: scriptOf(next, nodes) })
        // How often a place was filled tells no two points apart, nor does what nobody behind asks about.
        const asked = askedBehind(to)
        const telling = [...held].filter(([at]) => at.startsWith('@') || at.startsWith('#') || asked.has(at))
        const key = JSON.stringify([
          to,
          telling.map(([at, value]) => (at.startsWith('@') ? at : [at, value])).sort(),
        ])
        if (seen.has(key)) continue
        seen.add(key)
        queue.push(next)
      }
    }
  }
  return [...found.values()]
}

/** What is held behind an outcome; nothing where the outcome cannot be taken with what is held. */
function after(node: FlowNode, outcome: string, held: Held): readonly Held[] {
  const { id, type, config } = node
  switch (type) {
    case 'branch@1':
      return behindBranch(node, outcome, held)
    case 'loop@1': {
      const rounds = Number(held.get(`#${id}`) ?? 0)
      if ((outcome === 'each') !== rounds < Number(config.times)) return []
      return [new Map(held).set(`#${id}`, outcome === 'each' ? String(rounds + 1) : '0')]
    }
    case 'custom-effect@1':
    case 'collect-input@1': {
      const places = filledBy(node, outcome)
      const kept = [...held].filter(([place]) => !places.some((each) => place.startsWith(`${each}.`)))
      const filled = places.map(
        (place) => [`@${place}`, String(Number(held.get(`@${place}`) ?? 0) + 1)] as const,
      )
      return [new Map([...kept, ...filled, ...fixed(node, outcome)])]
    }
    default:
      return [held]
  }
}

/** Places that a node fills when it is left by an outcome: its answer, and the variable that keeps it. */
function filledBy({ id, type, config, onLeave }: FlowNode, outcome: string): readonly string[] {
  if (type === 'collect-input@1') return outcome === 'invalid' ? [] : [String(config.variable), `nodes.${id}`]
  if (outcome === 'next' || outcome === 'failed' || outcome === 'timeout') return []
  const variables = (onLeave?.[outcome] ?? []).flatMap((action) => ('set' in action ? [action.set] : []))
  return [`nodes.${id}.body`, ...variables]
}

/** A silence is kept as a word. */
function fixed({ type, config }: FlowNode, outcome: string): readonly (readonly [string, string])[] {
  return type === 'collect-input@1' && outcome === 'timeout' ? [[`${config.variable}.value`, 'Timeout']] : []
}

interface Question {
  readonly place: string
  readonly outcome: string
  readonly holds: (value: string) => boolean
  readonly values: readonly string[]
}

/** Every value of the place that leads out by the outcome, be it the one that is held already. */
function behindBranch({ config }: FlowNode, outcome: string, held: Held): readonly Held[] {
  const rules = config.rules as readonly { readonly outcome: string; readonly condition: string }[]
  const questions = rules.map(readQuestion)
  if (questions.some((question) => question === undefined)) return [held]
  const known = questions as Question[]
  const { place } = known[0]!
  const leads = (value: string) => known.find(({ holds }) => holds(value))?.outcome ?? String(config.default)
  const now = held.get(place)
  if (now !== undefined) return leads(now) === outcome ? [held] : []
  const isOpen = place.startsWith('trigger.') || held.has(`@${rootOf(place)}`)
  const values = isOpen ? [...known.flatMap((each) => each.values), '7', ''] : ['']
  return values.filter((value) => leads(value) === outcome).map((value) => new Map(held).set(place, value))
}

function placesAskedBy({ type, config }: FlowNode): readonly string[] {
  if (type !== 'branch@1') return []
  const rules = config.rules as readonly { readonly outcome: string; readonly condition: string }[]
  return rules.flatMap((rule) => readQuestion(rule)?.place ?? [])
}

/** The root that an effect fills, as in `External` or `nodes.ask.body`. */
function rootOf(place: string): string {
  const parts = place.split('.')
  return place.startsWith('nodes.') ? parts.slice(0, parts[2] === 'body' ? 3 : 2).join('.') : parts[0]!
}

function readQuestion({ outcome, condition }: { outcome: string; condition: string }): Question | undefined {
  const read =
    /^(?:number\()?(?:string\()?(?:default\()?([A-Za-z_][\w.]*)(?:, "")?\)*(?:, -?[\d.]+\))? (==|>|>=|<|<=) (".*"|-?[\d.]+)$/.exec(
      condition,
    )
  if (read === null) return undefined
  const [, place = '', operator = '', literal = ''] = read
  const value = JSON.parse(literal) as string | number
  const named = place.includes('.') ? place : `${place}.value`
  if (typeof value === 'string')
    return { place: named, outcome, holds: (each) => each === value, values: [value] }
  const holds = (each: string) => each !== '' && compares(Number(each), operator, value)
  return { place: named, outcome, holds, values: [value - 1, value, value + 1].map(String) }
}

function compares(left: number, operator: string, right: number): boolean {
  if (operator === '>') return left > right
  if (operator === '<') return left < right
  return operator === '>=' ? left >= right : left <= right
}

/** The events of a route, which bring what was held when they had to be asked for. */
function scriptOf(end: Point, nodes: ReadonlyMap<string, FlowNode>): Script {
  const points: Point[] = []
  for (let point: Point | undefined = end; point !== undefined; point = point.before?.point)
    points.unshift(point)
  const events = points.slice(1).flatMap(({ before }, index) => {
    const node = nodes.get(before!.point.node)!
    return eventsFor(node, before!.outcome, broughtBy(node, before!.outcome, points.slice(index + 1)))
  })
  const data: { [name: string]: Json } = {}
  const trigger: { [name: string]: string } = {}
  for (const [place, value] of end.held)
    if (place.startsWith('trigger.data.')) data[place.slice('trigger.data.'.length)] = value
    else if (place.startsWith('trigger.')) trigger[place.slice('trigger.'.length)] = value
  for (const name of broughtByTrigger(nodes.get(points[0]!.node)!)) data[name] = nested(heldOf(name, points))
  return { trigger: { type: 'manual', ...trigger, data }, now: 1_790_000_000_000, seed: 'routes', events }
}

/** Variables that a start fills of the data of its trigger. */
function broughtByTrigger({ onLeave }: FlowNode): readonly string[] {
  return (onLeave?.next ?? []).flatMap((action) =>
    'set' in action && String(action.to).includes('trigger.data.') ? [action.set] : [],
  )
}

/** What is held of the places that a node fills, until something fills them again. */
function broughtBy(node: FlowNode, outcome: string, behind: readonly Point[]): ReadonlyMap<string, string> {
  const brought = new Map<string, string>()
  for (const root of filledBy(node, outcome))
    for (const [member, value] of heldOf(root, behind)) brought.set(member, value)
  return brought
}

/** What a root holds until it is filled again. */
function heldOf(root: string, points: readonly Point[]): ReadonlyMap<string, string> {
  const members = new Map<string, string>()
  const times = points[0]!.held.get(`@${root}`)
  for (const { held } of points) {
    if (held.get(`@${root}`) !== times) break
    for (const [place, value] of held)
      if (place.startsWith(`${root}.`)) members.set(place.slice(root.length + 1), value)
  }
  return members
}

const TIMED_OUT: ScriptedEvent = { type: 'result', error: 'timeout' }
const FAILED: ScriptedEvent = { type: 'result', error: 'failed' }

function eventsFor(
  node: FlowNode,
  outcome: string,
  members: ReadonlyMap<string, string>,
): readonly ScriptedEvent[] {
  const { type, config } = node
  if (outcome.startsWith('on:')) return [{ type: 'signal', name: outcome.slice('on:'.length) }]
  switch (type) {
    case 'custom-effect@1':
      if (outcome === 'next') return []
      if (outcome === 'failed') return [FAILED]
      if (outcome === 'timeout') return [TIMED_OUT]
      return [{ type: 'result', status: 200, body: { ...nested(members), outcome } }]
    case 'send-message@1':
      if (outcome === 'next') return []
      return [
        outcome === 'sent' ? { type: 'result', status: 200 } : outcome === 'failed' ? FAILED : TIMED_OUT,
      ]
    case 'transfer@1':
      return [{ type: 'result', status: 200, body: { result: outcome } }]
    case 'menu@1':
      if (outcome === 'timeout') return [{ type: 'timeout' }]
      return [{ type: 'digits', digits: outcome === 'noMatch' ? '00000' : outcome }]
    case 'collect-input@1':
      if (outcome === 'timeout') return [{ type: 'timeout' }]
      if (outcome === 'invalid') return [{ type: 'text', text: 'no keys' }]
      return [
        {
          type: 'digits',
          digits: [...members.values()][0] ?? '12345'.slice(0, Number(config.maxLength ?? 5)),
        },
      ]
    case 'wait-for-event@1':
      return [outcome === 'timeout' ? { type: 'timeout' } : { type: 'event', name: String(config.event) }]
    case 'delay@1':
      return [{ type: 'timeout' }]
    default:
      return []
  }
}

/** Members by paths, as in `Slots.size`. */
function nested(members: ReadonlyMap<string, string>): JsonObject {
  const object: { [name: string]: Json } = {}
  for (const [path, value] of members) {
    const parts = path.split('.')
    let at = object
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {}
      at = at[part] as unknown as typeof object
    }
    at[parts.at(-1)!] = value
  }
  return object
}
