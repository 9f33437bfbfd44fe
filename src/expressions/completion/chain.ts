import type { Token } from '../tokens.ts'

/** True for a token that ends a value: after it stands an operator, or a dot. */
export function endsValue(token: Token | undefined): boolean {
  if (token === undefined) return false
  if (token.kind === 'sign') return token.text === ')' || token.text === ']' || token.text === '}'
  return token.text !== 'in'
}

/**
 * The first token of the value that ends with the token at `last`: of `a + b.c[0].d(e)` the `b`. Members, calls and
 * brackets belong to it. `undefined` where brackets do not match.
 */
export function startOfChain(tokens: readonly Token[], last: number): number | undefined {
  let i = last
  while (endsValue(tokens[i])) {
    if (tokens[i]!.kind === 'sign') {
      const opening = openingOf(tokens, i)
      if (opening === undefined) return undefined
      const isTail = tokens[i]!.text === ']' ? endsValue(tokens[opening - 1]) : isCall(tokens, i, opening)
      if (!isTail) return opening
      i = opening - 1
      continue
    }
    if (tokens[i - 1]?.text !== '.') return i
    i -= 2
  }
  return undefined
}

function isCall(tokens: readonly Token[], closing: number, opening: number): boolean {
  const name = tokens[opening - 1]
  return tokens[closing]!.text === ')' && name?.kind === 'name' && name.text !== 'in'
}

function openingOf(tokens: readonly Token[], closing: number): number | undefined {
  let depth = 0
  for (let i = closing; i >= 0; i--) {
    const { kind, text } = tokens[i]!
    if (kind !== 'sign') continue
    if (')]}'.includes(text)) depth++
    else if ('([{'.includes(text) && --depth === 0) return i
  }
  return undefined
}

/** The bracket that closes the one at `opening`. */
export function closingOf(tokens: readonly Token[], opening: number): number | undefined {
  let depth = 0
  for (let i = opening; i < tokens.length; i++) {
    const { kind, text } = tokens[i]!
    if (kind !== 'sign') continue
    if ('([{'.includes(text)) depth++
    else if (')]}'.includes(text) && --depth === 0) return i
  }
  return undefined
}
