import type { Fix } from '../../diagnostics/diagnostic.ts'
import type { NodeFacts } from '../node-facts.ts'
import type { NodeRule } from '../rule.ts'
import type { WayOut } from '../way-out.ts'

/** Every outcome leads somewhere (VAL-2, VAL-4), and no two outcomes of a node share a name. */
export const outcomesRule: NodeRule = {
  name: 'outcomes',
  scope: 'node',
  reads: ['node', 'connectors', 'wayOut'],
  check(facts, { wayOut }, report, { optionalOutcomes = 'error' }) {
    const { node, type, config, outcomes, connectors } = facts
    if (type === undefined || facts.ends) return
    const seen = new Set<string>()
    for (const outcome of outcomes) {
      if (seen.has(outcome)) report('outcome.repeated', { node: node.id, outcome }, { outcome })
      if (outcome === '' || outcome.length > 64)
        report('outcome.badName', { node: node.id, outcome }, { outcome })
      seen.add(outcome)
    }
    // A start that leads nowhere is an empty flow, which has words of its own.
    if (type.place === 'start' && !leadsOn(facts)) {
      report('flow.empty', { node: node.id })
      return
    }
    const optional = new Set(type.optionalOutcomes?.(config))
    const unassigned = [...seen].filter((outcome) => !connectors.has(outcome))
    let failing = false
    for (const outcome of unassigned) {
      const severity = optional.has(outcome) ? optionalOutcomes : 'error'
      failing ||= severity === 'error'
      const fix = wayOut === undefined ? {} : { fix: connectTo(wayOut, node.id, outcome) }
      report('outcome.unassigned', { node: node.id, outcome }, { outcome }, { severity, ...fix })
    }
    if (unassigned.length === seen.size && !failing) report('node.noOutcomeConnected', { node: node.id })
  },
}

/** Signals do not count: no session begins with one. */
function leadsOn({ outcomes, connectors }: NodeFacts): boolean {
  return outcomes.some((outcome) => connectors.get(outcome)?.to !== undefined)
}

function connectTo({ title, to, added }: WayOut, node: string, outcome: string): Fix {
  const connect = { type: 'connect', from: { node, outcome }, to }
  return { title, commands: added === undefined ? [connect] : [{ type: 'add', node: added }, connect] }
}
