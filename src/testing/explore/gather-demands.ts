import { isJsonObject, type Json, valueAt } from '../../base/json.ts'
import type { Executable, ExecutableNode, ExecutableSource, Link } from '../../interpreter/executable.ts'
import type { Program } from '../../interpreter/program.ts'
import { type Demand, type Place, placeOf, placesAround } from './demand.ts'
import { demandsOf } from './demands-of.ts'
import { looseParts } from './loose-parts.ts'
import { type Path, readPath, readPaths } from './read-path.ts'
import { sampleTexts } from './sample-text.ts'

/** What the conditions of a program and of the flows it calls look for. */
export interface Demands {
  /** Ways to make conditions come out, traced back through assignments to where values come in. */
  readonly all: readonly Demand[]
  /** Every place that some source reads. */
  readonly reads: ReadonlySet<Place>
  /** True where some source reads the time. */
  readonly readsTime: boolean
}

/** More than these are not traced back. */
const MAX_DEMANDS = 4_000
const MAX_READS = 4_000
const MAX_ROUNDS = 6

/** Reads every source of a program once. */
export function gatherDemands(program: Program): Demands {
  const gatherer = new Gatherer()
  for (const { executable } of program.programs.values()) gatherer.addFlow(executable)
  return gatherer.finish()
}

class Gatherer {
  readonly #demands = new Map<string, Demand>()
  readonly #reads = new Set<Place>()
  /** For a variable: the places that its values come from. */
  readonly #sources = new Map<Place, Place[]>()
  #readsTime = false

  addFlow(executable: Executable): void {
    const variables = new Set(executable.variables.map(({ name }) => name))
    for (const node of executable.nodes) {
      for (const link of node.links ?? []) this.#addLink(link, node, executable.flow, variables)
      const actions = [...(node.onEnter ?? []), ...Object.values(node.onLeave ?? {}).flat()]
      for (const action of actions) {
        if ('set' in action)
          this.#assign(placeOf(executable.flow, ['vars', action.set]), action.to, executable)
        else for (const field of action.fields) this.#read(field, executable)
      }
      this.#addReturns(node, executable.flow)
    }
  }

