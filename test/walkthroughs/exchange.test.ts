import { beforeAll, describe, expect, it } from 'vitest'
import { type FlowDocument, serialiseDocument } from '../../src/document/index.ts'
import { nodes, rated } from '../interchange/bundle-cases.ts'
import { accepted, Office } from './office.ts'
import { step } from './step.ts'

/*
 * Page 001, the parts on export and import: flows with nodes of an integration move within a tenant as far as the
 * integration is available, and to another tenant by a way around.
 */

describe.sequential('a flow with nodes of an integration', () => {
  let acme: Office
  let globex: Office
  const FLOW = 'rated'

  beforeAll(async () => {
    acme = await Office.open('flow-builder', { id: 'acme', nodes })
    await services(acme)
    // The other tenant has an integration of that name as well.
    globex = await Office.open('flow-builder', { id: 'globex', nodes })
    await globex.send({ type: 'define', kind: 'integration', item: { id: 'acme-crm', name: 'CRM' } })
    await acme.send({ type: 'createFlow', flow: FLOW, service: 'sales' }, { document: rated(FLOW) })
  })

  step(['001.18', '001.87'], 'moves between services within a team, a group or the tenant', async () => {
    const moves = { team: ['sales', 'returns'], group: ['sales', 'returns', 'billing'], tenant: SERVICES }
    const scopes = { team: { team: 'north-1' }, group: { group: 'north' }, tenant: {} }
    for (const level of ['team', 'group', 'tenant'] as const) {
      await available(acme, scopes[level])
      for (const service of SERVICES)
        expect([level, service, await comesInto(service)]).toEqual([
          level,
          service,
          moves[level].includes(service) ? 'imported' : 'import.unavailable',
        ])
    }
  })

  step('001.19', 'moves across groups and teams where the integration is available there', async () => {
    await available(acme, { group: 'north' })
    expect(await comesInto('abroad')).toBe('import.unavailable')
    await available(acme, {})
    expect(await comesInto('abroad')).toBe('imported')
  })

  step(['001.20', '001.89'], 'does not come into another tenant, whatever that one has', async () => {
    const outcome = await globex.workspace.importBundle(await exported(acme), NAMED)
    expect(outcome).toMatchObject({ ok: false, code: 'import.unavailable' })
  })

  step(
    ['001.21', '001.22', '001.90', '001.91', '001.92'],
    'is refused with the list of its nodes that are not available, and nothing is created',
    async () => {
      const outcome = await globex.workspace.importBundle(await exported(acme), NAMED)
      if (outcome.ok) throw new Error('It came in')
      expect(outcome.reason).toContain('cannot be imported')
      expect(outcome.details.nodes).toMatchObject([{ type: 'acme-rating@1', label: 'Rating', id: 'rate' }])
      expect(await globex.workspace.flows()).toEqual([])
    },
  )

  step(
    ['001.23', '001.93', '001.94', '001.95'],
    'goes the way around: the nodes are taken out and the flow is saved',
    async () => {
      await acme.edit(FLOW, 'v1', [{ type: 'remove', nodes: ['rate'] }])
      expect((await acme.workspace.document(FLOW, 'v1'))!.nodes.map(({ id }) => id)).not.toContain('rate')
    },
  )

  let bundle: string

  step('001.96', 'it is exported without them', async () => {
    bundle = await exported(acme)
    expect(bundle).not.toContain('acme-rating')
  })

  step('001.97', 'at home the version before is taken up again', async () => {
    const { revisions } = await acme.version(FLOW, 'v1')
    const before = (await acme.workspace.document(FLOW, 'v1', revisions[0]!.contentHash))!
    expect(serialiseDocument(before)).toBe(serialiseDocument(rated(FLOW)))
    await acme.send(
      { type: 'saveDraft', flow: FLOW, version: 'v1', revision: revisions.length },
      { document: before },
    )
    expect((await acme.workspace.document(FLOW, 'v1'))!.nodes.map(({ id }) => id)).toContain('rate')
  })

  let arrived: string

  step(
    ['001.98', '001.101', '001.16'],
    'it is imported into the other tenant, an account of its own',
    async () => {
      const outcome = accepted(await globex.workspace.importBundle(bundle, NAMED)) as unknown as {
        flows: readonly { id: string }[]
      }
      arrived = outcome.flows[0]!.id
      expect(arrived).not.toBe(FLOW)
      expect(await globex.row(arrived)).toMatchObject({ name: 'Rated', word: 'Working Draft' })
      expect(globex.workspace.id).not.toBe(acme.workspace.id)
    },
  )

  step('001.99', 'there the nodes are added', async () => {
    const document = (await globex.workspace.document(arrived, 'v1'))!
    const home = rated(FLOW)
    const whole: FlowDocument = { ...document, nodes: home.nodes, connectors: home.connectors }
    await globex.send({ type: 'saveDraft', flow: arrived, version: 'v1', revision: 1 }, { document: whole })
    const { diagnostics } = await globex.workspace
      .execute(
        { type: 'saveDraft', flow: arrived, version: 'v1', revision: 2 },
        { by: 'ada', document: whole },
      )
      .then((outcome) => accepted(outcome) as { diagnostics?: readonly { severity: string }[] })
    expect((diagnostics ?? []).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('is not taken in with placeholders where the policy is that of a flow builder', async () => {
    const outcome = await globex.workspace.importBundle(await exported(acme), {
      ...NAMED,
      missing: 'placeholder',
    })
    expect(outcome).toMatchObject({ ok: false, code: 'import.placeholdersOff' })
  })

  async function comesInto(service: string): Promise<string> {
    const outcome = await acme.workspace.importBundle(await exported(acme), { ...NAMED, service })
    return outcome.ok ? 'imported' : outcome.code
  }

  async function exported(office: Office): Promise<string> {
    const outcome = await office.workspace.exportBundle({ flows: [{ flow: FLOW }] }, { by: 'ada' })
    if (!outcome.ok) throw new Error(outcome.reason)
    return outcome.text
  }
})

const NAMED = { by: 'ada', name: 'Rated', remark: '' } as const

/** Two of one team, one of another team of the group, one of another group. */
const SERVICES = ['sales', 'returns', 'billing', 'abroad']

async function services(office: Office): Promise<void> {
  const define = (kind: string, item: object) => office.send({ type: 'define', kind, item } as never)
  for (const id of ['north', 'south']) await define('group', { id, name: id })
  for (const [id, group] of [
    ['north-1', 'north'],
    ['north-2', 'north'],
    ['south-1', 'south'],
  ] as const)
    await define('team', { id, name: id, group })
  for (const [id, team] of [
    ['sales', 'north-1'],
    ['returns', 'north-1'],
    ['billing', 'north-2'],
    ['abroad', 'south-1'],
  ] as const)
    await define('service', { id, name: id, team })
}

async function available(office: Office, scope: object): Promise<void> {
  await office.send({
    type: 'define',
    kind: 'integration',
    item: { id: 'acme-crm', name: 'CRM', ...scope },
  })
}
