import type { Fix } from '../../diagnostics/diagnostic.ts'
import type { Connector } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import type { Analysis } from '../analysis.ts'
import type { FlowRule, Report } from '../rule.ts'
import { suggest, suspectSignal } from '../suggest.ts'

/** Every connector joins an outcome that exists to a node that exists (VAL-5), none enters a start or leaves an end (VAL-16). */
export const connectorsRule: FlowRule = {
  name: 'connectors',
  scope: 'flow',
  reads: ['connectors', 'types', 'outcomes', 'tags', 'settings'],
  check(analysis, report) {
    for (const connector of analysis.document.connectors) {
      const leaves = checkSource(connector, analysis, report)
      checkTarget(connector, leaves, analysis, report)
    }
  },
}

/** What a connector leaves: `nothing` that a node could be left by, an outcome that must lead on, or one that need not. */
type Leaves = 'nothing' | 'needed' | 'free'

function checkSource({ id, from }: Connector, { byId }: Analysis, report: Report): Leaves {
  const { node, outcome } = from
  const at = { node, outcome, connector: id }
  const source = byId.get(node)
  if (source === undefined) {
    const details = { source: node, ...suggest(node, byId.keys()) }
    report('connector.sourceGone', { connector: id }, details, { fix: removal(id) })
    return 'nothing'
  }
  if (source.type?.place === 'end') {
    report('connector.outOfEnd', at, {}, { fix: removal(id) })
    return 'nothing'
  }
  if (isImplicitOutcome(outcome)) {
    const suspect = suspectSignal(outcome)
    if (suspect !== undefined) report('connector.unknownSignal', at, { outcome, ...suspect })
    return 'free'
  }
  if (source.type === undefined) return 'free'
  if (source.outcomes.includes(outcome)) return 'needed'
  const details = { outcome, ...suggest(outcome, source.outcomes) }
  report('connector.unknownOutcome', at, details, { fix: removal(id) })
  return 'nothing'
}

function checkTarget(
  { id, from, to }: Connector,
  leaves: Leaves,
  { byId, wayOut }: Analysis,
  report: Report,
): void {
  const fix = mend(id, leaves, wayOut)
  const at = { node: from.node, outcome: from.outcome, connector: id }
  if (to === undefined) {
    report('connector.noTarget', at, { outcome: from.outcome }, fix)
    return
  }
  const target = byId.get(to)
  if (target === undefined) {
    report('connector.targetGone', at, { target: to, ...suggest(to, byId.keys()) }, fix)
  } else if (target.type?.place === 'start') {
    report('connector.intoStart', at, {}, { related: [{ node: to }], ...fix })
  }
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
