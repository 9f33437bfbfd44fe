import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { VERSION } from '../src/cli/version.ts'
import { type FlowDocument, parseDocument } from '../src/document/index.ts'
import { palette } from '../src/palette/index.ts'
import {
  type Command,
  EVENT_STREAMS,
  type EventType,
  PRESETS,
  type ReleaseAnswers,
  type SlotName,
} from '../src/releases/index.ts'
import { memoryEventStore, openWorkspace } from '../src/runtime/index.ts'

/*
 * `npm run workspace-fixture`: what this version leaves behind of a workspace, for later versions to read: the events of
 * its streams, one of every type, and the state that they come to. Files that are there already stay as they are.
 * test/replay replays them.
 */

const folder = fileURLToPath(new URL(`../test/fixtures/releases/${VERSION}/`, import.meta.url))
if (existsSync(`${folder}workspace.events.json`))
  throw new Error(`The workspace of ${VERSION} is kept already`)

let now = Date.UTC(2026, 10, 21, 9)
const events = memoryEventStore()
const workspace = openWorkspace({
  id: 'acme',
  nodes: palette,
  events,
  clock: {
    now() {
      now += 60_000
      return now
    },
  },
})

const support = readFlow('../examples/support/support.json')
const trouble: FlowDocument = { ...support, id: 'trouble', name: 'Trouble', role: 'exception' }
const next: FlowDocument = { ...support, settings: { ...support.settings, stopWords: ['stop'] } }

await send({ type: 'createWorkspace', name: 'ACME', policy: 'contact-centre' })
await send({ type: 'addMember', member: 'ben', name: 'Ben', permissions: ['view', 'edit', 'approve'] })
await send({ type: 'addMember', member: 'cleo', permissions: ['view'] })
await send({ type: 'grant', member: 'cleo', permissions: ['edit', 'publish'] })
await send({ type: 'revoke', member: 'cleo', permissions: ['publish'] })
await send({ type: 'removeMember', member: 'cleo' })
await send({ type: 'define', kind: 'group', item: { id: 'north', name: 'North' } })
await send({ type: 'define', kind: 'team', item: { id: 'care', name: 'Care', group: 'north' } })
await send({ type: 'define', kind: 'service', item: { id: 'hotline', name: 'Hotline', team: 'care' } })
await send({
  type: 'define',
  kind: 'testContact',
  item: { id: 'tess', name: 'Tess', addresses: ['+493012345'] },
})
await send({ type: 'define', kind: 'segment', item: { id: 'new', name: 'New customers' } })
await send({ type: 'define', kind: 'application', item: { id: 'shop', name: 'Shop', channel: 'sms' } })
await send({ type: 'define', kind: 'mediaFolder', item: { id: 'prompts', name: 'Prompts' } })
await send({ type: 'define', kind: 'integration', item: { id: 'crm', name: 'CRM', group: 'north' } })
await send({
  type: 'define',
  kind: 'application',
  item: {
    id: 'web',
    name: 'Web',
    channel: 'web',
    links: {
      lifetimeMs: 86_400_000,
      maxInvocations: 100,
      fixedParameters: false,
      embedding: ['https://shop.example'],
    },
  },
})
await send({ type: 'regenerateKey', application: 'web' })
await send({
  type: 'define',
  kind: 'grayRule',
  item: { id: 'gold', name: 'Gold', match: { kind: 'condition', condition: 'contact.tier == "gold"' } },
})
await send({
  type: 'define',
  kind: 'grayRule',
  item: { id: 'tenth', name: 'A tenth', match: { kind: 'percentage', percent: 10, seed: 'spring' } },
})
await send({ type: 'remove', kind: 'segment', id: 'new' })
await send({ type: 'createFlow', flow: 'trouble', labels: ['core'] }, { document: trouble })
await send({ type: 'setExceptionFlow', medium: 'any', flow: 'trouble' })
await release('trouble', 'v1', 'official')
await send(
  { type: 'createFlow', flow: support.id, service: 'hotline', comment: 'First' },
  { document: support },
)
await send({ type: 'takeLock', flow: support.id, version: 'v1' })
await send({ type: 'saveDraft', flow: support.id, version: 'v1', revision: 1 }, { document: next })
await send({ type: 'releaseLock', flow: support.id, version: 'v1' })
await send({ type: 'requestApproval', flow: support.id, version: 'v1' })
const { behaviourHash } = (await workspace.flow(support.id))!.versions.v1!.revisions.at(-1)!
await send(
  { type: 'approve', flow: support.id, version: 'v1', behaviourHash, comment: 'Fine' },
  { by: 'ben' },
)
await send({ type: 'withdrawApproval', flow: support.id, version: 'v1' }, { by: 'ben' })
await release(support.id, 'v1', 'official', { comment: 'Opening' })
await send({ type: 'setDistribution', flow: support.id, applications: ['web'], protect: false })
await send({
  type: 'shareFlow',
  flow: support.id,
  share: 'V1StGXR8_Z5jdHi6B-myT',
  password: {
    kdf: 'scrypt',
    n: 65_536,
    r: 8,
    p: 1,
    salt: 'c2FsdCBhbmQgcGVwcGVyIQ',
    hash: 'bm90IGEgcGFzc3dvcmQgYXQgYWxsLCBvbmx5IHRleHQ',
  },
  expiresAt: Date.UTC(2030, 0, 1),
})
await send({ type: 'switchShare', flow: support.id, on: false })
await send({ type: 'branch', flow: support.id, from: 'v1', comment: 'For Easter' })
await send({ type: 'saveDraft', flow: support.id, version: 'v2', revision: 1 }, { document: support })
await release(support.id, 'v2', 'gray', { rule: 'gold', guards: { minSessions: 100, maxErrorRate: 0.02 } })
await release(support.id, 'v2', 'official')
await release(support.id, 'v1', 'official', { rollBack: true })
await send({ type: 'pause', flow: support.id, comment: 'Holiday' })
await send({ type: 'resume', flow: support.id })
await send({ type: 'comment', flow: support.id, version: 'v2', text: 'Try again in May' })
await send({ type: 'labelFlow', flow: support.id, labels: ['core', 'care'] })
await send({ type: 'placeFlow', flow: support.id, service: null })
await send({ type: 'branch', flow: support.id, from: 'v1' })
await send({ type: 'deleteVersion', flow: support.id, version: 'v3' })
await send({ type: 'cancelRelease', flow: support.id, slot: 'official', comment: 'Wrong prices' })
await send({ type: 'retire', flow: support.id, version: 'v1' })
await send({
  type: 'setPolicy',
  policy: { ...PRESETS['flow-builder'], drafts: { kept: 'one', branchFrom: 'any' } },
})
await send({ type: 'branch', flow: support.id, from: 'v2' })
await send({ type: 'branch', flow: support.id, from: 'v2' })
await send({ type: 'restoreDraft', flow: support.id, version: 'v4', over: true })
const voice: FlowDocument = { ...support, id: 'voice', name: 'Voice', medium: 'voice' }
await send({ type: 'createFlow', flow: 'voice' }, { document: voice })
await send({ type: 'compileVoice', flow: 'voice', version: 'v1' })
await send({ type: 'deleteFlow', flow: 'voice' })