  finish(): Demands {
    let read = [...this.#reads]
    for (let round = 0; round < MAX_ROUNDS && read.length > 0; round++) {
      const before = this.#reads.size
      for (const place of read)
        for (const source of this.#sourcesOf(place)) if (this.#reads.size < MAX_READS) this.#reads.add(source)
      read = [...this.#reads].slice(before)
    }
    let fresh = [...this.#demands.values()]
    for (let round = 0; round < MAX_ROUNDS && fresh.length > 0; round++) {
      const before = this.#demands.size
      for (const demand of fresh) this.#traceBack(demand)
      fresh = [...this.#demands.values()].slice(before)
    }
    return { all: [...this.#demands.values()], reads: this.#reads, readsTime: this.#readsTime }
  }

  #addLink(link: Link, node: ExecutableNode, flow: string, variables: ReadonlySet<string>): void {
    if (link.kind === 'record') return
    if (link.kind === 'prompt') {
      for (const part of link.parts) this.#read(part, { flow, variables: [...variables].map(named) })
      return
    }
    if (link.kind === 'pattern') {
      for (const text of sampleTexts(link.pattern))
        this.#add(new Map([[placeOf(flow, ['nodes', node.id, 'value']), text]]))
      return
    }
    const executable = { flow, variables: [...variables].map(named) }
    this.#read(link, executable)
    if (link.kind === 'template') return
    const target = assignedVariable(link.path, node, flow, variables)
    if (target !== undefined) this.#assign(target, link, executable)
    // A value may be kept and lead somewhere as well.
    if (target === undefined || link.path.length === 1) this.#ask(link, node, flow, variables)
    if (link.language === undefined) this.#feedOutputs(link, node, flow)
  }

  /** What a node takes out of a value that it reads: the entry of a loop, and values found by paths. */
  #feedOutputs(
    { tree, path }: ExecutableSource & { readonly path: Path },
    { id, config }: ExecutableNode,
    flow: string,
  ): void {
    const read = readPath(tree)
    if (read === undefined || read.length < 2) return
    const feed = (output: string, variable: Json | undefined, rest: Path) => {
      const source = placeOf(flow, [...read, ...rest])
      this.#feed(placeOf(flow, ['nodes', id, output]), source)
      if (typeof variable === 'string') this.#feed(placeOf(flow, ['vars', variable]), source)
    }
    if (path[0] === 'list') feed('item', config.item, [0])
    if (path[0] !== 'source' || !Array.isArray(config.values)) return
    feed('payload', undefined, [])
    for (const { name, path: steps, variable } of config.values.filter(isJsonObject))
      if (typeof name === 'string' && typeof steps === 'string') feed(name, variable, stepsOf(steps))
  }

  /** A condition is to come out both ways; another expression is to come to whatever the node is left by. */
  #ask(
    link: ExecutableSource & { readonly path: Path },
    node: ExecutableNode,
    flow: string,
    variables: Iterable<string>,
  ): void {
    const { tree, language } = link
    if (language !== undefined) {
      const { paths, values } = looseParts(tree, variables)
      for (const path of paths)
        for (const value of [...values, ...values.map((each) => `not ${each}`), ...node.outcomes])
          this.#add(new Map([[placeOf(flow, path), value]]))
      return
    }
    if (leadsOut(link, node) || isTest(tree)) {
      for (const wanted of [true, false])
        for (const demand of demandsOf(tree, wanted, flow)) this.#add(demand)
      return
    }
    // What goes into an effect or a log leads nowhere; what stands alone in a node with several ways out may.
    if (link.path.length > 1 || node.outcomes.length < 2) return
    const path = readPath(tree)
    const lists = path === undefined || path.length < 2 ? [] : [[], ['x', 'y']]
    for (const value of lists) this.#add(new Map([[placeOf(flow, path!), value]]))
    for (const outcome of node.outcomes)
      for (const demand of demandsOf(['==', tree, outcome], true, flow)) this.#add(demand)
  }

  #assign(target: Place, source: ExecutableSource, scope: Scope): void {
    for (const path of this.#read(source, scope)) this.#feed(target, placeOf(scope.flow, path))
  }

  #feed(target: Place, source: Place): void {
    const sources = this.#sources.get(target) ?? []
    if (sources.length < 20) sources.push(source)
    this.#sources.set(target, sources)
  }

  /** Variables that a called flow gives back. */
  #addReturns({ config }: ExecutableNode, flow: string): void {
    if (typeof config.flow !== 'string' || !Array.isArray(config.outputs)) return
    for (const output of config.outputs.filter(isJsonObject)) {
      const { variable, from } = output
      if (typeof variable !== 'string' || typeof from !== 'string') continue
      this.#feed(placeOf(flow, ['vars', variable]), placeOf(config.flow, ['vars', from]))
    }
  }

  /** Remembers what a source reads, and returns it. */
  #read(
    { tree, language }: Pick<ExecutableSource, 'tree' | 'language'>,
    { flow, variables }: Scope,
  ): readonly Path[] {
    const paths =
      language === undefined
        ? readPaths(tree)
        : looseParts(
            tree,
            variables.map(({ name }) => name),
          ).paths
    for (const path of paths) {
      if (path[0] === 'now') this.#readsTime = true
      this.#reads.add(placeOf(flow, path))
    }
    return paths
  }

  #add(demand: Demand): void {
    if (demand.size > 0 && this.#demands.size < MAX_DEMANDS)
      this.#demands.set(JSON.stringify([...demand]), demand)
  }

  #traceBack(demand: Demand): void {
    for (const [place, value] of demand) {
      for (const source of this.#sourcesOf(place)) {
        const traced = new Map(demand)
        traced.delete(place)
        this.#add(traced.set(source, value))
      }
    }
  }

  /** The places from which a value comes, be it as part of a larger one. */
  #sourcesOf(place: Place): readonly Place[] {
    return placesAround(place).flatMap(({ outer, rest }) =>
      (this.#sources.get(outer) ?? []).map((source) => source + rest),
    )
  }
}

interface Scope {
  readonly flow: string
  readonly variables: readonly { readonly name: string }[]
}

const named = (name: string) => ({ name })

/** The variable that takes the value of an expression: one that stands beside it, or one of a flow that is called. */
function assignedVariable(
  path: Path,
  { config }: ExecutableNode,
  flow: string,
  variables: ReadonlySet<string>,
): Place | undefined {
  if (typeof config.flow === 'string' && path[0] === 'inputs' && path.length === 2)
    return placeOf(config.flow, ['vars', path[1]!])
  const beside = valueAt(config, path.slice(0, -1))
  if (!isJsonObject(beside)) return undefined
  const variable = Object.values(beside).find((value) => typeof value === 'string' && variables.has(value))
  return variable === undefined ? undefined : placeOf(flow, ['vars', variable as string])
}

/** The members that a path into a payload names; of all entries it is the first. */
function stepsOf(path: string): Path {
  return [...path.matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+|\*)\]/g)].map(
    ([, name, single, double, index]) => name ?? single ?? double ?? (index === '*' ? 0 : Number(index)),
  )
}

/** True for the condition of an outcome that stands beside it. */
function leadsOut({ path }: { readonly path: Path }, { config }: ExecutableNode): boolean {
  const beside = valueAt(config, path.slice(0, -1))
  return isJsonObject(beside) && typeof beside.outcome === 'string'
}

const TESTS = new Set(['not', 'and', 'or', '==', '!=', '<', '<=', '>', '>=', 'in', 'has', 'exists', 'all'])

function isTest(tree: Json): boolean {
  return Array.isArray(tree) && TESTS.has(tree[0] as string)
}
