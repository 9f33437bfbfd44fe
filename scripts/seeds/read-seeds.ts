import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type NamedSentence, namedSentences } from './named-sentences.ts'
import { readPage, type SeedPage } from './sentences.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Beside the repository, and no part of it: other people's pages, of which no sentence is to stand in here. */
const PAGES = join(ROOT, '../shared/seeds')
const WALKTHROUGHS = join(ROOT, 'test/walkthroughs')

/** The pages in order; `undefined` where this machine does not have them. */
export function readSeedPages(): readonly SeedPage[] | undefined {
  if (!existsSync(PAGES)) return undefined
  return readdirSync(PAGES)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => readPage(file, readFileSync(join(PAGES, file), 'utf8')))
}

/** The sentences that the walkthroughs name. */
export function readNamedSentences(): readonly NamedSentence[] {
  return readdirSync(WALKTHROUGHS)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => join(WALKTHROUGHS, file))
    .flatMap((path) => namedSentences(`test/walkthroughs/${basename(path)}`, readFileSync(path, 'utf8')))
}
