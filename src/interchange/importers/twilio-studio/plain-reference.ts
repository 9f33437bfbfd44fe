import type { PathPart } from '../shared/reference.ts'

/** One output with a path in it, and filters that make no difference to a comparison without case and outer spaces. */
const PLAIN =
  /^\s*\{\{-?\s*([A-Za-z_][\w-]*(?:\.[A-Za-z0-9_][\w-]*\??|\[\s*(?:"[^"\\\]]*"|'[^'\\\]]*'|\d+)\s*\])*)\s*(?:\|\s*(?:downcase|upcase|strip)\s*)*-?\}\}\s*$/

/** The path of a text that is one reference and nothing else. */
export function plainPath(source: string): readonly PathPart[] | undefined {
  const path = PLAIN.exec(source)?.[1]
  if (path === undefined) return undefined
  return [...path.matchAll(/[\w-]+\??|\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]/g)].map(([whole, a, b, c]) => ({
    name: a ?? b ?? c ?? whole,
  }))
}
