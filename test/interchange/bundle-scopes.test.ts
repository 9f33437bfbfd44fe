import { describe, expect, it } from 'vitest'
import { MAX_JSON_VALUES } from '../../src/base/check-json.ts'
import { countValues, type Json, type JsonObject } from '../../src/base/json.ts'
import { serialiseDocument } from '../../src/document/index.ts'
import { applyCommand, openDraft } from '../../src/editing/index.ts'
import {
  type Absence,
  EXCHANGE_REFUSALS,
  type ImportTarget,
  planImport,
} from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import { PRESETS } from '../../src/releases/index.ts'
import type { Integration } from '../../src/releases/state.ts'
import { validate } from '../../src/validation/index.ts'
import {
  calling,
  changed,
  custom,
  exported,
  hello,
  nodes,
  plan,
  planned,
  rated,
  rating,
  read,
  workspaceOf,
} from './bundle-cases.ts'

/** Two groups; a team in each; services in a group, in a team, and in neither. */
const PLACES = {
  group: { sales: { id: 'sales', name: 'Sales' }, care: { id: 'care', name: 'Care' } },
  team: {
    east: { id: 'east', name: 'East', group: 'sales' },
    west: { id: 'west', name: 'West', group: 'care' },
  },
  service: {
    offers: { id: 'offers', name: 'Offers', group: 'sales' },
    orders: { id: 'orders', name: 'Orders', team: 'east' },
    help: { id: 'help', name: 'Help', team: 'west' },
    lone: { id: 'lone', name: 'Lone' },
  },
} as const

const scoped = (scope: Partial<Integration>) =>
  workspaceOf({ ...PLACES, integration: { 'acme-crm': { id: 'acme-crm', name: 'CRM', ...scope } } })

const bundle = exported([rated()]).bundle

/** Why the node cannot come, for each service that the flow may come to; `none` is the workspace itself. */
function absences(target: Partial<ImportTarget>): { readonly [service: string]: Absence | 'comes' } {
  return Object.fromEntries(
    ['none', ...Object.keys(PLACES.service)].map((service) => {
      const result = plan(bundle, { ...target, service: service === 'none' ? undefined : service })
      if (result.ok) return [service, 'comes']
      return [service, (result.details.nodes as unknown as { why: Absence }[])[0]!.why]
    }),
  )
}

const only = (...services: readonly string[]) =>
  Object.fromEntries(
    ['none', ...Object.keys(PLACES.service)].map((service) => [
      service,
      services.includes(service) ? 'comes' : 'notAvailable',
    ]),
  )

describe('where custom nodes travel', () => {
  it('[IO-2] in the whole tenant, where the integration has no scope', () => {
    expect(absences({ workspace: scoped({}) })).toEqual(only('none', 'offers', 'orders', 'help', 'lone'))
  })

  it('[IO-2] in services of its group, also through their team', () => {
    expect(absences({ workspace: scoped({ group: 'sales' }) })).toEqual(only('offers', 'orders'))
  })

  it('[IO-2] in services of its team', () => {
    expect(absences({ workspace: scoped({ team: 'west' }) })).toEqual(only('help'))
  })

  it('[IO-2] in its service alone', () => {
    expect(absences({ workspace: scoped({ service: 'lone' }) })).toEqual(only('lone'))
  })

  it('[IO-2] only where each scope holds, where it has several', () => {
    expect(absences({ workspace: scoped({ group: 'sales', team: 'east' }) })).toEqual(only('orders'))
  })

  it('[IO-2] not by a team that is gone', () => {
    const { team: _gone, ...others } = PLACES
    const workspace = workspaceOf({
      ...others,
      integration: { 'acme-crm': { id: 'acme-crm', name: 'CRM', group: 'sales' } },
    })
    expect(absences({ workspace })).toEqual(only('offers'))
  })

  it('[IO-2] nowhere, where the catalog does not list the integration', () => {
    expect(absences({ workspace: workspaceOf(PLACES) })).toEqual(only())
  })

  it('[IO-2] never across tenants, also where the other has an integration of that name', () => {
    const workspace = { ...scoped({}), id: 'globex' }
    expect(new Set(Object.values(absences({ workspace })))).toEqual(new Set(['otherTenant']))
  })

  it('[IO-2] never across tenants, also where the other has a plain node of that name', () => {
    const types = [...palette, custom('acme-rating')]
    const workspace = { ...scoped({}), id: 'globex' }
    expect(new Set(Object.values(absences({ workspace, nodes: types })))).toEqual(new Set(['otherTenant']))
  })

  it('[IO-2] not where a bundle hides where it comes from: the node types here tell that a node is custom', () => {
    const hidden = changed(bundle, (copy) => {
      delete copy.integrations
    })
    const result = plan(hidden, { workspace: scoped({}) })
    expect(result).toMatchObject({
      code: 'import.unavailable',
      details: { nodes: [{ why: 'unknownTenant' }] },
    })
  })

  it('[IO-2] flows without custom nodes travel across tenants', () => {
    expect(planned(exported([hello()]).text, { workspace: workspaceOf({}, { id: 'globex' }) }).ok).toBe(true)
  })
})

