import { checkJson } from '../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Clock } from '../base/ports.ts'
import { type SessionEvent, SIGNALS } from '../nodes/events.ts'
import { resultEvent } from '../testing/effect-mocks.ts'
import { askResult } from './ask-result.ts'
import type { EventSource, Turn } from './drive-session.ts'
import { plain } from './io.ts'
import { Interrupted, type PromptPlace, type Prompts, type TalkIo } from './prompts.ts'
import { answerOf } from './script-source.ts'
import { spin } from './spinner.ts'

/** What a person types in place of an answer: `/hangup`, `/stop`, `/cancel`, or `/signal NAME`. */
const COMMAND = /^\/(?:signal\s+)?([A-Za-z][\w.-]{0,63})$/

/** The longest delay that `setTimeout` takes; a wait that is longer is waited for in parts. */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Asks the person at the terminal. Deadlines run in real time: when one passes, the prompt goes and the timer
 * event comes. Throws `Interrupted` on Ctrl-C; the terminal is as it was before by then.
 */
export function terminalSource(io: TalkIo, prompts: Prompts, clock: Clock): EventSource {
  return {
    async next(turn) {
      const { wait } = turn
      const late = deadline(wait.dueAt, clock)
      const place: PromptPlace = {
        input: io.stdin,
        output: io.stdout,
        signal: AbortSignal.any([late.signal, io.interrupted]),
      }
      try {
        const event = await ask(turn, prompts, place, io)
        if (event !== undefined) return event
        if (!late.signal.aborted) throw new Interrupted()
        return { type: 'timer', waitId: wait.id }
      } finally {
        late.clear()
      }
    },
    refused: (_event, { code, message }) => prompts.log.warn(`${message} [${code}]`, { output: io.stdout }),
  }
}

/** The person's event; `undefined` where the prompt was cancelled or its time is over. */
async function ask(
  turn: Turn,
  prompts: Prompts,
  place: PromptPlace,
  io: TalkIo,
): Promise<SessionEvent | undefined> {
  const { wait, effect } = turn
  // Where an answer is waited for as well, that is what a person wants to give.
  if (wait.for.includes('result') && !wait.for.includes('text')) {
    const result = await askResult(effect, prompts, place)
    return result === undefined ? undefined : resultEvent(wait.id, result)
  }
  if (wait.for.length === 0) {
    await spin(`${turn.node.id} waits until ${new Date(wait.dueAt!).toISOString()}`, {
      io,
      signal: place.signal,
    })
    return undefined
  }
  const event = wait.for.find((each) => each.startsWith('event:'))
  const onlyEvents = wait.for.every((each) => each.startsWith('event:'))
  const said = await prompts.text({
    message: onlyEvents ? `Raise ${event?.slice(6)}?` : 'You',
    ...hintOf(turn, onlyEvents),
    ...validation(onlyEvents),
    ...place,
  })
  if (prompts.isCancel(said)) return undefined
  const command = COMMAND.exec(said)
  if (command !== null) return { type: 'signal', name: command[1]! }
  if (!onlyEvents) return answerOf(said ?? '', turn)
  return { type: 'event', name: event!.slice(6), data: said ? parseData(said)! : {} }
}

function validation(onlyEvents: boolean) {
  if (!onlyEvents) return {}
  return {
    validate: (typed: string | undefined) =>
      !typed || COMMAND.test(typed) || parseData(typed) !== undefined
        ? undefined
        : 'Type a JSON object, or nothing',
  }
}

/** What the node offers, as the grey text of an empty prompt. */
function hintOf({ node }: Turn, onlyEvents: boolean): { placeholder?: string } {
  if (onlyEvents) return { placeholder: 'data as a JSON object, or nothing' }
  const { options } = node.config as { options?: unknown }
  if (!Array.isArray(options)) return { placeholder: `or ${SIGNALS.map((name) => `/${name}`).join(', ')}` }
  const shown = options.slice(0, 12).map(({ value, label }: { value?: unknown; label?: unknown }) => {
    return typeof label === 'string' ? `${value} ${label}` : String(value)
  })
  return { placeholder: plain(shown.join(' · ')) }
}

function parseData(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text)
    return isJsonObject(value) && checkJson(value) === undefined ? value : undefined
  } catch {
    return undefined
  }
}

/** Aborts when an instant has come; without one, never. */
function deadline(dueAt: number | undefined, clock: Clock): { readonly signal: AbortSignal; clear(): void } {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const arm = () => {
    const left = (dueAt ?? Number.POSITIVE_INFINITY) - clock.now()
    if (left <= 0) controller.abort()
    else if (Number.isFinite(left)) timer = setTimeout(arm, Math.min(left, MAX_TIMER_MS))
  }
  arm()
  return { signal: controller.signal, clear: () => clearTimeout(timer) }
}
