/** A piece of a text: words, or a path such as `$.Attributes.name` by its parts. */
export type Piece = { readonly words: string } | { readonly path: readonly string[]; readonly source: string }

const PATH =
  /\$(?:\.[A-Za-z_](?:[\w-]*\w)?|\.?\[\s*(?:'[^'\]]*'|"[^"\]]*")\s*\])(?:\.\w(?:[\w-]*\w)?|\.?\[\s*(?:'[^'\]]*'|"[^"\]]*"|\d+)\s*\])*/g
const PART = /\.([\w-]+)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]/g

/** Takes a text apart at its paths, be there a dot before a bracket or not. A dollar that no name follows is a dollar. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(PATH)) {
    if (match.index > at) pieces.push({ words: text.slice(at, match.index) })
    const [source] = match
    const path = [...source.matchAll(PART)].map(([, a, b, c, d]) => a ?? b ?? c ?? d ?? '')
    pieces.push({ path, source })
    at = match.index + source.length
  }
  if (at < text.length) pieces.push({ words: text.slice(at) })
  return pieces
}

/** The path of a text that is one path and nothing else. */
export function wholePath(text: string): readonly string[] | undefined {
  const [only, ...others] = piecesOf(text.trim())
  return only !== undefined && 'path' in only && others.length === 0 ? only.path : undefined
}

/** True for a text that is filled in when the flow runs. */
export function isDynamic(text: string): boolean {
  return piecesOf(text).some((piece) => 'path' in piece)
}
