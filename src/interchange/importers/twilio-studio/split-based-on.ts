import type { Source } from '../../../document/flow-document.ts'
import { translateConditions } from './conditions.ts'
import { type StudioState, textOf } from './studio-flow.ts'
import { lose, next, type Target, type TranslatedWidget, type WidgetContext } from './widget.ts'

/** A branch with one rule for each match, in the order in which Studio tries them. */
export function splitBasedOn(
  { name, properties, transitions, ...state }: StudioState,
  { texts, loss }: WidgetContext,
): TranslatedWidget {
  const input = textOf(properties.input) ?? ''
  const rules: { outcome: string; condition: Source }[] = []
  const noMatch = next({ ...state, transitions }, 'noMatch')
  const targets = new Map<string, Target>([['noMatch', noMatch]])
  for (const transition of transitions.filter(({ event }) => event === 'match')) {
    const condition = translateConditions(transition.conditions, input, name, texts, loss) ?? 'false'
    const wish =
      (transition.conditions[0]?.friendly_name ?? '').trim().slice(0, 56) || `match${rules.length + 1}`
    const outcome = freshOutcome(wish.startsWith('on:') ? `match ${wish}` : wish, targets)
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

function freshOutcome(wish: string, taken: ReadonlyMap<string, unknown>): string {
  let outcome = wish
  for (let n = 2; taken.has(outcome); n++) outcome = `${wish} ${n}`
  return outcome
}
