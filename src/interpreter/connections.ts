import { implicitOutcome } from '../nodes/events.ts'
import type { ProgramNode } from './program.ts'

const ON_ERROR = implicitOutcome('error')

/** True where the flow leads the outcome somewhere. */
export function isConnected(node: ProgramNode, outcome: string): boolean {
  const index = node.outcomes.indexOf(outcome)
  return index >= 0 && node.targets[index]! >= 0
}

/** The index of the outcome, or where it leads nowhere, of the node type's default for it, and so on. */
export function findConnected(
  { outcomes, targets, runtime }: ProgramNode,
  outcome: string,
): number | undefined {
  let index = outcomes.indexOf(outcome)
  for (let tries = 0; index < 0 || targets[index]! < 0; tries++) {
    const instead = runtime.defaults?.[index < 0 ? outcome : outcomes[index]!]
    if (instead === undefined || tries > outcomes.length) return undefined
    index = outcomes.indexOf(instead)
    if (index < 0) return undefined
  }
  return index
}

/** The connected outcome that an error in the node is led to: the flow's own, else the node type's default. */
export function errorOutcome(node: ProgramNode): string | undefined {
  const index = findConnected(node, ON_ERROR)
  return index === undefined ? undefined : node.outcomes[index]
}
