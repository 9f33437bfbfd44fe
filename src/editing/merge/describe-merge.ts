import type { Json } from '../../base/json.ts'
import type { ChangeCounts, Merge, MergeConflict, MergeSide } from './merge.ts'

/** What the three documents are called; `base`, `a` and `b` unless given. */
export interface MergeNames {
  readonly base?: string
  readonly a?: string
  readonly b?: string
}

const MAX_TEXT = 120

const COUNTED: { readonly [Name in keyof ChangeCounts]: readonly [one: string, many: string] } = {
  flow: ['member of the flow', 'members of the flow'],
  settings: ['setting', 'settings'],
  nodes: ['node', 'nodes'],
  connectors: ['connector', 'connectors'],
  notes: ['note', 'notes'],
}

/**
 * A merge as text for people, without a line break at its end: what each side has changed, which nodes were renamed, and
 * every conflict with what there is to choose from.
 */
export function describeMerge(merge: Merge, { base = 'base', a = 'a', b = 'b' }: MergeNames = {}): string {
  const names = { base, a, b }
  const { changes, renamed, conflicts } = merge
  return [
    ...(['a', 'b'] as const).map((side) => `${names[side]}: ${describeChanges(changes[side])}`),
    ...renamed.map(({ side, id, to }) => `The node ${id} of ${names[side]} is called ${to} now.`),
    ...conflicts.flatMap((conflict) => describeConflict(conflict, names)),
    conflicts.length === 0 ? 'no conflicts' : count(conflicts.length, ['conflict', 'conflicts']),
  ].join('\n')
}

function describeChanges(changes: ChangeCounts): string {
  const parts = (Object.keys(COUNTED) as (keyof ChangeCounts)[]).flatMap((name) =>
    changes[name] === 0 ? [] : count(changes[name], COUNTED[name]),
  )
  return parts.length === 0 ? 'nothing changed' : `${parts.join(', ')} changed`
}

function describeConflict(
  conflict: MergeConflict,
  names: { readonly [Name in MergeSide | 'base']: string },
): readonly string[] {
  const { kind, message, choices } = conflict
  if (kind === 'together') return [`! ${message}`]
  const offered = (['base', 'a', 'b'] as const).filter((choice) => choices[choice] !== undefined)
  return [`! ${message}`, ...offered.map((choice) => `  ${names[choice]}: ${short(conflict[choice])}`)]
}

function short(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`
}

function count(number: number, [one, many]: readonly [string, string]): string {
  return `${number} ${number === 1 ? one : many}`
}
