import { beforeAll, describe, expect } from 'vitest'
import { createFlow, TEMPLATES } from '../../src/editing/index.ts'
import { createEditor, type Editor } from '../../src/editor/index.ts'
import { compile, type FlowDocument, isMessage, validate } from '../../src/index.ts'
import type { Run, Session } from '../../src/interpreter/index.ts'
import { renderNote } from '../../src/notes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { historyOf, PRESETS } from '../../src/releases/index.ts'
import { ask, end, flow, node, say } from '../support/flow.ts'
import { Play } from '../support/play.ts'
import { greeting, supportFlow } from './flows.ts'
import { accepted, codes, Office } from './office.ts'
import { step } from './step.ts'

/* Page 001: flows are drawn, saved and made live in a flow builder. */

/** A parcel service asks whether somebody is at home. */
const FLOW = 'parcel'
const SMS = { id: 'sms-1', name: 'Short code', channel: 'sms', address: '70707' }

let office: Office
let editor: Editor

beforeAll(async () => {
  office = await Office.open('flow-builder')
})

describe.sequential('what flows are made of', () => {
  step('001.6', 'configured nodes, connected in an order, are what a flow does', () => {
    const drawn = emptyFlow('drawn')
    expect(codes(validate(drawn, { nodes: palette }))).toContain('flow.empty')
    const document = flow({
      nodes: { first: say('One.'), second: say('Two.'), done: end('done') },
      connect: ['start -> second', 'second -> first', 'first -> done'],
    })
    expect(play(document).said).toEqual(['Two.', 'One.'])
  })

  step('001.8', 'the palette has nodes that call web services, send messages and decide', () => {
    const { types } = paletteOf(createEditor(emptyFlow('any'), { nodes: palette }))
    expect(types).toEqual(expect.arrayContaining(['http-request@1', 'send-message@1', 'branch@1']))
    const document = flow({
      nodes: {
        fetch: node('http-request', { url: 'https://example.com/stock' }),
        enough: node('branch', {
          rules: [{ outcome: 'yes', condition: 'nodes.fetch.status == 200' }],
          default: 'no',
        }),
        tell: say('In stock.'),
        done: end('done'),
      },
      connect: ['start -> fetch', 'fetch:success -> enough', 'enough:yes -> tell', 'tell -> done'],
      otherwise: 'done',
    })
    const run = play(document)
    expect(run.effects).toMatchObject([{ type: 'http.request', url: 'https://example.com/stock' }])
    expect(run.result({ status: 200 }).said).toEqual(['In stock.'])
    expect(play(document).result({ status: 203 }).said).toEqual([])
  })

  step(
    '001.9',
    'a node begins, works, answers for its errors, reports, and decides on a way out',
    async () => {
      const document = flow({
        nodes: {
          fetch: {
            ...node('http-request', { url: '{{address}}' }),
            onEnter: [{ log: 'calls', fields: { step: '"begun"' } }],
          },
          fine: end('fine'),
          down: end('down'),
          broken: end('broken'),
        },
        connect: ['start -> fetch', 'fetch:success -> fine', 'fetch:on:error -> broken'],
        otherwise: 'down',
        variables: [{ name: 'address', type: 'text', default: 'https://example.com' }],
        settings: { logbooks: [{ name: 'calls', fields: ['step'] }] },
      })
      const run = play(document)
      const told = () => run.entries.filter((entry) => entry.node === 'fetch').map(({ type }) => type)
      expect(told()).toEqual(['enter', 'effect', 'effect', 'wait'])
      expect(run.effects.map(({ type }) => type)).toEqual(['log.write', 'http.request'])
      run.result({ status: 200 })
      expect(told()).toEqual(['event', 'leave'])
      expect(run.outcome).toBe('fine')
      expect(play(document).result({ error: 'timeout' }).outcome).toBe('down')
      expect(play(document, { variables: { address: 'nowhere' } }).outcome).toBe('broken')
    },
  )

  step('001.10', 'control goes from node to node along the connectors', () => {
    const run = play(supportFlow(), { trigger: { type: 'manual', contact: { name: 'Ada', balance: 5 } } })
    const entered = () => run.entries.flatMap((entry) => (entry.type === 'enter' ? [entry.node] : []))
    expect(entered()).toEqual(['start', 'welcome', 'menu'])
    run.text('1')
    expect(entered()).toEqual(['balance', 'owe', 'menu'])
  })
})

