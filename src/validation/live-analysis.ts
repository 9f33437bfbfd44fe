import type { Connector, FlowNode, FlowRole, FlowSettings, Variable } from '../document/flow-document.ts'
import type { Draft } from '../editing/draft.ts'
import type { Patch } from '../editing/patch.ts'
import type { Scope } from '../expressions/types.ts'
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
import { type DefiniteSets, findDefiniteSets, isSetAlike } from './definite-sets.ts'
import { LiveGraph } from './live-graph.ts'
import { LiveNames } from './live-names.ts'
import { joinFacts, type NodeFacts, readNode } from './node-facts.ts'
import { findReachability, type Reachability, standsAlike } from './reachability.ts'
import type { CheckedSource } from './source-reader.ts'
import { isOnlyMoved, isSame, setsTheSame, type Touched, touchedBy } from './touched.ts'
import { findWayOut, isEnd, type WayOut } from './way-out.ts'

/** An analysis that follows the edits of a draft: only what an edit can touch is read again. */
export class LiveAnalysis implements Analysis {
  readonly registry: NodeRegistry
  readonly graph = new LiveGraph()
  readonly nodes: NodeFacts[] = []
  readonly byId = new Map<string, NodeFacts>()
  strays: readonly Connector[]
  wayOut: WayOut | undefined
  settingsSources: readonly CheckedSource[]
  definite: DefiniteSets
  reach: Reachability
  variables: ReadonlyMap<string, Variable>
  #draft: Draft
  readonly #names: LiveNames
  readonly #ends = new Set<string>()
  /** The numbers that nodes had before this edit, where it moved them; -1 for those that are new. */
  readonly #moved = new Map<number, number>()

  constructor(draft: Draft) {
    const { registry } = draft.context
    const languages = [...draft.context.languages.values()]
    this.#draft = draft
    this.registry = registry
    const first = analyse(draft.document, { nodes: registry, languages })
    for (const facts of first.nodes) {
      this.put(facts)
      this.graph.add(facts.node.id)
      if (isEnd(facts)) this.#ends.add(facts.node.id)
    }
    for (const facts of first.nodes) this.#linkUp(facts)
    this.#names = new LiveNames(this, first.scope, languages)
    this.strays = first.strays
    this.wayOut = first.wayOut
    this.settingsSources = first.settingsSources
    this.definite = first.definite
    this.reach = first.reach
    this.variables = first.variables
  }

  get flow(): { readonly id: string; readonly role: FlowRole } {
    return this.#draft.parts.flow
  }

  get settings(): FlowSettings {
    return this.#draft.settings
  }

  /** The names that expressions may use. */
  get scope(): Scope {
    return this.#names.scope
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
    this.#takeAway(touched.nodes, changes)
    this.#readNodes(touched.nodes, changes)
    this.#reconnect(before, touched, changes)
    if (touched.settings || touched.role) changes.flow.add('settings')
    if (touched.settings) this.variables = variablesByName(draft.settings)
    this.#names.follow(before, draft, touched, changes)
    this.#followWhole(touched, changes)
    return changes
  }

  /** @internal */
  put(facts: NodeFacts): void {
    this.nodes[facts.index] = facts
    this.byId.set(facts.node.id, facts)
  }

  #takeAway(ids: ReadonlySet<string>, changes: Changes): void {
    for (const id of ids) {
      const facts = this.byId.get(id)
      if (facts === undefined || this.#draft.node(id) !== undefined) continue
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
      this.#ends.delete(id)
      changes.removed.add(id)
      changes.flow.add('types').add('ids').add('graph').add('connectors')
      this.#noteOwn(facts, undefined, changes)
    }
  }

  /** Reads what nodes that are new or have changed say by themselves. */
  #readNodes(ids: ReadonlySet<string>, changes: Changes): void {
    for (const id of ids) {
      const node = this.#draft.node(id)
      if (node === undefined) continue
      const before = this.byId.get(id)
      if (before === undefined) this.#addNode(node, changes)
      else if (isOnlyMoved(before.node, node)) {
        this.put(joinFacts({ ...before, node }, before.index, before.sources, before.connectors))
        continue
      } else {
        const own = readNode(node, this.registry.get(node.type))
        this.put(joinFacts(own, before.index, before.sources, before.connectors))
      }
      changes.nodes.add(id)
      const after = this.byId.get(id)!
      if (isEnd(after)) this.#ends.add(id)
      else this.#ends.delete(id)
      this.#noteOwn(before, after, changes)
    }
  }

  #addNode(node: FlowNode, changes: Changes): void {
    const index = this.graph.add(node.id)
    const own = readNode(node, this.registry.get(node.type))
    this.put(joinFacts(own, index, [], NO_CONNECTORS))
    this.#moved.set(index, -1)
    changes.flow.add('types').add('ids').add('graph')
  }

  /** Enters which facts of the whole flow a change of one node concerns. */
  #noteOwn(before: NodeFacts | undefined, after: NodeFacts | undefined, { flow }: Changes): void {
    if (before?.type !== after?.type) flow.add('types')
    if (!isSame(before?.outcomes ?? [], after?.outcomes ?? [])) flow.add('outcomes')
    if (before?.waits !== after?.waits || !isSame(before?.bounded, after?.bounded)) flow.add('waits')
    if ((before?.ends ?? false) !== (after?.ends ?? false)) flow.add('ends')
    if (!isSame(before?.tags ?? [], after?.tags ?? [])) flow.add('tags')
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
    this.put(changed)
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

  /** What holds of the flow as a whole. */
  #followWhole({ settings, role }: Touched, changes: Changes): void {
    const { flow } = changes
    if (flow.has('settings') || flow.has('scope')) {
      this.settingsSources = readSettings(this.settings, this.#names.readerOf(this.scope))
    }
    if (settings || flow.has('tags') || flow.has('ids') || flow.has('types')) {
      const wayOut = this.#findWayOut()
      if (!isSame(wayOut, this.wayOut)) flow.add('wayOut')
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
    this.reach = findReachability(this.nodes, this.graph, this.starts[0])
    for (let index = 0; index < this.nodes.length; index++) {
      const old = this.#numberBefore(index)
      if (old === -1 || !standsAlike(before, old, this.reach, index)) {
        changes.reach.add(this.nodes[index]!.node.id)
      }
    }
  }

  /** Enters the nodes for which the sets differ; where the variables have other bits, all of them. */
  #followDefinite(changes: Changes): void {
    const { nodes, graph, settings, definite: before } = this
    const now = findDefiniteSets(nodes, graph, this.starts[0], this.flow.role, settings)
    this.definite = now
    if (now.tracked.size === 0 && before.tracked.size === 0) return
    const sameBits = isSame([...now.tracked], [...before.tracked])
    for (let index = 0; index < nodes.length; index++) {
      const old = this.#numberBefore(index)
      if (sameBits && old !== -1 && isSetAlike(before, old, now, index)) continue
      changes.definite.add(nodes[index]!.node.id)
    }
  }

  #numberBefore(index: number): number {
    return this.#moved.get(index) ?? index
  }
}
