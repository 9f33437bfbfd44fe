import type { Source } from '../../../document/flow-document.ts'
import { freshOutcome } from '../shared/fresh-outcome.ts'
import { lose } from '../shared/report.ts'
import { next } from '../shared/step.ts'
import type { Target, TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { translateConditions } from './conditions.ts'
import type { StudioState } from './studio-flow.ts'
import type { WidgetContext } from './widget.ts'

/** A branch with one rule for each match, in the order in which Studio tries them. */
export function splitBasedOn(
  { name, properties, transitions, ...state }: StudioState,
  { texts, loss }: WidgetContext,
): TranslatedStep {
  const input = textOf(properties.input) ?? ''
  const rules: { outcome: string; condition: Source }[] = []
  const noMatch = next({ ...state, transitions }, 'noMatch')
  const targets = new Map<string, Target>([['noMatch', noMatch]])
  for (const transition of transitions.filter(({ event }) => event === 'match')) {
    const condition = translateConditions(transition.conditions, input, name, texts, loss) ?? 'false'
    const wish =
      (transition.conditions[0]?.friendly_name ?? '').trim().slice(0, 56) || `match${rules.length + 1}`
    const outcome = freshOutcome(wish, targets)
    rules.push({ outcome, condition })
    targets.set(outcome, transition.next || undefined)
  }
  if (rules.length === 0) {
    lose(loss, name, 'The split has no conditions; one that never holds stands in their place')
    rules.push({ outcome: 'match', condition: 'false' })
    targets.set('match', noMatch)
  }
  return { type: 'branch@1', config: { rules, default: 'noMatch' }, targets: Object.fromEntries(targets) }
}
