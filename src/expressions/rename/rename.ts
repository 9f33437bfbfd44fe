import { isSyntax, parseSource } from '../parse.ts'
import { splitTemplate } from '../templates.ts'
import type { Renaming, SourceKind } from '../types.ts'
import { applyEdits } from './edits.ts'
import { editsOfTokens } from './token-edits.ts'
import { editsOfTree } from './tree-edits.ts'

/** Renames what a CEL source reads; see `ExpressionLanguage.rename`. */
export function renameSource(kind: SourceKind, source: string, names: Renaming): string {
  if (kind === 'expression') return renameExpression(source, names)
  const { parts, unclosed } = splitTemplate(source)
  let result = ''
  for (const part of parts) {
    result += part.kind === 'text' ? part.source : `{{${renameExpression(part.source, names)}}}`
  }
  return unclosed === undefined ? result : `${result}{{${renameExpression(source.slice(unclosed.end), names)}`
}

function renameExpression(source: string, names: Renaming): string {
  const syntax = parseSource(source)
  return applyEdits(source, isSyntax(syntax) ? editsOfTree(syntax, names) : editsOfTokens(source, names))
}