describe('flows with nodes that are not available', () => {
  it('[IO-3] are refused with a sentence and the list of these nodes', () => {
    const two = exported([rated('one'), rated('two')]).text
    const result = plan(two, { nodes: palette })
    const nodesOf = (flow: string) => ({
      flow,
      id: 'rate',
      type: 'acme-rating@1',
      label: 'Rating',
      why: 'notSupported',
    })
    expect(result).toMatchObject({ ok: false, code: 'import.unavailable' })
    expect(result).toHaveProperty('details.nodes', [nodesOf('one'), nodesOf('two')])
    expect(result).toHaveProperty(
      'reason',
      'The flow cannot be imported: these nodes of the source are not available or not supported in this account: acme-rating@1 “Rating” (rate in one), acme-rating@1 “Rating” (rate in two).',
    )
    expect(result).toHaveProperty('lift', EXCHANGE_REFUSALS['import.unavailable'].lift())
  })

  it('[IO-3] are refused whole: one such node keeps all flows of the bundle out, and uses up no id', () => {
    const result = planImport(read(exported([hello(), rated()]).text).bundle, {
      workspace: workspaceOf(),
      nodes: palette,
      ids: {
        next: () => {
          throw new Error('No id is wanted')
        },
      },
    })
    expect(result).toMatchObject({ code: 'import.unavailable', details: { nodes: [{ flow: 'rated' }] } })
  })

  it('[IO-3] the sentence stays short where there are hundreds, and the details name all', () => {
    const document = rated()
    const many = Array.from({ length: 200 }, (_, index) => ({ ...document.nodes[1]!, id: `rate${index}` }))
    const text = exported([{ ...document, nodes: [...document.nodes, ...many] }]).text
    const result = plan(text, { nodes: palette })
    if (result.ok) throw new Error('It was planned')
    expect(result.details.nodes).toHaveLength(201)
    expect(result.reason).toContain('and 151 more')
  })

  it('[IO-3] a node of a type that nobody knows is not supported either', () => {
    const document = rated('r', 'telepathy@1')
    const bare = document.nodes.map(({ label: _none, ...each }) => each)
    const result = plan(exported([{ ...document, nodes: bare }]).text)
    expect(result).toHaveProperty('details', {
      nodes: [{ flow: 'r', id: 'rate', type: 'telepathy@1', why: 'notSupported' }],
    })
    expect(result).toHaveProperty('reason', expect.stringMatching(/: telepathy@1 \(rate in r\)\.$/))
  })
})

