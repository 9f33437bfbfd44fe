import { SluiceError } from '../base/sluice-error.ts'
import type { Value } from './fault.ts'
import type { Meter } from './meter.ts'
import type { Tree } from './tree.ts'
import type { Environment, RegexEngine } from './types.ts'

/** A linked part of a tree. Never throws; a fault comes back as a value. */
export type Run = (env: Environment) => Value

/** What linking one tree shares among its parts. */
export interface LinkContext {
  readonly meter: Meter
  readonly regex: RegexEngine | undefined
  /** Where the macros put their loop variables. Evaluations never overlap, so that one place for each will do. */
  readonly slots: { value: Value }[]
  /** Becomes true where some part spends from the meter, so that it has to be refilled. */
  spends: boolean
}

/** The place of the n-th loop variable. */
export function slotOf(cx: LinkContext, n: number): { value: Value } {
  const slot = cx.slots[n] ?? { value: null }
  cx.slots[n] = slot
  return slot
}

/** Links a part; passed along, so that the files of the linker need not import each other in circles. */
export type Link = (tree: Tree, cx: LinkContext) => Run

/** The operators, calls and names in a tree, which is what evaluating it costs at most, loops and texts apart. */
export function weigh(tree: Tree): number {
  if (typeof tree !== 'object' || tree === null) return 0
  let weight = 1
  for (let i = 1; i < tree.length; i++) weight += weigh(tree[i] as Tree)
  return weight
}

export function unknownTree(operator: unknown): SluiceError {
  return new SluiceError({
    code: 'expression.unknownTree',
    problem: `A checked expression holds ${JSON.stringify(operator) ?? 'nothing'}, which this version cannot link`,
    next: 'Prepare the flow again from its document, or use the version of sluice that prepared it',
  })
}
