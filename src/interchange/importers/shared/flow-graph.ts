import type { Connector, FlowNode, FlowOutcome } from '../../../document/flow-document.ts'
import type { LossEntry } from '../../importer.ts'
import { breakCircles } from './break-circles.ts'
import { dropStrays } from './drop-strays.ts'
import { leadToEnd } from './lead-to-end.ts'
import type { Names } from './names.ts'
import { endKind, FLOW_OUTCOMES } from './outcomes.ts'
import type { Target, TranslatedNode, TranslatedStep } from './translated.ts'

/** A finished graph, with the flow outcomes that its ends have. */
export interface FinishedGraph {
  readonly nodes: readonly FlowNode[]
  readonly connectors: readonly Connector[]
  readonly outcomes: readonly FlowOutcome[]
}

/** Puts translated steps together. Every outcome that ends the flow there leads to an end here. */
export class FlowGraph {
  readonly #names: Names
  readonly #noun: string
  readonly #loss: LossEntry[]
  readonly #nodes: FlowNode[] = []
  readonly #connectors: Connector[] = []
  readonly #ends = new Map<string, string>()
  readonly #steps = new Map<string, string>()

  /** `noun` is what the format calls a step. */
  constructor(names: Names, noun: string, loss: LossEntry[]) {
    this.#names = names
    this.#noun = noun
    this.#loss = loss
  }

  /** The node that a step became, and those beside it. The step is one of those that `names` was made with. */
  addStep(name: string, step: TranslatedStep, canvas: Pick<FlowNode, 'label' | 'position'>): void {
    const id = this.#names.nodeOf(name)!
    this.#steps.set(id, name)
    this.addNode(id, step, canvas)
    for (const { id: beside, ...node } of step.beside ?? []) this.addNode(beside, node)
  }

  addNode(
    id: string,
    { type, config, targets, onLeave }: TranslatedNode,
    canvas: Pick<FlowNode, 'label' | 'position'> = {},
  ): void {
    const leaving = onLeave === undefined ? {} : { onLeave }
    this.#nodes.push({ id, type, ...canvas, config, ...leaving })
    for (const [outcome, target] of Object.entries(targets)) this.#connect(id, type, outcome, target)
  }

  /**
   * The graph without what nothing leads to here, without circles that never wait, and with a way to an end from
   * everywhere: where there was none, `signal` leads to one. `declared` are flow outcomes that only this format has.
   */
  finish(signal: string, declared: readonly FlowOutcome[] = []): FinishedGraph {
    const known = new Map([...Object.values(FLOW_OUTCOMES), ...declared].map((each) => [each.code, each]))
    const id = this.#ends.get('incomplete') ?? this.#names.freshNode('end_incomplete')
    const { nodes, connectors } = leadToEnd(
      breakCircles(this.#withoutStrays(), this.#names, this.#loss),
      { id, type: 'end@1', config: { outcome: 'incomplete' } },
      signal,
      this.#loss,
    )
    const ended = new Set(nodes.filter(({ type }) => type === 'end@1').map(({ config }) => config.outcome))
    return { nodes, connectors, outcomes: [...ended].map((code) => known.get(code as string)!) }
  }

  /** What led to a step may have no counterpart here; alone it would be an error that keeps the flow from running. */
  #withoutStrays() {
    const { strays, ...graph } = dropStrays(this.#nodes, this.#connectors)
    for (const { id } of strays) {
      const where = this.#steps.get(id)
      const message = `Nothing leads to this ${this.#noun} here; it is left out`
      if (where !== undefined)
        this.#loss.push({ severity: 'warning', code: 'import.unreachable', where, message })
    }
    return graph
  }

  #connect(node: string, type: string, outcome: string, target: Target): void {
    const to =
      this.#nodeAt(target) ?? (target === undefined ? this.#endOf(endKind(type, outcome)) : undefined)
    if (to === undefined)
      this.#loss.push({
        severity: 'error',
        code: 'import.noTarget',
        where: `${node}.${outcome}`,
        message: `The transition leads to ${String(target)}, which does not exist`,
      })
    this.#connectors.push({
      id: `${node}:${outcome}`,
      from: { node, outcome },
      ...(to === undefined ? {} : { to }),
    })
  }

  #nodeAt(target: Target): string | undefined {
    if (typeof target === 'object') return 'end' in target ? this.#endOf(target.end) : target.node
    return target === undefined ? undefined : this.#names.nodeOf(target)
  }

  /** The end that stands for all places where the flow ends with one flow outcome and no step says so. */
  #endOf(kind: string): string {
    const known = this.#ends.get(kind)
    if (known !== undefined) return known
    const id = this.#names.freshNode(`end_${kind}`)
    this.#ends.set(kind, id)
    this.#nodes.push({ id, type: 'end@1', config: { outcome: kind } })
    return id
  }
}

/** The name of a step as a label, where its node is called otherwise. */
export function labelFor(id: string | undefined, name: string): Pick<FlowNode, 'label'> {
  return id === name ? {} : { label: name.slice(0, 256) }
}

/** An id for a flow, made of its name. */
export function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 128) || 'imported-flow'
  )
}