describe('placeholders', () => {
  const asked = { missing: 'placeholder', nodes: palette } as const

  it('[IO-5] stand for missing nodes, each an error, where they are asked for', () => {
    const [first] = planned(bundle, asked).flows
    const errors = validate(first!.document, { nodes: palette })
    expect(errors.map(({ code, severity, location }) => [code, severity, location.node])).toEqual([
      ['node.placeholder', 'error', 'rate'],
    ])
    expect(errors[0]!.message).toContain('acme-rating@1')
  })

  it('[IO-5] stand for nothing unless they are asked for', () => {
    for (const missing of [undefined, 'refuse'] as const)
      expect(plan(bundle, { nodes: palette, missing })).toMatchObject({ code: 'import.unavailable' })
  })

  it('[IO-5] keep id, label, outcomes and connectors, and what the node was set to', () => {
    const [first] = planned(bundle, asked).flows
    expect(first!.document.connectors).toEqual(bundle.flows[0]!.document.connectors)
    expect(first!.document.nodes.find(({ id }) => id === 'rate')).toEqual({
      id: 'rate',
      label: 'Rating',
      type: 'placeholder@1',
      config: { original: 'acme-rating@1', config: { score: 3 } },
    })
  })

  it('[IO-5] become the node again, once it is there', () => {
    const [first] = planned(bundle, asked).flows
    const { document } = first!
    const held = document.nodes.find(({ id }) => id === 'rate')!.config
    let draft = openDraft(document, { nodes })
    for (const command of [
      { type: 'changeType', node: 'rate', to: String(held.original) },
      { type: 'configure', node: 'rate', config: held.config as JsonObject },
    ] as const) {
      const applied = applyCommand(draft, command)
      if (!applied.ok) throw new Error(applied.reason)
      draft = applied.draft
    }
    const { name, remark } = document
    expect(serialiseDocument({ ...draft.document, id: 'rated' })).toBe(
      serialiseDocument({ ...bundle.flows[0]!.document, name, ...(remark === undefined ? {} : { remark }) }),
    )
    expect(validate(draft.document, { nodes })).toEqual([])
  })

  it('[IO-5] stand for each missing node, and leave those alone that are there', () => {
    const document = rated()
    const more = { ...document, nodes: [...document.nodes, { id: 'rate2', type: 'telepathy@1', config: {} }] }
    const { flows } = planned(exported([more]).text, asked)
    const placeholders = validate(flows[0]!.document, { nodes: palette }).filter(
      ({ code }) => code === 'node.placeholder',
    )
    expect(placeholders.map(({ location }) => location.node)).toEqual(['rate', 'rate2'])
  })

  it('[IO-5] stand for nodes of another tenant and of integrations that the service lacks, too', () => {
    const { flows } = planned(bundle, {
      missing: 'placeholder',
      workspace: workspaceOf({}, { id: 'globex' }),
    })
    expect(flows[0]!.document.nodes.map(({ type }) => type)).toContain('placeholder@1')
  })

  it('[IO-5] never stand for anything under the preset flow-builder', () => {
    const workspace = workspaceOf({}, { policy: PRESETS['flow-builder'] })
    expect(plan(bundle, { ...asked, workspace })).toMatchObject({ code: 'import.placeholdersOff' })
    expect(plan(exported([hello()]).text, { ...asked, workspace })).toMatchObject({
      code: 'import.placeholdersOff',
    })
  })

  it('[IO-5] are not taken where a policy does not speak of them', () => {
    const { imports: _none, ...policy } = PRESETS.open
    expect(plan(bundle, { ...asked, workspace: workspaceOf({}, { policy }) })).toMatchObject({
      code: 'import.placeholdersOff',
    })
  })

  it('[IO-5] a draft with placeholders can be exported and imported again', () => {
    const [first] = planned(bundle, asked).flows
    const again = planned(exported([first!.document], { types: palette }).text, { nodes: palette })
    expect(serialiseDocument({ ...again.flows[0]!.document, id: 'new1' })).toBe(
      serialiseDocument(first!.document),
    )
  })

  it.skipIf(process.env.EXCHANGE_LARGE === 'no')(
    '[IO-6] a flow that would grow too large to be read again by them is refused',
    {
      timeout: 60_000,
    },
    () => {
      const document = rated()
      const holding = (entries: number) => ({
        ...document,
        nodes: document.nodes.map((each) =>
          each.id === 'start'
            ? { ...each, config: { held: Array.from({ length: entries }, () => 0) } }
            : each,
        ),
      })
      const full = holding(MAX_JSON_VALUES - 1 - countValues(holding(0) as unknown as Json))
      expect(plan(exported([full]).text, asked)).toMatchObject({ code: 'import.tooLarge' })
    },
  )

  it('a node that is nested as deep as can be leaves its config behind', () => {
    const deep = Array.from({ length: 60 }).reduce<unknown>((inner) => ({ inner }), 1)
    const document = rated()
    const nodesOf = document.nodes.map((each) =>
      each.id === 'rate' ? { ...each, config: { deep: deep as never } } : each,
    )
    const { flows } = planned(exported([{ ...document, nodes: nodesOf }]).text, asked)
    expect(flows[0]!.document.nodes.find(({ id }) => id === 'rate')!.config).toEqual({
      original: 'acme-rating@1',
    })
  })
})

