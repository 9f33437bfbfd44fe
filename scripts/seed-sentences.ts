import { parseArgs } from 'node:util'
import { NOT_HERE } from '../test/walkthroughs/not-here.ts'
import { checkSeeds, type PageReport } from './seeds/check-seeds.ts'
import { readNamedSentences, readSeedPages } from './seeds/read-seeds.ts'
import { type SeedPage, sentenceId } from './seeds/sentences.ts'

/*
 * `npm run seeds`: every sentence of the pages that the product's rules come from is named by a step of a walkthrough, or
 * stands in test/walkthroughs/not-here.ts with a reason. Exit code 1 where one does not. `npm run seeds -- --show 001`
 * prints the sentences of a page with their numbers, for whoever writes steps. Steps say things in our own words.
 *
 * The pages lie beside the repository and are no part of it. Where they are missing nothing can be checked.
 */

const { values } = parseArgs({ options: { show: { type: 'string' } } })
const pages = readSeedPages()

if (pages === undefined) {
  console.warn('SKIPPED: the pages of the rules are not on this machine, so no sentence has been checked')
} else if (values.show !== undefined) {
  show(pages, values.show)
} else {
  const { pages: reports, problems } = checkSeeds(pages, readNamedSentences(), NOT_HERE)
  for (const report of reports) console.log(lineOf(report))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) {
    console.error(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`)
    process.exitCode = 1
  }
}

function show(all: readonly SeedPage[], wanted: string): void {
  const found = all.find(({ page }) => page === wanted)
  if (found === undefined) {
    console.error(`There is no page ${wanted}; there are ${all.map(({ page }) => page).join(', ')}`)
    process.exitCode = 1
  }
  found?.sentences.forEach((sentence, index) => {
    console.log(`${sentenceId(found.page, index + 1)} ${sentence}`)
  })
}

function lineOf({ page, sentences, named, marked, open }: PageReport): string {
  const counts = [
    `${named} named by steps`,
    ...[...marked].map(([reason, count]) => `${count} ${reason}`),
    ...(open.length === 0 ? [] : [`${open.length} open`]),
  ]
  return `${page}: ${sentences} sentences: ${counts.join(', ')}`
}