describe.sequential('ways to a new flow', () => {
  step('001.13', 'one of the sample flows can be where it starts', async () => {
    expect(TEMPLATES.length).toBeGreaterThan(3)
    for (const { id: template } of TEMPLATES) {
      const made = createFlow({ from: 'template', template }, { nodes: palette })
      expect(validate(accepted(made).value, { nodes: palette }).filter(isError), template).toEqual([])
    }
    const unknown = createFlow({ from: 'template', template: 'support-ivt' }, { nodes: palette })
    expect(unknown).toMatchObject({ ok: false, error: { details: { suggestion: 'support-ivr' } } })
  })

  step('001.14', 'it can start from nothing', async () => {
    await office.add(emptyFlow(FLOW))
    expect(await office.row(FLOW)).toMatchObject({ name: 'Parcel', word: 'Working Draft', versions: 1 })
  })

  step('001.15', 'it can be like one that is there, which stays what it is', async () => {
    await office.add(supportFlow())
    const original = (await office.workspace.document('support', 'v1'))!
    const copy = accepted(createFlow({ from: 'copy', document: original }, { nodes: palette })).value
    await office.add(copy)
    await office.edit(copy.id, 'v1', [{ type: 'remove', node: 'welcome' }])
    expect(await office.row(copy.id)).toMatchObject({ name: 'Support (copy)' })
    expect(await office.workspace.document('support', 'v1')).toEqual(original)
  })

  step('001.28', 'calls and messages are drawn in one and the same builder', async () => {
    const { categories } = paletteOf(createEditor(emptyFlow('any'), { nodes: palette }))
    expect(categories).toEqual(expect.arrayContaining(['voice', 'messaging']))
    const both = greeting(
      'both',
      { trigger: 'call' },
      {
        nodes: {
          transfer: node('transfer', { kind: 'queue', to: 'sales' }),
          text: onChannel('sms', 'We missed you.'),
        },
        connect: ['start -> hello', 'hello -> transfer', 'transfer:connected -> done', 'text -> done'],
        otherwise: 'text',
      },
    )
    expect((await office.add(both)).filter(isError)).toEqual([])
    expect((await office.plan('both', 'v1')).summary.channels).toEqual(['sms', 'voice'])
  })
})

