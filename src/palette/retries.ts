import type { JsonObject } from '../base/json.ts'
import {
  f,
  type Holds,
  type NodeContext,
  type Prompt,
  type Reaction,
  type WaitFor,
  type When,
  wait,
} from '../nodes/index.ts'

/**
 * What nodes that ask have in common: how often they ask again, with which words, and how failures are led out.
 *
 * With `retries: 2` a node asks twice more by itself before it gives up by the outcome of the last failure
 * (`noMatch`, `invalid` or `timeout`). With `countFailures` it leaves at each failure instead, by `timeout1`,
 * `noMatch2` and so on, and by `strikeOut` when the retries are used up; the count lives in the run, so a flow can
 * say its own words and come back. A success sets it to zero.
 */
export const retryFields = {
  retries: f.number({
    label: 'Ask again',
    help: 'How often, after a failure.',
    min: 0,
    max: 9,
    integer: true,
    default: 0,
  }),
  countFailures: f.boolean({
    label: 'An outcome for each failure',
    help: 'Leave at each failure by an outcome of its own, in place of asking again by itself.',
    default: false,
  }),
  timeout: f.duration({ label: 'Answer within', help: 'Waits without end unless given.', optional: true }),
  retryPrompt: f.prompt({
    label: 'Words for asking again',
    help: 'The first words unless given.',
    optional: true,
  }),
  timeoutPrompt: f.prompt({
    label: 'Words after no answer',
    help: 'Those for asking again unless given.',
    optional: true,
  }),
}

/** The config that a node with `retryFields` sees. */
export interface RetryConfig {
  readonly prompt: Prompt
  readonly retries: number
  readonly countFailures: boolean
  readonly timeout: number | undefined
  readonly retryPrompt: Prompt | undefined
  readonly timeoutPrompt: Prompt | undefined
}

/** Kept while the node waits: how often it has asked again, and until when it waits, where it needs to know. */
export type RetryState = { readonly asked?: number; readonly until?: number } | undefined

/** The outcomes that failures of the given kinds are led out by. */
export function failureOutcomes(config: JsonObject, kinds: readonly string[]): readonly string[] {
  if (config.countFailures !== true || kinds.length === 0) return kinds
  const retries =
    typeof config.retries === 'number' ? Math.min(Math.max(Math.trunc(config.retries), 0), 9) : 0
  const counted = Array.from({ length: retries }, (_, index) => kinds.map((kind) => `${kind}${index + 1}`))
  return [...counted.flat(), 'strikeOut']
}

/** As `failureOutcomes`, for the compiler. */
export type FailureOutcomes<Config, Kinds extends readonly string[]> = Kinds extends readonly []
  ? []
  : When<
      Holds<Config, 'countFailures', true>,
      [...CountedOutcomes<Kinds, RetryNumbers<Config>>, 'strikeOut'],
      Kinds
    >

/** `noMatch1`, `timeout1`, `noMatch2` and so on; any text where the number of retries is not written down. */
type CountedOutcomes<
  Kinds extends readonly string[],
  Numbers extends readonly string[],
> = Numbers extends readonly [infer First extends string, ...infer Rest extends readonly string[]]
  ? [...Numbered<Kinds, First>, ...CountedOutcomes<Kinds, Rest>]
  : Numbers

type Numbered<Kinds extends readonly string[], Count extends string> = {
  [Index in keyof Kinds]: `${Kinds[Index]}${Count}`
}

type RetryNumbers<Config> = Config extends { readonly retries: infer Retries }
  ? Retries extends keyof UpTo
    ? UpTo[Retries]
    : string[]
  : []

interface UpTo {
  0: []
  1: ['1']
  2: ['1', '2']
  3: ['1', '2', '3']
  4: ['1', '2', '3', '4']
  5: ['1', '2', '3', '4', '5']
  6: ['1', '2', '3', '4', '5', '6']
  7: ['1', '2', '3', '4', '5', '6', '7']
  8: ['1', '2', '3', '4', '5', '6', '7', '8']
  9: ['1', '2', '3', '4', '5', '6', '7', '8', '9']
}

/** Says the prompt and waits for an answer; where the wait is for a result too, for that of the message. */
export function ask(
  context: NodeContext<RetryConfig>,
  waitFor: readonly WaitFor[],
  prompt: Prompt = context.config.prompt,
  extra: JsonObject | undefined = undefined,
): Reaction {
  const { timeout } = context.config
  const message = context.message(prompt, extra)
  const then = wait({ for: waitFor, timeoutMs: timeout })
  if (!waitFor.includes('result')) return { effects: [message], then }
  return {
    effects: [{ ...message, awaited: true }],
    state: timeout === undefined ? undefined : { until: context.now + timeout },
    then,
  }
}

/** Goes on after a failure of the given kind: asks again, or leaves. */
export function fail(
  context: NodeContext<RetryConfig>,
  kind: string,
  state: RetryState,
  waitFor: readonly WaitFor[],
  extra?: JsonObject,
): Reaction | string {
  const { config } = context
  if (config.countFailures) {
    const failures = context.count + 1
    return failures > config.retries
      ? { count: 0, then: 'strikeOut' }
      : { count: failures, then: `${kind}${failures}` }
  }
  const asked = state?.asked ?? 0
  if (asked >= config.retries) return kind
  const again = config.retryPrompt ?? config.prompt
  const prompt = kind === 'timeout' ? (config.timeoutPrompt ?? again) : again
  const reaction = ask(context, waitFor, prompt, extra)
  return { ...reaction, state: { ...(reaction.state as RetryState), asked: asked + 1 } }
}

/** Leaves by the outcome of a success; forgets the failures counted so far. */
export function succeed(context: NodeContext<RetryConfig>, reaction: Reaction): Reaction {
  return context.count === 0 ? reaction : { ...reaction, count: 0 }
}
