import { ANSWER_GATES } from './answer-gates.ts'
import type { Obstacle } from './obstacles.ts'
import type { ReleaseCase } from './release-case.ts'
import type { GateResult } from './release-plan.ts'
import { VERSION_GATES } from './version-gates.ts'
import { WORKSPACE_GATES } from './workspace-gates.ts'

/** How a condition of release is judged: nothing where it is passed. */
export interface Gate {
  readonly name: string
  readonly checks: string
  judge(release: ReleaseCase): Obstacle | Override | undefined
}

/** Passed all the same, for a reason that is recorded. */
export interface Override {
  readonly overridden: string
}

const ALL = [...VERSION_GATES, ...WORKSPACE_GATES, ...ANSWER_GATES] as const satisfies readonly Gate[]

export type GateName = (typeof ALL)[number]['name']

/** Every condition of release, in the order in which people read them. */
export const GATES: readonly { readonly name: GateName; readonly checks: string }[] = ALL

/** All gates, judged. */
export function judgeGates(release: ReleaseCase): readonly GateResult[] {
  return ALL.map((gate) => {
    const { name, checks } = gate
    const found: Obstacle | Override | undefined = gate.judge(release)
    if (found === undefined) return { gate: name, checks, passed: true }
    if ('overridden' in found) return { gate: name, checks, passed: true, ...found }
    return { gate: name, checks, passed: false, ...found }
  })
}