describe.sequential('drawing and publishing', () => {
  step('001.32', 'a new flow opens with its start node, which stays', async () => {
    editor = await office.editor(FLOW, 'v1')
    expect(drawn().nodes.map(({ type }) => type)).toEqual(['start@1'])
    expect(editor.apply({ type: 'remove', node: 'start' })).toMatchObject({ code: 'edit.startStays' })
  })

  step('001.33', 'its form says what can be filled in; a wrong entry is marked', () => {
    const { help, schema } = editor.palette().get('start@1')!
    expect(help).not.toBe('')
    expect(Object.keys(schema.properties as object)).toEqual(
      expect.arrayContaining(['trigger', 'channel', 'event']),
    )
    accepted(editor.apply({ type: 'configure', node: 'start', config: { trigger: 'telepathy' } }))
    expect(found('start')).toContain('config.wrongType')
    accepted(
      editor.apply({ type: 'configure', node: 'start', config: { trigger: 'message', channel: 'sms' } }),
    )
    expect(found('start')).not.toContain('config.wrongType')
  })

  step('001.34', 'nodes come from the palette to a place on the canvas', () => {
    for (const [id, type, x] of [
      ['ask', 'menu@1', 200],
      ['tell', 'send-message@1', 400],
      ['home', 'end@1', 600],
    ] as const) {
      expect(paletteOf(editor).types).toContain(type)
      accepted(editor.apply({ type: 'add', node: { id, type, position: { x, y: 0 } } }))
    }
    expect(drawn().nodes.find(({ id }) => id === 'tell')?.position).toEqual({ x: 400, y: 0 })
    const start = { type: 'add', node: { id: 'another', type: 'start@1' } }
    expect(editor.apply(start)).toMatchObject({ code: 'edit.secondStart' })
    const unknown = { type: 'add', node: { id: 'x', type: 'teleport@1' } }
    expect(editor.apply(unknown)).toMatchObject({ code: 'edit.unknownType' })
  })

  step('001.35', 'each is set up in its form; what is missing there is marked', () => {
    expect(found('ask')).toContain('config.missing')
    const options = [
      { value: '1', label: 'At home' },
      { value: '2', label: 'Away' },
    ]
    const config = { prompt: 'Are you at home? 1 yes, 2 no', options, timeout: '1h' }
    accepted(editor.apply({ type: 'configure', node: 'ask', config }))
    accepted(
      editor.apply({ type: 'configure', node: 'tell', path: ['prompt'], value: 'See you, from {{depot}}.' }),
    )
    expect(found('ask')).not.toContain('config.missing')
    expect(found('tell')).toContain('expression.unknownName')
    const depot = { name: 'depot', type: 'text', label: 'Depot', askAtRelease: true }
    accepted(editor.apply({ type: 'addVariable', variable: depot }))
    expect(found('tell')).not.toContain('expression.unknownName')
  })

  step('001.36', 'settings of the flow: logbooks that nodes write to, and what a run can come to', () => {
    const entry = { log: 'deliveries', fields: { answer: '"home"' } }
    accepted(editor.apply({ type: 'setActions', node: 'tell', onEnter: [entry] }))
    expect(found('tell')).toContain('logbook.unknown')
    const logbooks = [{ name: 'deliveries', fields: ['answer'] }]
    accepted(editor.apply({ type: 'changeSettings', path: ['logbooks'], value: logbooks }))
    expect(found('tell')).not.toContain('logbook.unknown')

    const tag = { type: 'configure', node: 'home', path: ['outcome'], value: 'atHome' }
    accepted(editor.apply(tag))
    expect(found('home')).toContain('end.unknownOutcome')
    accepted(editor.apply({ type: 'addFlowOutcome', outcome: { code: 'atHome', kind: 'completed' } }))
    expect(found('home')).not.toContain('end.unknownOutcome')
  })

  step('001.37', 'sessions can be kept from doubling, which takes an identifier', () => {
    const setting = (path: string[], value: string | boolean) =>
      accepted(editor.apply({ type: 'changeSettings', path, value }))
    expect(found(undefined)).not.toContain('settings.noDuplicateIdentifier')
    setting(['duplicates', 'prevent'], true)
    expect(found(undefined)).toContain('settings.noDuplicateIdentifier')
    setting(['duplicates', 'identifier'], 'session.id')
    expect(found(undefined)).not.toContain('settings.noDuplicateIdentifier')
  })

  step('001.38', 'connectors join the nodes', () => {
    for (const [from, outcome, to] of [
      ['start', 'next', 'ask'],
      ['ask', '1', 'tell'],
      ['tell', 'next', 'home'],
    ] as const) {
      expect(editor.canConnect({ node: from, outcome }, to)).toEqual({ ok: true })
      connect(from, outcome, to)
    }
    expect(editor.canConnect({ node: 'ask', outcome: '2' }, 'start')).toMatchObject({
      code: 'edit.intoStart',
    })
    expect(editor.canConnect({ node: 'home', outcome: 'next' }, 'ask')).toMatchObject({
      code: 'edit.outOfEnd',
    })
    expect(editor.canConnect({ node: 'ask', outcome: '1' }, 'home')).toMatchObject({
      code: 'edit.outcomeTaken',
    })
  })

  step('001.39', 'a node may have several ways out', () => {
    expect(declared('ask')).toEqual(['1', '2', 'noMatch', 'timeout'])
    expect(declared('tell')).toEqual(['next'])
  })

  step('001.40', 'one of them at least has to lead on', () => {
    expect(found('ask')).not.toContain('node.noWayToEnd')
    connectNothing('ask', '1')
    expect(found('ask')).toContain('node.noWayToEnd')
    accepted(editor.undo())
    expect(found('ask')).not.toContain('node.noWayToEnd')
  })

  step('001.41', 'the others go to ends, each tagged with what the run came to', () => {
    expect(found('ask')).toContain('outcome.unassigned')
    accepted(editor.apply({ type: 'add', node: { id: 'away', type: 'end@1' } }))
    for (const outcome of ['2', 'noMatch', 'timeout']) connect('ask', outcome, 'away')
    expect(found('ask')).not.toContain('outcome.unassigned')
    expect(found('away')).not.toEqual([])
    accepted(editor.apply({ type: 'addFlowOutcome', outcome: { code: 'away', kind: 'incomplete' } }))
    accepted(editor.apply({ type: 'configure', node: 'away', path: ['outcome'], value: 'away' }))
    expect(found('away')).toEqual([])
    expect(editor.pane().errors).toBe(0)
  })

  step('001.42', 'saving works at every stage, and keeps exactly what was drawn', async () => {
    await office.add(emptyFlow('rough'))
    const rough = await office.editor('rough', 'v1')
    for (const edit of [
      { type: 'add', node: { id: 'menu', type: 'menu@1', config: { prompt: '{{ unfinished' } } },
      { type: 'connect', from: { node: 'start', outcome: 'next' } },
      { type: 'describe', name: '' },
    ]) {
      accepted(rough.apply(edit))
      accepted(await rough.save())
      expect(await office.workspace.document('rough', 'v1')).toEqual(rough.getSnapshot().document)
    }
    expect((await office.version('rough', 'v1')).revisions).toHaveLength(4)
  })

  step('001.43', 'saving tells errors and warnings, and a pane shows them beside the canvas', async () => {
    connectNothing('ask', '1')
    accepted(editor.apply({ type: 'addFlowOutcome', outcome: { code: 'lost', kind: 'error' } }))
    const { diagnostics } = accepted(await editor.save())
    expect(codes(diagnostics.filter(isError))).toContain('outcome.unassigned')
    expect(codes(diagnostics.filter(isWarning))).toContain('flowOutcome.unused')
    expect(editor.pane()).toMatchObject({
      errors: diagnostics.filter(isError).length,
      warnings: diagnostics.filter(isWarning).length,
    })
    const revision = (await office.version(FLOW, 'v1')).revisions.length
    const again = await office.send(
      { type: 'saveDraft', flow: FLOW, version: 'v1', revision },
      { document: drawn() },
    )
    expect(codes(again.diagnostics!)).toEqual(codes(diagnostics))
  })

  step('001.44', 'only a flow without errors gets through to going live', async () => {
    const { gates, ready } = await office.plan(FLOW, 'v1')
    expect(ready).toBe(false)
    expect(gates.find(({ gate }) => gate === 'errors')).toMatchObject({ passed: false })
    expect((await office.refused(office.confirmation(await office.plan(FLOW, 'v1')))).code).toBe(
      'release.gates',
    )

    accepted(editor.undo())
    accepted(editor.undo())
    accepted(await editor.save())
    expect(await office.closedGates(FLOW, 'v1')).not.toContain('errors')
  })

  step(
    '001.45',
    'on the way there it asks for apps or numbers, and for values of custom variables',
    async () => {
      await office.send({ type: 'define', kind: 'application', item: SMS })
      const { asks } = await office.plan(FLOW, 'v1')
      expect(asks.applications).toEqual([
        { channel: 'sms', options: [{ id: 'sms-1', name: 'Short code', address: '70707' }] },
      ])
      expect(asks.values).toEqual([{ name: 'depot', type: 'text', label: 'Depot', required: true }])
      expect(await office.closedGates(FLOW, 'v1')).toEqual(['values'])
      const answers = { values: { depot: 'North' } }
      expect(await office.closedGates(FLOW, 'v1', { answers })).toEqual([])
    },
  )

  step(
    '001.46',
    'apps are asked for where a node sends or receives on their channel, and nowhere else',
    async () => {
      const asked = async (document: FlowDocument) => {
        await office.add(document)
        const { asks } = await office.plan(document.id, 'v1')
        return asks.applications.map(({ channel }) => channel)
      }
      const manual = { trigger: 'manual' }
      const text = { type: 'receive-message', config: { channels: ['messenger', 'email'] } }
      const second = (spec: { readonly type: string }) => ({
        nodes: { second: spec },
        connect: ['start -> hello', 'hello -> second'],
        otherwise: 'done',
      })
      expect(await asked(greeting('plain', manual))).toEqual([])
      expect(await asked(greeting('sends', manual, second(onChannel('whatsapp', 'Hi.'))))).toEqual([
        'whatsapp',
      ])
      expect(
        await asked(
          greeting('pushes', manual, second(node('push-notification', { title: 'T', prompt: 'P' }))),
        ),
      ).toEqual(['push'])
      expect(await asked(greeting('receives', manual, second(text)))).toEqual(['email', 'messenger'])
      const needless = { applications: { sms: 'sms-1' } }
      expect(await office.closedGates('plain', 'v1', { answers: needless })).toEqual(['applications'])
    },
  )

  step('001.47', 'a remark left on the way stands with the version', async () => {
    const answers = { values: { depot: 'North' }, comment: 'First try' }
    await office.release(FLOW, 'v1', { answers })
    const [entry] = historyOf(await office.flow(FLOW), PRESETS['flow-builder'])
    expect(entry).toMatchObject({
      label: 'V1.0',
      comments: [{ text: 'First try', by: 'ada', slot: 'official' }],
    })
  })

  step('001.48', 'what was saved reads Working Draft, and Live once it was made live', async () => {
    expect(await office.status('plain', 'v1')).toBe('Working Draft')
    await office.edit('plain', 'v1', [{ type: 'label', node: 'hello', label: 'Greeting' }])
    expect(await office.status('plain', 'v1')).toBe('Working Draft')
    expect(await office.status(FLOW, 'v1')).toBe('Live')
  })
})

