/** A page of the product's rules, cut into sentences. */
export interface SeedPage {
  /** The digits that its file begins with. */
  readonly page: string
  /** By number, counted from 1: `sentences[41]` is sentence 42. */
  readonly sentences: readonly string[]
}

/** `001.42` */
export function sentenceId(page: string, number: number): string {
  return `${page}.${number}`
}

/** The page that lies in a file. */
export function readPage(file: string, text: string): SeedPage {
  return { page: /^\d+/.exec(file)?.[0] ?? file, sentences: sentencesOf(text) }
}

/**
 * The sentences of a page in order: those of each line that says anything, marks of lists left out. Headings and what a
 * web page has around it count as well, so that numbers depend on the text alone.
 */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(LIST_MARK, ''))
    .filter((line) => LETTER.test(line))
    .flatMap((line) => line.split(BETWEEN_SENTENCES))
}

/** A bullet, or a number with a point or bracket. */
const LIST_MARK = /^(?:[•*–-]|\d+[.)])\s+/

/** Lines without any are pictures, widths of pictures, rules. */
const LETTER = /\p{L}/u

/**
 * After a full stop, before a capital. Not after a lone letter, which counts within a sentence as in `a. First`, and not
 * after an abbreviation that stands before nouns.
 */
const BETWEEN_SENTENCES = /(?<=[.!?])(?<!(?:^|[\s(])(?:\p{L}|vs|e\.g|i\.e)\.)\s+(?=["'“‘(]?\p{Lu})/u
