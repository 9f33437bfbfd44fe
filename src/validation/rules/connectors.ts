import type { Fix } from '../../diagnostics/diagnostic.ts'
import type { Connector } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import type { Analysis } from '../analysis.ts'
import type { NodeFacts } from '../node-facts.ts'
import type { FlowRule, NodeRule, Report } from '../rule.ts'
import { suggest, suspectSignal } from '../suggest.ts'

/** Every connector joins an outcome that exists to a node that exists (VAL-5), none enters a start or leaves an end (VAL-16). */
export const connectorsRule: NodeRule = {
  name: 'connectors',
  scope: 'node',
  reads: ['node', 'connectors', 'targets', 'ids', 'wayOut'],
  check(facts, analysis, report) {
    for (const connector of facts.connectors.values()) {
      const leaves = checkSource(connector, facts, report)
      checkTarget(connector, leaves, analysis, report)
    }
  },
}

/** No connector leaves a node that does not exist. */
export const strayConnectorsRule: FlowRule = {
  name: 'stray-connectors',
  scope: 'flow',
  reads: ['strays', 'targets', 'ids', 'wayOut'],
  check(analysis, report) {
    for (const connector of analysis.strays) {
      const source = connector.from.node
      report(
        'connector.sourceGone',
        { connector: connector.id },
        { source, ...suggest(source, analysis.ids) },
        { fix: removal(connector.id) },
      )
      checkTarget(connector, 'nothing', analysis, report)
    }
  },
}

/** What a connector leaves: `nothing` that a node could be left by, an outcome that must lead on, or one that need not. */
type Leaves = 'nothing' | 'needed' | 'free'

function checkSource({ id, from }: Connector, { type, outcomes }: NodeFacts, report: Report): Leaves {
  const { node, outcome } = from
  const at = { node, outcome, connector: id }
  if (type?.place === 'end') {
    report('connector.outOfEnd', at, {}, { fix: removal(id) })
    return 'nothing'
  }
  if (isImplicitOutcome(outcome)) {
    const suspect = suspectSignal(outcome)
    if (suspect !== undefined) report('connector.unknownSignal', at, { outcome, ...suspect })
    return 'free'
  }
  if (type === undefined) return 'free'
  if (outcomes.includes(outcome)) return 'needed'
  const details = { outcome, ...suggest(outcome, outcomes) }
  report('connector.unknownOutcome', at, details, { fix: removal(id) })
  return 'nothing'
}

function checkTarget(
  { id, from, to }: Connector,
  leaves: Leaves,
  { byId, ids, wayOut }: Analysis,
  report: Report,
): void {
  const at = { node: from.node, outcome: from.outcome, connector: id }
  const target = to === undefined ? undefined : byId.get(to)
  if (target !== undefined && target.type?.place !== 'start') return
  const fix = mend(id, leaves, wayOut)
  if (to === undefined) report('connector.noTarget', at, { outcome: from.outcome }, fix)
  else if (target === undefined) report('connector.targetGone', at, { target: to, ...suggest(to, ids) }, fix)
  else report('connector.intoStart', at, {}, { related: [{ node: to }], ...fix })
}

/** An outcome that must lead on would be left unassigned by a removal: only an end that is there mends it. */
function mend(connector: string, leaves: Leaves, wayOut: Analysis['wayOut']): { readonly fix?: Fix } {
  if (leaves === 'nothing') return { fix: removal(connector) }
  if (wayOut !== undefined && wayOut.added === undefined) {
    return {
      fix: { title: wayOut.title, commands: [{ type: 'reconnect', connector, to: wayOut.to }] },
    }
  }
  return leaves === 'needed' ? {} : { fix: removal(connector) }
}

function removal(connector: string): Fix {
  return { title: 'Remove the connector', commands: [{ type: 'disconnect', connector }] }
}
