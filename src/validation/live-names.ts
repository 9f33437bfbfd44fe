import type { Draft } from '../editing/draft.ts'
import type { ExpressionLanguage, Scope } from '../expressions/types.ts'
import type { Analysis } from './analysis.ts'
import type { Changes } from './changes.ts'
import { flowScope } from './flow-scope.ts'
import { joinFacts, type NodeFacts, readSources } from './node-facts.ts'
import { ReadIndex } from './read-index.ts'
import { givesTo, scopeChange } from './scope-change.ts'
import { findSecretOutputs, judgeSources } from './secret-outputs.ts'
import { SourceReader } from './source-reader.ts'
import { readsTheSame, type Touched } from './touched.ts'

/** The flow whose names are followed. */
export interface NamedFlow
  extends Pick<Analysis, 'flow' | 'settings' | 'nodes' | 'byId' | 'ids' | 'starts' | 'scope'> {
  put(facts: NodeFacts): void
}

/** The names that expressions of a flow may use, and what its sources come to within them, from edit to edit. */
export class LiveNames {
  scope: Scope
  readonly #flow: NamedFlow
  readonly #languages: readonly ExpressionLanguage[]
  /** What the flow declares, without the secrets that follow from it. */
  #declared: Scope
  #reader: SourceReader
  #secretOutputs: ReadonlySet<string>
  readonly #reads = new ReadIndex()

  /** Begins with a flow whose sources have been read within `scope`. */
  constructor(flow: NamedFlow, scope: Scope, languages: readonly ExpressionLanguage[]) {
    this.#flow = flow
    this.#languages = languages
    this.scope = scope
    this.#declared = this.#flowScope()
    this.#reader = this.readerOf(this.#declared)
    this.#secretOutputs = findSecretOutputs(flow.nodes, this.#declared)
    for (const facts of flow.nodes) this.#reads.put(facts)
  }

  readerOf(scope: Scope): SourceReader {
    return new SourceReader(scope, this.#flow.settings, this.#languages)
  }

  /** Reads the sources of nodes that have changed, and of those that a change of the names concerns. */
  follow(before: Draft, after: Draft, touched: Touched, changes: Changes): void {
    for (const id of changes.removed) this.#reads.delete(id)
    const change = scopeChange(before, after, touched.nodes, touched.settings || touched.role)
    const concerned = new Set(changes.nodes)
    if (change !== undefined) {
      changes.flow.add('scope')
      this.#declared = this.#flowScope()
      this.#reader = this.readerOf(this.#declared)
      for (const id of this.#reads.concernedBy(change)) concerned.add(id)
      if (change.roots.has('vars') || change.roots.has('contact')) {
        for (const facts of this.#flow.nodes) if (givesTo(facts, change)) concerned.add(facts.node.id)
      }
    }
    for (const id of concerned) this.#readAgain(this.#flow.byId.get(id)!, changes)
    this.#followSecrets(change !== undefined, changes)
  }

  #readAgain(facts: NodeFacts, changes: Changes): void {
    const sources = readSources(facts, this.#reader)
    if (!readsTheSame(facts.sources, sources)) changes.flow.add('definite')
    const read = joinFacts(facts, facts.index, sources, facts.connectors)
    this.#flow.put(read)
    this.#reads.put(read)
    changes.sources.add(facts.node.id)
  }

  /** What nodes compute is as sensitive as what they read. */
  #followSecrets(declaredAnew: boolean, changes: Changes): void {
    if (!declaredAnew && changes.sources.size === 0 && changes.removed.size === 0) return
    const before = this.#secretOutputs
    const hadSecrets = this.scope.hasSecrets
    const now = findSecretOutputs(this.#flow.nodes, this.#declared)
    const same = before.size === now.size && [...before].every((id) => now.has(id))
    this.#secretOutputs = now
    if (declaredAnew || !same) this.scope = now.size === 0 ? this.#declared : this.#flowScope(now)
    // Where declarations change, so may what nodes put out that only hand a variable on.
    const handedOn = declaredAnew && (hadSecrets || this.scope.hasSecrets)
    if (now.size === 0 && before.size === 0 && !handedOn) return
    if (!same) changes.flow.add('scope')
    const { nodes, byId } = this.#flow
    const judged = declaredAnew || !same ? nodes : [...changes.sources].flatMap((id) => byId.get(id) ?? [])
    for (const facts of [...judged]) {
      const sources = judgeSources(facts.sources, this.scope)
      if (sources === facts.sources) continue
      this.#flow.put(joinFacts(facts, facts.index, sources, facts.connectors))
      changes.sources.add(facts.node.id)
    }
  }

  #flowScope(secretOutputs?: ReadonlySet<string>): Scope {
    const { settings, flow, starts } = this.#flow
    const nodes = () => this.#flow.ids.map((id) => this.#flow.byId.get(id)!)
    return flowScope({ role: flow.role, settings }, starts[0]?.node, nodes, secretOutputs)
  }
}
