import type { Json } from '../../base/json.ts'
import { isJsonObject, valueAt } from '../../base/json.ts'
import type { ExecutableNode } from '../../interpreter/executable.ts'
import type { Program } from '../../interpreter/program.ts'
import type { CoveredOutcome } from '../coverage.ts'
import { demandsOf, readPaths } from './demands-of.ts'

/** An outcome that no session took, and why, as far as can be told. */
export interface UnreachedOutcome extends CoveredOutcome {
  readonly why: string
}

/** Says of each missed outcome why no session took it. `entered` holds the nodes that some session came to. */
export function explainMissed(
  program: Program,
  missed: readonly CoveredOutcome[],
  entered: (flow: string, node: string) => boolean,
  exhausted: boolean,
): readonly UnreachedOutcome[] {
  const flows = new Map([...program.programs.values()].map((each) => [each.flow, each]))
  return missed.map((outcome) => {
    const flow = flows.get(outcome.flow)!
    const why = entered(outcome.flow, outcome.node)
      ? whyNotTaken(flow.executable.nodes[flow.nodesById.get(outcome.node)!.index]!, outcome, exhausted)
      : whyNotEntered(flow, outcome, program, entered)
    return { ...outcome, why }
  })
}

function whyNotEntered(
  flow: Program,
  { node }: CoveredOutcome,
  main: Program,
  entered: (flow: string, node: string) => boolean,
): string {
  const index = flow.nodesById.get(node)!.index
  const ways = flow.nodes.flatMap((from) =>
    from.outcomes.flatMap((outcome, position) =>
      from.targets[position] === index && from.index !== index ? [{ from: from.id, outcome }] : [],
    ),
  )
  if (ways.length === 0) {
    if (index !== flow.start) return 'nothing leads to its node'
    return flow === main ? 'the flow never starts' : `no session called the flow ${flow.flow}`
  }
  const near = ways.filter(({ from }) => entered(flow.flow, from))
  const named = (near.length > 0 ? near : ways).slice(0, 3).map(({ from, outcome }) => `${from}.${outcome}`)
  return `its node is only reached by ${named.join(' or ')}, which no session took`
}

function whyNotTaken(node: ExecutableNode, { flow, outcome }: CoveredOutcome, exhausted: boolean): string {
  const end = exhausted ? '' : '; the search ended at its limit'
  const rules = conditionsOf(node)
  const index = rules.findIndex((rule) => rule.outcome === outcome)
  if (index >= 0) {
    const { tree, language } = rules[index]!
    if (tree === false) return 'its condition is the constant false'
    const same = rules.slice(0, index).find((rule) => JSON.stringify(rule.tree) === JSON.stringify(tree))
    if (same !== undefined) return `the condition of ${same.outcome}, which comes before, is the same`
    if (language === undefined && demandsOf(tree, true, flow).length === 0)
      return 'no value makes its condition true'
    const read = [...new Set(readPaths(tree).map((path) => path.join('.')))].slice(0, 3)
    return `no generated value made its condition true${read.length === 0 ? '' : ` (it reads ${read.join(', ')})`}${end}`
  }
  if (outcome === 'on:error') return `no event made the node fail${end}`
  if (rules.some(({ tree }) => tree === true)) return 'a condition before it is the constant true'
  return `no event that was tried leads there${end}`
}

/** The conditions of a node that lead to outcomes of their own, in order. */
function conditionsOf({ config, links = [] }: ExecutableNode): readonly {
  readonly outcome: string
  readonly tree: Json
  readonly language: string | undefined
}[] {
  return links.flatMap((link) => {
    if (link.kind !== 'expression') return []
    const beside = valueAt(config, link.path.slice(0, -1))
    const outcome = isJsonObject(beside) ? beside.outcome : undefined
    return typeof outcome === 'string' ? [{ outcome, tree: link.tree, language: link.language }] : []
  })
}
