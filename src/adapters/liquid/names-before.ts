import type { Completion } from '../../expressions/assist.ts'
import type { Scope, ValueType } from '../../expressions/types.ts'
import { isListType, typeWord } from '../../expressions/value-types.ts'
import { memberType } from './check-names.ts'
import { type Markup, type MarkupToken, tokeniseMarkup } from './markup.ts'

/** Tags that begin with a name of their own. */
export const MAKERS: ReadonlySet<string | undefined> = new Set([
  'assign',
  'capture',
  'increment',
  'decrement',
  'for',
])

/** True where a tag waits for the name that it makes. */
export function isNaming(tag: string | undefined, before: readonly MarkupToken[]): boolean {
  return before.length === 0 && MAKERS.has(tag)
}

/** A name on offer, with its type. */
export type KnownName = Completion & { readonly of: ValueType }

/** The names that can be read behind some markup: those of the flow, of assignments and of loops still open. */
export function namesBefore(
  source: string,
  markup: readonly Markup[],
  scope: Scope,
): ReadonlyMap<string, KnownName> {
  const names = new Map<string, KnownName>()
  const add = (label: string, kind: 'variable' | 'root', of: ValueType) =>
    names.set(label, { label, kind, type: typeWord(of), insert: label, of })
  for (const name of scope.names()) {
    const entry = scope.resolve(name)
    if (entry !== undefined) add(name, entry.path.length === 1 ? 'root' : 'variable', entry.type)
  }
  const loops: { readonly name: string; readonly hidden: KnownName | undefined }[] = []
  for (const part of markup) {
    if (part.tag === 'endfor') {
      const loop = loops.pop()
      if (loop === undefined) continue
      if (loop.hidden === undefined) names.delete(loop.name)
      else names.set(loop.name, loop.hidden)
      continue
    }
    if (!MAKERS.has(part.tag)) continue
    const [made, , ...rest] = tokeniseMarkup(source, part)
    if (made?.kind !== 'name') continue
    if (part.tag !== 'for') {
      add(made.text, 'variable', 'any')
      continue
    }
    loops.push({ name: made.text, hidden: names.get(made.text) })
    const over = typeOfChain(pathAtStart(rest), (name) => names.get(name)?.of)
    add(made.text, 'variable', over !== undefined && isListType(over) ? over.list : 'any')
  }
  return names
}

/** The tokens of the path with which a markup begins. */
function pathAtStart(tokens: readonly MarkupToken[]): readonly MarkupToken[] {
  let end = 1
  while (tokens[end]?.text === '.' || tokens[end]?.text === '[' || tokens[end - 1]?.text === '.') {
    if (tokens[end]?.text !== '[') end++
    else while (end < tokens.length && tokens[end++]!.text !== ']');
  }
  return tokens.slice(0, end)
}

/** The type of the path that ends with the last token; nothing where it is unknown. */
export function typeOfChain(
  tokens: readonly MarkupToken[],
  typeOf: (name: string) => ValueType | undefined,
): ValueType | undefined {
  const keys: (string | number | undefined)[] = []
  let i = tokens.length - 1
  for (; i >= 0; i--) {
    const { kind, text } = tokens[i]!
    if (kind === 'sign' && text === ']' && tokens[i - 2]?.text === '[') {
      const index = tokens[i - 1]!
      keys.unshift(keyOf(index))
      i -= 2
      continue
    }
    if (kind !== 'name') return undefined
    if (tokens[i - 1]?.text !== '.') break
    keys.unshift(text)
    i--
  }
  let type = i < 0 ? undefined : typeOf(tokens[i]!.text)
  for (const key of keys) if (type !== undefined) type = memberType(type, key)
  return type
}

/** A name in brackets is known only when the text is rendered. */
function keyOf({ kind, text }: MarkupToken): string | number | undefined {
  if (kind === 'text') return text.slice(1, -1)
  return kind === 'number' ? Number(text) : undefined
}
