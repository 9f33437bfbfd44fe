import { isUnsafeKey } from '../../base/json.ts'
import type { Completion, CompletionList } from '../assist.ts'
import { canFollowDot } from '../quote.ts'
import { insideQuotes, type Token, tokenise } from '../tokens.ts'
import type { Scope, SourceKind } from '../types.ts'
import { isObjectType, typeWord } from '../value-types.ts'
import { endsValue, startOfChain } from './chain.ts'
import { methodsOf, offer, plainFunctions } from './describe.ts'
import { rank } from './rank.ts'
import { clamp, findSpot } from './template-hole.ts'
import { surroundingsOf, typeOf } from './type-of.ts'

/**
 * What may be typed at an offset of a CEL source. Members that need brackets, as in `contact["first name"]`, are left
 * out, and so is everything where a macro asks for a new name.
 */
export function completeSource(
  kind: SourceKind,
  source: string,
  offset: number,
  scope: Scope,
): CompletionList {
  const at = clamp(offset, source.length)
  const spot = findSpot(kind, source, at)
  const list = spot === undefined ? undefined : complete(spot.source, spot.offset, scope)
  if (spot === undefined || list === undefined) return { range: { start: at, end: at }, items: [] }
  const { start, end } = list.range
  return { range: { start: start + spot.start, end: end + spot.start }, items: list.items }
}

function complete(source: string, offset: number, scope: Scope): CompletionList | undefined {
  const all = tokenise(source)
  const touched = all.find(({ start, end }) => start < offset && offset <= end)
  if (touched !== undefined && isClosedTo(touched, offset)) return undefined
  const word = touched?.kind === 'name' ? touched : undefined
  const range = { start: word?.start ?? offset, end: word?.end ?? offset }
  const tokens = all.filter(({ kind }) => kind !== 'comment')
  const before = tokens.filter(({ end }) => end <= range.start)
  const next = tokens.find(({ start }) => start >= range.end)
  const items = itemsAfter(source, before, next?.text === '(', scope)
  return { range, items: rank(items, source.slice(range.start, offset)) }
}

/** True inside of literals and comments, where nothing is offered. */
function isClosedTo(token: Token, offset: number): boolean {
  if (token.kind === 'text') return offset < token.end || !insideQuotes(token).closed
  return token.kind === 'comment' || token.kind === 'number'
}

function itemsAfter(source: string, before: readonly Token[], isCalled: boolean, scope: Scope): Completion[] {
  const last = before.at(-1)
  if (last?.text === '.') return membersAfter(source, before, isCalled, scope)
  if (endsValue(last)) return [{ label: 'in', kind: 'keyword', insert: 'in' }]
  const { loop, isNaming } = surroundingsOf(source, before, before.length, scope)
  if (isNaming) return []
  const items = new Map<string, Completion>()
  for (let each = loop; each !== undefined; each = each.outer) {
    const { name, type } = each
    if (!items.has(name))
      items.set(name, { label: name, kind: 'variable', type: typeWord(type), insert: name })
  }
  for (const name of scope.names()) {
    const entry = scope.resolve(name)
    if (entry === undefined || items.has(name)) continue
    const kind = entry.path.length === 1 ? 'root' : 'variable'
    items.set(name, { label: name, kind, type: typeWord(entry.type), insert: name })
  }
  const functions = plainFunctions().map((help) => offer(help, 'function', isCalled))
  return [...items.values(), ...functions, ...CONSTANTS]
}

const CONSTANTS: readonly Completion[] = [
  { label: 'true', kind: 'keyword', type: typeWord('boolean'), insert: 'true' },
  { label: 'false', kind: 'keyword', type: typeWord('boolean'), insert: 'false' },
  { label: 'null', kind: 'keyword', type: typeWord('null'), insert: 'null' },
]

function membersAfter(
  source: string,
  before: readonly Token[],
  isCalled: boolean,
  scope: Scope,
): Completion[] {
  const last = before.length - 2
  const first = startOfChain(before, last)
  // After `1.` one goes on with digits.
  if (first === undefined || (first === last && before[last]!.kind === 'number')) return []
  const { loop } = surroundingsOf(source, before, first, scope)
  const value = typeOf(source, before, first, last, scope, loop)
  if (value === undefined) return []
  const { type, path } = value
  const root = path?.length === 1 ? path[0] : undefined
  const kind = root === 'nodes' ? 'node' : root === 'vars' ? 'variable' : 'member'
  const items: Completion[] = []
  if (isObjectType(type)) {
    for (const [name, member] of Object.entries(type.fields)) {
      if (!canFollowDot(name) || isUnsafeKey(name)) continue
      items.push({ label: name, kind, type: typeWord(member), insert: name })
    }
  }
  return [...items, ...methodsOf(type).map((help) => offer(help, 'method', isCalled))]
}
