import type { Facet } from './rule.ts'

/** What an edit has changed of an analysis. */
export interface Changes {
  /** Nodes that are new, or whose type, config or actions have changed. */
  readonly nodes: Set<string>
  readonly removed: Set<string>
  /** Nodes whose sources were read again. */
  readonly sources: Set<string>
  /** Nodes that other connectors leave than before. */
  readonly connectors: Set<string>
  /** Nodes that lead to a node which has come, gone or changed its type. */
  readonly targets: Set<string>
  /** Nodes at which other variables are set than before. */
  readonly definite: Set<string>
  /** Nodes that the start leads to and did not before, or the other way round; the same for ends. */
  readonly reach: Set<string>
  /** What has changed of the flow as a whole. */
  readonly flow: Set<Facet>
}

export function noChanges(): Changes {
  return {
    nodes: new Set(),
    removed: new Set(),
    sources: new Set(),
    connectors: new Set(),
    targets: new Set(),
    definite: new Set(),
    reach: new Set(),
    flow: new Set(),
  }
}
