import { equalJson, type Json } from '../base/json.ts'
import type { Connector, FlowNode, FlowRole, FlowSettings, Variable } from '../document/flow-document.ts'
import type { Draft } from '../editing/draft.ts'
import type { Patch } from '../editing/patch.ts'
import type { ExpressionLanguage, Scope } from '../expressions/types.ts'
import type { NodeRegistry } from '../nodes/registry.ts'
import {
  type Analysis,
  analyse,
  byOutcome,
  NO_CONNECTORS,
  readSettings,
  sortById,
  variablesByName,
} from './analysis.ts'
import { type Changes, noChanges } from './changes.ts'
import { type DefiniteSets, findDefiniteSets } from './definite-sets.ts'
import { flowScope } from './flow-scope.ts'
import { LiveGraph } from './live-graph.ts'
import { joinFacts, type NodeFacts, readNode, readSources } from './node-facts.ts'
import { findReachability, type Reachability } from './reachability.ts'
import { ReadIndex } from './read-index.ts'
import { givesTo, type ScopeChange, scopeChange } from './scope-change.ts'
import { findSecretOutputs, judgeSources } from './secret-outputs.ts'
import { type CheckedSource, SourceReader } from './source-reader.ts'
import { findWayOut, isEnd, type WayOut } from './way-out.ts'

/** An analysis that follows the edits of a draft: only what an edit can touch is read again. */
export class LiveAnalysis implements Analysis {
  readonly registry: NodeRegistry
  readonly graph = new LiveGraph()
  readonly nodes: NodeFacts[] = []
  readonly byId = new Map<string, NodeFacts>()
  scope: Scope
  strays: readonly Connector[]
  wayOut: WayOut | undefined
  settingsSources: readonly CheckedSource[]
  definite: DefiniteSets
  reach: Reachability
  variables: ReadonlyMap<string, Variable>
  #draft: Draft
  readonly #languages: readonly ExpressionLanguage[]
  /** The scope of what the flow declares, without the secrets that follow from it. */
  #declared: Scope
  #reader: SourceReader
  #secretOutputs: ReadonlySet<string>
  readonly #reads = new ReadIndex()
  readonly #ends = new Set<string>()
  /** The numbers that nodes had before this edit, where it moved them; -1 for those that are new. */
  readonly #moved = new Map<number, number>()

  constructor(draft: Draft) {
    const { registry, languages } = draft.context
    this.#draft = draft
    this.#languages = [...languages.values()]
    this.registry = registry
    const first = analyse(draft.document, { nodes: registry, languages: this.#languages })
    for (const facts of first.nodes) {
      this.nodes.push(facts)
      this.byId.set(facts.node.id, facts)
      this.graph.add(facts.node.id)
      this.#reads.put(facts)
      if (isEnd(facts)) this.#ends.add(facts.node.id)
    }
    for (const facts of first.nodes) this.#linkUp(facts)
    this.#declared = this.#flowScope()
    this.#reader = new SourceReader(this.#declared, draft.settings, this.#languages)
    this.#secretOutputs = findSecretOutputs(this.nodes, this.#declared)
    this.scope = first.scope
    this.reach = first.reach
    this.strays = first.strays
    this.wayOut = first.wayOut
    this.settingsSources = first.settingsSources
    this.definite = first.definite
    this.variables = first.variables
  }

  get flow(): { readonly id: string; readonly role: FlowRole } {
    return this.#draft.parts.flow
  }

  get settings(): FlowSettings {
    return this.#draft.settings
  }

  get ids(): readonly string[] {
    return this.#draft.order.nodes
  }

  get starts(): readonly NodeFacts[] {
    return this.#draft.parts.starts.map((id) => this.byId.get(id)!)
  }

  /** Goes on to another draft, which differs from this one by the patches; says what that has changed. */
  follow(draft: Draft, patches: readonly Patch[]): Changes {
    const before = this.#draft
    this.#draft = draft
    const changes = noChanges()
    this.#moved.clear()
    const touched = touchedBy(patches)
    const scopeBefore = this.#declared
    this.#takeAway(
      [...touched.nodes].filter((id) => draft.node(id) === undefined),
      changes,
    )
    const fresh = this.#readNodes(touched.nodes, changes)
    this.#reconnect(before, touched, changes)
    if (touched.settings || touched.role) changes.flow.add('settings')
    if (touched.settings) this.variables = variablesByName(draft.settings)
    const scoped = this.#followScope(before, touched, changes)
    this.#readSources(fresh, scoped, changes)
    this.#followSecrets(scopeBefore !== this.#declared, changes)
    this.#followWhole(touched, changes)
    return changes
  }

  #takeAway(ids: readonly string[], changes: Changes): void {
    for (const id of ids) {
      const facts = this.byId.get(id)
      if (facts === undefined) continue
      for (const target of this.graph.next[facts.index]!) changes.reach.add(this.nodes[target]!.node.id)
      const index = this.graph.remove(id)
      const last = this.nodes.pop()!
      const numberOfLast = this.#numberBefore(last.index)
      this.#moved.delete(last.index)
      if (last !== facts) {
        this.#moved.set(index, numberOfLast)
        this.nodes[index] = joinFacts(last, index, last.sources, last.connectors)
        this.byId.set(last.node.id, this.nodes[index])
      }
      this.byId.delete(id)
      this.#reads.delete(id)
      this.#ends.delete(id)
      changes.removed.add(id)
      changes.flow.add('types').add('ids').add('graph').add('connectors')
      this.#noteOwn(facts, undefined, changes)
    }
  }

