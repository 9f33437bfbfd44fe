import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts'
import { oneLine } from './fit-text.ts'
import type { FlowPicture, PictureEdge, PictureOutcome } from './flow-picture.ts'

/** How often outcomes were taken; the coverage that tests gather is one. */
export interface TakenCounts {
  /** False where it is known whether an outcome was taken, and not how often. */
  readonly counted?: boolean
  count(flow: string, node: string, outcome: string): number
}

/** Whether sessions took an edge: all of its outcomes, some of them, or none. */
export type Taken = 'taken' | 'partly' | 'missed'

/** What is wrong with one thing. */
export interface Findings {
  readonly severity: Severity
  readonly count: number
  /** One line each. */
  readonly text: string
}

/** What a picture shows beside the flow itself. */
export interface Marks {
  /** What is wrong with the flow as a whole. */
  readonly flow: Findings | undefined
  ofNode(id: string): Findings | undefined
  ofEdge(edge: PictureEdge): Findings | undefined
  /** Absent where no coverage was given, and for what leads nowhere. */
  taken(edge: PictureEdge): Taken | undefined
  /** Absent where that is not known. */
  count(edge: PictureEdge, outcome: PictureOutcome): number | undefined
  /** False for a node that no session came to; true where that is not known. */
  reached(id: string): boolean
}

export interface MarkOptions {
  readonly diagnostics?: readonly Diagnostic[] | undefined
  readonly coverage?: TakenCounts | undefined
}

/** Sorts diagnostics and counts by what they speak of. */
export function readMarks(flow: string, { edges }: FlowPicture, options: MarkOptions): Marks {
  const { coverage } = options
  const diagnostics = (options.diagnostics ?? []).filter(({ location }) => (location.flow ?? flow) === flow)
  const byNode = new Map<string | undefined, Diagnostic[]>()
  for (const each of diagnostics) {
    const { node } = each.location
    byNode.set(node, [...(byNode.get(node) ?? []), each])
  }
  const byConnector = new Map<string, Diagnostic[]>()
  for (const each of diagnostics) {
    const { connector } = each.location
    if (connector !== undefined) byConnector.set(connector, [...(byConnector.get(connector) ?? []), each])
  }
  const times = (edge: PictureEdge, { outcome }: PictureOutcome) =>
    coverage?.count(flow, edge.from, outcome) ?? 0
  const reached = new Set<string>()
  for (const edge of edges) {
    // Of what leads nowhere an exploration does not tell.
    if (edge.to === undefined || !edge.outcomes.some((outcome) => times(edge, outcome) > 0)) continue
    reached.add(edge.from)
    reached.add(edge.to)
  }
  return {
    flow: findingsOf(byNode.get(undefined) ?? []),
    ofNode: (id) => findingsOf(byNode.get(id) ?? []),
    ofEdge({ from, outcomes }) {
      const here = (byNode.get(from) ?? []).filter(({ location }) =>
        outcomes.some(({ outcome }) => outcome === location.outcome),
      )
      const there = outcomes.flatMap(({ connector }) => byConnector.get(connector ?? '') ?? [])
      return findingsOf([...new Set([...here, ...there])])
    },
    taken(edge) {
      if (coverage === undefined || edge.to === undefined) return undefined
      const taken = edge.outcomes.filter((outcome) => times(edge, outcome) > 0).length
      return taken === 0 ? 'missed' : taken === edge.outcomes.length ? 'taken' : 'partly'
    },
    count: (edge, outcome) =>
      coverage === undefined || coverage.counted === false ? undefined : times(edge, outcome),
    reached: (id) => coverage === undefined || reached.has(id),
  }
}

function findingsOf(diagnostics: readonly Diagnostic[]): Findings | undefined {
  if (diagnostics.length === 0) return undefined
  const severity = diagnostics.some((each) => each.severity === 'error') ? 'error' : 'warning'
  const lines = diagnostics
    .slice(0, 20)
    .map((each) => oneLine(`${each.severity}: ${each.message} [${each.code}]`))
  return { severity, count: diagnostics.length, text: lines.join('\n') }
}

/** An outcome as it stands on an edge: with how often it was taken, where that is known. */
export function labelWith(marks: Marks): (edge: PictureEdge, outcome: PictureOutcome) => string {
  return (edge, outcome) => {
    const count = marks.count(edge, outcome)
    return count === undefined ? outcome.name : `${outcome.name} ×${count}`
  }
}
