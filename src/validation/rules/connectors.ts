import type { Connector } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import type { Analysis } from '../analysis.ts'
import { fixOf, short, type WithFix } from '../fixes/fix.ts'
import { endsWithout, isReachedWithout } from '../fixes/still-leads.ts'
import type { NodeFacts } from '../node-facts.ts'
import type { FlowRule, NodeRule, Report } from '../rule.ts'
import { type Suggestion, suggest, suggestNode, suspectSignal } from '../suggest.ts'
import { isWayOutOf, leadOut } from '../way-out.ts'

/** Every connector joins an outcome that exists to a node that exists (VAL-5), none enters a start or leaves an end (VAL-16). */
export const connectorsRule: NodeRule = {
  name: 'connectors',
  scope: 'node',
  reads: ['node', 'connectors', 'targets'],
  words: ['reach', 'types', 'ends', 'graph', 'strays', 'ids', 'wayOut'],
  check(facts, analysis, report) {
    for (const connector of facts.connectors.values()) {
      const leaves = checkSource(connector, facts, analysis, report)
      const extra = targetFault(connector, analysis, report)
      extra?.(mend(connector, leaves, facts, analysis))
    }
  },
}

/** No connector leaves a node that does not exist. */
export const strayConnectorsRule: FlowRule = {
  name: 'stray-connectors',
  scope: 'flow',
  reads: ['strays', 'targets', 'ids'],
  check(analysis, report) {
    for (const connector of analysis.strays) {
      const source = connector.from.node
      const details = { source, ...suggestNode(source, analysis.ids) }
      report('connector.sourceGone', { connector: connector.id }, details, removal(connector))
      targetFault(connector, analysis, report)?.(removal(connector))
    }
  },
}

/** What a connector leaves: `nothing` that a node could be left by, an outcome that must lead on, or one that need not. */
type Leaves = 'nothing' | 'needed' | 'free'

function checkSource(connector: Connector, facts: NodeFacts, analysis: Analysis, report: Report): Leaves {
  const { type, outcomes } = facts
  const { node, outcome } = connector.from
  const at = { node, outcome, connector: connector.id }
  if (type?.place === 'end') {
    report('connector.outOfEnd', at, {}, safeRemoval(connector, facts, analysis))
    return 'nothing'
  }
  if (isImplicitOutcome(outcome)) {
    // A node may have an outcome that is called like a signal; that it may not is said elsewhere.
    const isOwn = outcomes.includes(outcome)
    const suspect = suspectSignal(outcome)
    if (suspect !== undefined) {
      const fix = isOwn ? {} : (leaveBy(suspect, connector, facts) ?? safeRemoval(connector, facts, analysis))
      report('connector.unknownSignal', at, { outcome, ...suspect }, fix)
    }
    return isOwn ? 'needed' : 'free'
  }
  if (type === undefined) return 'free'
  if (outcomes.includes(outcome)) return 'needed'
  const meant = suggest(outcome, outcomes)
  const fix = leaveBy(meant, connector, facts) ?? safeRemoval(connector, facts, analysis)
  report('connector.unknownOutcome', at, { outcome, ...meant }, fix)
  return 'nothing'
}

/** Lets a connector leave by the outcome that was meant, where no other one does. */
function leaveBy(
  { suggestion }: Suggestion,
  { id, from }: Connector,
  { connectors }: NodeFacts,
): WithFix | undefined {
  if (suggestion === undefined || connectors.has(suggestion)) return undefined
  return fixOf(`Leave by ${short(suggestion)}`, {
    type: 'reconnect',
    connector: id,
    from: { node: from.node, outcome: suggestion },
  })
}

/** What is wrong with where a connector leads: tells it with the fix that it is given. */
function targetFault(
  { id, from, to }: Connector,
  { byId, ids }: Analysis,
  report: Report,
): ((fix: WithFix) => void) | undefined {
  const at = { node: from.node, outcome: from.outcome, connector: id }
  const target = to === undefined ? undefined : byId.get(to)
  if (target !== undefined && target.type?.place !== 'start') return undefined
  return (fix) => {
    if (to === undefined) report('connector.noTarget', at, { outcome: from.outcome }, fix)
    else if (target === undefined)
      report('connector.targetGone', at, { target: to, ...suggestNode(to, ids) }, fix)
    else report('connector.intoStart', at, {}, { related: [{ node: to }], ...fix })
  }
}

/** An outcome that must lead on would be left unassigned by a removal: only an end mends it. */
function mend(connector: Connector, leaves: Leaves, facts: NodeFacts, analysis: Analysis): WithFix {
  if (leaves === 'nothing') return safeRemoval(connector, facts, analysis)
  const { wayOut } = analysis
  if (isWayOutOf(wayOut, facts, analysis) && isReachedWithout(connector, facts, analysis)) {
    return leadOut(wayOut, { type: 'reconnect', connector: connector.id, to: wayOut.to })
  }
  return leaves === 'needed' ? {} : safeRemoval(connector, facts, analysis)
}

/** A removal, where what the connector leads to is still reached, and what it leaves still comes to an end. */
function safeRemoval(connector: Connector, facts: NodeFacts, analysis: Analysis): WithFix {
  return isReachedWithout(connector, facts, analysis) && endsWithout(connector, facts, analysis)
    ? removal(connector)
    : {}
}

function removal({ id }: Connector): WithFix {
  return fixOf('Remove the connector', { type: 'disconnect', connector: id })
}
