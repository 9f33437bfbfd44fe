import type { Exploration, Script } from '../testing/index.ts'
import { explore } from '../testing/index.ts'
import { type CliIo, EXIT, plain, writeLine } from './io.ts'
import { compileFlow, loadFlow } from './load-flow.ts'
import { readNow } from './read-now.ts'
import { tellFirstLoss } from './tell-loss.ts'

export interface ExploreCommandOptions {
  readonly json?: boolean
  readonly now?: string
  readonly seed?: string
}

/**
 * `sluice explore`: walks a flow by generated sessions until every outcome is taken, and names those that cannot be.
 * Sessions that failed on the way are told; they do not change the exit code.
 */
export async function exploreCommand(
  file: string,
  { json = false, now, seed }: ExploreCommandOptions,
  io: CliIo,
): Promise<number> {
  const begin = readNow(now)
  const flow = await loadFlow(file, io)
  const program = compileFlow(flow, file)
  if (!json) tellFirstLoss(flow, file, io)
  const exploration = explore(program, {
    ...(begin === undefined ? {} : { now: begin }),
    ...(seed === undefined ? {} : { seed }),
  })
  const { outcomes, scripts, failures } = exploration
  if (json) writeLine(io.stdout, JSON.stringify({ outcomes, sessions: scripts.length, failures, scripts }))
  else for (const line of describe(exploration)) writeLine(io.stdout, plain(line))
  return EXIT.done
}

function describe({ outcomes, scripts, failures }: Exploration): readonly string[] {
  const { total, covered, unreachable } = outcomes
  return [
    ...unreachable.map(({ node, outcome, why }) => `not taken: ${node}, ${outcome}: ${why}`),
    ...failures.map(
      ({ error, script }) =>
        `failed: ${error.node}: ${error.message.replace(/\.$/, '')} [${error.code}], after ${lastOf(script)}`,
    ),
    `${covered} of ${total} outcomes taken by ${scripts.length} ${scripts.length === 1 ? 'session' : 'sessions'}`,
  ]
}

/** The event that a script ends with, short enough for a line. */
function lastOf({ trigger, events }: Script): string {
  const text = JSON.stringify(events.at(-1) ?? trigger)
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`
}