describe('versions of node types', () => {
  const needing = exported([rated()], {
    types: [...palette, custom('acme-rating', { integration: 'acme-crm', version: '1.4.0' })],
  }).text
  const here = (version?: string) => [
    ...palette,
    custom('acme-rating', { integration: 'acme-crm', ...(version === undefined ? {} : { version }) }),
  ]
  const workspace = scoped({})

  it.each(['1.4.0', '1.4.9', '1.9.0', '1.5.0-beta.1'])('[IO-7] %s will do for ^1.4.0', (version) => {
    expect(plan(needing, { workspace, nodes: here(version) }).ok).toBe(true)
  })

  it.each(['1.3.9', '1.0.0', undefined])('[IO-7] %s will not, and the range is named', (version) => {
    expect(plan(needing, { workspace, nodes: here(version) })).toMatchObject({
      ok: false,
      code: 'import.versionRange',
      reason: `Node types have other versions here than the flows need: acme-rating@1 needs ^1.4.0, and ${version ?? '1.0.0'} is here.`,
      details: { types: [{ pin: 'acme-rating@1', range: '^1.4.0', version: version ?? '1.0.0' }] },
    })
  })

  it('[IO-7] another major is another node type, which is not supported', () => {
    const types = [...palette, custom('acme-rating', { integration: 'acme-crm', major: 2 })]
    expect(plan(needing, { workspace, nodes: types })).toMatchObject({ code: 'import.unavailable' })
  })

  it('[IO-7] a range of a node type that no flow uses asks for nothing', () => {
    const spare = changed(exported([hello()]).bundle, (copy) => {
      copy.nodeTypes['acme-rating@1'] = '^1.9.0'
    })
    expect(plan(spare).ok).toBe(true)
  })

  it('the default version of a node type is the first of its major', () => {
    expect(rating).not.toHaveProperty('version')
    expect(exported([rated()], { types: nodes }).bundle.nodeTypes['acme-rating@1']).toBe('^1.0.0')
  })
})

