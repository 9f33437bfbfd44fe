import type { Json } from '../../base/json.ts'
import type { Path } from './read-path.ts'

const LOOSE_PATH = /\b(?:nodes|contact|trigger)(?:\.[A-Za-z_]\w*|\[(?:"[^"]*"|'[^']*'|\d+)\])+/g
const LOOSE_VALUE = /"([^"]{0,200})"|'([^']{0,200})'|\b(\d{1,9})\b/g

/** What a source of another language seems to read, and the constants in it. */
export function looseParts(
  tree: Json,
  variables: Iterable<string>,
): { readonly paths: readonly Path[]; readonly values: readonly string[] } {
  const text = textsIn(tree).join('\n').slice(0, 20_000)
  const paths: Path[] = [...text.matchAll(LOOSE_PATH)].map(([path]) =>
    path.split(/[.[\]"']+/).filter((part) => part !== ''),
  )
  for (const name of variables) if (new RegExp(`\\b${name}\\b`).test(text)) paths.push(['vars', name])
  const values = [...text.matchAll(LOOSE_VALUE)].map((match) => match[1] ?? match[2] ?? match[3]!)
  return { paths, values: [...new Set(values)].slice(0, 40) }
}

function textsIn(tree: Json): readonly string[] {
  if (typeof tree === 'string') return [tree]
  return Array.isArray(tree) ? tree.flatMap((part: Json) => textsIn(part)) : []
}