describe.sequential('where a flow stands', () => {
  step(
    ['001.51', '001.52', '001.53'],
    'unfinished, faulty or all but empty, it is a working draft',
    async () => {
      await office.add(emptyFlow('bare'))
      await office.add(greeting('half', { trigger: 'manual' }, { connect: ['start -> hello'] }))
      const faulty = await office.add(greeting('faulty', { trigger: 'manual' }, { text: '{{ nobody }}' }))
      expect(faulty.some(isError)).toBe(true)
      for (const id of ['bare', 'half', 'faulty']) {
        expect(await office.row(id)).toMatchObject({ word: 'Working Draft', state: 'new' })
        expect(await office.closedGates(id, 'v1'), id).toContain('errors')
        expect(await office.reach(id), id).toBe('route.notReleased')
      }
    },
  )

  step('001.54', 'with its errors mended it can go live, and be used', async () => {
    await office.edit('half', 'v1', [
      { type: 'connect', from: { node: 'hello', outcome: 'next' }, to: 'done' },
    ])
    await office.release('half', 'v1')
    expect((await office.start('half')).said).toEqual(['Hello.'])
  })

  step('001.55', 'the list of flows calls it Live then', async () => {
    expect(await office.row('half')).toMatchObject({ word: 'Live', official: 'V1.0' })
    expect(await office.row('bare')).toMatchObject({ word: 'Working Draft' })
  })

  step('001.56', 'a live flow can be paused for a while', async () => {
    const { session } = await office.start(FLOW, { id: 'running' })
    await office.send({ type: 'pause', flow: FLOW })
    expect(await office.row(FLOW)).toMatchObject({ word: 'Paused', paused: true })
    expect(await office.reach(FLOW)).toBe('route.paused')
    expect((await resume(session)).session).toMatchObject({ status: 'ended', flowOutcome: 'atHome' })
    await office.send({ type: 'resume', flow: FLOW })
    expect(await office.reach(FLOW)).toBe('V1.0')
    expect((await office.refused({ type: 'pause', flow: 'bare' })).code).toBe('flow.notLive')
  })

  step(
    ['001.57', '001.58'],
    'sessions stay on what was live when they began; later ones run what is new',
    async () => {
      const early = await office.start(FLOW, { id: 'early' })
      const edited = await office.branch(FLOW, 'v1')
      await office.edit(FLOW, edited, [
        { type: 'configure', node: 'tell', path: ['prompt'], value: 'On our way.' },
      ])
      expect(sayings(await resume((await office.start(FLOW, { id: 'between' })).session))).toEqual([
        'See you, from North.',
      ])

      await office.release(FLOW, edited)
      expect(sayings(await resume(early.session))).toEqual(['See you, from North.'])
      expect(sayings(await resume((await office.start(FLOW, { id: 'late' })).session))).toEqual([
        'On our way.',
      ])
    },
  )
})

