import { isMacroCall } from '../check-macros.ts'
import { insideQuotes, type Token, tokenise } from '../tokens.ts'
import type { Renaming } from '../types.ts'
import type { Edit } from './edits.ts'
import { editOfText, editsOfMember, newBareName, newMemberName } from './new-name.ts'

/**
 * What renaming changes in a source that does not parse: a name that no dot stands before and that is not called, and
 * the member after `vars.` and `nodes.`. A name that a macro around gives to its entries is left alone, as far as
 * brackets tell.
 */
export function editsOfTokens(source: string, names: Renaming): Edit[] {
  const tokens = tokenise(source).filter(({ kind }) => kind !== 'comment')
  const edits: Edit[] = []
  // One entry for each open bracket: the name that it hides, or nothing.
  const open: (string | undefined)[] = []
  const hidden = new Map<string, number>()
  const hide = (name: string | undefined, by: 1 | -1) => {
    if (name !== undefined) hidden.set(name, (hidden.get(name) ?? 0) + by)
  }
  const isHidden = (name: string) => (hidden.get(name) ?? 0) > 0
  for (const [i, token] of tokens.entries()) {
    const { kind, text, start, end } = token
    if (kind === 'sign') {
      if ('([{'.includes(text)) {
        open.push(text === '(' ? macroVariable(tokens, i) : undefined)
        hide(open.at(-1), 1)
      } else if (')]}'.includes(text)) hide(open.pop(), -1)
    } else if (kind === 'text') {
      const root = rootBefore(tokens, i, '[')
      if (root === undefined || isHidden(root)) continue
      const renamed = newMemberName(root, insideQuotes(token).text, names)
      if (renamed !== undefined) edits.push(editOfText(text, start, renamed))
    } else if (kind === 'name' && tokens[i - 1]?.text === '.') {
      const root = rootBefore(tokens, i, '.')
      if (root === undefined || isHidden(root) || tokens[i + 1]?.text === '(') continue
      const renamed = newMemberName(root, text, names)
      if (renamed !== undefined) edits.push(...editsOfMember(tokens[i - 1]!.start, token, renamed))
    } else if (kind === 'name' && tokens[i + 1]?.text !== '(' && !isHidden(text)) {
      const renamed = newBareName(text, names, isHidden)
      if (renamed !== undefined) edits.push({ start, end, text: renamed })
    }
  }
  return edits
}

/** The name before a dot or bracket, where it is no member itself. */
function rootBefore(tokens: readonly Token[], i: number, sign: '.' | '['): string | undefined {
  const root = tokens[i - 2]
  if (tokens[i - 1]?.text !== sign || root?.kind !== 'name') return undefined
  return tokens[i - 3]?.text === '.' ? undefined : root.text
}

/** The `x` of `list.all(x, …`, by the position of the bracket. */
function macroVariable(tokens: readonly Token[], bracket: number): string | undefined {
  const isMacro = isMacroCall(tokens[bracket - 1]?.text ?? '') && tokens[bracket - 2]?.text === '.'
  const variable = tokens[bracket + 1]
  return isMacro && variable?.kind === 'name' && tokens[bracket + 2]?.text === ',' ? variable.text : undefined
}