describe('planImport', () => {
  it('[IO-1] gives fresh ids to flows, and leaves those of nodes, connectors and notes', () => {
    const noted = { ...hello(), notes: [{ id: 'n1', text: 'Ask Ada.', node: 'hi' }] }
    const { flows, warnings } = planned(exported([noted]).text)
    expect(flows.map(({ from }) => from)).toEqual(['hello'])
    expect(serialiseDocument(flows[0]!.document)).toBe(serialiseDocument({ ...noted, id: 'new1' }))
    expect(warnings).toEqual([])
  })

  it('[IO-1] brings the calls between its flows along', () => {
    const all = [calling('main', 'b', 'main'), calling('b', 'main')]
    const { flows } = planned(exported([all[0]!], { all }).text)
    const named = flows.map(({ document }) => document.nodes.flatMap(({ config }) => config.flow ?? []))
    expect(named).toEqual([['new2', 'new1'], ['new1']])
  })

  it('[IO-1] gives no id that the workspace has', () => {
    const entry = { id: 'new1', labels: [] }
    const workspace = workspaceOf({}, { flows: { new1: entry } })
    expect(planned(exported([hello()]).text, { workspace }).flows[0]!.document.id).toBe('new2')
  })

  it('throws where a source of ids gives the same one for ever', () => {
    const two = exported([hello('a'), hello('b')]).text
    expect(() => plan(two, { ids: { next: () => 'same' } })).toThrow(
      expect.objectContaining({ code: 'import.ids' }),
    )
  })

  it.each(['', 'x'.repeat(129), '__proto__', 5, undefined])(
    'throws where a source of ids gives %j, which no flow can be called',
    (id) => {
      const { text } = exported([hello()])
      expect(() => plan(text, { ids: { next: () => id as string } })).toThrow(
        expect.objectContaining({ code: 'import.ids' }),
      )
    },
  )

  it('keeps calls of flows that the workspace has, and reports the others', () => {
    const workspace = workspaceOf({}, { flows: { here: { id: 'here', labels: [] } } })
    const { flows, warnings } = planned(exported([calling('main', 'here', 'gone')]).text, { workspace })
    expect(flows[0]!.document.nodes.flatMap(({ config }) => config.flow ?? [])).toEqual(['here', 'gone'])
    expect(warnings).toMatchObject([
      {
        code: 'bundle.flowMissing',
        severity: 'warning',
        location: { flow: 'new1', node: 'c1', path: ['config', 'flow'] },
        details: { named: 'gone' },
      },
    ])
  })

  it('brings calls along that stand in nodes which have no type here', () => {
    const document = rated('main')
    const own = document.nodes.map((each) =>
      each.id === 'rate' ? { ...each, config: { next: 'b', score: 1 } } : each,
    )
    const { text } = exported([{ ...document, nodes: own }], { all: [hello('b')] })
    const { flows } = planned(text, { nodes: palette, missing: 'placeholder' })
    expect(flows[0]!.document.nodes.find(({ id }) => id === 'rate')!.config.config).toEqual({
      next: 'new2',
      score: 1,
    })
  })

  it('reports segments and media folders that the workspace does not have', () => {
    const document = hello()
    const { text } = exported([
      {
        ...document,
        settings: { ...document.settings, mediaFolder: 'ivr' },
        nodes: document.nodes.map((each) =>
          each.id === 'start' ? { ...each, config: { trigger: 'segment', segment: 'vip' } } : each,
        ),
      },
    ])
    expect(planned(text).warnings).toMatchObject([
      {
        code: 'bundle.mediaFolderMissing',
        location: { flow: 'new1', path: ['settings', 'mediaFolder'] },
        details: { named: 'ivr' },
      },
      {
        code: 'bundle.segmentMissing',
        location: { flow: 'new1', node: 'start', path: ['config', 'segment'] },
        details: { named: 'vip' },
      },
    ])
    const workspace = workspaceOf({
      mediaFolder: { ivr: { id: 'ivr', name: 'IVR' } },
      segment: { vip: { id: 'vip', name: 'VIP' } },
    })
    expect(planned(text, { workspace }).warnings).toEqual([])
  })

  it('a media folder that a form has left blank is none', () => {
    const document = hello()
    const { text } = exported([{ ...document, settings: { ...document.settings, mediaFolder: '' } }])
    expect(planned(text).warnings).toEqual([])
  })

  it.each([
    ['import.noName', {}],
    ['import.noName', { name: ' ', remark: '' }],
    ['import.noRemark', { name: 'Hello' }],
    ['import.badNames', { name: 'x'.repeat(100_001), remark: '' }],
    ['import.badNames', { name: 'Hello', remark: 'x'.repeat(100_001) }],
  ])('[DOC-1] refuses as %s where one flow is imported (%#)', (code, names) => {
    expect(plan(exported([hello()]).text, { names })).toMatchObject({ ok: false, code })
  })

  it('[DOC-1] name and remark become those of the flow that was asked for, and not of its subflows', () => {
    const { text } = exported([calling('main', 'b')], { all: [hello('b', 'Below')] })
    const { flows } = planned(text, { names: { name: 'New', remark: 'Now' } })
    expect(flows.map(({ document: { name, remark } }) => [name, remark])).toEqual([
      ['New', 'Now'],
      ['Below', 'Says hello.'],
    ])
  })

  it('[DOC-1] several flows keep their names, and none is asked for', () => {
    const { text } = exported([hello('a', 'A'), hello('b', 'B')])
    expect(planned(text, { names: {} }).flows.map(({ document }) => document.name)).toEqual(['A', 'B'])
  })
})
