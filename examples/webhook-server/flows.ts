import { readFileSync } from 'node:fs'
import { confirmPlan, type ReleaseAnswers, type ReleasePlan } from 'sluice/releases'
import type { Workspace } from 'sluice/runtime'

const SUPPORT = read('../support/support.json')

/** The support flow twice: for people who write, and for people who call. */
const FLOWS = [
  { id: 'support-sms', channel: 'sms', trigger: { trigger: 'message', channel: 'sms' } },
  { id: 'support-call', channel: 'voice', trigger: { trigger: 'call' } },
]

const APPLICATIONS = [
  { id: 'number', name: 'Text messages', channel: 'sms', address: '+4930100' },
  { id: 'hotline', name: 'Hotline', channel: 'voice', address: '+4930200' },
]

/** The flow that links start, and the application that they are made for. */
export const DELIVERY = 'delivery'
export const WEB = { id: 'web', name: 'Web page', channel: 'web' }

/**
 * Makes the workspace and releases its flows, where that has not been done yet. `origins` are those whose pages may show
 * links.
 */
export async function setUp(workspace: Workspace, origins: readonly string[]): Promise<void> {
  if ((await workspace.state()).revision === 0)
    await send(workspace, { type: 'createWorkspace', name: 'ACME', policy: 'open' })
  const { catalog } = await workspace.state()
  for (const item of APPLICATIONS)
    if (catalog.application[item.id] === undefined)
      await send(workspace, { type: 'define', kind: 'application', item })
  for (const { id, channel, trigger } of FLOWS) {
    const applications = APPLICATIONS.filter((each) => each.channel === channel)
    const answers = { applications: Object.fromEntries(applications.map((each) => [channel, each.id])) }
    await release(workspace, startedBy(id, trigger), answers)
  }
  await handOut(workspace, origins)
}

/** Releases and approves the flow that links start, and says what holds for its links. */
async function handOut(workspace: Workspace, origins: readonly string[]): Promise<void> {
  const rules = (await workspace.state()).catalog.application[WEB.id]?.links
  if (JSON.stringify(rules?.embedding) !== JSON.stringify(origins)) {
    const item = { ...WEB, links: { ...rules, embedding: origins } }
    await send(workspace, { type: 'define', kind: 'application', item })
  }
  await release(workspace, read('../share/delivery.json'), {})
  // Links lead to what was approved, also where a release needs no approval.
  const { approvals, revisions } = (await workspace.flow(DELIVERY))!.versions.v1!
  const { behaviourHash } = revisions.at(-1)!
  if (approvals.length === 0)
    await send(workspace, { type: 'approve', flow: DELIVERY, version: 'v1', behaviourHash })
  if ((await workspace.state()).flows[DELIVERY]!.distribution === undefined)
    await send(workspace, { type: 'setDistribution', flow: DELIVERY, applications: [WEB.id], protect: true })
}

/** Saves a flow and releases it to everybody, where that has not been done yet. */
async function release(workspace: Workspace, document: { readonly id: string }, answers: ReleaseAnswers) {
  const { id } = document
  if ((await workspace.flow(id)) === undefined)
    await send(workspace, { type: 'createFlow', flow: id }, document)
  if ((await workspace.state()).flows[id]?.official !== undefined) return
  const plan = await workspace.plan({ flow: id, version: 'v1', slot: 'official', answers }, { by: 'ada' })
  await send(workspace, confirmPlan(plan as ReleasePlan))
}

/** The support flow with another start node. */
function startedBy(id: string, trigger: object) {
  const nodes = SUPPORT.nodes.map((node: { type: string }) =>
    node.type === 'start@1' ? { ...node, config: trigger } : node,
  )
  return { ...SUPPORT, id, nodes }
}

function read(file: string) {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
}

async function send(workspace: Workspace, command: Parameters<Workspace['execute']>[0], document?: object) {
  const asking = document === undefined ? { by: 'ada' } : { by: 'ada', document: document as never }
  const outcome = await workspace.execute(command, asking)
  if (!outcome.ok) throw new Error(`${outcome.reason} ${outcome.lift}`)
}
