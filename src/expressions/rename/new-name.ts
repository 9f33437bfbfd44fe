import { canFollowDot, memberAccess, quoteText } from '../quote.ts'
import { RESERVED_NAMES } from '../scope.ts'
import { insideQuotes } from '../tokens.ts'
import type { Renaming } from '../types.ts'
import type { Edit } from './edits.ts'

/**
 * What to write for a variable that was read by its bare name: the new name, or `vars.<name>` where something hides
 * it. `undefined` for a name that stays, or that cannot be written because `vars` is hidden as well.
 */
export function newBareName(
  name: string,
  { variables }: Renaming,
  isHidden: (name: string) => boolean,
): string | undefined {
  const renamed = RESERVED_NAMES.has(name) ? undefined : variables?.get(name)
  if (renamed === undefined) return undefined
  if (canFollowDot(renamed) && !RESERVED_NAMES.has(renamed) && !isHidden(renamed)) return renamed
  return isHidden('vars') ? undefined : `vars${memberAccess(renamed)}`
}

/** The new name of a member of a root, where the root holds variables or outputs of nodes. */
export function newMemberName(root: string, name: string, names: Renaming): string | undefined {
  return root === 'vars' ? names.variables?.get(name) : root === 'nodes' ? names.nodes?.get(name) : undefined
}

/** Edits of a member after a dot: `.old` becomes `.new`, or `["new"]` where a dot will not do. */
export function editsOfMember(
  dot: number,
  { start, end }: { readonly start: number; readonly end: number },
  renamed: string,
): Edit[] {
  if (canFollowDot(renamed)) return [{ start, end, text: renamed }]
  return [
    { start: dot, end: dot + 1, text: '' },
    { start, end, text: memberAccess(renamed) },
  ]
}

/** The edit of a text in brackets: its quotes stay where the new name needs no escape. */
export function editOfText(text: string, start: number, renamed: string): Edit {
  if (!/^\w*$/.test(renamed)) return { start, end: start + text.length, text: quoteText(renamed) }
  const inside = insideQuotes({ text, start })
  return { start: inside.start, end: inside.end, text: renamed }
}
