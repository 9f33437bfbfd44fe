import type { NamedSentence } from './named-sentences.ts'
import { type SeedPage, sentenceId } from './sentences.ts'

/** Sentences that no step names, and why. */
export interface Unnamed {
  readonly reason: string
  /** One sentence, `001.42`, or several in a row, `001.42-45`. */
  readonly sentences: readonly string[]
}

/** How the sentences of one page are accounted for. */
export interface PageReport {
  readonly page: string
  readonly sentences: number
  /** How many steps name. */
  readonly named: number
  /** How many are marked, by reason. */
  readonly marked: ReadonlyMap<string, number>
  /** Those that are neither named nor marked. */
  readonly open: readonly string[]
}

export interface SeedReport {
  readonly pages: readonly PageReport[]
  /** One line for each way in which pages, steps and marks disagree; empty where all is accounted for. */
  readonly problems: readonly string[]
}

/** Holds the sentences of the pages against the steps that name them and the list of those that need none. */
export function checkSeeds(
  pages: readonly SeedPage[],
  named: readonly NamedSentence[],
  unnamed: readonly Unnamed[],
): SeedReport {
  const known = new Set(pages.flatMap(idsOf))
  const steps = new Map(named.map((each) => [each.sentence, each]))
  const marks = new Map<string, string>()
  const problems = named
    .filter(({ sentence }) => !known.has(sentence))
    .map(({ sentence, file, line }) => `${file}:${line} names ${sentence}, which does not exist`)
  for (const { reason, sentences } of unnamed) {
    for (const sentence of sentences.flatMap(inARow)) {
      const step = steps.get(sentence)
      if (!known.has(sentence)) problems.push(`${sentence} is marked as ${reason} and does not exist`)
      if (marks.has(sentence))
        problems.push(`${sentence} is marked twice, as ${marks.get(sentence)} and ${reason}`)
      if (step !== undefined) {
        problems.push(`${sentence} is marked as ${reason}, and ${step.file}:${step.line} names it`)
      }
      marks.set(sentence, reason)
    }
  }
  const reports = pages.map((page) => reportOf(page, steps, marks))
  for (const id of reports.flatMap(({ open }) => open))
    problems.push(`${id} is neither named by a step nor marked`)
  return { pages: reports, problems }
}

function reportOf(
  page: SeedPage,
  steps: ReadonlyMap<string, NamedSentence>,
  marks: ReadonlyMap<string, string>,
): PageReport {
  const ids = idsOf(page)
  const marked = new Map<string, number>()
  for (const id of ids) {
    const reason = marks.get(id)
    if (reason !== undefined) marked.set(reason, (marked.get(reason) ?? 0) + 1)
  }
  return {
    page: page.page,
    sentences: ids.length,
    named: ids.filter((id) => steps.has(id)).length,
    marked,
    open: ids.filter((id) => !steps.has(id) && !marks.has(id)),
  }
}

function idsOf({ page, sentences }: SeedPage): readonly string[] {
  return sentences.map((_, index) => sentenceId(page, index + 1))
}

/** `001.42-45` gives four sentences; anything else stands for itself. */
function inARow(entry: string): readonly string[] {
  const [, page, first, last] = /^(\d+)\.(\d+)-(\d+)$/.exec(entry) ?? []
  if (page === undefined) return [entry]
  const from = Number(first)
  const count = Number(last) - from + 1
  // A row that runs backwards would mark nothing.
  if (count < 2) throw new Error(`${entry} is no row of sentences`)
  return Array.from({ length: count }, (_, index) => sentenceId(page, from + index))
}
