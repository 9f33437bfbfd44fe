import type {
  Connector,
  DataField,
  FlowDocument,
  FlowNode,
  FlowOutcome,
  FlowSettings,
  Logbook,
  Note,
  Source,
  Variable,
} from '../document/flow-document.ts'
import type { Draft, EditContext } from './draft.ts'
import { rewriteNode, type SourceKind } from './node-sources.ts'
import { renameInSource } from './rename.ts'

/**
 * A part of a flow as it stands on a clipboard: nodes, the connectors between them, their notes, and the declarations
 * that they name. Plain JSON.
 */
export interface Fragment {
  readonly schema: FlowDocument['schema']
  readonly nodes: readonly FlowNode[]
  readonly connectors: readonly Connector[]
  readonly notes: readonly Note[]
  readonly settings: Pick<FlowSettings, 'variables' | 'contact' | 'outcomes' | 'logbooks'>
}

/**
 * What a selection copies. Start nodes stay behind: every flow has its own. Ids that the flow does not have are left
 * out, for a selection may be older than the draft.
 */
export function copyFragment(draft: Draft, nodeIds: readonly string[]): Fragment {
  const { context, parts } = draft
  const chosen = [...new Set(nodeIds)].flatMap((id) => draft.node(id) ?? [])
  const nodes = chosen.filter(({ id }) => !parts.starts.includes(id))
  const ids = new Set(nodes.map(({ id }) => id))
  const connectors = nodes.flatMap(({ id }) =>
    [...(parts.leaving.get(id)?.ids() ?? [])]
      .map((connector) => parts.connectors.get(connector)!)
      .filter(({ to }) => to !== undefined && ids.has(to)),
  )
  const notes = nodes.flatMap(({ id }) =>
    [...(parts.attached.get(id)?.ids() ?? [])].map((note) => parts.notes.get(note)!),
  )
  return {
    schema: parts.flow.schema,
    nodes,
    connectors: sortById(connectors),
    notes: sortById(notes),
    settings: declarationsFor(nodes, draft.settings, context),
  }
}

/** The declarations that nodes name: a fragment takes along what it needs, and nothing else. */
function declarationsFor(
  nodes: readonly FlowNode[],
  { variables = [], contact = [], outcomes = [], logbooks = [] }: FlowSettings,
  context: EditContext,
): Fragment['settings'] {
  const named = { variables: new Set<string>(), outcomes: new Set<string>(), logbooks: new Set<string>() }
  const sources: ReadSource[] = []
  for (const node of nodes) {
    rewriteNode(node, context.registry.get(node.type), {
      source(source, kind) {
        sources.push({ source, kind, text: typeof source === 'string' ? source : source.source })
        return source
      },
      variable(name) {
        named.variables.add(name)
        return name
      },
      flowOutcome(code) {
        named.outcomes.add(code)
        return code
      },
      logbook(name) {
        named.logbooks.add(name)
        return name
      },
    })
  }
  const text = sources.map((each) => each.text).join('\n')
  return withoutEmpty({
    variables: variables.filter(
      ({ name }) =>
        named.variables.has(name) ||
        (text.includes(name) && sources.some((each) => reads(each, name, context))),
    ),
    contact: contact.filter(({ name }) => name !== '' && text.includes(name) && text.includes('contact')),
    outcomes: outcomes.filter(({ code }) => named.outcomes.has(code)),
    logbooks: logbooks.filter(({ name }) => named.logbooks.has(name)),
  })
}

/** A source of a node that is copied. */
interface ReadSource {
  readonly source: Source
  readonly kind: SourceKind
  readonly text: string
}

/** True where a source reads the variable: it would not stay the same if it were renamed. */
function reads({ source, kind, text }: ReadSource, name: string, context: EditContext): boolean {
  // A name may be written with escapes.
  if (!text.includes(name) && !text.includes('\\')) return false
  const language = typeof source === 'string' ? 'cel' : source.language
  if (!context.languages.has(language)) return false
  const variables = new Map([[name, `${name}_`]])
  return renameInSource(source, kind, { variables }, context, 'The copy') !== source
}

function withoutEmpty(settings: {
  readonly variables: readonly Variable[]
  readonly contact: readonly DataField[]
  readonly outcomes: readonly FlowOutcome[]
  readonly logbooks: readonly Logbook[]
}): Fragment['settings'] {
  return Object.fromEntries(Object.entries(settings).filter(([, list]) => list.length > 0))
}

function sortById<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
}
