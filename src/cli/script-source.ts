import { SluiceError } from '../base/sluice-error.ts'
import type { SessionEvent } from '../nodes/events.ts'
import { type EffectResult, resultEvent } from '../testing/effect-mocks.ts'
import type { VirtualClock } from '../testing/virtual-clock.ts'
import type { EventSource, Turn } from './drive-session.ts'
import type { ScriptEvent } from './script.ts'

/** Events of a script or lines of a pipe, with how many are left where that is known. */
export interface ScriptSource extends EventSource {
  /** Events that nobody asked for. */
  left(): number
}

/**
 * Plays events in virtual time: only `timeout` moves the clock. Throws `SluiceError` for an event that the session
 * cannot take, since whatever follows it would mean something else than its author thought.
 */
export function scriptSource(
  events: readonly ScriptEvent[],
  name: string,
  clock: VirtualClock,
): ScriptSource {
  let taken = 0
  const where = () => `Event ${taken} of ${name}`
  return {
    async next(turn) {
      if (taken >= events.length) return undefined
      return toSessionEvent(events[taken++]!, turn, where(), clock)
    },
    refused(_event, { code, message }) {
      throw fault(
        'script.refused',
        `${where()} was refused: ${message.replace(/\.$/, '')} (${code})`,
        'Correct the script at that place',
      )
    },
    left: () => events.length - taken,
  }
}

/** Plays lines as they come: each is whatever the open wait accepts. */
export function lineSource(lines: AsyncIterable<string>, clock: VirtualClock): ScriptSource {
  const iterator = lines[Symbol.asyncIterator]()
  let taken = 0
  return {
    async next(turn) {
      const { done, value } = await iterator.next()
      if (done === true) return undefined
      taken++
      return toSessionEvent(value, turn, `Line ${taken} of standard input`, clock)
    },
    refused(_event, { code, message }) {
      throw fault(
        'script.refused',
        `Line ${taken} of standard input was refused: ${message.replace(/\.$/, '')} (${code})`,
        'Correct the input at that line',
      )
    },
    left: () => 0,
  }
}

function toSessionEvent(event: ScriptEvent, turn: Turn, where: string, clock: VirtualClock): SessionEvent {
  if (typeof event === 'string') return answerOf(event, turn)
  const { wait, effect } = turn
  switch (event.type) {
    case 'timeout': {
      if (wait.dueAt === undefined) {
        throw fault(
          'script.noDeadline',
          `${where} is a timeout, and ${turn.node.id} waits without a deadline`,
          'Give the node a timeout, or take the event out',
        )
      }
      clock.advanceTo(wait.dueAt)
      return { type: 'timer', waitId: wait.id }
    }
    case 'result':
      if (!wait.for.includes('result')) {
        throw fault(
          'script.notAwaited',
          `${where} is a result, and ${turn.node.id} waits for ${wait.for.join(', ') || 'its deadline'}${effect === undefined ? '' : ` of ${effect.type}`}`,
          'Give what the node waits for; a result that --mock answers needs no event',
        )
      }
      return resultEvent(wait.id, event as EffectResult)
    case 'button':
      return { type: 'button', waitId: wait.id, value: event.value }
    default:
      return event as SessionEvent
  }
}

/** What a bare text means to the wait that is open. */
export function answerOf(text: string, { wait }: Pick<Turn, 'wait'>): SessionEvent {
  if (wait.for.includes('text')) return { type: 'text', text }
  if (wait.for.includes('digits')) return { type: 'digits', digits: text }
  if (wait.for.includes('button')) return { type: 'button', waitId: wait.id, value: text }
  if (wait.for.includes('result')) return resultEvent(wait.id, { status: 200, body: text })
  if (wait.for.includes(`event:${text}`)) return { type: 'event', name: text }
  const event = wait.for.find((each) => each.startsWith('event:'))
  if (event !== undefined) return { type: 'event', name: event.slice('event:'.length), data: { text } }
  return { type: 'text', text }
}

function fault(code: string, problem: string, next: string): SluiceError {
  return new SluiceError({ code, problem, next })
}
