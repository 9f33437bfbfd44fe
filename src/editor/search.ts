import { isJsonObject, type Json } from '../base/json.ts'
import type { TextRange } from '../diagnostics/diagnostic.ts'
import type { Draft } from '../editing/draft.ts'
import type { FocusTarget } from './focus.ts'

export interface SearchOptions {
  /** No more hits than this. Default 100. */
  readonly maxHits?: number
}

/** A place in a flow where a text stands. */
export interface SearchHit {
  /** What the text is there. */
  readonly in: 'id' | 'label' | 'type' | 'config' | 'actions' | 'connector' | 'note' | 'flow' | 'settings'
  /** Where it is; `range` are the characters of the value there. */
  readonly focus: FocusTarget
  /** The text around it, in one line. */
  readonly snippet: string
  /** The characters of `snippet` that were searched for. */
  readonly match: TextRange
}

type Path = readonly (string | number)[]

/** Nobody types more than this; a longer text is found nowhere. */
const MAX_TEXT = 1_000

/** How much of a long text stands before and behind what was found, in characters. */
const AROUND = 32

/**
 * Finds a text, without regard to case: first among ids, labels and type titles of nodes, then in what they do, then in
 * connectors, notes, the settings and what the flow says of itself. One hit for each place; nothing for a blank text.
 */
export function searchDraft(
  draft: Draft,
  text: string,
  { maxHits = 100 }: SearchOptions = {},
): readonly SearchHit[] {
  const wanted = text.trim()
  if (wanted === '' || wanted.length > MAX_TEXT) return []
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu')
  const hits = new Hits(pattern, maxHits)
  lookAtNames(draft, hits)
  lookAtConfigs(draft, hits)
  lookAtTheRest(draft, hits)
  return hits.found
}

/** What has been found so far. */
class Hits {
  readonly found: SearchHit[] = []
  readonly #pattern: RegExp
  readonly #max: number

  constructor(pattern: RegExp, max: number) {
    this.#pattern = pattern
    this.#max = max
  }

  get isFull(): boolean {
    return this.found.length >= this.#max
  }

  /** Looks for the text in a value; the place is worked out where it is found. */
  look(kind: SearchHit['in'], value: string, focus: () => FocusTarget): void {
    const found = this.isFull ? null : this.#pattern.exec(value)
    if (found === null) return
    const range = { start: found.index, end: found.index + found[0].length }
    const target = focus()
    this.found.push({
      in: kind,
      focus: target.path === undefined ? target : { ...target, range },
      ...cut(value, range),
    })
  }
}

function lookAtNames({ order, context, parts }: Draft, hits: Hits): void {
  for (const node of order.nodes) {
    if (hits.isFull) return
    const { type, label } = parts.nodes.get(node)!
    hits.look('id', node, () => ({ node }))
    if (label !== undefined) hits.look('label', label, () => ({ node }))
    hits.look('type', context.registry.get(type)?.title ?? type, () => ({ node }))
  }
}

function lookAtConfigs({ order, parts }: Draft, hits: Hits): void {
  for (const node of order.nodes) {
    if (hits.isFull) return
    const { config, onEnter, onLeave } = parts.nodes.get(node)!
    lookInside(config, ['config'], (value, path) =>
      hits.look('config', value, () => ({ node, path: [...path] })),
    )
    for (const [name, actions] of [
      ['onEnter', onEnter],
      ['onLeave', onLeave],
    ] as const) {
      if (actions === undefined) continue
      lookInside(json(actions), [name], (value, path) =>
        hits.look('actions', value, () => ({ node, path: [...path] })),
      )
    }
  }
}

function lookAtTheRest({ order, parts, settings }: Draft, hits: Hits): void {
  for (const connector of order.connectors) {
    if (hits.isFull) return
    const { label } = parts.connectors.get(connector)!
    if (label !== undefined) hits.look('connector', label, () => ({ connector }))
  }
  for (const note of order.notes) hits.look('note', parts.notes.get(note)!.text, () => ({ note }))
  lookInside(json(settings), ['settings'], (value, path) =>
    hits.look('settings', value, () => ({ path: [...path] })),
  )
  const { name, remark = '' } = parts.flow
  hits.look('flow', name, () => ({ path: ['name'] }))
  hits.look('flow', remark, () => ({ path: ['remark'] }))
}

/** Every text in a value; the path is the same list each time. Values are no deeper than `parseDocument` takes them. */
function lookInside(value: Json, path: (string | number)[], visit: (text: string, path: Path) => void): void {
  if (typeof value === 'string') visit(value, path)
  else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      path.push(i)
      lookInside(value[i], path, visit)
      path.pop()
    }
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const member = value[key]
      if (member === undefined) continue
      path.push(key)
      lookInside(member, path, visit)
      path.pop()
    }
  }
}

function cut(value: string, { start, end }: TextRange): Pick<SearchHit, 'snippet' | 'match'> {
  const [from, to] = [Math.max(0, start - AROUND), Math.min(value.length, end + AROUND)]
  const before = `${from > 0 ? '…' : ''}${oneLine(value.slice(from, start))}`
  const found = oneLine(value.slice(start, end))
  const snippet = `${before}${found}${oneLine(value.slice(end, to))}${to < value.length ? '…' : ''}`
  return { snippet, match: { start: before.length, end: before.length + found.length } }
}

function oneLine(text: string): string {
  return text.replace(/\s/g, ' ')
}

function json(value: object): Json {
  return value as unknown as Json
}
