import type { FlowDocument } from 'sluice/document'
import { palette } from 'sluice/palette'
import {
  type Command,
  NOTHING_RUNS,
  type ReleasePlan,
  type ReleaseRequest,
  type RunningReport,
} from 'sluice/releases'
import { EMPTY_CENSUS, type Outcome, openWorkspace } from 'sluice/runtime'

let now = Date.UTC(2025, 5, 3, 9)

/** What runs at the moment. Here it is made up; a product counts its sessions. */
const sessions: { running: RunningReport } = { running: NOTHING_RUNS }

/** Events and documents are kept in memory; a product passes stores of its own. */
export const workspace = openWorkspace({
  id: 'acme',
  nodes: palette,
  clock: { now: () => now },
  census: { ...EMPTY_CENSUS, running: async () => sessions.running },
})

/** Has callers wait at the menu of a version. */
export function letCallersWait(version: string, callers: number): void {
  const waiting = { version, sessions: callers, waiting: { menu: callers }, cards: 0 }
  sessions.running = { versions: [waiting], endedCards: 0 }
}

/** Sends a command a minute after the one before. What is refused comes back as data. */
export async function ask(command: Command, by = 'ada', document?: FlowDocument): Promise<Outcome> {
  now += 60_000
  return workspace.execute(command, document === undefined ? { by } : { by, document })
}

/** Sends a command that is to be accepted. */
export async function send(command: Command, by = 'ada', document?: FlowDocument) {
  const outcome = await ask(command, by, document)
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason}`)
  return outcome
}

/** The plan of a release. */
export async function plan(request: ReleaseRequest, by = 'ada'): Promise<ReleasePlan> {
  const made = await workspace.plan(request, { by })
  if (!made.ok) throw new Error(`${made.code}: ${made.reason}`)
  return made
}
