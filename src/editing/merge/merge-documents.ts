import { equalJson, type Json } from '../../base/json.ts'
import { compareValues } from '../../document/compare-values.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { authoringCel } from '../../expressions/authoring-cel.ts'
import { createRegistry } from '../../nodes/registry.ts'
import { type Draft, type EditContext, openDraft } from '../draft.ts'
import { ChoiceFinder } from './choices.ts'
import { messageOf, pathText } from './conflict-words.ts'
import type {
  ChangeCounts,
  Clash,
  ConflictChoices,
  Merge,
  MergeConflict,
  MergeOptions,
  MergeSide,
} from './merge.ts'
import { mergeSides } from './merge-sides.ts'
import { renameSameIds } from './same-ids.ts'
import { documentOf, type Side, sideOf } from './sides.ts'
import { findTogether, TogetherChoices } from './together.ts'

/**
 * Brings together what two documents have made of one, by the stable ids of nodes, connectors and notes, and settings by
 * name. What one side has changed is taken, what both have changed in the same way is taken once, and the rest are
 * conflicts, each with commands that settle it. The merged document can always be read and edited, and nobody's order
 * counts: `mergeDocuments(base, b, a)` gives the same bytes, and the same conflicts with the sides exchanged. Its id is
 * that of the base.
 *
 * @example
 * const merge = mergeDocuments(released, mine, theirs, {
 *   nodes: palette,
 *   validate: (document) => validate(document, { nodes: palette }),
 * })
 * if (!merge.clean) console.log(describeMerge(merge))
 */
export function mergeDocuments(
  base: FlowDocument,
  a: FlowDocument,
  b: FlowDocument,
  { nodes, languages = [], validate }: MergeOptions,
): Merge {
  const registry = createRegistry(nodes)
  const context: EditContext = {
    registry,
    languages: new Map([authoringCel, ...languages].map((language) => [language.id, language])),
  }
  const sides = { base: sideOf(base), a: sideOf(a), b: sideOf(b) }
  const changes = { a: countChanges(sides.base, sides.a), b: countChanges(sides.base, sides.b) }
  const renamed = renameSameIds(sides, context)
  const isRenamed = (name: MergeSide) => renamed.some(({ side }) => side === name)
  const own = {
    a: isRenamed('a') ? documentOf(sides.a) : a,
    b: isRenamed('b') ? documentOf(sides.b) : b,
  }
  const { document, clashes } = mergeSides(sides, context)

  let opened: Draft | undefined
  const draft = () => {
    opened ??= openDraft(document, { nodes: registry, languages })
    return opened
  }
  const finder = new ChoiceFinder(document, draft)
  const conflicts = clashes.map((clash) => conflictOf(clash, pathText(clash.path), finder.choicesOf(clash)))
  if (validate !== undefined) {
    const touched = nodesIn(clashes, document)
    const found = findTogether({ base: document, ...own }, validate).filter(({ clash }) => {
      // What has a conflict already is not what it will be.
      const ends = clash.path[0] === 'connectors' ? nodesIn([clash], document) : [clash.path[1]]
      return ![...ends].some((id) => typeof id === 'string' && touched.has(id))
    })
    if (found.length > 0) {
      const choices = new TogetherChoices(draft(), own, validate)
      found.sort((x, y) => (x.key < y.key ? -1 : 1))
      for (const each of found) {
        const { code, location } = each.clash.error!
        const rest = [location.outcome, location.range?.start].filter((part) => part !== undefined)
        const id = [code, pathText([...each.clash.path, ...rest])].join('/')
        conflicts.push(conflictOf(each.clash, id, choices.choicesOf(each)))
      }
    }
  }
  conflicts.sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0))
  return { document, clean: conflicts.length === 0, conflicts, renamed, changes }
}

function conflictOf(clash: Clash, id: string, choices: ConflictChoices): MergeConflict {
  const { noBase: _noBase, ...rest } = clash
  return { id, ...rest, message: messageOf(clash), choices }
}

/** The nodes that clashes are about. */
function nodesIn(clashes: readonly Clash[], { connectors }: FlowDocument): ReadonlySet<string> {
  const ids = new Set<string>()
  const wanted = new Set<string>()
  for (const { kind, path, a, b } of clashes) {
    if (kind === 'secondStart') for (const start of [a, b].flat()) ids.add(start as string)
    const [room, id] = path as readonly string[]
    if (room === 'nodes' && id !== undefined) ids.add(id)
    if (room === 'connectors' && id !== undefined) wanted.add(id)
  }
  for (const { id, from, to } of wanted.size === 0 ? [] : connectors) {
    if (!wanted.has(id)) continue
    ids.add(from.node)
    if (to !== undefined) ids.add(to)
  }
  return ids
}

function countChanges(base: Side, side: Side): ChangeCounts {
  const { settings, ...flow } = membersOf(base)
  const { settings: otherSettings, ...otherFlow } = membersOf(side)
  return {
    flow: compareValues(flow as Json, otherFlow as Json).length,
    settings: compareValues(settings as unknown as Json, otherSettings as unknown as Json).length,
    nodes: countItems(base.nodes, side.nodes),
    connectors: countItems(base.connectors, side.connectors),
    notes: countItems(base.notes, side.notes),
  }
}

function membersOf({ document }: Side) {
  const { id: _id, nodes: _nodes, connectors: _connectors, notes: _notes, ...members } = document
  return members
}

function countItems(before: ReadonlyMap<string, object>, after: ReadonlyMap<string, object>): number {
  let count = 0
  for (const [id, item] of after) if (!equalJson(before.get(id) as Json | undefined, item as Json)) count++
  for (const id of before.keys()) if (!after.has(id)) count++
  return count
}