const streams: { [stream: string]: unknown } = {}
for (const { stream } of await events.list('')) streams[stream] = await events.read(stream)
const seen = new Set(
  Object.values(streams).flatMap((list) => (list as { type: string }[]).map(({ type }) => type)),
)
const missing = (Object.keys(EVENT_STREAMS) as EventType[]).filter((type) => !seen.has(type))
if (missing.length > 0) throw new Error(`No event of these types: ${missing.join(', ')}`)

mkdirSync(folder, { recursive: true })
write('events', streams)
write('state', {
  workspace: await workspace.state(),
  flows: await Promise.all([support.id, 'trouble', 'voice'].map((id) => workspace.flow(id))),
})
console.log(`${Object.keys(streams).length} streams, ${seen.size} types of events`)

async function send(
  command: Command,
  { by = 'ada', document }: { by?: string; document?: FlowDocument } = {},
) {
  const outcome = await workspace.execute(command, { by, ...(document === undefined ? {} : { document }) })
  if (!outcome.ok) throw new Error(`${command.type}: ${outcome.reason} ${outcome.lift}`)
}

async function release(
  flow: string,
  version: string,
  slot: SlotName,
  { rollBack = false, ...answers }: { readonly rollBack?: boolean } & ReleaseAnswers = {},
) {
  const plan = await workspace.plan({ flow, version, slot, rollBack, answers }, { by: 'ada' })
  if (!('gates' in plan)) throw new Error(plan.reason)
  await send({
    type: rollBack ? 'rollBack' : 'release',
    flow,
    version,
    slot,
    ...plan.answers,
    plan: plan.hash,
  })
}

function readFlow(path: string): FlowDocument {
  const parsed = parseDocument(readFileSync(new URL(path, import.meta.url), 'utf8'))
  if (!parsed.ok) throw new Error(parsed.error[0]!.message)
  return parsed.value
}

function write(kind: string, value: object) {
  writeFileSync(`${folder}workspace.${kind}.json`, `${JSON.stringify(value, null, 1)}\n`)
}
