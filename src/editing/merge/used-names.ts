import { isKey, type Json } from '../../base/json.ts'
import { namedEntries } from '../../document/compare-values.ts'
import type { FlowDocument, FlowNode, FlowSettings, Source } from '../../document/flow-document.ts'
import type { EditContext } from '../draft.ts'
import { rewriteNode, type SourceKind } from '../node-sources.ts'
import type { Side } from './sides.ts'

/** Lists of the settings that nodes name entries of, and by which member. */
const DECLARATIONS = { variables: 'name', outcomes: 'code', logbooks: 'name', contact: 'name' } as const

type List = keyof typeof DECLARATIONS

/** Something that is named elsewhere. */
export type Named = { readonly list: List | 'nodes'; readonly name: string }

/** What one side has taken away, the other has kept, and the merged document names where that side does not. */
export function removedButNamed(
  base: Side,
  remover: Side,
  other: Side,
  merged: FlowDocument,
  context: EditContext,
): readonly Named[] {
  const removed = removedBy(base, remover, other)
  if (removed.length === 0) return []
  const found = new Set<Named>()
  const candidates = candidatesOf(removed)
  for (const node of merged.nodes) {
    const before = remover.nodes.get(node.id)
    if (before === node || found.size === removed.length) continue
    const now = mentionsOf(node, context)
    let then: Mentions | undefined
    for (const each of candidates(now)) {
      if (found.has(each) || !now.has(each)) continue
      then ??= before && mentionsOf(before, context)
      if (then?.has(each) !== true) found.add(each)
    }
  }
  const identifier = sourceMentions(merged.settings.duplicates?.identifier, context)
  const beforehand = sourceMentions(remover.document.settings.duplicates?.identifier, context)
  for (const each of removed) if (identifier(each) && !beforehand(each)) found.add(each)
  return removed.filter((each) => found.has(each))
}

/** What a node may name, by the words in it: looking for every name in every text would take too long. */
function candidatesOf(removed: readonly Named[]): (mentions: Mentions) => Iterable<Named> {
  const byWord = new Map<string, Named[]>()
  const others: Named[] = []
  for (const each of removed) {
    if (!isKey(each.name)) others.push(each)
    else if (byWord.has(each.name)) byWord.get(each.name)!.push(each)
    else byWord.set(each.name, [each])
  }
  // A name may be written with escapes.
  return ({ words, hasEscapes }) =>
    hasEscapes ? removed : [...[...words].flatMap((word) => byWord.get(word) ?? []), ...others]
}

/** Puts declarations back into the settings of a side that has removed them, where they stood. */
export function declareAgain(named: readonly Named[], base: Side, remover: Side): void {
  let settings: FlowSettings = remover.document.settings
  for (const [list, member] of Object.entries(DECLARATIONS)) {
    const back = new Set(named.flatMap((each) => (each.list === list ? each.name : [])))
    if (back.size === 0) continue
    const entries = [...entriesOf(settings, list as List)]
    let at = 0
    for (const entry of entriesOf(base.document.settings, list as List)) {
      const name = entry[member]
      if (back.has(name!)) entries.splice(at++, 0, entry)
      else {
        const stands = entries.findIndex((each) => each[member] === name)
        if (stands >= 0) at = stands + 1
      }
    }
    settings = { ...settings, [list]: entries } as FlowSettings
  }
  remover.document = { ...remover.document, settings }
}

/** The entry of a declaration, or the node. */
export function namedThing({ list, name }: Named, side: Side): Json | undefined {
  if (list === 'nodes') return side.nodes.get(name) as Json | undefined
  return entriesOf(side.document.settings, list).find((each) => each[DECLARATIONS[list]] === name) as
    | Json
    | undefined
}

function removedBy(base: Side, remover: Side, other: Side): readonly Named[] {
  const lists = Object.keys(DECLARATIONS) as List[]
  const declared = lists.flatMap((list) => {
    const [before, gone, kept] = [base, remover, other].map((side) =>
      namedEntries(entriesOf(side.document.settings, list) as readonly Json[]),
    )
    // Where names are blank or repeated, nobody can say which entry one of them means.
    if (before === undefined || gone === undefined || kept === undefined) return []
    return [...before.keys()].flatMap((name) => (!gone.has(name) && kept.has(name) ? { list, name } : []))
  })
  const nodes = [...base.nodes.keys()].filter((id) => !remover.nodes.has(id) && other.nodes.has(id))
  return [...declared, ...nodes.map((name) => ({ list: 'nodes', name }) as const)]
}

function entriesOf(settings: FlowSettings, list: List): readonly { readonly [member: string]: string }[] {
  return (settings[list] ?? []) as unknown as readonly { readonly [member: string]: string }[]
}

interface Mentions {
  /** Every word that may be a name. */
  readonly words: ReadonlySet<string>
  readonly hasEscapes: boolean
  has(named: Named): boolean
}

/** What the fields, texts and actions of a node name. */
function mentionsOf(node: FlowNode, context: EditContext): Mentions {
  const fields: { readonly [Name in 'variables' | 'outcomes' | 'logbooks']: Set<string> } = {
    variables: new Set(),
    outcomes: new Set(),
    logbooks: new Set(),
  }
  const sources: ((named: Named) => boolean)[] = []
  const words = new Set<string>()
  let hasEscapes = false
  const add = (set: Set<string>) => (name: string) => {
    set.add(name)
    words.add(name)
    return name
  }
  rewriteNode(node, context.registry.get(node.type), {
    source(source, kind) {
      const text = typeof source === 'string' ? source : source.source
      for (const word of text.match(/[A-Za-z_]\w*/g) ?? []) words.add(word)
      if (text.includes('\\')) hasEscapes = true
      sources.push(sourceMentions(source, context, kind))
      return source
    },
    variable: add(fields.variables),
    flowOutcome: add(fields.outcomes),
    logbook: add(fields.logbooks),
  })
  return {
    words,
    hasEscapes,
    has(named) {
      const { list, name } = named
      if (list in fields && fields[list as keyof typeof fields].has(name)) return true
      return sources.some((mentions) => mentions(named))
    },
  }
}

function sourceMentions(
  source: Source | undefined,
  { languages }: EditContext,
  kind: SourceKind = 'expression',
): (named: Named) => boolean {
  if (source === undefined) return () => false
  const { language, source: text } = typeof source === 'string' ? { language: 'cel', source } : source
  return ({ list, name }) => {
    const stands = text.includes(name)
    if (name === '' || list === 'outcomes' || list === 'logbooks') return false
    if (list === 'contact') return stands && /\bcontact\b/.test(text)
    const reader = languages.get(language)
    if (reader?.rename === undefined) return stands
    // A name may be written with escapes.
    if (!stands && !text.includes('\\')) return false
    return reader.rename(kind, text, { [list]: new Map([[name, `${name}_0`]]) }) !== text
  }
}
