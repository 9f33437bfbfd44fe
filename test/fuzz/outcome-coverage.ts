import type { Program, TraceEntry } from '../../src/index.ts'
import type { ProgramNode } from '../../src/interpreter/index.ts'

/** How many of the ways out of a node type were taken. */
export interface TypeCoverage {
  readonly type: string
  readonly total: number
  readonly taken: number
  readonly missed: readonly string[]
}

/** Counts the outcomes of node types, over any number of programs and runs. Implicit outcomes are left out. */
export class OutcomeCoverage {
  readonly #counts = new Map<string, Map<string, number>>()

  add(program: Program, entries: readonly TraceEntry[]): void {
    const flows = new Map<string, Program>()
    for (const each of program.programs.values()) {
      flows.set(each.flow, each)
      for (const node of each.nodes) {
        node.outcomes.forEach((outcome, index) => {
          if (node.targets[index]! >= 0) this.#count(node, outcome, 0)
        })
        if (goesNoFurther(node)) this.#count(node, 'end', 0)
      }
    }
    for (const entry of entries) {
      if (entry.type !== 'leave' && entry.type !== 'enter') continue
      const node = flows.get(entry.flow)!.nodesById.get(entry.node)!
      if (entry.type === 'leave') this.#count(node, entry.outcome, 1)
      else if (goesNoFurther(node)) this.#count(node, 'end', 1)
    }
  }

  byType(): TypeCoverage[] {
    return [...this.#counts]
      .map(([type, counts]) => {
        const missed = [...counts].filter(([, count]) => count === 0).map(([outcome]) => outcome)
        return { type, total: counts.size, taken: counts.size - missed.length, missed }
      })
      .sort((a, b) => (a.type < b.type ? -1 : 1))
  }

  #count(node: ProgramNode, outcome: string, add: number): void {
    if (outcome.startsWith('on:')) return
    const { type } = node.runtime
    const counts = this.#counts.get(type) ?? new Map<string, number>()
    this.#counts.set(type, counts)
    const name = kindOf(type, outcome)
    counts.set(name, (counts.get(name) ?? 0) + add)
  }
}

/** True for what has no outcome but implicit ones: an end, or a jump to another flow. */
function goesNoFurther({ outcomes }: ProgramNode): boolean {
  return outcomes.every((outcome) => outcome.startsWith('on:'))
}

/** Outcomes that the author names count as one: an option, a rule, a flow outcome. */
function kindOf(type: string, outcome: string): string {
  if (type === 'menu' && /^\d$/.test(outcome)) return 'option'
  if (type === 'branch') return outcome.startsWith('rule') ? 'rule' : 'default'
  if (type === 'call-subflow') return outcome === 'done' ? 'done' : 'listed'
  return outcome
}
