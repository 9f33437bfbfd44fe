import type { FlowNode, Source } from '../document/flow-document.ts'
import type { Renaming } from '../expressions/types.ts'
import type { EditContext } from './draft.ts'
import { rewriteNode, type SourceKind } from './node-sources.ts'
import { Refused, refuse } from './refusal.ts'

/**
 * The node with variables and other nodes called by their new names. Refuses where a source that holds one of the names
 * is in a language that nobody here can read.
 */
export function renameInNode(node: FlowNode, names: Renaming, context: EditContext): FlowNode {
  const { variables } = names
  return rewriteNode(node, context.registry.get(node.type), {
    source: (source, kind) => renameInSource(source, kind, names, context, node.id),
    variable: (name) => variables?.get(name) ?? name,
  })
}

/** The same for one source; `where` names its place for people. */
export function renameInSource(
  source: Source,
  kind: SourceKind,
  names: Renaming,
  { languages }: EditContext,
  where: string,
): Source {
  const { language, source: text } = typeof source === 'string' ? { language: 'cel', source } : source
  const name = findName(text, names)
  // A name may be written with escapes.
  if (name === undefined && !text.includes('\\')) return source
  const reader = languages.get(language)
  if (reader?.rename === undefined) {
    if (name === undefined) return source
    throw new Refused(refuse('edit.unknownLanguage', { language, name, node: where }))
  }
  const renamed = reader.rename(kind, text, names)
  if (renamed === text) return source
  return typeof source === 'string' ? renamed : { ...source, source: renamed }
}

/** A name that stands somewhere in the text, if only in what is no expression: most sources hold none. */
function findName(text: string, { variables, nodes }: Renaming): string | undefined {
  for (const [word] of text.matchAll(/\w+/g)) if (variables?.has(word) || nodes?.has(word)) return word
  // Drafts may declare what is no word.
  for (const name of variables?.keys() ?? []) if (/\W/.test(name) && text.includes(name)) return name
  return undefined
}
