import type { Json } from '../../base/json.ts'
import type { FlowDocument, FlowNode, FlowSettings, Source } from '../../document/flow-document.ts'
import type { Renaming } from '../../expressions/types.ts'
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
  for (const node of merged.nodes) {
    const before = remover.nodes.get(node.id)
    if (before === node || found.size === removed.length) continue
    const [now, then] = [mentionsOf(node, context), before && mentionsOf(before, context)]
    for (const each of removed) {
      if (!found.has(each) && now.has(each) && then?.has(each) !== true) found.add(each)
    }
  }
  const identifier = sourceMentions(merged.settings.duplicates?.identifier, context)
  const beforehand = sourceMentions(remover.document.settings.duplicates?.identifier, context)
  for (const each of removed) if (identifier(each) && !beforehand(each)) found.add(each)
  return removed.filter((each) => found.has(each))
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
    const names = (side: Side) =>
      new Set(entriesOf(side.document.settings, list).map((each) => each[DECLARATIONS[list]]!))
    const [gone, kept] = [names(remover), names(other)]
    return [...names(base)].flatMap((name) => (!gone.has(name) && kept.has(name) ? { list, name } : []))
  })
  const nodes = [...base.nodes.keys()].filter((id) => !remover.nodes.has(id) && other.nodes.has(id))
  return [...declared, ...nodes.map((name) => ({ list: 'nodes', name }) as const)]
}

function entriesOf(settings: FlowSettings, list: List): readonly { readonly [member: string]: string }[] {
  return (settings[list] ?? []) as unknown as readonly { readonly [member: string]: string }[]
}

interface Mentions {
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
  const add = (set: Set<string>) => (name: string) => {
    set.add(name)
    return name
  }
  rewriteNode(node, context.registry.get(node.type), {
    source(source, kind) {
      sources.push(sourceMentions(source, context, kind))
      return source
    },
    variable: add(fields.variables),
    flowOutcome: add(fields.outcomes),
    logbook: add(fields.logbooks),
  })
  return {
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
    if (name === '' || !text.includes(name)) return false
    if (list === 'outcomes' || list === 'logbooks') return false
    if (list === 'contact') return /\bcontact\b/.test(text)
    const reader = languages.get(language)
    const names: Renaming = { [list]: new Map([[name, `${name}_0`]]) }
    return reader === undefined || reader.rename(kind, text, names) !== text
  }
}