describe.sequential('an app that is still missing', () => {
  const answers = { values: { depot: 'South' }, comment: 'By WhatsApp too' }
  const APP = { id: 'wa-1', name: 'WhatsApp line', channel: 'whatsapp' }

  step('001.60', 'one of the channel can be chosen, or set up on the way', async () => {
    const version = await office.branch(FLOW, 'v2')
    await office.edit(FLOW, version, [
      { type: 'configure', node: 'tell', path: ['channel'], value: 'whatsapp' },
    ])
    const { asks, gates } = await office.plan(FLOW, version, { answers })
    expect(asks.applications.find(({ channel }) => channel === 'whatsapp')?.options).toEqual([])
    expect(gates.find(({ gate }) => gate === 'applications')).toMatchObject({
      passed: false,
      details: { channels: ['whatsapp'] },
    })

    await office.send({ type: 'define', kind: 'application', item: APP })
    await office.send({
      type: 'define',
      kind: 'application',
      item: { ...APP, id: 'wa-2', name: 'Second line' },
    })
    const again = await office.plan(FLOW, version, { answers })
    const options = again.asks.applications.find(({ channel }) => channel === 'whatsapp')?.options
    expect(options?.map(({ id }) => id)).toEqual(['wa-1', 'wa-2'])
    const chosen = { ...answers, applications: { whatsapp: 'wa-2' } }
    expect((await office.plan(FLOW, version, { answers: chosen })).ready).toBe(true)
  })

  step('001.61', 'nothing that was answered before is asked anew', async () => {
    await office.send({ type: 'remove', kind: 'application', id: 'wa-1' })
    await office.send({ type: 'remove', kind: 'application', id: 'wa-2' })
    const before = await office.plan(FLOW, 'v3', { answers })
    await office.send({ type: 'define', kind: 'application', item: APP })
    const after = await office.plan(FLOW, 'v3', { answers: before.answers })
    expect(before.answers).toMatchObject({ ...answers, applications: { sms: 'sms-1' } })
    expect(after.answers).toEqual({ ...before.answers, applications: { sms: 'sms-1', whatsapp: 'wa-1' } })
    expect([before.ready, after.ready]).toEqual([false, true])
  })
})

