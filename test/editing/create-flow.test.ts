import { describe, expect, it } from 'vitest'
import type { Result } from '../../src/base/result.ts'
import type { FlowDocument } from '../../src/document/flow-document.ts'
import { parseDocument } from '../../src/document/parse-document.ts'
import { serialiseDocument } from '../../src/document/serialise-document.ts'
import { applyCommand } from '../../src/editing/apply-command.ts'
import type { EditCommand } from '../../src/editing/command.ts'
import { type CreateFlowOptions, type CreateFlowSource, createFlow } from '../../src/editing/create-flow.ts'
import { CREATE_REFUSALS, type CreateRefusal } from '../../src/editing/create-refusals.ts'
import { openDraft } from '../../src/editing/draft.ts'
import type { FlowTemplate } from '../../src/editing/templates/flow-template.ts'
import { TEMPLATES } from '../../src/editing/templates/templates.ts'
import { defineNode, f } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { TRIGGER_KINDS } from '../../src/palette/start.ts'
import { validate } from '../../src/validation/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'

/** Ids `f1`, `f2`, … */
function numberedIds() {
  let last = 0
  return { next: () => `f${++last}` }
}

function create(source: CreateFlowSource, options: Partial<CreateFlowOptions> = {}) {
  return createFlow(source, { nodes: palette, ids: numberedIds(), ...options })
}

function created(source: CreateFlowSource, options?: Partial<CreateFlowOptions>): FlowDocument {
  const result = create(source, options)
  if (!result.ok) throw new Error(result.error.reason)
  return result.value
}

function refusal(result: Result<FlowDocument, CreateRefusal>): CreateRefusal {
  if (result.ok) throw new Error('It was created')
  return result.error
}

const named = { name: 'Hotline', remark: 'Answers calls.' }
const exported: FlowDocument = deepFreeze({
  schema: 1,
  id: 'old',
  name: 'Old',
  remark: 'From elsewhere.',
  medium: 'voice',
  role: 'main',
  audience: 'interaction',
  settings: {},
  nodes: [
    { id: 'first', type: 'start@1', config: { trigger: 'call' } },
    { id: 'last', type: 'end@1', config: {} },
  ],
  connectors: [{ id: 'c7', from: { node: 'first', outcome: 'next' }, to: 'last' }],
  notes: [{ id: 'n3', node: 'last', text: '*Unfinished*' }],
  meta: { team: 4 },
})

describe('a blank flow', () => {
  it('[DOC-1] a blank flow holds its start node, placed, and nothing else', () => {
    expect(created({ from: 'blank', ...named })).toEqual({
      schema: 1,
      id: 'f1',
      ...named,
      medium: 'any',
      role: 'main',
      audience: 'interaction',
      settings: {},
      nodes: [{ id: 'start', type: 'start@1', config: {}, position: { x: 0, y: 0 } }],
      connectors: [],
      notes: [],
    })
  })

  it('[DOC-1] a blank flow leaves the trigger open unless one is chosen', () => {
    expect(created({ from: 'blank', ...named }).nodes[0]!.config).not.toHaveProperty('trigger')
  })

  it.each(TRIGGER_KINDS)('[DOC-1] a blank flow begins with the trigger chosen: %s', (trigger) => {
    expect(created({ from: 'blank', ...named, trigger }).nodes[0]!.config).toEqual({ trigger })
  })

  it('takes what belongs to the trigger, and what the flow is for', () => {
    const flow = created({
      from: 'blank',
      ...named,
      trigger: { trigger: 'message', channel: 'sms' },
      medium: 'messaging',
      role: 'exception',
      audience: 'internal',
    })
    expect(flow).toMatchObject({ medium: 'messaging', role: 'exception', audience: 'internal' })
    expect(flow.nodes[0]!.config).toEqual({ trigger: 'message', channel: 'sms' })
  })

  it('has the errors of a flow that is not finished', () => {
    const diagnostics = validate(created({ from: 'blank', ...named }), { nodes: palette })
    expect(diagnostics.map(({ code }) => code)).toContain('flow.empty')
  })

  it('begins with the newest start node on offer', () => {
    const [start] = [...palette].filter(({ place }) => place === 'start')
    const next = { ...start!, runtime: { ...start!.runtime, major: 2 } }
    const flow = created({ from: 'blank', ...named }, { nodes: [next, ...palette] })
    expect(flow.nodes[0]!.type).toBe('start@2')
    expect(created({ from: 'blank', ...named }, { nodes: [...palette, next] }).nodes[0]!.type).toBe('start@2')
  })

  it('takes any trigger where the start node of the host lists none', () => {
    const bell = defineNode({
      runtime: { type: 'bell', major: 3, outcomes: () => ['rings'], enter: () => 'rings' },
      title: 'Bell',
      category: 'flow',
      icon: 'bell',
      help: 'Rings.',
      place: 'start',
      fields: { trigger: f.text({ optional: true }) },
    })
    const flow = created({ from: 'blank', ...named, trigger: 'door' }, { nodes: [bell] })
    expect(flow.nodes).toEqual([
      { id: 'start', type: 'bell@3', config: { trigger: 'door' }, position: { x: 0, y: 0 } },
    ])
  })

  it('is refused where no node type begins a flow', () => {
    const nodes = [...palette].filter(({ place }) => place !== 'start')
    expect(refusal(create({ from: 'blank', ...named }, { nodes })).code).toBe('create.noStartType')
  })

  it('is refused with a trigger that there is not', () => {
    expect(refusal(create({ from: 'blank', ...named, trigger: 'mesage' }))).toEqual({
      code: 'create.unknownTrigger',
      reason:
        'There is no trigger mesage. Did you mean message? Choose one of manual, message, call, segment, event, flow, link, or leave it open.',
      details: { trigger: 'mesage', triggers: TRIGGER_KINDS, suggestion: 'message' },
      diagnostics: [],
    })
  })
})

