import { lose } from '../shared/report.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { durationOf, textOf } from '../shared/values.ts'
import { type ActionContext, nextOf } from './action.ts'
import type { ConnectAction } from './connect-flow.ts'
import { hostEffect } from './effects.ts'
import { isDynamic } from './paths.ts'

/** Where the case leads that a result is the name of. */
function caseOf({ conditions }: ConnectAction, result: string): string | undefined {
  return conditions.find(({ operator, operands }) => operator === 'Equals' && operands[0] === result)?.next
}

/** Waits for a time, or for an event and at most so long. Several events, and times filled in later, are for the host. */
export function wait(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { properties } = action
  // The console writes the one, the guide to the flow language the other.
  const duration = durationOf(properties.TimeLimitSeconds ?? properties.TimeoutSeconds)
  const events = Array.isArray(properties.Events) ? properties.Events.map(String) : []
  const [event, another] = events
  if (duration === undefined || another !== undefined) return hostEffect(action, context)
  const done = caseOf(action, 'WaitCompleted') ?? nextOf(action)
  if (event === undefined) return { type: 'delay@1', config: { duration }, targets: { done } }
  return {
    type: 'wait-for-event@1',
    config: { event: event.slice(0, 128), timeout: duration },
    targets: { received: caseOf(action, event) ?? nextOf(action), timeout: done },
  }
}

/** Goes round so many times. */
export function loop(action: ConnectAction, { texts, loss }: ActionContext): TranslatedStep {
  const { name, properties } = action
  const given = textOf(properties.LoopCount) ?? ''
  const count = Number(given)
  if (!isDynamic(given) && (given.trim() === '' || !Number.isFinite(count)))
    lose(loss, `${name}.LoopCount`, 'There is no number of rounds; it goes round no time')
  const times = isDynamic(given)
    ? `min(max(number(${texts.text(given, name)}, 0), 0), 100)`
    : String(Math.min(Math.max(Math.trunc(count) || 0, 0), 100))
  return {
    type: 'loop@1',
    config: { times },
    targets: {
      each: caseOf(action, 'ContinueLooping'),
      done: caseOf(action, 'DoneLooping') ?? nextOf(action),
    },
  }
}
