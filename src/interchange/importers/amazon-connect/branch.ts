import { freshOutcome } from '../shared/fresh-outcome.ts'
import type { Target, TranslatedNode } from '../shared/translated.ts'
import type { ActionContext } from './action.ts'
import { celCondition } from './conditions.ts'
import type { ConnectAction, ConnectCondition } from './connect-flow.ts'

/** More rules than this no branch has. */
const MAX_RULES = 200

/** A branch with one rule for each condition, in their order, about an expression whose value is a text. */
export function branchOn(
  left: string,
  { name, conditions }: Pick<ConnectAction, 'name' | 'conditions'>,
  otherwise: string | undefined,
  { texts, loss }: Pick<ActionContext, 'texts' | 'loss'>,
): TranslatedNode {
  const targets = new Map<string, Target>([['else', otherwise]])
  const rules = conditions.slice(0, MAX_RULES).map((condition) => {
    const outcome = freshOutcome(wishFor(condition), targets)
    targets.set(outcome, condition.next)
    return { outcome, condition: celCondition(condition, left, `${name}.${condition.event}`, texts, loss) }
  })
  return { type: 'branch@1', config: { rules, default: 'else' }, targets: Object.fromEntries(targets) }
}

/** The value alone for what is equal to it, the operator as well for anything else. */
function wishFor({ operator, operands, event }: ConnectCondition): string {
  const wish = operator === 'Equals' ? (operands[0] ?? '') : event
  return wish.trim().slice(0, 56) || 'empty'
}
