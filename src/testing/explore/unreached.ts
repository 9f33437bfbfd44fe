import type { Json } from '../../base/json.ts'
import { isJsonObject, valueAt } from '../../base/json.ts'
import type { ExecutableNode } from '../../interpreter/executable.ts'
import type { Program } from '../../interpreter/program.ts'
import type { CoveredOutcome } from '../coverage.ts'
import { demandsOf } from './demands-of.ts'
import { readPaths } from './read-path.ts'

/** An outcome that no session took, and why, as far as can be told. */
export interface UnreachedOutcome extends CoveredOutcome {
  readonly why: string
}

/** What a search came to, as far as it explains what was missed. */
export interface SearchFacts {
  /** Whether some session came to a node. */
  readonly entered: (flow: string, node: string) => boolean
  /** The errors that sessions failed with at a node. */
  readonly failedWith: (flow: string, node: string) => readonly string[]
  /** True where nothing was left to try. */
  readonly exhausted: boolean
}

/** Says of each missed outcome why no session took it. */
export function explainMissed(
  program: Program,
  missed: readonly CoveredOutcome[],
  facts: SearchFacts,
): readonly UnreachedOutcome[] {
  const flows = new Map([...program.programs.values()].map((each) => [each.flow, each]))
  const ways = new Map([...flows].map(([id, flow]) => [id, waysInto(flow)]))
  return missed.map((outcome) => {
    const flow = flows.get(outcome.flow)!
    const node = flow.nodesById.get(outcome.node)!.index
    const why = facts.entered(outcome.flow, outcome.node)
      ? whyNotTaken(flow.executable.nodes[node]!, outcome, facts)
      : whyNotEntered(flow, node, ways.get(outcome.flow)!, program, facts)
    return { ...outcome, why }
  })
}

interface WayIn {
  readonly from: string
  readonly outcome: string
}

/** By node: the outcomes of others that lead to it. */
function waysInto({ nodes }: Program): readonly (readonly WayIn[])[] {
  const ways = nodes.map((): WayIn[] => [])
  for (const { id, index, outcomes, targets } of nodes) {
    outcomes.forEach((outcome, position) => {
      const target = targets[position]!
      if (target >= 0 && target !== index) ways[target]!.push({ from: id, outcome })
    })
  }
  return ways
}

const MAX_NAMED = 3

function whyNotEntered(
  flow: Program,
  node: number,
  waysOf: readonly (readonly WayIn[])[],
  main: Program,
  { entered }: SearchFacts,
): string {
  const ways = waysOf[node]!
  if (ways.length === 0) {
    if (node !== flow.start) return 'nothing leads to its node'
    return flow === main ? 'the flow never starts' : `no session called the flow ${flow.flow}`
  }
  const near = ways.filter(({ from }) => entered(flow.flow, from))
  const named = [...new Set([...near, ...ways])].slice(0, MAX_NAMED)
  const more = ways.length - named.length
  const all = named.map(({ from, outcome }) => `${from}.${outcome}`)
  if (more > 0) all.push(`${more} more`)
  return `its node is only reached by ${all.join(' or ')}, which no session took`
}

function whyNotTaken(
  node: ExecutableNode,
  { flow, outcome }: CoveredOutcome,
  { failedWith, exhausted }: SearchFacts,
): string {
  const errors = failedWith(flow, node.id)
  const failed = errors.length === 0 ? '' : `; sessions failed at it with ${errors.slice(0, 3).join(', ')}`
  const end = `${failed}${exhausted ? '' : '; the search ended at its limit'}`
  const rules = conditionsOf(node)
  const index = rules.findIndex((rule) => rule.outcome === outcome)
  if (index >= 0) {
    const { tree, language } = rules[index]!
    if (tree === false) return 'its condition is the constant false'
    const before = rules.slice(0, index)
    if (before.some((rule) => rule.tree === true)) return 'a condition before it is the constant true'
    const same = before.find((rule) => JSON.stringify(rule.tree) === JSON.stringify(tree))
    if (same !== undefined) return `the condition of ${same.outcome}, which comes before, is the same`
    if (language === undefined && demandsOf(tree, true, flow).length === 0)
      return 'no value makes its condition true'
    const read = [...new Set(readPaths(tree).map((path) => path.join('.')))].slice(0, 3)
    const reads = read.length === 0 ? '' : ` (it reads ${read.join(', ')})`
    const alone = index === 0 ? '' : ' and none before it'
    return `no generated value made its condition true${alone}${reads}${end}`
  }
  if (outcome === 'on:error') return `no event made the node fail${exhausted ? '' : end}`
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
