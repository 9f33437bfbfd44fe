import { nearest } from '../base/nearest.ts'
import { implicitOutcome, isImplicitOutcome, SIGNALS } from '../nodes/events.ts'

/** The detail of a message that ends in "did you mean …?", where a name is near. */
export interface Suggestion {
  readonly suggestion?: string
}

export function suggest(name: string, candidates: Iterable<string>): Suggestion {
  const suggestion = nearest(name, candidates)
  return suggestion === undefined ? {} : { suggestion }
}

/** By the ids of a flow: thousands of connectors may lead to one node that is gone. */
const OF_NODES = new WeakMap<readonly string[], Map<string, Suggestion>>()

/** The same for the name of a node; each is looked for once among the same ids. */
export function suggestNode(name: string, ids: readonly string[]): Suggestion {
  let known = OF_NODES.get(ids)
  if (known === undefined) {
    known = new Map()
    OF_NODES.set(ids, known)
  }
  let suggestion = known.get(name)
  if (suggestion === undefined) {
    suggestion = suggest(name, ids)
    known.set(name, suggestion)
  }
  return suggestion
}

const ENGINE_OUTCOMES = new Set(['error', ...SIGNALS].map(implicitOutcome))

/**
 * For an implicit outcome that no signal can mean: one without a name, or a slip of one that the engine raises. Other
 * names are the host's own, which nobody here knows.
 */
export function suspectSignal(outcome: string): Suggestion | undefined {
  if (!isImplicitOutcome(outcome) || ENGINE_OUTCOMES.has(outcome)) return undefined
  const name = outcome.slice(implicitOutcome('').length)
  const meant = nearest(name, ['error', ...SIGNALS])
  if (meant !== undefined) return { suggestion: implicitOutcome(meant) }
  return name === '' ? {} : undefined
}
