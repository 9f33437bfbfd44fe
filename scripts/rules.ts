import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkRules, parseRules, quotedRules, type TestQuote } from './rules/check-rules.ts'

/*
 * `npm run rules`: holds docs/behaviours.md and the tests together. Exit code 1 where they disagree.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGE = 'docs/behaviours.md'

/** Tests of the tools prove no rule; those of `npm run rules` itself quote numbers that must not count. */
const TOOLING = join('test', 'tooling')

function readQuotes(): TestQuote[] {
  return readdirSync(join(ROOT, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(relative(ROOT, entry.parentPath), entry.name))
    .filter((file) => !file.startsWith(TOOLING))
    .sort()
    .flatMap((file) => quotedRules(file, readFileSync(join(ROOT, file), 'utf8')))
}

const page = parseRules(readFileSync(join(ROOT, PAGE), 'utf8'))
const quotes = readQuotes()
const problems = checkRules(page, quotes)

for (const problem of problems) console.error(problem)
const proved = new Set(quotes.map(({ rule }) => rule)).size
console.log(
  `${page.rules.length} rules: ${page.rules.length - page.later.length} asked for, ${proved} quoted by ${quotes.length} tests, ` +
    `${page.later.length} later`,
)
if (problems.length > 0) {
  console.error(
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${PAGE} or the tests`,
  )
  process.exitCode = 1
}
