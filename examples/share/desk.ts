import { readFileSync } from 'node:fs'
import type { Ids } from 'sluice/base'
import { palette } from 'sluice/palette'
import { type Command, confirmPlan, type ReleasePlan } from 'sluice/releases'
import { createHost, memoryChannel, memoryStore, openWorkspace, sessionCensus } from 'sluice/runtime'
import { createLinks, createShares } from 'sluice/sharing'
import { virtualClock } from 'sluice/testing'
import { tellLogged } from './print.ts'

export const FLOW = 'delivery'

/** Everybody who appears here is ada, who may do everything. */
export const ADA = { by: 'ada' }

/** Time stands still, and is moved by hand. */
export const clock = virtualClock(Date.UTC(2026, 10, 2, 9))

/** All in memory; a product passes stores of its own. */
const store = memoryStore()

export const workspace = openWorkspace({
  id: 'acme',
  nodes: palette,
  clock,
  ...store,
  census: sessionCensus(store, 'acme'),
})

/** What contacts see. */
export const web = memoryChannel('web')

export const host = await createHost({ workspace, nodes: palette, store, channels: [web], clock })

/** Ids that are the same at every run. A product leaves `ids` and `codes` out, and gets ones that nobody guesses. */
function counted(prefix: string): Ids {
  let count = 0
  return { next: () => `${prefix}-${String(++count).padStart(4, '0')}` }
}

export const shares = createShares({
  workspace,
  nodes: palette,
  store: store.links,
  url: 'https://flows.example/view/',
  clock,
  ids: counted('share'),
  // So that the example is quick; passwords of a product are to cost what they cost by themselves.
  cost: { n: 2 ** 10, r: 8, p: 1 },
})

export const links = createLinks({
  workspace,
  store: store.links,
  // A product makes 32 random bytes, and keeps them where it keeps its other secrets.
  secret: 'a secret for trying things out, and for nothing else',
  url: 'https://go.example/',
  onRefused: tellLogged,
  clock,
  ids: counted('link'),
  codes: counted('short'),
})

/** Sends a command that is to be accepted, a minute after the one before. */
export async function send(command: Command, document?: object): Promise<void> {
  clock.advance('1m')
  const asking = document === undefined ? ADA : { ...ADA, document: document as never }
  const outcome = await workspace.execute(command, asking)
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason}`)
}

/** The flow as it was drawn. */
export function drawn(): object {
  return JSON.parse(readFileSync(new URL('delivery.json', import.meta.url), 'utf8'))
}

/** Releases the first version to everybody. */
export async function release(): Promise<void> {
  const plan = await workspace.plan({ flow: FLOW, version: 'v1', slot: 'official' }, ADA)
  await send(confirmPlan(plan as ReleasePlan))
}

/** Approves what the first version does. */
export async function approve(): Promise<void> {
  const { behaviourHash } = (await workspace.flow(FLOW))!.versions.v1!.revisions.at(-1)!
  await send({ type: 'approve', flow: FLOW, version: 'v1', behaviourHash })
}
