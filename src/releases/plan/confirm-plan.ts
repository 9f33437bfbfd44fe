import type { CommandOf } from '../command.ts'
import type { ReleasePlan } from './release-plan.ts'

/**
 * The command that confirms a plan: it releases, or rolls back, what the plan says with the answers that it holds. A
 * comment can be added at last; any other answer is that of another plan.
 *
 * @example
 * const plan = await workspace.plan({ flow: 'support', version: 'v1', slot: 'official' }, { by: 'ada' })
 * if (plan.ok) await workspace.execute(confirmPlan(plan, { comment: 'Opening hours' }), { by: 'ada' })
 */
export function confirmPlan(
  { kind, flow, version, slot, answers, hash }: ReleasePlan,
  { comment = answers.comment }: { readonly comment?: string | undefined } = {},
): CommandOf<'release' | 'rollBack'> {
  return {
    type: kind === 'rollback' ? 'rollBack' : 'release',
    flow,
    version,
    slot,
    ...answers,
    ...(comment === undefined ? {} : { comment }),
    plan: hash,
  }
}