describe('a flow from JSON', () => {
  it('[DOC-1] a flow from JSON is the document under the name and remark given', () => {
    const flow = created({ from: 'json', json: JSON.stringify(exported), ...named })
    expect(flow).toEqual({ ...exported, id: 'f1', ...named })
  })

  it('keeps the ids of nodes, connectors and notes, and the data of the host', () => {
    const flow = created({ from: 'json', json: exported, ...named })
    expect(flow.nodes.map(({ id }) => id)).toEqual(['first', 'last'])
    expect(flow.connectors[0]!.id).toBe('c7')
    expect(flow.notes[0]!.id).toBe('n3')
    expect(flow.meta).toEqual({ team: 4 })
  })

  it('may lack a start node', () => {
    const flow = created({ from: 'json', json: { ...exported, nodes: [] }, ...named })
    expect(validate(flow, { nodes: palette }).map(({ code }) => code)).toContain('flow.noStart')
  })

  it.each([
    ['no JSON', '{ "schema": 1,', 'document.notJson'],
    ['nothing', undefined, 'document.json'],
    ['a list', '[]', 'document.notAnObject'],
    ['no schema', { nodes: [] }, 'document.noSchema'],
    ['a newer schema', { schema: 99, nodes: [] }, 'document.newerSchema'],
    ['a member that is misspelt', { ...exported, nodez: [] }, 'document.unknownMember'],
    ['no nodes', { schema: 1 }, 'document.shape'],
    ['a node twice', { ...exported, nodes: [exported.nodes[0]!, exported.nodes[0]!] }, 'document.repeated'],
    ['a way to a prototype', '{ "schema": 1, "nodes": [], "meta": { "__proto__": {} } }', 'document.json'],
  ])('is refused for %s, with what the document lacks', (_, json, code) => {
    const { diagnostics, reason, ...rest } = refusal(create({ from: 'json', json, ...named }))
    expect(rest.code).toBe('create.unreadable')
    expect(diagnostics[0]?.code).toBe(code)
    expect(reason).toContain(diagnostics[0]!.message)
  })
})

describe('name and remark', () => {
  it.each([
    ['blank', { from: 'blank' }],
    ['JSON', { from: 'json', json: exported }],
  ] as const)('[DOC-1] a flow from %s asks for both', (_, source) => {
    const ask = (more: object) => refusal(create({ ...source, ...more } as CreateFlowSource)).code
    expect(ask({ remark: 'x' })).toBe('create.noName')
    expect(ask({ name: ' \n', remark: 'x' })).toBe('create.noName')
    expect(ask({ name: 'x' })).toBe('create.noRemark')
    expect(created({ ...source, name: 'x', remark: '' })).toMatchObject({ name: 'x', remark: '' })
  })

  it('[DOC-1] a flow from a template is called as the template unless told otherwise', () => {
    const from = { from: 'template', template: 'order-status' } as const
    const { title, summary } = TEMPLATES.find(({ id }) => id === 'order-status')!
    expect(created(from)).toMatchObject({ name: title, remark: summary })
    expect(created({ ...from, name: ' ' })).toMatchObject({ name: title })
    expect(created({ ...from, ...named })).toMatchObject(named)
    expect(created({ ...from, remark: '' })).toMatchObject({ name: title, remark: '' })
  })

  it('[DOC-1] a copy is called as what it was copied from, with (copy) behind it, unless told otherwise', () => {
    const from = { from: 'copy', document: exported } as const
    expect(created(from)).toMatchObject({ name: 'Old (copy)', remark: 'From elsewhere.' })
    expect(created({ ...from, ...named })).toMatchObject(named)
    const { remark, ...bare } = exported
    expect(created({ from: 'copy', document: bare })).not.toHaveProperty('remark')
    const { name, ...nameless } = exported
    for (const document of [nameless as FlowDocument, { ...exported, name: '' }])
      expect(created({ from: 'copy', document }).name).toBe(`${exported.id} (copy)`)
  })
})