  /** Reads nodes that are new or have changed, without their sources; returns those whose sources are to be read. */
  #readNodes(ids: ReadonlySet<string>, changes: Changes): readonly string[] {
    const fresh: string[] = []
    for (const id of ids) {
      const node = this.#draft.node(id)
      if (node === undefined) continue
      const before = this.byId.get(id)
      if (before === undefined) this.#addNode(node, changes)
      else if (isOnlyMoved(before.node, node)) {
        this.#put(joinFacts({ ...before, node }, before.index, before.sources, before.connectors))
        continue
      } else {
        const own = readNode(node, this.registry.get(node.type))
        this.#put(joinFacts(own, before.index, before.sources, before.connectors))
      }
      changes.nodes.add(id)
      const after = this.byId.get(id)!
      if (isEnd(after)) this.#ends.add(id)
      else this.#ends.delete(id)
      this.#noteOwn(before, after, changes)
      fresh.push(id)
    }
    return fresh
  }

  #addNode(node: FlowNode, changes: Changes): void {
    const index = this.graph.add(node.id)
    const own = readNode(node, this.registry.get(node.type))
    this.#put(joinFacts(own, index, [], NO_CONNECTORS))
    this.#moved.set(index, -1)
    changes.flow.add('types').add('ids').add('graph')
  }

  #put(facts: NodeFacts): void {
    this.nodes[facts.index] = facts
    this.byId.set(facts.node.id, facts)
  }

  /** Enters which facts of the whole flow a change of one node concerns. */
  #noteOwn(before: NodeFacts | undefined, after: NodeFacts | undefined, { flow }: Changes): void {
    if (before?.type !== after?.type) flow.add('types')
    if (!equalJson(before?.outcomes ?? [], after?.outcomes ?? [])) flow.add('outcomes')
    if (before?.waits !== after?.waits || !equalJson(before?.bounded ?? [], after?.bounded ?? []))
      flow.add('waits')
    if ((before?.ends ?? false) !== (after?.ends ?? false)) flow.add('ends')
    if (!equalJson(jsonOf(before?.tags ?? []), jsonOf(after?.tags ?? []))) flow.add('tags')
    if (before === undefined || after === undefined || !setsTheSame(before, after)) flow.add('definite')
  }

  #reconnect(before: Draft, touched: Touched, changes: Changes): void {
    const { parts } = this.#draft
    const sources = new Set<string>()
    const strays = new Set(this.strays.map(({ id }) => id))
    const strayed = new Set<string>()
    for (const id of touched.connectors) {
      const [old, fresh] = [before.connector(id), this.#draft.connector(id)]
      for (const each of [old, fresh]) if (each !== undefined) sources.add(each.from.node)
      if (strays.has(id) || (fresh !== undefined && !this.byId.has(fresh.from.node))) strayed.add(id)
    }
    for (const id of touched.nodes) {
      const [was, is] = [before.node(id), this.#draft.node(id)]
      if (was !== undefined && is !== undefined && was.type === is.type) continue
      changes.flow.add('targets')
      for (const connector of parts.arriving.get(id)?.ids() ?? []) {
        const source = parts.connectors.get(connector)!.from.node
        changes.targets.add(source)
        if (was === undefined || is === undefined) sources.add(source)
      }
      if (was !== undefined && is !== undefined) continue
      sources.add(id)
      for (const connector of parts.leaving.get(id)?.ids() ?? []) strayed.add(connector)
    }
    for (const id of sources) this.#relink(id, changes)
    if (strayed.size > 0 || changes.flow.has('targets')) this.#followStrays(strays, strayed, changes)
  }

  #relink(id: string, changes: Changes): void {
    const facts = this.byId.get(id)
    if (facts === undefined) return
    const { leaving, connectors } = this.#draft.parts
    const own = [...(leaving.get(id)?.ids() ?? [])].map((connector) => connectors.get(connector)!)
    const changed = joinFacts(facts, facts.index, facts.sources, byOutcome(own))
    this.#put(changed)
    const before = this.graph.next[facts.index]!
    if (this.#linkUp(changed)) {
      changes.flow.add('graph')
      // What leads to a node that is not reached decides whether it can be removed.
      for (const target of [...before, ...this.graph.next[facts.index]!]) {
        changes.reach.add(this.nodes[target]!.node.id)
      }
    }
    changes.connectors.add(id)
    changes.flow.add('connectors').add('definite')
  }

  #linkUp({ index, connectors }: NodeFacts): boolean {
    const targets: number[] = []
    for (const { to } of connectors.values()) {
      const target = to === undefined ? undefined : this.graph.indexOf.get(to)
      if (target !== undefined) targets.push(target)
    }
    return this.graph.link(index, targets)
  }

  #followStrays(before: ReadonlySet<string>, touched: ReadonlySet<string>, changes: Changes): void {
    const ids = new Set([...before, ...touched])
    const all = [...ids].flatMap((id) => this.#draft.connector(id) ?? [])
    this.strays = sortById(all.filter(({ from }) => !this.byId.has(from.node)))
    if (before.size > 0 || this.strays.length > 0) changes.flow.add('strays')
  }

  /** The names that expressions may use, where they have changed. */
  #followScope(before: Draft, touched: Touched, changes: Changes): ScopeChange | undefined {
    const change = scopeChange(before, this.#draft, touched.nodes, touched.settings || touched.role)
    if (change === undefined) return undefined
    changes.flow.add('scope')
    this.#declared = this.#flowScope()
    this.#reader = new SourceReader(this.#declared, this.settings, this.#languages)
    return change
  }

  #readSources(fresh: readonly string[], scoped: ScopeChange | undefined, changes: Changes): void {
    for (const id of fresh) this.#readAgain(this.byId.get(id)!, changes)
    if (scoped === undefined) return
    const concerned = new Set(this.#reads.concernedBy(scoped))
    if (scoped.roots.has('vars') || scoped.roots.has('contact')) {
      for (const facts of this.nodes) if (givesTo(facts, scoped)) concerned.add(facts.node.id)
    }
    for (const id of fresh) concerned.delete(id)
    for (const id of concerned) this.#readAgain(this.byId.get(id)!, changes)
  }

  #readAgain(facts: NodeFacts, changes: Changes): void {
    const sources = readSources(facts, this.#reader)
    if (!readsTheSame(facts.sources, sources)) changes.flow.add('definite')
    const read = joinFacts(facts, facts.index, sources, facts.connectors)
    this.#put(read)
    this.#reads.put(read)
    changes.sources.add(facts.node.id)
  }

  /** What nodes compute is as sensitive as what they read. */
  #followSecrets(declaredAnew: boolean, changes: Changes): void {
    if (!declaredAnew && changes.sources.size === 0 && changes.removed.size === 0) return
    const before = this.#secretOutputs
    this.#secretOutputs = findSecretOutputs(this.nodes, this.#declared)
    const same =
      before.size === this.#secretOutputs.size && [...before].every((id) => this.#secretOutputs.has(id))
    if (declaredAnew || !same) {
      this.scope = this.#secretOutputs.size === 0 ? this.#declared : this.#flowScope(this.#secretOutputs)
    }
    if (this.#secretOutputs.size === 0 && before.size === 0) return
    if (!same) changes.flow.add('scope')
    const judged =
      declaredAnew || !same ? this.nodes : [...changes.sources].flatMap((id) => this.byId.get(id) ?? [])
    for (const facts of [...judged]) {
      const sources = judgeSources(facts.sources, this.scope)
      if (sources === facts.sources) continue
      this.#put(joinFacts(facts, facts.index, sources, facts.connectors))
      changes.sources.add(facts.node.id)
    }
  }

  /** What holds of the flow as a whole. */
  #followWhole({ settings, role }: Touched, changes: Changes): void {
    const { flow } = changes
    if (flow.has('settings') || flow.has('scope')) {
      this.settingsSources = readSettings(
        this.settings,
        new SourceReader(this.scope, this.settings, this.#languages),
      )
    }
    if (settings || flow.has('tags') || flow.has('ids') || flow.has('types')) {
      const wayOut = this.#findWayOut()
      if (!equalJson(jsonOf(wayOut ?? null), jsonOf(this.wayOut ?? null))) flow.add('wayOut')
      this.wayOut = wayOut
    }
    if (settings || role || flow.has('definite') || flow.has('graph') || flow.has('types')) {
      this.#followDefinite(changes)
    }
    if (flow.has('graph') || flow.has('types') || flow.has('ends')) this.#followReach(changes)
  }

  #findWayOut(): WayOut | undefined {
    const ends = [...this.#ends].sort().map((id) => this.byId.get(id)!)
    return findWayOut(ends, (id) => this.byId.has(id), this.registry, this.settings.outcomes ?? [])
  }

  /** Enters the nodes that stand otherwise between the start and the ends than before. */
  #followReach(changes: Changes): void {
    const before = this.reach
    const now = findReachability(this.nodes, this.graph, this.starts[0])
    this.reach = now
    for (let index = 0; index < this.nodes.length; index++) {
      const old = this.#numberBefore(index)
      if (
        old === -1 ||
        before.isReached(old) !== now.isReached(index) ||
        before.reachesEnd(old) !== now.reachesEnd(index) ||
        before.startless !== now.startless
      ) {
        changes.reach.add(this.nodes[index]!.node.id)
      }
    }
  }

  #numberBefore(index: number): number {
    return this.#moved.get(index) ?? index
  }

  /** Enters the nodes for which the sets differ; where the variables have other bits, all of them. */
  #followDefinite(changes: Changes): void {
    const before = this.definite
    const { nodes, graph, settings } = this
    this.definite = findDefiniteSets(nodes, graph, this.starts[0], this.flow.role, settings)
    const { tracked } = this.definite
    if (!equalJson([...tracked], [...before.tracked])) {
      for (const { node } of nodes) changes.definite.add(node.id)
      return
    }
    if (tracked.size === 0) return
    for (let index = 0; index < nodes.length; index++) {
      const old = this.#numberBefore(index)
      if (old === -1 || !isSameSet(before, old, this.definite, index))
        changes.definite.add(nodes[index]!.node.id)
    }
  }

  #flowScope(secretOutputs?: ReadonlySet<string>): Scope {
    const { settings, flow } = this
    const nodes = () => this.ids.map((id) => this.byId.get(id)!)
    return flowScope({ role: flow.role, settings }, this.starts[0]?.node, nodes, secretOutputs)
  }
}