describe.sequential('errors and warnings', () => {
  let broken: Editor

  step(['001.63', '001.64'], 'an unfinished flow is saved, and the pane lists what it lacks', async () => {
    const unfinished = flow({
      id: 'unfinished',
      nodes: {
        ask: ask(''),
        wait: node('menu', { prompt: '?', options: [{ value: '1' }] }),
        done: end('done'),
      },
      connect: ['start -> ask', 'ask:valid -> wait', 'wait:1'],
    })
    const diagnostics = await office.add(unfinished)
    broken = await office.editor('unfinished', 'v1')
    const listed = broken.pane().groups.flatMap(({ entries }) => entries.map(({ diagnostic }) => diagnostic))
    expect(listed.length).toBeGreaterThan(3)
    expect(codes(listed)).toEqual(codes(diagnostics))
  })

  step('001.66', 'choosing an entry marks its node on the canvas', () => {
    for (const { node: id, entries } of broken.pane().groups) {
      for (const entry of entries) {
        broken.focus(entry)
        expect(broken.getSnapshot().selection.nodes).toEqual(id === undefined ? [] : [id])
      }
    }
  })

  step('001.67', 'and leads to the field in which it is mended', () => {
    const entry = entriesOf('config.missing')[0]!
    const { node: id, path } = broken.focus(entry)
    expect([id, path]).toEqual(['ask', ['config', 'prompt']])
    accepted(broken.apply({ type: 'configure', node: 'ask', path: ['prompt'], value: 'Your name?' }))
    expect(entriesOf('config.missing')).toEqual([])
    accepted(broken.undo())
  })

  step(['001.69', '001.70', '001.71', '001.72'], 'each kind of gap has an error of its own', async () => {
    const { diagnostics } = accepted(await broken.save())
    const located = diagnostics.filter(isError).map(({ code, location }) => [code, location.node])
    expect(located).toEqual(
      expect.arrayContaining([
        ['flow.noEndReachable', undefined],
        ['config.missing', 'ask'],
        ['outcome.unassigned', 'wait'],
        ['connector.noTarget', 'wait'],
      ]),
    )
    const complete = await office.add(greeting('complete', { trigger: 'manual' }))
    expect(complete).toEqual([])
  })

  function entriesOf(code: string) {
    return broken
      .pane()
      .groups.flatMap(({ entries }) => entries.filter((each) => each.diagnostic.code === code))
  }
})

describe.sequential('editing what is live', () => {
  step('001.78', 'the version made last is the one that opens', async () => {
    const { latest } = await office.row(FLOW)
    expect(latest).toMatchObject({ id: 'v3', word: 'Working Draft' })
    await office.send({ type: 'deleteVersion', flow: FLOW, version: 'v3' })
    expect((await office.row(FLOW)).latest).toMatchObject({ id: 'v2', label: 'V1.1', word: 'Live' })
  })

  step('001.79', 'an earlier one can be picked from the history', async () => {
    const history = historyOf(await office.flow(FLOW), PRESETS['flow-builder'])
    expect(history.map(({ label, word }) => [label, word])).toEqual([
      [undefined, 'Deleted'],
      ['V1.1', 'Live'],
      ['V1.0', 'Earlier version'],
    ])
    const first = await office.workspace.document(FLOW, history.at(-1)!.version)
    expect(first?.nodes.find(({ id }) => id === 'tell')?.config.prompt).toBe('See you, from {{depot}}.')
  })

  step('001.81', 'editing it makes a working draft that knows where it came from', async () => {
    const { code } = await office.refused(
      {
        type: 'saveDraft',
        flow: FLOW,
        version: 'v1',
        revision: (await office.version(FLOW, 'v1')).revisions.length,
      },
      { document: { ...(await office.workspace.document(FLOW, 'v2'))!, name: 'Changed' } },
    )
    expect(code).toBe('version.fixed')
    const draft = await office.branch(FLOW, 'v1')
    expect(await office.version(FLOW, draft)).toMatchObject({ parent: 'v1', state: 'new' })
    expect(await office.status(FLOW, draft)).toBe('Working Draft')
    expect(await office.workspace.document(FLOW, draft)).toEqual(await office.workspace.document(FLOW, 'v1'))
  })

  step('001.82', 'it is changed, and then saved or made live', async () => {
    await office.edit(FLOW, 'v4', [{ type: 'configure', node: 'tell', path: ['prompt'], value: 'See you!' }])
    expect((await office.plan(FLOW, 'v4')).summary.changes?.join()).toContain('See you!')
    expect(await office.closedGates(FLOW, 'v4')).toEqual([])
  })

  step('001.84', 'saving leaves it a working draft, and what is live as it was', async () => {
    const [before, number] = [await office.route(FLOW), await office.label(FLOW, 'v4')]
    await office.edit(FLOW, 'v4', [{ type: 'label', node: 'tell', label: 'Farewell' }])
    expect(await office.status(FLOW, 'v4')).toBe('Working Draft')
    expect(await office.route(FLOW)).toEqual(before)
    expect(number).toBeUndefined()
    expect(await office.label(FLOW, 'v4')).toBeUndefined()
  })

  step('001.85', 'going live gives it the next number', async () => {
    await office.release(FLOW, 'v4')
    expect(await office.label(FLOW, 'v4')).toBe('V1.2')
    expect(await office.row(FLOW)).toMatchObject({ official: 'V1.2' })
    expect(await office.status(FLOW, 'v2')).toBe('Earlier version')
  })
})

