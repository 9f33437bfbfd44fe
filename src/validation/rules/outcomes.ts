import type { NodeFacts } from '../node-facts.ts'
import type { NodeRule } from '../rule.ts'
import { isWayOutOf, leadOut } from '../way-out.ts'

/** Every outcome leads somewhere (VAL-2, VAL-4), and no two outcomes of a node share a name. */
export const outcomesRule: NodeRule = {
  name: 'outcomes',
  scope: 'node',
  reads: ['node', 'connectors'],
  words: ['reach', 'strays', 'wayOut'],
  check(facts, analysis, report, { optionalOutcomes = 'error' }) {
    const { node, type, config, outcomes, connectors } = facts
    if (type === undefined || facts.ends) return
    const seen = new Set<string>()
    for (const outcome of outcomes) {
      if (seen.has(outcome)) report('outcome.repeated', { node: node.id, outcome }, { outcome })
      if (isBadName(outcome)) report('outcome.badName', { node: node.id, outcome }, { outcome })
      seen.add(outcome)
    }
    // A start that leads nowhere is an empty flow, which has words of its own.
    if (type.place === 'start' && !leadsOn(facts)) {
      report('flow.empty', { node: node.id })
      return
    }
    const optional = new Set(type.optionalOutcomes?.(config))
    const unassigned = [...seen].filter((outcome) => !connectors.has(outcome))
    const { wayOut } = analysis
    const leadOn = (outcome: string) =>
      isWayOutOf(wayOut, facts, analysis) && !isBadName(outcome)
        ? leadOut(wayOut, { type: 'connect', from: { node: node.id, outcome }, to: wayOut.to })
        : {}
    let failing = false
    for (const outcome of unassigned) {
      const severity = optional.has(outcome) ? optionalOutcomes : 'error'
      failing ||= severity === 'error'
      report('outcome.unassigned', { node: node.id, outcome }, { outcome }, { severity, ...leadOn(outcome) })
    }
    if (unassigned.length === seen.size && !failing) {
      const [first] = unassigned
      report('node.noOutcomeConnected', { node: node.id }, {}, first === undefined ? {} : leadOn(first))
    }
  },
}

function isBadName(outcome: string): boolean {
  return outcome === '' || outcome.length > 64
}

/** Signals do not count: no session begins with one. */
function leadsOn({ outcomes, connectors }: NodeFacts): boolean {
  return outcomes.some((outcome) => connectors.get(outcome)?.to !== undefined)
}
