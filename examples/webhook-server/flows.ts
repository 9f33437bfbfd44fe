import { readFileSync } from 'node:fs'
import { confirmPlan, type ReleasePlan } from 'sluice/releases'
import type { Workspace } from 'sluice/runtime'

const SUPPORT = JSON.parse(readFileSync(new URL('../support/support.json', import.meta.url), 'utf8'))

/** The support flow twice: for people who write, and for people who call. */
const FLOWS = [
  { id: 'support-sms', channel: 'sms', trigger: { trigger: 'message', channel: 'sms' } },
  { id: 'support-call', channel: 'voice', trigger: { trigger: 'call' } },
]

const APPLICATIONS = [
  { id: 'number', name: 'Text messages', channel: 'sms', address: '+4930100' },
  { id: 'hotline', name: 'Hotline', channel: 'voice', address: '+4930200' },
]

/** Makes the workspace and releases its flows, where that has not been done yet. */
export async function setUp(workspace: Workspace): Promise<void> {
  if ((await workspace.state()).revision === 0) {
    await send(workspace, { type: 'createWorkspace', name: 'ACME', policy: 'open' })
    for (const item of APPLICATIONS) await send(workspace, { type: 'define', kind: 'application', item })
  }
  for (const { id, channel, trigger } of FLOWS) {
    if ((await workspace.flow(id)) === undefined)
      await send(workspace, { type: 'createFlow', flow: id }, startedBy(id, trigger))
    if ((await workspace.state()).flows[id]?.official !== undefined) continue
    const applications = APPLICATIONS.filter((each) => each.channel === channel)
    const answers = { applications: Object.fromEntries(applications.map((each) => [channel, each.id])) }
    const plan = await workspace.plan({ flow: id, version: 'v1', slot: 'official', answers }, { by: 'ada' })
    await send(workspace, confirmPlan(plan as ReleasePlan))
  }
}

/** The support flow with another start node. */
function startedBy(id: string, trigger: object) {
  const nodes = SUPPORT.nodes.map((node: { type: string }) =>
    node.type === 'start@1' ? { ...node, config: trigger } : node,
  )
  return { ...SUPPORT, id, nodes }
}

async function send(workspace: Workspace, command: Parameters<Workspace['execute']>[0], document?: object) {
  const asking = document === undefined ? { by: 'ada' } : { by: 'ada', document: document as never }
  const outcome = await workspace.execute(command, asking)
  if (!outcome.ok) throw new Error(`${outcome.reason} ${outcome.lift}`)
}
