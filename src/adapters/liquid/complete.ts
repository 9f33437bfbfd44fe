import { isUnsafeKey } from '../../base/json.ts'
import type { Completion, CompletionList } from '../../expressions/assist.ts'
import { rank } from '../../expressions/completion/rank.ts'
import { clamp } from '../../expressions/completion/template-hole.ts'
import { MAX_TEMPLATE_LENGTH } from '../../expressions/templates.ts'
import type { Scope, ValueType } from '../../expressions/types.ts'
import { isListType, isObjectType, typeWord } from '../../expressions/value-types.ts'
import { TAG_NAMES } from './engine.ts'
import { FILTER_NAMES } from './filters.ts'
import { findMarkup, type Markup, type MarkupToken, tokeniseMarkup } from './markup.ts'
import { isNaming, type KnownName, namesBefore, typeOfChain } from './names-before.ts'
import { INNER_TAGS } from './read-template.ts'

/** What may be typed at an offset of a Liquid text: names, members, filters after `|` and tags after `{%`. */
export function completeTemplate(source: string, offset: number, scope: Scope): CompletionList {
  const at = clamp(offset, source.length)
  const none: CompletionList = { range: { start: at, end: at }, items: [] }
  if (source.length > MAX_TEMPLATE_LENGTH) return none
  const markup = findMarkup(source)
  const i = markup.findIndex(({ opening, end }) => opening <= at && at <= end)
  if (i < 0) return none
  const here = markup[i]!
  if (at < here.start || (at === here.start && here.tag !== undefined))
    return tagsAt(source, at, here) ?? none
  const tokens = tokeniseMarkup(source, here)
  const touched = tokens.find(({ start, end }) => start < at && at <= end)
  if (touched?.kind === 'number' || (touched?.kind === 'text' && !isPast(touched, at))) return none
  const word = touched?.kind === 'name' ? touched : undefined
  const range = { start: word?.start ?? at, end: word?.end ?? at }
  const before = tokens.filter(({ end }) => end <= range.start)
  const items = itemsAfter(here, before, namesBefore(source, markup.slice(0, i), scope))
  return { range, items: rank(items, source.slice(range.start, at)) }
}

function isPast({ text, end }: MarkupToken, at: number): boolean {
  return at === end && text.length > 1 && text.at(-1) === text[0]
}

function tagsAt(source: string, at: number, { tag, start }: Markup): CompletionList | undefined {
  const range = tag === '' ? { start: at, end: at } : { start: start - (tag ?? '').length, end: start }
  if (tag === undefined || at < range.start) return undefined
  const items = [...TAG_NAMES, ...INNER_TAGS]
    .filter((name) => /^\w/.test(name))
    .map((name): Completion => ({ label: name, kind: 'keyword', insert: name }))
  return { range, items: rank(items, source.slice(range.start, at)) }
}

function itemsAfter(
  here: Markup,
  before: readonly MarkupToken[],
  names: ReadonlyMap<string, KnownName>,
): Completion[] {
  const last = before.at(-1)
  if (last?.text === '|') return FILTER_NAMES.map((name) => ({ label: name, kind: 'filter', insert: name }))
  if (last?.text === '.') return membersOf(typeOfChain(before.slice(0, -1), (name) => names.get(name)?.of))
  // In a tag words may stand between two values.
  if (isNaming(here.tag, before) || (here.tag === undefined && last !== undefined && last.kind !== 'sign'))
    return []
  return [...names.values()].map(({ of: _, ...item }) => item)
}

function membersOf(type: ValueType | undefined): Completion[] {
  if (type === undefined) return []
  const member = (name: string, of: ValueType): Completion => ({
    label: name,
    kind: 'member',
    type: typeWord(of),
    insert: name,
  })
  if (isListType(type))
    return [member('first', type.list), member('last', type.list), member('size', 'number')]
  if (type === 'text') return [member('size', 'number')]
  if (!isObjectType(type)) return []
  return Object.entries(type.fields)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name) && !isUnsafeKey(name))
    .map(([name, of]) => member(name, of))
}
