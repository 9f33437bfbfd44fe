import { SluiceError } from '../../base/sluice-error.ts'
import type { CommandOf } from '../command.ts'
import type { ReleasePlan } from './release-plan.ts'

/**
 * The command that confirms a plan: it releases, or rolls back, what the plan says with the answers that it holds. A
 * comment can be added at last; any other answer is that of another plan.
 *
 * @example
 * const plan = await workspace.plan({ flow: 'support', version: 'v1', slot: 'official' }, { by: 'ada' })
 * if (plan.ok) await workspace.execute(confirmPlan(plan, { comment: 'Opening hours' }), { by: 'ada' })
 * @throws SluiceError `plan.none` for a promise of a plan, or a refusal.
 */
export function confirmPlan(
  plan: ReleasePlan,
  { comment = plan.answers?.comment }: { readonly comment?: string | undefined } = {},
): CommandOf<'release' | 'rollBack'> {
  if (plan.ok !== true) {
    throw new SluiceError({
      code: 'plan.none',
      problem: 'What is to be confirmed is no plan',
      next: 'Wait for the plan, and confirm it where ok is true',
    })
  }
  const { kind, flow, version, slot, answers, hash } = plan
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