describe('a flow from a template', () => {
  const ours: FlowTemplate = {
    id: 'parking',
    title: 'Parking permit',
    summary: 'Sells permits.',
    category: 'city',
    tags: [],
    icon: 'car',
    document: (({ id, name, remark, ...document }) => document)(exported),
  }

  it('[DOC-2] a host template makes a flow as a built-in one does', () => {
    const templates = [...TEMPLATES, ours]
    expect(created({ from: 'template', template: 'parking' }, { templates })).toEqual({
      ...exported,
      id: 'f1',
      name: 'Parking permit',
      remark: 'Sells permits.',
    })
    expect(created({ from: 'template', template: 'support-ivr' }, { templates }).name).toBe('Support line')
  })

  it('[DOC-2] a flow from a template is an ordinary draft whose nodes can be changed', () => {
    const template = TEMPLATES[0]!
    const before = JSON.stringify(template)
    const draft = openDraft(created({ from: 'template', template: template.id }), { nodes: palette })
    const commands: readonly EditCommand[] = [
      { type: 'configure', node: 'menu', path: ['retries'], value: 5 },
      { type: 'label', node: 'menu', label: 'Our menu' },
      { type: 'move', nodes: { menu: { x: 1, y: 2 } } },
      { type: 'remove', nodes: ['again'] },
    ]
    for (const command of commands) expect(applyCommand(draft, command)).toMatchObject({ ok: true })
    const changed = applyCommand(draft, commands[0]!)
    const menu = changed.ok && changed.draft.document.nodes.find(({ id }) => id === 'menu')
    expect(menu).toMatchObject({ config: { retries: 5 } })
    expect(JSON.stringify(template)).toBe(before)
  })

  it('shares nothing with the template that could be changed', () => {
    const from = { from: 'template', template: 'support-ivr' } as const
    const menuOf = (flow: FlowDocument) => flow.nodes.find(({ id }) => id === 'menu')!
    Object.assign(menuOf(created(from)).config, { retries: 5 })
    expect(menuOf(created(from)).config.retries).toBe(2)
  })

  it('[DOC-2] a template is refused by an id that there is not, with the one that was meant', () => {
    expect(refusal(create({ from: 'template', template: 'order-statsu' }))).toMatchObject({
      code: 'create.unknownTemplate',
      reason: 'There is no template order-statsu. Did you mean order-status? Choose one of those on offer.',
      details: { template: 'order-statsu', suggestion: 'order-status' },
    })
    expect(refusal(create({ from: 'template', template: 'support-ivr' }, { templates: [ours] })).code).toBe(
      'create.unknownTemplate',
    )
  })

  it('is refused where the document of a host template cannot be read', () => {
    const broken = { ...ours, document: { ...ours.document, nodes: 'none' as never } }
    const { code, diagnostics } = refusal(
      create({ from: 'template', template: 'parking' }, { templates: [broken] }),
    )
    expect([code, diagnostics[0]?.code]).toEqual(['create.unreadable', 'document.shape'])
  })

  it('throws for two templates of one id', () => {
    const twice = () => create({ from: 'template', template: 'parking' }, { templates: [ours, ours] })
    expect(twice).toThrow(/\[template\.repeated\]/)
  })
})

describe('a copy', () => {
  it('[DOC-1] a copy is the flow under an id of its own', () => {
    expect(created({ from: 'copy', document: exported })).toEqual({
      ...exported,
      id: 'f1',
      name: 'Old (copy)',
    })
  })

  it('shares nothing that could be changed', () => {
    const flow = created({ from: 'copy', document: exported })
    expect(flow.nodes).not.toBe(exported.nodes)
    expect(flow.nodes[0]!.config).not.toBe(exported.nodes[0]!.config)
  })

  it('is refused where it is a copy of nothing', () => {
    const nothing = { from: 'copy' } as unknown as CreateFlowSource
    expect(refusal(create(nothing)).code).toBe('create.unreadable')
  })
})

describe('every new flow', () => {
  const sources: readonly CreateFlowSource[] = [
    { from: 'blank', ...named },
    { from: 'json', json: exported, ...named },
    ...TEMPLATES.map(({ id }) => ({ from: 'template', template: id }) as const),
    { from: 'copy', document: exported },
  ]

  it.each(sources)('is the same bytes after a turn through a file: %o', (source) => {
    const bytes = serialiseDocument(created(source))
    const read = parseDocument(bytes)
    expect(read.ok && serialiseDocument(read.value)).toBe(bytes)
  })

  it('has an id that no other has, also without ids of the host', () => {
    const ids = [1, 2, 3].map(() => {
      const result = createFlow({ from: 'copy', document: exported }, { nodes: palette })
      return result.ok && result.value.id
    })
    expect(new Set([...ids, 'old']).size).toBe(4)
  })

  it('comes from somewhere', () => {
    for (const source of [{ from: 'air' }, {}, null, undefined]) {
      expect(refusal(create(source as never)).code).toBe('create.unknownWay')
    }
  })
})

it('words every refusal with the next step', () => {
  for (const [code, { cause, mend }] of Object.entries(CREATE_REFUSALS)) {
    expect(code).toMatch(/^create\.[a-z][A-Za-z]+$/)
    expect(cause).toMatch(/\.$/)
    expect(mend).toMatch(/\.$/)
  }
})