function isSameSet(before: DefiniteSets, old: number, now: DefiniteSets, index: number): boolean {
  if (before.reaches(old) !== now.reaches(index)) return false
  const set = before.atEntry(old)
  return now.atEntry(index).every((word, i) => word === set[i])
}

/** What patches speak of. */
export interface Touched {
  readonly nodes: ReadonlySet<string>
  readonly connectors: ReadonlySet<string>
  readonly settings: boolean
  readonly role: boolean
}

function touchedBy(patches: readonly Patch[]): Touched {
  const nodes = new Set<string>()
  const connectors = new Set<string>()
  let settings = false
  let role = false
  for (const { path } of patches) {
    const [place, id] = path
    if (place === 'nodes') nodes.add(id!)
    else if (place === 'connectors') connectors.add(id!)
    else if (place === 'settings') settings = true
    else if (place === 'role') role = true
  }
  return { nodes, connectors, settings, role }
}

/** True where nothing has changed that validation reads. */
function isOnlyMoved(before: FlowNode, after: FlowNode): boolean {
  return (
    before.type === after.type &&
    before.config === after.config &&
    before.onEnter === after.onEnter &&
    before.onLeave === after.onLeave
  )
}

/** True where a node sets the same variables as before, in the same ways. */
function setsTheSame(before: NodeFacts, after: NodeFacts): boolean {
  return (
    before.type === after.type &&
    before.node.onEnter === after.node.onEnter &&
    before.node.onLeave === after.node.onLeave &&
    equalJson(jsonOf(before.namings), jsonOf(after.namings)) &&
    (after.namings.length === 0 || before.config === after.config)
  )
}

/** True where the sources read the same variables as before, wherever they stand in them. */
function readsTheSame(before: readonly CheckedSource[], after: readonly CheckedSource[]): boolean {
  const namesIn = (sources: readonly CheckedSource[]) =>
    sources.flatMap(
      ({ checked }) =>
        checked?.reads.flatMap(({ path }) => (path[0] === 'vars' ? (path[1] ?? '') : [])) ?? [],
    )
  return equalJson(namesIn(before), namesIn(after))
}

/** Facts are JSON where they are compared. */
function jsonOf(value: object | null): Json {
  return value as unknown as Json
}
