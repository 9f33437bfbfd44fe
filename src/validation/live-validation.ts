import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Draft } from '../editing/draft.ts'
import type { Patch } from '../editing/patch.ts'
import type { Scope } from '../expressions/types.ts'
import type { Changes } from './changes.ts'
import { RuleRunner } from './check-rule.ts'
import { LiveAnalysis } from './live-analysis.ts'
import type { Facet, NodeRule, Rule, ValidationPolicy } from './rule.ts'
import { RULES } from './rules/index.ts'

/** What one rule has found. */
interface Findings {
  readonly rule: Rule
  /** By node; of a rule of the flow all under `''`. */
  readonly byNode: Map<string, readonly Diagnostic[]>
  /** All of it in the order of the nodes; made when it is asked for. */
  list: readonly Diagnostic[] | undefined
}

/**
 * Follows a draft from edit to edit, and checks again only what an edit can touch. What it finds is, diagnostic by
 * diagnostic, what `validate` finds in the document as it stands.
 *
 * @example
 * const live = new LiveValidation(draft)
 * const edit = applyCommand(draft, command)
 * if (edit.ok) live.follow(edit.draft, edit.patches)
 * console.log(live.diagnostics)
 */
export class LiveValidation {
  readonly #analysis: LiveAnalysis
  readonly #runner: RuleRunner
  readonly #findings: readonly Findings[]
  #diagnostics: readonly Diagnostic[] | undefined

  constructor(draft: Draft, policy?: ValidationPolicy) {
    this.#analysis = new LiveAnalysis(draft)
    this.#runner = new RuleRunner(this.#analysis, policy)
    this.#findings = RULES.map((rule) => ({ rule, byNode: new Map(), list: undefined }))
    for (const findings of this.#findings) {
      if (findings.rule.scope === 'flow') this.#checkFlow(findings)
      else for (const { node } of this.#analysis.nodes) this.#checkNode(findings, findings.rule, node.id)
    }
  }

  /** Everything that is wrong with the draft as it stands; the same list until that changes. */
  get diagnostics(): readonly Diagnostic[] {
    this.#diagnostics ??= this.#findings.flatMap((findings) => listOf(findings, this.#analysis.ids))
    return this.#diagnostics
  }

  /** The names that expressions of the draft may use. */
  get scope(): Scope {
    return this.#analysis.scope
  }

  /** Goes on to a draft that differs from the last one by the patches, as edits, undo and redo give them. */
  follow(draft: Draft, patches: readonly Patch[]): void {
    if (patches.length === 0) return
    const changes = this.#analysis.follow(draft, patches)
    for (const findings of this.#findings) {
      const { rule, byNode } = findings
      if (rule.scope === 'flow') {
        if (rule.reads.some((facet) => changes.flow.has(facet))) this.#checkFlow(findings)
        continue
      }
      for (const id of changes.removed) if (byNode.delete(id)) findings.list = undefined
      for (const id of nodesFor(rule, changes, byNode, this.#analysis)) this.#checkNode(findings, rule, id)
    }
    if (this.#findings.some(({ list }) => list === undefined)) this.#diagnostics = undefined
  }

  #checkFlow(findings: Findings): void {
    const { rule, byNode } = findings
    if (rule.scope !== 'flow') return
    const found = this.#runner.checkFlow(rule)
    if (found.length === 0 && !byNode.has('')) return
    if (found.length === 0) byNode.delete('')
    else byNode.set('', found)
    findings.list = undefined
  }

  #checkNode(findings: Findings, rule: NodeRule, id: string): void {
    const facts = this.#analysis.byId.get(id)
    if (facts === undefined) return
    const found = this.#runner.checkNode(rule, facts)
    const { byNode } = findings
    if (found.length === 0 && !byNode.has(id)) return
    if (found.length === 0) byNode.delete(id)
    else byNode.set(id, found)
    findings.list = undefined
  }
}

/** More findings than this are quicker brought in order by going through all nodes than by sorting. */
const MANY = 100

function listOf(findings: Findings, ids: readonly string[]): readonly Diagnostic[] {
  const { byNode, rule } = findings
  if (findings.list !== undefined) return findings.list
  const inOrder =
    rule.scope === 'node' && byNode.size > MANY
      ? ids.filter((id) => byNode.has(id))
      : [...byNode.keys()].sort()
  findings.list = inOrder.flatMap((id) => byNode.get(id)!)
  return findings.list
}

/** The facets of one node. */
const OF_NODE = {
  node: 'nodes',
  sources: 'sources',
  connectors: 'connectors',
  targets: 'targets',
  definite: 'definite',
  reach: 'reach',
} as const satisfies { readonly [F in Facet]?: keyof Changes }

/** The nodes that a rule has to look at again. */
function nodesFor(
  { reads, words = [] }: NodeRule,
  changes: Changes,
  found: ReadonlyMap<string, unknown>,
  { nodes }: LiveAnalysis,
): Iterable<string> {
  const ids = new Set<string>()
  for (const facet of reads) {
    if (isOfNode(facet)) for (const id of changes[OF_NODE[facet]]) ids.add(id)
    else if (changes.flow.has(facet)) return nodes.map(({ node }) => node.id)
  }
  for (const facet of words) {
    if (isOfNode(facet)) {
      for (const id of changes[OF_NODE[facet]]) if (found.has(id)) ids.add(id)
    } else if (changes.flow.has(facet)) for (const id of found.keys()) ids.add(id)
  }
  return ids
}

function isOfNode(facet: Facet): facet is keyof typeof OF_NODE {
  return facet in OF_NODE
}
