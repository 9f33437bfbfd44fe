import type { ContactLedger } from './messages.ts'
import { storyOf, withoutNumber } from './stories.ts'

/** Something that must not be. */
export interface Finding {
  readonly code: /** Somebody was told something else than in the undisturbed run, less, more, or in another order. */
    | 'transcript.differs'
    /** The sessions of somebody went another way, ended in another way, are missing, or are too many. */
    | 'sessions.differ'
    /** Nothing moves any more, and a story is not at its end. */
    | 'session.stuck'
    /** What came in was refused. */
    | 'input.refused'
    /** It had been acknowledged, and was taken in once more. */
    | 'input.again'
    /** It went to another session than what came before it. */
    | 'input.strayed'
    /** Two different effects bear one key. */
    | 'key.reused'
    /** The receiver has done an effect twice. */
    | 'effect.twice'
    /** The host has told of an error. */
    | 'host.failed'
    /** The process has ended by itself. */
    | 'process.crashed'
    /** The file is damaged. */
    | 'file.damaged'
    /** A place was not come to as often as it has to be. */
    | 'place.rare'
  /** The story and its number. */
  readonly story?: string
  readonly problem: string
  readonly expected?: unknown
  readonly actual?: unknown
}

/** What an undisturbed run comes to, for everybody who plays the same story. */
export interface Outcome {
  readonly transcript: readonly string[]
  readonly visits: number
  readonly sessions: readonly Omit<ContactLedger['sessions'][number], 'session'>[]
}

/** What was told and stored of one story, in terms that hold for everybody who plays it. */
export function outcomeOf(
  number: number,
  transcript: readonly string[],
  ledger: ContactLedger | undefined,
): Outcome {
  return {
    transcript: transcript.map((line) => withoutNumber(line, number)),
    visits: ledger?.visits ?? 0,
    sessions: (ledger?.sessions ?? []).map(({ session: _session, ...rest }) => rest),
  }
}

export function nameOf(number: number): string {
  return `${storyOf(number).name}, number ${number}`
}

/** How what was said and done differs from the undisturbed run of the same story. */
export function compareTranscripts(number: number, expected: Outcome, actual: Outcome): Finding[] {
  if (isSame(expected.transcript, actual.transcript)) return []
  return [
    {
      code: 'transcript.differs',
      story: nameOf(number),
      problem: 'What was said and done is not what an undisturbed run comes to',
      expected: expected.transcript,
      actual: actual.transcript,
    },
  ]
}

/** The same of all that is told and stored of it. */
export function compare(number: number, expected: Outcome, actual: Outcome): Finding[] {
  const findings = compareTranscripts(number, expected, actual)
  const { transcript: _expected, ...kept } = expected
  const { transcript: _actual, ...found } = actual
  if (isSame(kept, found)) return findings
  const problem = 'What is stored of the sessions is not what an undisturbed run comes to'
  return [
    ...findings,
    { code: 'sessions.differ', story: nameOf(number), problem, expected: kept, actual: found },
  ]
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A finding as lines for a terminal. */
export function printFinding({ code, story, problem, expected, actual }: Finding): string {
  const lines = [`${code}: ${story === undefined ? '' : `${story}: `}${problem}`]
  if (expected !== undefined) lines.push(`  expected ${JSON.stringify(expected, undefined, 2)}`)
  if (actual !== undefined) lines.push(`  actual ${JSON.stringify(actual, undefined, 2)}`)
  return lines.join('\n')
}
