import type { Program } from '../../interpreter/program.ts'
import type { Session } from '../../interpreter/session.ts'
import { RECORD, type Trace } from '../../interpreter/trace.ts'
import type { SessionFacts, SessionRecord } from './session-record.ts'

/*
 * Counts are kept with the sessions, in the same commits, under names of this shape (each part URI-encoded; those of test
 * mode begin with `test/`):
 *
 *   started/<flow>/<version>                      sessions begun
 *   came/<flow>/<version>/<flow outcome>          sessions ended by it
 *   failed/<flow>/<version>/<code>                sessions stopped by an error
 *   left/<flow>/<version>/<node>/<outcome>        a node left by an outcome, or a run ended there by a flow outcome
 *   waiting/<flow>/<version>/<node>               sessions that wait now, by the node of their main run
 *   cards/<flow>/<version>/open, …/left           cards that can be withdrawn now: of sessions under way, of ended ones
 *   effects/<type>/done, …/failed                 effects done; tries that failed for good
 */

/** Names that were made before, by their parts: most inputs move the same few counts. */
const NAMES = new Map<string, string>()
const MAX_NAMES = 10_000

/** The name of a count. */
export function countName(test: boolean, ...parts: readonly string[]): string {
  const key = `${test} ${parts.join('\n')}`
  let name = NAMES.get(key)
  if (name === undefined) {
    name = parts.map(encodeURIComponent).join('/')
    if (test) name = `test/${name}`
    if (NAMES.size >= MAX_NAMES) NAMES.clear()
    NAMES.set(key, name)
  }
  return name
}

/** Adds up changes of counts, by name. */
export class Tally {
  readonly #changes = new Map<string, number>()

  add(name: string, by: number): void {
    const sum = (this.#changes.get(name) ?? 0) + by
    if (sum === 0) this.#changes.delete(name)
    else this.#changes.set(name, sum)
  }

  get changes(): readonly (readonly [string, number])[] {
    return [...this.#changes]
  }
}

/** The version of a flow in a session: that of its own, or of one that it calls. */
function versionOf({ flow, version, versions }: SessionFacts, of: string): string {
  return of === flow ? version : (versions?.[of] ?? '-')
}

/** Names by program and version, by node and outcome: looked up for every step, and so made once. */
const LEFT_NAMES = new WeakMap<Program, Map<string, (readonly string[])[]>>()

function leftNames(program: Program, version: string, test: boolean): (readonly string[])[] {
  let byVersion = LEFT_NAMES.get(program)
  if (byVersion === undefined) {
    byVersion = new Map()
    LEFT_NAMES.set(program, byVersion)
  }
  const key = test ? `test ${version}` : version
  let names = byVersion.get(key)
  if (names === undefined) {
    names = program.nodes.map(({ id, outcomes }) =>
      outcomes.map((outcome) => countName(test, 'left', program.flow, version, id, outcome)),
    )
    byVersion.set(key, names)
  }
  return names
}

/** Counts what a trace says was left, and by which outcome. */
export function countSteps(tally: Tally, trace: Trace, about: SessionFacts): void {
  const test = about.test === true
  let { program } = trace
  let node = trace.node
  let names = leftNames(program, versionOf(about, program.flow), test)
  const { pairs } = trace
  for (let i = 0; i < pairs.length; i += 2) {
    const code = pairs[i]!
    const argument = pairs[i + 1]!
    if (code >= 0) {
      tally.add(names[code]![argument]!, 1)
      node = program.nodes[code]!.targets[argument]!
    } else if (code === RECORD.begin || code === RECORD.back) {
      program = trace.programs![argument]!
      node = program.start
      names = leftNames(program, versionOf(about, program.flow), test)
    } else if (code === RECORD.at) {
      node = argument
    } else if (code === RECORD.end) {
      const version = versionOf(about, program.flow)
      const at = program.nodes[node]!.id
      tally.add(countName(test, 'left', program.flow, version, at, trace.ends![argument]!), 1)
    }
  }
}

/** Counts where a session has got to: what it is now, and no longer is what it was. */
export function countPlace(
  tally: Tally,
  before: SessionRecord | undefined,
  after: SessionRecord | undefined,
): void {
  if (before !== undefined) place(tally, before, -1)
  if (after !== undefined) place(tally, after, 1)
}

function place(tally: Tally, { session, about, cards }: SessionRecord, by: number): void {
  const test = about.test === true
  const { flow, version } = about
  const waits = session.status === 'waiting'
  if (waits) tally.add(countName(test, 'waiting', flow, version, session.frames[0]!.node), by)
  if (cards !== undefined && cards.length > 0)
    tally.add(countName(test, 'cards', flow, version, waits ? 'open' : 'left'), by * cards.length)
}

/** Counts the beginning or the end of a session. */
export function countFate(tally: Tally, what: 'began' | 'over', session: Session, about: SessionFacts): void {
  const test = about.test === true
  const { flow, version } = about
  if (what === 'began') tally.add(countName(test, 'started', flow, version), 1)
  else if (session.status === 'ended')
    tally.add(countName(test, 'came', flow, version, session.flowOutcome ?? ''), 1)
  else tally.add(countName(test, 'failed', flow, version, session.error?.code ?? ''), 1)
}
