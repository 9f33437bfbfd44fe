import type { Hover } from '../assist.ts'
import { type Token, tokenise } from '../tokens.ts'
import type { Scope, SourceKind } from '../types.ts'
import { typeWord } from '../value-types.ts'
import { closingOf, startOfChain } from './chain.ts'
import { helpFor } from './describe.ts'
import { findSpot } from './template-hole.ts'
import { type KnownValue, surroundingsOf, typeOf } from './type-of.ts'

type Known = Pick<Hover, 'kind' | 'type' | 'sensitive' | 'detail' | 'doc'>

/** What the name at an offset of a CEL source stands for. */
export function hoverSource(
  kind: SourceKind,
  source: string,
  offset: number,
  scope: Scope,
): Hover | undefined {
  const spot = findSpot(kind, source, offset)
  if (spot === undefined) return undefined
  const tokens = tokenise(spot.source).filter((token) => token.kind !== 'comment')
  const i = nameAt(tokens, spot.offset)
  const known = i === undefined ? undefined : look(spot.source, tokens, i, scope)
  if (i === undefined || known === undefined) return undefined
  const { text, start, end } = tokens[i]!
  return { range: { start: start + spot.start, end: end + spot.start }, name: text, ...known }
}

/** Between two names that touch, the one that begins. */
function nameAt(tokens: readonly Token[], offset: number): number | undefined {
  const i = tokens.findIndex(({ kind, start, end }) => kind === 'name' && start <= offset && offset <= end)
  return i < 0 ? undefined : i
}

function look(source: string, tokens: readonly Token[], i: number, scope: Scope): Known | undefined {
  const isMember = tokens[i - 1]?.text === '.'
  if (tokens[i + 1]?.text === '(') return lookAtCall(source, tokens, i, isMember, scope)
  if (!isMember) return lookAtName(source, tokens, i, scope)
  const value = valueUpTo(source, tokens, i, i, scope)
  if (value?.path === undefined) return value && describe(value, 'member')
  const [root, ...rest] = value.path
  return describe(
    value,
    rest.length > 1 ? 'member' : root === 'nodes' ? 'node' : root === 'vars' ? 'variable' : 'member',
  )
}

function lookAtCall(
  source: string,
  tokens: readonly Token[],
  i: number,
  isMethod: boolean,
  scope: Scope,
): Known | undefined {
  const help = helpFor(tokens[i]!.text, isMethod)
  if (help === undefined) return undefined
  const end = closingOf(tokens, i + 1)
  const value = end === undefined ? undefined : valueUpTo(source, tokens, i, end, scope)
  const { detail, doc } = help
  const type = value === undefined ? (help.type ?? typeWord('any')) : typeWord(value.type)
  return { kind: isMethod ? 'method' : 'function', type, detail, doc, sensitive: value?.sensitive ?? false }
}

function lookAtName(source: string, tokens: readonly Token[], i: number, scope: Scope): Known | undefined {
  const { text: name } = tokens[i]!
  // The name that a macro is just being given belongs to what stands behind the comma.
  const isGiven = tokens[i - 1]?.text === '(' && tokens[i + 1]?.text === ','
  const outside = surroundingsOf(source, tokens, i, scope)
  const { loop } = isGiven && outside.isNaming ? surroundingsOf(source, tokens, i + 2, scope) : outside
  for (let each = loop; each !== undefined; each = each.outer) {
    if (each.name === name) return describe(each, 'variable')
  }
  const entry = scope.resolve(name)
  if (entry === undefined) return undefined
  const sensitive = scope.isSensitive(entry.path)
  return describe({ type: entry.type, sensitive }, entry.path.length === 1 ? 'root' : 'variable')
}

function valueUpTo(
  source: string,
  tokens: readonly Token[],
  name: number,
  last: number,
  scope: Scope,
): KnownValue | undefined {
  const first = startOfChain(tokens, name)
  if (first === undefined) return undefined
  return typeOf(source, tokens, first, last, scope, surroundingsOf(source, tokens, first, scope).loop)
}

function describe({ type, sensitive }: KnownValue, kind: Hover['kind']): Known {
  return { kind, type: typeWord(type), sensitive }
}
