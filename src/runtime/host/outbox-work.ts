import type { Effect, EffectAnswer } from '../../nodes/effects.ts'

/** One effect on its way. */
export interface Item {
  readonly effect: Effect
  tries: number
  /** Not to be tried before, in milliseconds since 1970; 0 for at once. */
  at: number
  /** When the try that is under way began, in milliseconds since 1970. */
  begunAt?: number
  /** What came of it, where the session could not be told yet. */
  answer?: EffectAnswer
}

/** The text of an entry of the outbox. */
interface Work {
  readonly effects: readonly Effect[]
  /** The rest by effect; nothing of it where nobody has tried yet. */
  readonly tries?: readonly number[]
  readonly at?: readonly number[]
  readonly answers?: readonly (EffectAnswer | null)[]
}

/** The text of an entry for effects that nobody has tried yet. */
export function workOf(effects: readonly Effect[]): string {
  return JSON.stringify({ effects } satisfies Work)
}

/** As `workOf`, of effects that are texts already. */
export function workText(effects: readonly string[]): string {
  return `{"effects":[${effects.join(',')}]}`
}

/** The text of an entry for what is to be tried again. */
export function textOf(items: readonly Item[]): string {
  const work: Work = {
    effects: items.map(({ effect }) => effect),
    tries: items.map(({ tries }) => tries),
    at: items.map(({ at }) => at),
    ...(items.some(({ answer }) => answer !== undefined)
      ? { answers: items.map(({ answer }) => answer ?? null) }
      : {}),
  }
  return JSON.stringify(work)
}

export function freshItems(effects: readonly Effect[]): Item[] {
  return effects.map((effect) => ({ effect, tries: 0, at: 0 }))
}

export function readItems(text: string): Item[] {
  const { effects, tries, at, answers } = JSON.parse(text) as Work
  return effects.map((effect, index) => {
    const item: Item = { effect, tries: tries?.[index] ?? 0, at: at?.[index] ?? 0 }
    const answer = answers?.[index]
    return answer == null ? item : { ...item, answer }
  })
}
