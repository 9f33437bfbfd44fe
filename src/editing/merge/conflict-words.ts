import type { Json } from '../../base/json.ts'
import { formatDiagnostic } from '../../diagnostics/format-diagnostics.ts'
import type { Clash, ConflictKind, MergeConflict } from './merge.ts'

const KINDS: { readonly [room: string]: string } = {
  nodes: 'node',
  connectors: 'connector',
  notes: 'note',
  settings: 'settings',
}

/** A place of a document for people, as in `node menu config.prompt`. */
export function placeOf([room, ...rest]: MergeConflict['path']): string {
  const kind = KINDS[room!]
  if (kind === undefined) return `flow ${[room, ...rest].join('.')}`
  if (kind === 'settings' || rest.length === 0) return `${kind} ${rest.join('.')}`.trimEnd()
  const [id, ...place] = rest
  return `${kind} ${id} ${place.join('.')}`.trimEnd()
}

/** The path as text; no two paths have the same. */
export function pathText(path: MergeConflict['path']): string {
  return path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
}

/** Wording lives here alone, so that hosts can put other words to the kinds. */
const WORDS: { readonly [Kind in ConflictKind]: (place: string, clash: Clash) => string } = {
  changed: (place) => `Both sides have changed ${place}, and not in the same way.`,
  removedAndChanged: (place) => `One side has removed ${place}, the other has changed it.`,
  removedAndUsed: (place) => `One side has removed ${place}, which the other has come to use.`,
  addedTwice: (place) => `Both sides have added ${place}, and not the same.`,
  order: (place) => `Both sides have put entries at the same place of ${place}; their order is open.`,
  sameOutcome: (place) => `Both sides lead the outcome that ${place} leaves somewhere, and only one can.`,
  secondStart: (_, { a, b }) =>
    `Each side has a start node of its own (${namesOf(a, b).join(' and ')}), and a flow has one.`,
  together: (_, { error }) =>
    `Neither side has this error alone: ${error === undefined ? '' : formatDiagnostic(error)}.`,
}

export function messageOf(clash: Clash): string {
  return WORDS[clash.kind](placeOf(clash.path), clash)
}

function namesOf(a: Json | undefined, b: Json | undefined): readonly string[] {
  return [...new Set([a, b].flat().map(String))].sort()
}