describe.sequential('notes', () => {
  let noted: Editor

  step('001.117', 'remarks can be put on a flow', async () => {
    noted = await office.editor('complete', 'v1')
    accepted(noted.apply({ type: 'addNote', note: { id: 'about', text: 'Greets **everybody**.' } }))
    accepted(await noted.save())
    expect((await office.workspace.document('complete', 'v1'))!.notes).toMatchObject([{ id: 'about' }])
  })

  step('001.118', 'they explain what happens, and change nothing about it', async () => {
    const [first, second] = (await office.version('complete', 'v1')).revisions
    expect(second!.contentHash).not.toBe(first!.contentHash)
    expect(second!.behaviourHash).toBe(first!.behaviourHash)
    expect(noted.search('everybody')).toHaveLength(1)
  })

  step('001.119', 'one speaks of the whole flow, or of the node that it hangs on', () => {
    accepted(noted.apply({ type: 'addNote', note: { id: 'why', node: 'hello', text: 'Says it once.' } }))
    const notes = () => noted.getSnapshot().document.notes.map(({ id, node: of }) => [id, of])
    expect(notes()).toEqual([
      ['about', undefined],
      ['why', 'hello'],
    ])
    accepted(noted.apply({ type: 'remove', node: 'hello' }))
    expect(notes()).toEqual([['about', undefined]])
    accepted(noted.undo())
    expect(notes()).toHaveLength(2)
    const stray = { type: 'addNote', note: { node: 'nowhere', text: 'Lost.' } }
    expect(noted.apply(stray)).toMatchObject({ code: 'edit.noNode' })
  })

  step('001.120', 'texts are formatted and hold links, and no markup that could do harm', () => {
    const html = renderNote('**Bold**, *slanted*, [docs](https://example.com)\n\n- one')
    for (const part of ['<strong>Bold</strong>', '<em>slanted</em>', 'href="https://example.com', '<li>one'])
      expect(html).toContain(part)
    expect(renderNote('<script>x</script> [y](javascript:z)')).not.toMatch(/<script|href="javascript/)
  })
})

describe.sequential('what every flow has to keep to', () => {
  const told = async (document: FlowDocument) => codes((await office.add(document)).filter(isError))

  step('001.136', 'a flow has a start node', async () => {
    const { nodes, connectors, ...rest } = greeting('headless', { trigger: 'manual' })
    const headless = {
      ...rest,
      nodes: nodes.filter(({ id }) => id !== 'start'),
      connectors: connectors.filter(({ from }) => from.node !== 'start'),
    }
    expect(await told(headless)).toContain('flow.noStart')
    expect(await office.closedGates('headless', 'v1')).toContain('errors')
  })

  step('001.138', 'no node stands apart, and none is left unconfigured', async () => {
    const apart = greeting('apart', { trigger: 'manual' }, { nodes: { apart: say('') } })
    expect(await told(apart)).toEqual(expect.arrayContaining(['config.missing', 'node.unreachable']))
    expect(await office.closedGates('apart', 'v1')).toContain('errors')
  })

  step('001.139', 'no way out leads nowhere: another node comes, or an end', async () => {
    const menu = node('menu', { prompt: '?', options: [{ value: '1' }] })
    const spec = { nodes: { menu }, connect: ['start -> hello', 'hello -> menu', 'menu:1 -> done'] }
    expect(await told(greeting('open-ways', { trigger: 'manual' }, spec))).toEqual(['outcome.unassigned'])
    const pane = (await office.editor('open-ways', 'v1')).pane()
    const entries = pane.groups.flatMap((group) => group.entries)
    await office.edit(
      'open-ways',
      'v1',
      entries.flatMap(({ diagnostic }) => diagnostic.fix!.commands),
    )
    expect(await office.closedGates('open-ways', 'v1')).toEqual([])
  })

  step(
    '001.140',
    'errors keep a flow from going live, and warnings as well where the policy is strict',
    async () => {
      const preset = PRESETS['flow-builder']
      const strict = await Office.open({ ...preset, release: { ...preset.release, warningsBlock: true } })
      const unused = {
        settings: {
          outcomes: [
            { code: 'done', kind: 'completed' },
            { code: 'lost', kind: 'error' },
          ],
        },
      } as const
      for (const where of [office, strict]) await where.add(greeting('warned', { trigger: 'manual' }, unused))
      expect(await office.closedGates('warned', 'v1')).toEqual([])
      expect(codes((await office.plan('warned', 'v1')).summary.warnings)).toEqual(['flowOutcome.unused'])
      expect(await strict.closedGates('warned', 'v1')).toEqual(['warnings'])
      await strict.edit('warned', 'v1', [{ type: 'removeFlowOutcome', code: 'lost' }])
      expect(await strict.closedGates('warned', 'v1')).toEqual([])
    },
  )
})

describe.sequential('voice flows are compiled', () => {
  const compileIt = { type: 'compileVoice', flow: 'ivr', version: 'v1' } as const

  step('001.142', 'a voice flow is compiled before it goes live, and no other flow is', async () => {
    await office.send({
      type: 'define',
      kind: 'application',
      item: { id: 'line', name: 'Line', channel: 'voice' },
    })
    await office.add(greeting('ivr', { trigger: 'call' }, { medium: 'voice' }))
    expect(await office.closedGates('ivr', 'v1')).toEqual(['compiled'])
    await office.send(compileIt)
    expect(await office.closedGates('ivr', 'v1')).toEqual([])
    expect((await office.refused({ ...compileIt, flow: 'plain' })).code).toBe('compile.notVoice')
  })

  step('001.143', 'compiling tells what is wrong, as saving does', async () => {
    await office.edit('ivr', 'v1', [
      { type: 'configure', node: 'hello', path: ['prompt'], value: '{{ nobody }}' },
    ])
    const { diagnostics = [] } = await office.send(compileIt)
    expect(codes(diagnostics)).toEqual(['expression.unknownName'])
    expect((await office.version('ivr', 'v1')).compiled).toMatchObject({ errors: 1, warnings: 0 })
  })

  step('001.144', 'what was compiled with errors, or changed since, stays back', async () => {
    expect(await office.closedGates('ivr', 'v1')).toEqual(['errors', 'compiled'])
    for (const value of ['Good day.', 'Good evening.']) {
      await office.edit('ivr', 'v1', [{ type: 'configure', node: 'hello', path: ['prompt'], value }])
      expect(await office.closedGates('ivr', 'v1')).toEqual(['compiled'])
      await office.send(compileIt)
      expect(await office.closedGates('ivr', 'v1')).toEqual([])
    }
    await office.edit('ivr', 'v1', [{ type: 'move', nodes: { hello: { x: 10, y: 10 } } }])
    await office.release('ivr', 'v1')
    expect(await office.row('ivr')).toMatchObject({ word: 'Live' })
  })
})

function emptyFlow(id: string): FlowDocument {
  const name = id.charAt(0).toUpperCase() + id.slice(1)
  const made = createFlow({ from: 'blank', name, remark: '' }, { nodes: palette, ids: { next: () => id } })
  return accepted(made).value
}

function onChannel(channel: string, prompt: string) {
  return node('send-message', { prompt, channel })
}

function play(document: FlowDocument, options: ConstructorParameters<typeof Play>[1] = {}): Play {
  return new Play(compile(document, { nodes: palette }), options)
}

function paletteOf(of: Editor) {
  const { categories } = of.palette()
  return {
    categories: categories.map(({ category }) => category),
    types: categories.flatMap(({ types }) => types.map(({ pin }) => pin)),
  }
}

function drawn(): FlowDocument {
  return editor.getSnapshot().document
}

/** Codes of what is wrong with a node of the parcel flow, or with the flow as a whole. */
function found(id: string | undefined): readonly string[] {
  return codes(editor.getSnapshot().diagnostics.filter(({ location }) => location.node === id))
}

function declared(id: string): readonly string[] {
  return editor.handles(id).flatMap(({ kind, outcome }) => (kind === 'declared' ? [outcome] : []))
}

function connect(from: string, outcome: string, to: string): void {
  accepted(editor.apply({ type: 'connect', from: { node: from, outcome }, to }))
}

function connectNothing(from: string, outcome: string): void {
  const { id } = drawn().connectors.find((each) => each.from.node === from && each.from.outcome === outcome)!
  accepted(editor.apply({ type: 'disconnect', connector: id }))
}

/** Answers the menu of a session of the parcel flow, on the executable that it is pinned to. */
async function resume(session: Session): Promise<Run> {
  return office.resume(FLOW, session, { type: 'text', text: '1' })
}

function sayings({ effects }: Run): readonly string[] {
  return effects.filter(isMessage).map(({ text }) => text)
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error'
}

function isWarning({ severity }: { readonly severity: string }): boolean {
  return severity === 'warning'
}
