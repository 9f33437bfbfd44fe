import { beforeAll, describe, expect } from 'vitest'
import { createFlow, TEMPLATES } from '../../src/editing/index.ts'
import type { Editor } from '../../src/editor/index.ts'
import type { FlowDocument, JsonObject } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { auditTrail, listFlows } from '../../src/releases/index.ts'
import { fakeTimers } from '../editor/helpers.ts'
import { greeting, supportFlow } from './flows.ts'
import { accepted, codes, Office } from './office.ts'
import { step } from './step.ts'

/* Page 003: chat flows are made, drawn, and put on line. */

const WHATSAPP = { id: 'wa', name: 'WhatsApp line', channel: 'whatsapp' }
const VIBER = { id: 'vb', name: 'Viber line', channel: 'viber' }

describe.sequential('chat flows', () => {
  let office: Office
  let editor: Editor

  beforeAll(async () => {
    office = await Office.open('chat-flow')
    for (const item of [WHATSAPP, VIBER]) await office.send({ type: 'define', kind: 'application', item })
  })

  step('003.9', 'a flow is made here, or read from a file of JSON', async () => {
    await office.add(blank('made'))
    await office.add(imported('read', JSON.stringify(supportFlow())))
    const { items } = listFlows(await office.workspace.state(), await office.workspace.flows())
    expect(items.map(({ flow, state }) => [flow, state])).toEqual(
      expect.arrayContaining([
        ['made', 'new'],
        ['read', 'new'],
      ]),
    )
  })

  step('003.10', 'nodes are drawn onto its canvas, and set up as the business has it', async () => {
    await office.edit('made', 'v1', [
      { type: 'configure', node: 'start', config: { trigger: 'manual' } },
      {
        type: 'add',
        node: { id: 'offer', type: 'send-message@1' },
        from: { node: 'start', outcome: 'next' },
      },
      { type: 'configure', node: 'offer', config: { prompt: 'Ten percent off.', channel: 'whatsapp' } },
      { type: 'addFlowOutcome', outcome: { code: 'told', kind: 'completed' } },
      {
        type: 'add',
        node: { type: 'end@1', config: { outcome: 'told' } },
        from: { node: 'offer', outcome: 'next' },
      },
    ])
    expect(await office.closedGates('made', 'v1')).toEqual([])
  })

  step('003.11', 'then it is published, and not before', async () => {
    expect(await office.reach('made')).toBe('route.notReleased')
    await office.release('made', 'v1')
    expect((await office.start('made')).said).toEqual(['Ten percent off.'])
  })

  step('003.13', 'its nodes send by WhatsApp and by Viber', async () => {
    const next = { type: 'send-message', config: { prompt: 'And here.', channel: 'viber' } }
    const both = greeting(
      'both',
      { trigger: 'manual' },
      {
        nodes: { hello: { type: 'send-message', config: { prompt: 'Here.', channel: 'whatsapp' } }, next },
        connect: ['start -> hello', 'hello -> next', 'next -> done'],
      },
    )
    expect(await office.add(both)).toEqual([])
    expect((await office.plan('both', 'v1')).asks.applications.map(({ channel }) => channel)).toEqual([
      'viber',
      'whatsapp',
    ])
    await office.release('both', 'v1')
    const sent = (await office.start('both')).effects.map(({ type, channel }) => [type, channel])
    expect(sent).toEqual([
      ['message.send', 'whatsapp'],
      ['message.send', 'viber'],
    ])
  })

  step('003.22', 'whoever makes a flow picks the way: on their own, or from a template', () => {
    const ways = [
      { from: 'blank', name: 'Mine', remark: '' },
      { from: 'template', template: 'order-status' },
    ] as const
    for (const way of ways) expect(createFlow(way, { nodes: palette })).toMatchObject({ ok: true })
    const neither = createFlow({ from: 'thin air' } as never, { nodes: palette })
    expect(neither).toMatchObject({ ok: false, error: { code: 'create.unknownWay' } })
  })

  step('003.23', 'on their own, they begin with nothing but a start', () => {
    const { nodes, connectors, notes } = blank('canvas')
    expect([nodes.map(({ type }) => type), connectors, notes]).toEqual([['start@1'], [], []])
  })

  step('003.27', 'one that is triggered by hand waits for the API or for a campaign', async () => {
    await finish(blank('by-hand', 'manual'))
    expect((await office.plan('by-hand', 'v1')).summary.trigger).toEqual({ kind: 'manual' })
    await office.release('by-hand', 'v1')
    expect((await office.workspace.state()).flows['by-hand']?.official?.trigger).toEqual({ kind: 'manual' })
    const campaign = { type: 'manual', campaign: 'spring', contact: { name: 'Ada' } }
    expect((await office.start('by-hand', { trigger: campaign })).said).toEqual(['Hello.'])
  })

  step('003.29', 'one that WhatsApp triggers waits for messages that come in there', async () => {
    await finish(blank('by-whatsapp', { trigger: 'message', channel: 'whatsapp' }))
    const { summary, answers } = await office.plan('by-whatsapp', 'v1')
    expect(summary.trigger).toEqual({ kind: 'message', channel: 'whatsapp' })
    expect(answers.applications).toEqual({ whatsapp: 'wa' })
    await office.release('by-whatsapp', 'v1')
    const message = { type: 'message', channel: 'whatsapp', text: 'Hi' }
    expect((await office.start('by-whatsapp', { trigger: message })).said).toEqual(['Hello.'])

    const open = { from: 'blank', name: 'No', remark: '', trigger: 'whatsap' } as const
    expect(createFlow(open, { nodes: palette })).toMatchObject({
      ok: false,
      error: { code: 'create.unknownTrigger' },
    })
    await finish(blank('by-nothing'))
    expect(await office.closedGates('by-nothing', 'v1')).toEqual(['trigger'])
  })

  step('003.31', 'a file of JSON becomes a flow of its own; one that is damaged becomes none', () => {
    const { id, name, ...content } = supportFlow()
    expect(imported('other-id', JSON.stringify({ id, name, ...content }))).toMatchObject({
      ...content,
      id: 'other-id',
      remark: 'By file',
    })
    for (const json of ['{"schema": 1, "nodes": [', '[]', '{"schema": 99}']) {
      const broken = createFlow({ from: 'json', json, name: 'Broken', remark: '' }, { nodes: palette })
      expect(broken, json).toMatchObject({ ok: false, error: { code: 'create.unreadable' } })
    }
  })

  step(['003.32', '003.33'], 'a template that is picked from the list opens for drawing', async () => {
    const listed = TEMPLATES.map(({ id, title }) => ({ id, title }))
    const { id, title } = listed.find((each) => each.id === 'order-status')!
    await office.add(created({ from: 'template', template: id }, 'orders'))
    editor = await office.editor('orders', 'v1')
    const { document } = editor.getSnapshot()
    expect(document.name).toBe(title)
    expect(document.nodes.length).toBeGreaterThan(5)
    expect(editor.pane().errors).toBe(0)
  })

  step('003.34', 'its nodes can be changed to suit, and the template stays as it is', () => {
    const { nodes } = editor.getSnapshot().document
    const message = nodes.find(({ type }) => type === 'send-message@1')!
    const edit = { type: 'configure', node: message.id, path: ['prompt'], value: 'Ours now.' }
    accepted(editor.apply(edit))
    expect(editor.getSnapshot().document.nodes).toContainEqual({
      ...message,
      config: { ...message.config, prompt: 'Ours now.' },
    })
    const again = created({ from: 'template', template: 'order-status' }, 'again')
    expect(again.nodes).toContainEqual(message)
  })

  step('003.35', 'then it is saved and put on line', async () => {
    accepted(await editor.save())
    await office.release('orders', 'v1')
    expect(await office.row('orders')).toMatchObject({ word: 'ONLINE' })
    expect(JSON.stringify(await office.workspace.document('orders', 'v1'))).toContain('Ours now.')
  })

  step('003.36', 'name and remark are filled in, and stand in the list', async () => {
    const made = accepted(
      createFlow({ from: 'blank', name: 'Spring sale', remark: 'Until May' }, { nodes: palette }),
    ).value
    await office.add(made)
    expect(await office.row(made.id)).toMatchObject({ name: 'Spring sale', remark: 'Until May' })
  })

  step('003.38', 'they are asked of those who build on their own, and of nobody else', () => {
    const codeOf = (way: object) => {
      const made = createFlow(way as never, { nodes: palette })
      return made.ok ? 'created' : made.error.code
    }
    expect(codeOf({ from: 'blank', name: ' ', remark: 'r' })).toBe('create.noName')
    expect(codeOf({ from: 'blank', name: 'n' })).toBe('create.noRemark')
    expect(codeOf({ from: 'json', json: supportFlow(), remark: 'r' })).toBe('create.noName')
    expect(codeOf({ from: 'template', template: 'order-status' })).toBe('created')
  })

  step('003.45', 'what is needed is put on the canvas', async () => {
    await office.add(blank('news', 'manual'))
    editor = await office.editor('news', 'v1')
    const pins = editor.palette().categories.flatMap(({ types }) => types.map(({ pin }) => pin))
    for (const [id, type, y] of [
      ['hello', 'send-message@1', 100],
      ['done', 'end@1', 200],
    ] as const) {
      expect(pins).toContain(type)
      accepted(editor.apply({ type: 'add', node: { id, type, position: { x: 0, y } } }))
    }
    const { nodes } = editor.getSnapshot().document
    expect(new Map(nodes.map(({ id, position }) => [id, position?.y]))).toEqual(
      new Map([
        ['start', 0],
        ['hello', 100],
        ['done', 200],
      ]),
    )
  })

  step('003.46', 'between start and end is where it belongs', () => {
    const codesOf = (id: string) =>
      codes(editor.getSnapshot().diagnostics.filter(({ location }) => location.node === id))
    expect(codesOf('hello')).toEqual(expect.arrayContaining(['node.unreachable', 'outcome.unassigned']))
    const lead = (from: string, to: string) =>
      editor.apply({ type: 'connect', from: { node: from, outcome: 'next' }, to })
    accepted(lead('start', 'hello'))
    accepted(lead('hello', 'done'))
    expect(codesOf('hello')).toEqual(['config.missing'])
    expect(lead('done', 'hello')).toMatchObject({ code: 'edit.outOfEnd' })
    expect(editor.canConnect({ node: 'hello', outcome: 'on:error' }, 'start')).toMatchObject({
      code: 'edit.intoStart',
    })
  })

  step('003.47', 'each node is set up in its own form', () => {
    const { schema, defaults } = editor.palette().get('send-message@1')!
    expect(Object.keys(schema.properties as object)).toEqual(expect.arrayContaining(['prompt', 'channel']))
    const config = { ...defaults, prompt: 'Your parcel is here.' }
    accepted(editor.apply({ type: 'configure', node: 'hello', config }))
    accepted(editor.apply({ type: 'addFlowOutcome', outcome: { code: 'told', kind: 'completed' } }))
    accepted(editor.apply({ type: 'configure', node: 'done', config: { outcome: 'told' } }))
    expect(editor.pane().errors).toBe(0)
  })

  step('003.49', 'Save stores what was drawn', async () => {
    expect((await office.workspace.document('news', 'v1'))?.nodes).toHaveLength(1)
    const { revision } = accepted(await editor.save())
    expect(revision).toBe(2)
    expect(await office.workspace.document('news', 'v1')).toEqual(editor.getSnapshot().document)
  })

  step('003.51', 'unsaved edits are shown, closing over them is refused, and autosave is there', async () => {
    expect(editor.getSnapshot().isDirty).toBe(false)
    accepted(editor.apply({ type: 'label', node: 'hello', label: 'News' }))
    expect(editor.getSnapshot().isDirty).toBe(true)
    expect(editor.close()).toMatchObject({ ok: false, code: 'edit.unsaved' })
    accepted(await editor.save())
    expect(editor.close()).toEqual({ ok: true })

    const timers = fakeTimers()
    const diligent = await office.editor('news', 'v1', { autosave: { afterMs: 30_000 }, timers })
    accepted(diligent.apply({ type: 'label', node: 'done', label: 'Told' }))
    expect(await office.workspace.document('news', 'v1')).not.toEqual(diligent.getSnapshot().document)
    await timers.pass(30_000)
    await new Promise(setImmediate)
    expect(diligent.getSnapshot()).toMatchObject({ isDirty: false, saving: { status: 'idle' } })
    expect(await office.workspace.document('news', 'v1')).toEqual(diligent.getSnapshot().document)
  })

  step('003.54', 'a campaign that is tied to it reaches nobody unless it is ONLINE', async () => {
    const contact = { id: 'ada', attributes: { segment: 'spring' } }
    expect(await office.status('news', 'v1')).toBe('OFFLINE')
    expect(await office.route('news', contact)).toMatchObject({ ok: false, code: 'route.notReleased' })
    await office.release('by-hand', await office.branch('by-hand', 'v1'))
    expect(await office.route('by-hand', contact)).toMatchObject({ ok: true })
    await office.send({ type: 'pause', flow: 'by-hand' })
    expect(await office.row('by-hand')).toMatchObject({ word: 'OFFLINE' })
    expect(await office.route('by-hand', contact)).toMatchObject({ ok: false, code: 'route.paused' })
  })

  step('003.59', 'Online publishes it', async () => {
    const plan = await office.plan('news', 'v1')
    expect(plan.ready).toBe(true)
    await office.send(office.confirmation(plan))
    expect((await office.start('news')).said).toEqual(['Your parcel is here.'])
  })

  step('003.60', 'whoever did it is told that it worked', async () => {
    const events = await office.workspace.events('news')
    const [last] = auditTrail(events, { labels: 'integer' }).slice(-1)
    expect(last).toMatchObject({ what: 'released', by: 'ada', flow: 'news', label: '1' })
    expect(last?.sentence).toContain('ada')
    const again = office.confirmation(await office.plan('news', 'v1'))
    expect(await office.refused(again)).toMatchObject({ code: 'release.gates' })
  })

  step('003.64', 'the list shows it ONLINE, and others OFFLINE', async () => {
    expect(await office.row('news')).toMatchObject({ word: 'ONLINE', state: 'official' })
    expect(await office.row('by-nothing')).toMatchObject({ word: 'OFFLINE', state: 'new' })
    await office.send({ type: 'cancelRelease', flow: 'news', slot: 'official' })
    expect(await office.row('news')).toMatchObject({ word: 'OFFLINE', state: 'unreleased' })
  })

  /** Adds a blank flow, and draws a greeting into it. */
  async function finish(document: FlowDocument): Promise<void> {
    await office.add(document)
    await office.edit(document.id, 'v1', [
      {
        type: 'add',
        node: { id: 'hello', type: 'send-message@1', config: { prompt: 'Hello.' } },
        from: { node: 'start', outcome: 'next' },
      },
      { type: 'addFlowOutcome', outcome: { code: 'told', kind: 'completed' } },
      {
        type: 'add',
        node: { type: 'end@1', config: { outcome: 'told' } },
        from: { node: 'hello', outcome: 'next' },
      },
    ])
  }
})

function created(source: Parameters<typeof createFlow>[0], id: string): FlowDocument {
  return accepted(createFlow(source, { nodes: palette, ids: { next: () => id } })).value
}

function blank(id: string, trigger?: string | JsonObject): FlowDocument {
  return created({ from: 'blank', name: id, remark: 'By hand', trigger }, id)
}

function imported(id: string, json: string): FlowDocument {
  return created({ from: 'json', json, name: id, remark: 'By file' }, id)
}
