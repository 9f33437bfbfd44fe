import { type Token, tokenise } from '../tokens.ts'

/** A stretch of a source that parses, by its first and its last token. */
export interface Region {
  readonly source: string
  readonly tokens: readonly Token[]
  /** For each bracket the one that it belongs to. */
  readonly partners: readonly (number | undefined)[]
  readonly first: number
  readonly last: number
}

/** The whole source. */
export function regionOf(source: string): Region {
  const tokens = tokenise(source)
  const partners: (number | undefined)[] = []
  const open: number[] = []
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind !== 'sign') continue
    if ('([{'.includes(text)) open.push(i)
    else if (')]}'.includes(text)) {
      const opening = open.pop()!
      partners[opening] = i
      partners[i] = opening
    }
  }
  return { source, tokens, partners, first: 0, last: tokens.length - 1 }
}

/** True where one pair of brackets stands around all of it. */
export function isWrapped({ tokens, partners, first, last }: Region): boolean {
  return tokens[first]!.text === '(' && partners[first] === last
}

/** The parts between the weakest operators outside of brackets, `||` and then `&&`; one part where there are none. */
export function splitRegion(region: Region): { readonly isAll: boolean; readonly parts: readonly Region[] } {
  const signs = topSigns(region)
  // `? :` is weaker than both.
  if (signs.some(({ text }) => text === '?')) return { isAll: true, parts: [region] }
  const isAll = !signs.some(({ text }) => text === '|')
  const parts: Region[] = []
  let { first } = region
  for (const { at, text } of signs) {
    if (text !== (isAll ? '&' : '|')) continue
    parts.push({ ...region, first, last: at - 1 })
    first = at + 2
  }
  parts.push({ ...region, first })
  return { isAll, parts }
}

/** The first characters of the operators `&&`, `||` and `?` that no brackets stand around. */
function topSigns({
  tokens,
  partners,
  first,
  last,
}: Region): { readonly at: number; readonly text: string }[] {
  const signs: { at: number; text: string }[] = []
  for (let i = first; i <= last; i++) {
    const { kind, text } = tokens[i]!
    if (kind !== 'sign') continue
    if (partners[i] !== undefined) i = partners[i]!
    else if (text === '?') signs.push({ at: i, text })
    else if (text === '&' || text === '|') signs.push({ at: i++, text })
  }
  return signs
}
