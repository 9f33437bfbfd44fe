import type { JsonObject } from '../../../base/json.ts'
import { isJsonObject } from '../../../base/json.ts'
import { reach, waysOf } from '../shared/reach.ts'
import type { ConnectAction } from './connect-flow.ts'
import { piecesOf } from './paths.ts'

/** What actions leave behind for the flow to read, by type: the root under which paths name it. */
export const FILLED_BY: { readonly [type: string]: string } = {
  InvokeLambdaFunction: 'External',
  ConnectParticipantWithLexBot: 'Lex',
  GetMetricData: 'Metrics',
  GetCustomerProfile: 'Customer',
  GetCustomerProfileObject: 'Customer',
  GetCalculatedAttributesForCustomerProfile: 'Customer',
  CreateCustomerProfile: 'Customer',
  UpdateCustomerProfile: 'Customer',
  CreateCase: 'Case',
  GetCase: 'Case',
  UpdateCase: 'Case',
  CreateTask: 'Task',
  CreateWisdomSession: 'Wisdom',
  ShowView: 'Views',
}

const ROOTS: ReadonlySet<string> = new Set(Object.values(FILLED_BY))

/** The root that an action fills; `undefined` for one that leaves nothing behind. */
export function filledBy({ type }: Pick<ConnectAction, 'type'>): string | undefined {
  return Object.hasOwn(FILLED_BY, type) ? FILLED_BY[type] : undefined
}

/** Roots of which each action fills a part, and leaves the others as they are. */
const FILLED_BY_PARTS: ReadonlySet<string> = new Set(['Customer', 'Case'])

/** Where the value of a root stands: with the one action that fills it, or in a variable that the last one has set. */
export type Root =
  | { readonly action: string }
  | {
      readonly variable: true
      readonly fromOutside: boolean
      /** The members that are read here, where each action fills a part of the root. */
      readonly parts?: readonly string[]
    }

/**
 * The roots that a flow reads or fills. One that is read before anything here can have filled it comes from whoever
 * began the flow; one that goes along into another flow has to stand in a variable as well.
 */
export function rootsOf(
  actions: readonly ConnectAction[],
  start: string | undefined,
): ReadonlyMap<string, Root> {
  const isLeft = actions.some(({ type }) => type === 'TransferToFlow' || type === 'InvokeFlowModule')
  const roots = new Map<string, Root>()
  for (const root of ROOTS) {
    const fillers = actions.filter((action) => filledBy(action) === root)
    const readers = actions.filter(({ properties }) => rootsIn(properties).has(root))
    if (fillers.length === 0 && readers.length === 0) continue
    const filling = new Set(fillers.map(({ name }) => name))
    const ways = actions.flatMap(({ name, transitions }) =>
      filling.has(name) ? [] : transitions.map(({ next }) => [name, next || undefined] as const),
    )
    const unfilled = reach(start === undefined ? [] : [start], waysOf(ways))
    const fromOutside = readers.some(({ name }) => unfilled.has(name))
    const [only, another] = fillers
    const isOne = only !== undefined && another === undefined && !isLeft && !fromOutside
    const read = FILLED_BY_PARTS.has(root) && another !== undefined ? membersOf(root, readers) : []
    const parts = read.length === 0 ? {} : { parts: read }
    roots.set(root, isOne ? { action: only.name } : { variable: true, fromOutside, ...parts })
  }
  return roots
}

function membersOf(root: string, readers: readonly ConnectAction[]): readonly string[] {
  const members = new Set<string>()
  for (const { properties } of readers)
    for (const text of textsIn(properties))
      for (const piece of piecesOf(text))
        if ('path' in piece && piece.path[0] === root && piece.path[1] !== undefined)
          members.add(piece.path[1])
  return [...members]
}

function rootsIn(properties: JsonObject): ReadonlySet<string> {
  const roots = new Set<string>()
  for (const text of textsIn(properties))
    for (const piece of piecesOf(text)) if ('path' in piece) roots.add(piece.path[0]!)
  return roots
}

/** Every text of a value, the names of members included. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const entry of value) yield* textsIn(entry)
  else if (isJsonObject(value))
    for (const [key, member] of Object.entries(value)) {
      yield key
      yield* textsIn(member)
    }
}
