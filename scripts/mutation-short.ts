import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pickFiles } from './mutation/pick-files.ts'
import { scoreOf, testedMutants } from './mutation/tested-mutants.ts'

/*
 * `npm run mutation:short`: mutates a few files of the rooms that `npm run mutation` mutates whole. Which ones moves on
 * with every commit, so that all of them have their turn, and one commit always tests the same.
 *
 * How long a mutant takes cannot be known before: one that loops for ever costs its whole time limit. So the run ends
 * after TIME_LIMIT_MS at the latest and is judged by the mutants that were tested until then.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ROOMS = ['src/expressions', 'src/interpreter']
const MAX_LINES = 120
const TIME_LIMIT_MS = 100_000

/** Lower than for the whole: a single small file may hold several mutants that no test can tell apart. */
const BREAK_AT = 60
/** Fewer than this say nothing about a file. */
const MIN_TESTED = 5
const NO_CODE = new Set(['index.ts', 'types.ts'])

const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !NO_CODE.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
)
  .sort()
  .map((path) => ({ path: relative(ROOT, path), lines: readFileSync(path, 'utf8').split('\n').length }))

const commits = spawnSync('git', ['rev-list', '--count', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).stdout
const picked = pickFiles(files, Number.parseInt(commits, 10) || 0, MAX_LINES)
console.log(`Mutating ${picked.length} of ${files.length} files: ${picked.join(', ')}`)

const reports = join(ROOT, 'reports')
const events = join(reports, 'mutation-short')
const config = join(reports, 'stryker.short.json')
mkdirSync(reports, { recursive: true })
// Reporters and thresholds cannot be given as arguments, so the short form is the whole configuration with changes.
writeFileSync(
  config,
  JSON.stringify({
    ...(JSON.parse(readFileSync(join(ROOT, 'stryker.config.json'), 'utf8')) as object),
    mutate: picked,
    reporters: ['event-recorder'],
    eventReporter: { baseDir: events },
    thresholds: { high: 90, low: BREAK_AT, break: null },
  }),
)

const stryker = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js')
// A group of its own, so that the test runners that Stryker starts end with it.
const child = spawn(process.execPath, [stryker, 'run', config], {
  cwd: ROOT,
  stdio: 'inherit',
  detached: true,
})
const timer = setTimeout(() => {
  console.log(`Stopped after ${TIME_LIMIT_MS / 1000} s.`)
  process.kill(-child.pid!, 'SIGKILL')
}, TIME_LIMIT_MS)
const stopped = await new Promise<boolean>((resolve) => {
  child.once('exit', (code, signal) => {
    if (code !== 0 && signal === null) process.exit(code ?? 1)
    resolve(signal !== null)
  })
})
clearTimeout(timer)
if (stopped) rmSync(join(ROOT, '.stryker-tmp'), { recursive: true, force: true })

const tested = testedMutants(events)
for (const mutant of tested)
  if (mutant.survived) console.log(`survived: ${mutant.where} ${mutant.mutator} -> ${mutant.replacement}`)
const score = scoreOf(tested)
console.log(
  `${tested.length} mutants tested${stopped ? ' in that time' : ''}, ${score.toFixed(1)} % found (at least ${BREAK_AT} %)`,
)
if (tested.length < MIN_TESTED && stopped) {
  console.log(`Fewer than ${MIN_TESTED} mutants were tested: the machine is too slow for this form.`)
  process.exitCode = 1
} else if (score < BREAK_AT) process.exitCode = 1
