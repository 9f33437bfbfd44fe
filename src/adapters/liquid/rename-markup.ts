import type { Edit } from '../../expressions/rename/edits.ts'
import type { Renaming } from '../../expressions/types.ts'
import { findMarkup, type Markup, type MarkupToken, tokeniseMarkup } from './markup.ts'
import { MAKERS } from './names-before.ts'
import { asMember, isBare, quote, renamedMember, renamedVariable } from './new-name.ts'

/**
 * What renaming changes in a text that does not parse: names in its markup that no dot stands before, and the members
 * of `vars` and `nodes`. Names of loops stay; names that tags assign change with the variable, so that none is lost.
 */
export function editsOfMarkup(source: string, names: Renaming): Edit[] {
  const markup = findMarkup(source).map((part) => ({ part, tokens: tokeniseMarkup(source, part) }))
  const made = (wanted: (tag: string | undefined) => boolean) =>
    new Set(markup.filter(({ part }) => wanted(part.tag)).map(({ tokens }) => tokens[0]?.text ?? ''))
  const own: Own = { loops: made((tag) => tag === 'for'), all: made((tag) => MAKERS.has(tag)) }
  return markup.flatMap(({ part, tokens }) =>
    tokens.flatMap((_, i) => {
      const edit = editOfToken(part, tokens, i, own, names)
      return edit === undefined ? [] : [edit]
    }),
  )
}

interface Own {
  readonly loops: ReadonlySet<string>
  readonly all: ReadonlySet<string>
}

function editOfToken(
  { tag }: Markup,
  tokens: readonly MarkupToken[],
  i: number,
  { loops, all }: Own,
  names: Renaming,
): Edit | undefined {
  const { kind, text, start, end } = tokens[i]!
  const before = tokens[i - 1]?.text
  const root = tokens[i - 2]?.kind === 'name' && tokens[i - 3]?.text !== '.' ? tokens[i - 2]!.text : ''
  if (kind === 'text' && before === '[') {
    const renamed = renamedMember(root, text.slice(1, -1), names)
    return renamed === undefined ? undefined : { start, end, text: quote(renamed) }
  }
  if (kind !== 'name') return undefined
  if (before === '.') {
    const renamed = renamedMember(root, text, names)
    return renamed === undefined || !/^\w+$/.test(renamed) ? undefined : { start, end, text: renamed }
  }
  // The name of a filter, or of one of its arguments.
  if (before === '|' || tokens[i + 1]?.text === ':') return undefined
  const renamed = loops.has(text) ? undefined : renamedVariable(text, names)
  if (renamed === undefined) return undefined
  const bare = isBare(renamed) && !all.has(renamed)
  if (i === 0 && MAKERS.has(tag)) return bare ? { start, end, text: renamed } : undefined
  return { start, end, text: bare ? renamed : asMember(renamed) }
}
