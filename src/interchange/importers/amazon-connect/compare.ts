import { lose } from '../shared/report.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { type ActionContext, errorOf, nextOf } from './action.ts'
import { branchOn } from './branch.ts'
import type { ConnectAction } from './connect-flow.ts'

/** Goes on by the first condition that holds. */
export function compare(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties, conditions } = action
  const value = textOf(properties.ComparisonValue) ?? ''
  const otherwise = errorOf(action, 'NoMatchingCondition', 'NoMatchingError') ?? nextOf(action)
  if (value === '')
    context.loss.push({
      severity: 'error',
      code: 'import.missing',
      where: name,
      message: 'The action names nothing to compare; it compares with an empty text',
    })
  const left = context.texts.text(value, name)
  if (conditions.length > 0) return branchOn(left, action, otherwise, context)
  lose(context.loss, name, 'Nothing is compared with; a rule that never holds stands in its place')
  const config = { rules: [{ outcome: 'match', condition: 'false' }], default: 'else' }
  return { type: 'branch@1', config, targets: { match: otherwise, else: otherwise } }
}
