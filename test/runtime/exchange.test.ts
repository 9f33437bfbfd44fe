import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../src/document/index.ts'
import { serialiseDocument } from '../../src/document/index.ts'
import type { Bundle } from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import type { Event } from '../../src/releases/index.ts'
import { permit } from '../../src/releases/permit.ts'
import { type ImportFlows, memoryContentStore, type Workspace } from '../../src/runtime/index.ts'
import { calling, changed, exported, hello, nodes, rated, withoutIds } from '../interchange/bundle-cases.ts'
import { confirmation, done, Lab, save } from './lab.ts'

/** How many generated workspaces are tried. */
const RUNS = Number(process.env.EXCHANGE_RUNS ?? 40)
/** How many flows the largest bundle has. */
const LARGEST = Number(process.env.EXCHANGE_FLOWS ?? 1_000)

const ada = { by: 'ada' }
const named = { ...ada, name: 'Hello', remark: 'Says hello.' }

interface Made {
  readonly preset?: 'open' | 'flow-builder'
  readonly id?: string
}

/** A workspace with some flows in it, in a lab of its own. */
async function made(
  flows: readonly FlowDocument[] = [],
  { preset = 'open', id = 'acme' }: Made = {},
): Promise<[Lab, Workspace]> {
  const lab = new Lab()
  const workspace = lab.open({ id, nodes })
  await done(workspace, { type: 'createWorkspace', name: 'ACME', policy: preset })
  await done(workspace, { type: 'define', kind: 'integration', item: { id: 'acme-crm', name: 'CRM' } })
  for (const flow of flows) await done(workspace, { type: 'createFlow', flow: flow.id }, flow)
  return [lab, workspace]
}

async function textOf(workspace: Workspace, flows: readonly string[], withSubflows = false): Promise<string> {
  const made = await workspace.exportBundle({ flows: flows.map((flow) => ({ flow })), withSubflows }, ada)
  if (!made.ok) throw new Error(made.reason)
  return made.text
}

async function brought(workspace: Workspace, bundle: unknown, asking: ImportFlows = named) {
  const imported = await workspace.importBundle(bundle, asking)
  if (!imported.ok) throw new Error(imported.reason)
  return imported
}

/** Everything that is stored, for what must have left nothing behind. */
async function stored({ events }: Lab): Promise<string> {
  const heads = await events.list('')
  return JSON.stringify(
    await Promise.all(heads.map(async ({ stream }) => [stream, await events.read(stream)])),
  )
}

describe('export and import', () => {
  it('[IO-1] a flow comes in identical, with a fresh id', async () => {
    const [, workspace] = await made([hello()])
    const { flows, warnings } = await brought(workspace, await textOf(workspace, ['hello']))
    expect(flows).toMatchObject([{ from: 'hello', version: 'v1', diagnostics: [] }])
    expect(warnings).toEqual([])
    const { id } = flows[0]!
    expect(id).not.toBe('hello')
    const document = (await workspace.document(id, 'v1'))!
    expect(serialiseDocument({ ...document, id: 'hello' })).toBe(serialiseDocument(hello()))
  })

  it('[IO-1] goes into another workspace as well, where it is a draft like any other', async () => {
    const [, here] = await made([hello()])
    const [, there] = await made([], { id: 'globex' })
    const { flows } = await brought(there, await textOf(here, ['hello']))
    const { id } = flows[0]!
    const saved = await done(there, save(id, 1), { ...hello(id), name: 'Changed' })
    expect(saved.version).toMatchObject({ state: 'new' })
    expect((await there.flow(id))!.name).toBe('Changed')
  })

  it('[IO-1] export, import and export again give the same bytes but for ids', async () => {
    const [, here] = await made([calling('main', 'b', 'a'), calling('a', 'main', 'b'), hello('b')])
    const text = await textOf(here, ['main'], true)
    const [, there] = await made([], { id: 'globex' })
    const { flows } = await brought(there, text, { ...ada, name: 'Calls 2', remark: '' })
    const again = await textOf(there, [flows[0]!.id], true)
    expect(again).not.toBe(text)
    expect(withoutIds(again)).toBe(withoutIds(text))
  })

  it('[IO-1] drafts with errors come along, and say so', async () => {
    const broken: FlowDocument = { ...hello('broken'), connectors: [] }
    const [, workspace] = await made([broken])
    const { flows } = await brought(workspace, await textOf(workspace, ['broken']))
    expect(flows[0]!.diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([])
    expect((await workspace.flow(flows[0]!.id))!.versions.v1).toMatchObject({ state: 'new' })
  })

  it('[IO-1] the version that is named is exported, and else what was saved last', async () => {
    const [, workspace] = await made([hello()])
    await done(workspace, { type: 'branch', flow: 'hello', from: 'v1' })
    await done(workspace, save('hello', 1, 'v2'), hello('hello', 'Newer'))
    const nameOf = async (version?: string) => {
      const flow = version === undefined ? { flow: 'hello' } : { flow: 'hello', version }
      const made = await workspace.exportBundle({ flows: [flow] }, ada)
      return made.ok ? made.bundle.flows[0]!.document.name : made.code
    }
    expect([await nameOf('v1'), await nameOf(), await nameOf('v9')]).toEqual([
      'Hello',
      'Newer',
      'version.unknown',
    ])
  })

  it('[IO-1] for any flows that call each other', async () => {
    await fc.assert(
      fc.asyncProperty(generatedFlows, async (flows) => {
        const [, here] = await made(flows)
        const roots = flows.slice(0, 2).map(({ id }) => id)
        const text = await textOf(here, roots, true)
        const [, there] = await made([], { id: 'globex' })
        const [first] = flows
        const imported = await brought(there, text, {
          ...ada,
          name: first!.name,
          remark: first!.remark ?? '',
        })
        const again = await textOf(
          there,
          imported.flows.slice(0, roots.length).map(({ id }) => id),
          true,
        )
        expect(withoutIds(again)).toBe(withoutIds(text))
      }),
      { numRuns: RUNS },
    )
  })

  it('[DOC-1] asks for name and remark', async () => {
    const [lab, workspace] = await made([hello()])
    const text = await textOf(workspace, ['hello'])
    const before = await stored(lab)
    expect(await workspace.importBundle(text, ada)).toMatchObject({ code: 'import.noName' })
    expect(await workspace.importBundle(text, { ...ada, name: 'New' })).toMatchObject({
      code: 'import.noRemark',
    })
    expect(await stored(lab)).toBe(before)
    const { flows } = await brought(workspace, text, { ...ada, name: 'New', remark: 'Now' })
    expect(await workspace.flow(flows[0]!.id)).toMatchObject({ name: 'New', remark: 'Now' })
  })

  it('puts the flows into the service, with labels and comment', async () => {
    const [, workspace] = await made([hello()])
    await done(workspace, { type: 'define', kind: 'service', item: { id: 'orders', name: 'Orders' } })
    const { flows } = await brought(workspace, await textOf(workspace, ['hello']), {
      ...named,
      service: 'orders',
      labels: ['new'],
      comment: 'From the other side',
    })
    const { id } = flows[0]!
    expect((await workspace.state()).flows[id]).toMatchObject({ service: 'orders', labels: ['new'] })
    expect((await workspace.flow(id))!.versions.v1!.comments).toMatchObject([{ text: 'From the other side' }])
  })

  it('tells listeners of every flow', async () => {
    const [, workspace] = await made([calling('main', 'b'), hello('b')])
    const text = await textOf(workspace, ['main'], true)
    const heard: Event[] = []
    workspace.subscribe((events) => heard.push(...events))
    await brought(workspace, text)
    expect(heard.map(({ type }) => type)).toEqual(['flowCreated', 'flowCreated'])
  })
})

describe('custom nodes in a workspace', () => {
  it('[IO-2] come along within the tenant', async () => {
    const [, workspace] = await made([rated()])
    expect((await brought(workspace, await textOf(workspace, ['rated']))).flows[0]!.diagnostics).toEqual([])
  })

  it('[IO-3] keep a flow out of another tenant, and nothing is created there', async () => {
    const [, here] = await made([rated()])
    const [lab, there] = await made([], { id: 'globex' })
    const before = await stored(lab)
    expect(await there.importBundle(await textOf(here, ['rated']), named)).toMatchObject({
      ok: false,
      code: 'import.unavailable',
      details: { nodes: [{ type: 'acme-rating@1', label: 'Rating', id: 'rate', flow: 'rated' }] },
    })
    expect(await stored(lab)).toBe(before)
    expect((await there.state()).flows).toEqual({})
  })

  it('[IO-3] of one flow keep all flows of the bundle out', async () => {
    const [, here] = await made([hello(), rated()])
    const [, there] = await made([], { id: 'globex' })
    const refused = await there.importBundle(await textOf(here, ['hello', 'rated']), named)
    expect(refused).toMatchObject({ ok: false, code: 'import.unavailable' })
    expect((await there.state()).flows).toEqual({})
  })

  it('[IO-4] the way around: take them out, export, open the earlier version, import, put them in there', async () => {
    const [, here] = await made([rated()])
    const [, there] = await made([], { id: 'globex' })
    const whole = (await here.document('rated', 'v1'))!
    const without: FlowDocument = {
      ...whole,
      nodes: whole.nodes.filter(({ id }) => id !== 'rate'),
      connectors: whole.connectors
        .filter(({ from }) => from.node !== 'rate')
        .map((each) => (each.to === 'rate' ? { ...each, to: 'done' } : each)),
    }
    // Remove the custom nodes, save, export.
    await done(here, { type: 'branch', flow: 'rated', from: 'v1' })
    await done(here, save('rated', 1, 'v2'), without)
    const text = await textOf(here, ['rated'])
    // The earlier version is as it was, and can be gone on from.
    expect(await here.document('rated', 'v1')).toEqual(whole)
    await done(here, { type: 'branch', flow: 'rated', from: 'v1' })
    expect(await here.document('rated', 'v3')).toEqual(whole)
    // Import in the other tenant, which asks for nothing of the integration.
    const { flows } = await brought(there, text, { ...ada, name: 'Rated', remark: '' })
    const { id } = flows[0]!
    // Add the nodes there.
    const added = { ...whole, id, name: 'Rated' }
    const saved = await done(there, save(id, 1), added)
    expect(saved.diagnostics).toEqual([])
  })

  it('[IO-5] come in as placeholders on request: a draft that cannot be released', async () => {
    const [, here] = await made([rated()])
    const [, there] = await made([], { id: 'globex' })
    const { flows } = await brought(there, await textOf(here, ['rated']), {
      ...named,
      missing: 'placeholder',
    })
    const [{ id, diagnostics }] = flows as [(typeof flows)[number]]
    expect(diagnostics.map(({ code, severity, location }) => [code, severity, location.node])).toEqual([
      ['node.placeholder', 'error', 'rate'],
    ])
    expect(await there.execute(await confirmation(there, id, 'v1'), ada)).toMatchObject({
      code: 'release.gates',
    })
  })

  it('[IO-5] never come in as placeholders under the preset flow-builder', async () => {
    const [, here] = await made([rated()])
    const [lab, there] = await made([], { id: 'globex', preset: 'flow-builder' })
    const before = await stored(lab)
    const text = await textOf(here, ['rated'])
    expect(await there.importBundle(text, { ...named, missing: 'placeholder' })).toMatchObject({
      code: 'import.placeholdersOff',
    })
    expect(await stored(lab)).toBe(before)
  })

  it('[IO-7] an unmet range is named, and nothing is created', async () => {
    const [lab, workspace] = await made()
    const later = [...palette, { ...[...nodes].at(-1)!, version: '1.2.0' }]
    const { text } = exported([rated()], { types: later })
    const before = await stored(lab)
    expect(await workspace.importBundle(text, named)).toMatchObject({
      code: 'import.versionRange',
      details: { types: [{ pin: 'acme-rating@1', range: '^1.2.0', version: '1.0.0' }] },
    })
    expect(await stored(lab)).toBe(before)
  })
})

describe('who may', () => {
  it('exports needs view, imports need edit', async () => {
    const [, workspace] = await made([hello()])
    await done(workspace, { type: 'addMember', member: 'eve', permissions: ['edit'] })
    await done(workspace, { type: 'addMember', member: 'vic', permissions: ['view'] })
    const text = await textOf(workspace, ['hello'])
    const request = { flows: [{ flow: 'hello' }] }
    expect(await workspace.exportBundle(request, { by: 'vic' })).toMatchObject({ ok: true })
    expect(await workspace.exportBundle(request, { by: 'eve' })).toMatchObject({
      code: 'permission.missing',
      details: { permission: 'view', member: 'eve' },
    })
    expect(await workspace.importBundle(text, { ...named, by: 'eve' })).toMatchObject({ ok: true })
    expect(await workspace.importBundle(text, { ...named, by: 'vic' })).toMatchObject({
      code: 'permission.missing',
      details: { permission: 'edit' },
    })
  })

  it('a stranger is refused alike, whatever they ask for', async () => {
    const [, workspace] = await made([hello()])
    const refused = await workspace.exportBundle({ flows: [{ flow: 'hello' }] }, { by: 'adda' })
    expect(refused).toMatchObject({
      code: 'member.unknown',
      details: { member: 'adda', suggestion: 'ada' },
    })
    const { text } = exported([hello()])
    expect(await workspace.importBundle(text, { ...named, by: 'adda' })).toEqual(refused)
    expect(await workspace.execute({ type: 'pause', flow: 'hello' }, { by: 'adda' })).toEqual(refused)
    expect(permit(await workspace.state(), 'adda', 'publish', 'shareFlow')).toEqual(refused)
    expect(await workspace.exportBundle({ flows: [{ flow: 'hello' }] }, undefined as never)).toMatchObject({
      code: 'member.unknown',
    })
  })

  it.each([
    ['command.bad', { by: '' }],
    ['command.bad', { by: 'ada', missing: 'maybe' }],
    ['command.bad', { by: 'ada', labels: 'x' }],
    ['member.unknown', { by: 'adda' }],
    ['item.unknown', { by: 'ada', service: 'nowhere' }],
    ['import.unreadable', { by: 'ada' }],
  ])('an import is refused as %s for %j', async (code, asking) => {
    const [, workspace] = await made()
    const outcome = await workspace.importBundle('{}', asking as unknown as ImportFlows)
    expect(outcome).toMatchObject({ ok: false, code })
  })

  it.each([
    ['command.bad', { flows: 'hello' }],
    ['command.bad', { flows: [{}] }],
    ['command.bad', undefined],
    ['export.noFlows', { flows: [] }],
    ['export.tooLarge', { flows: Array.from({ length: 1_001 }, (_, index) => ({ flow: `f${index}` })) }],
    ['export.repeated', { flows: [{ flow: 'hello' }, { flow: 'hello' }] }],
    ['flow.unknown', { flows: [{ flow: 'helo' }] }],
  ])('an export is refused as %s (%#)', async (code, request) => {
    const [, workspace] = await made([hello()])
    expect(await workspace.exportBundle(request as never, ada)).toMatchObject({ ok: false, code })
  })

  it('a workspace that does not exist has nothing to export, and takes nothing', async () => {
    const workspace = new Lab().open()
    expect(await workspace.exportBundle({ flows: [{ flow: 'x' }] }, ada)).toMatchObject({
      code: 'workspace.unknown',
    })
    expect(await workspace.importBundle(exported([hello()]).text, named)).toMatchObject({
      code: 'workspace.unknown',
    })
  })
})

describe('imports that are disturbed', () => {
  const many = exported([hello('a'), hello('b'), hello('c')]).text

  it('[IO-6] one append holds all flows', async () => {
    const [lab] = await made()
    const appends: number[] = []
    const store = lab.withEvents({
      append: async (batches) => {
        appends.push(batches.length)
        return lab.events.append(batches)
      },
    })
    await brought(lab.open({ nodes, events: store }), many)
    // The workspace and three flows.
    expect(appends).toEqual([4])
  })

  it('[IO-6] a store that fails leaves nothing behind, and contents come before events', async () => {
    const [lab] = await made()
    const before = await stored(lab)
    const texts = memoryContentStore()
    let puts = 0
    const contents = {
      ...texts,
      put: async (hash: string, text: string) => {
        if (++puts === 3) throw new Error('The disk is full')
        return texts.put(hash, text)
      },
    }
    const workspace = lab.open({ nodes, contents })
    await expect(workspace.importBundle(many, named)).rejects.toThrow('The disk is full')
    expect(await stored(lab)).toBe(before)
    expect((await workspace.state()).flows).toEqual({})
    await brought(workspace, many)
    expect(await workspace.flows()).toHaveLength(3)
  })

  it('[IO-6] an event store that fails leaves nothing behind', async () => {
    const [lab] = await made()
    const before = await stored(lab)
    const events = lab.withEvents({
      append: async () => {
        throw new Error('Away')
      },
    })
    await expect(lab.open({ nodes, events }).importBundle(many, named)).rejects.toThrow('Away')
    expect(await stored(lab)).toBe(before)
  })

  it('is decided anew where somebody else was faster, with the same ids and texts', async () => {
    const [lab, other] = await made()
    let puts = 0
    const contents = {
      ...lab.contents,
      put: async (hash: string, text: string) => {
        puts++
        return lab.contents.put(hash, text)
      },
    }
    let between = true
    const events = lab.withEvents({
      append: async (batches) => {
        if (between) {
          between = false
          await done(other, { type: 'createFlow', flow: 'first' }, hello('first'))
        }
        return lab.events.append(batches)
      },
    })
    const { flows } = await brought(lab.open({ nodes, contents, events }), many)
    expect(puts).toBe(3)
    expect(Object.keys((await other.state()).flows)).toEqual(['first', ...flows.map(({ id }) => id)])
  })

  it('is judged by what the other has left: a service that went is missed', async () => {
    const [lab, other] = await made()
    await done(other, { type: 'define', kind: 'service', item: { id: 'orders', name: 'Orders' } })
    const late = lab.late([() => done(other, { type: 'remove', kind: 'service', id: 'orders' })])
    expect(await late.importBundle(many, { ...ada, service: 'orders' })).toMatchObject({
      code: 'item.unknown',
    })
  })

  it('is refused as stale where others are faster again and again', async () => {
    const [lab, other] = await made()
    let count = 0
    const define = () =>
      done(other, { type: 'define', kind: 'service', item: { id: `s${count}`, name: `S${count++}` } })
    const late = lab.late(Array.from({ length: 40 }, () => define))
    expect(await late.importBundle(many, ada)).toMatchObject({ code: 'stream.stale' })
    expect((await other.state()).flows).toEqual({})
  })

  it('[IO-6] ids that no flow can have leave nothing behind', async () => {
    const [lab] = await made()
    const before = await stored(lab)
    const late = lab.open({ nodes, ids: { next: () => '' } })
    await expect(late.importBundle(many, named)).rejects.toMatchObject({ code: 'import.ids' })
    expect(await stored(lab)).toBe(before)
  })

  it('takes other ids where one belongs to a flow that was deleted', async () => {
    const [lab, workspace] = await made([hello('gone')])
    await done(workspace, { type: 'deleteFlow', flow: 'gone' })
    const given = ['gone', 'x', 'y', 'one', 'two', 'three']
    const late = lab.open({ nodes, ids: { next: () => given.shift()! } })
    const { flows } = await brought(late, many)
    expect(flows.map(({ id }) => id)).toEqual(['one', 'two', 'three'])
    expect((await workspace.flow('gone'))!.deleted).toBe(true)
  })

  it('two imports at once both come in', async () => {
    const [, workspace] = await made()
    await Promise.all([brought(workspace, many), brought(workspace, many)])
    expect(await workspace.flows()).toHaveLength(6)
  })

  it('warnings name the flows by their new ids', async () => {
    const [, workspace] = await made()
    const noted = changed(exported([hello()]).bundle, (copy) => {
      copy.flows[0].document.notes = [{ id: 'n', text: '[x](javascript:alert(1))' }]
    })
    const { flows, warnings } = await brought(workspace, noted)
    expect(warnings).toMatchObject([{ code: 'bundle.noteLink', location: { flow: flows[0]!.id } }])
  })
})

it(`[IO-6] a bundle of ${LARGEST} flows comes in whole`, { timeout: 60_000 }, async () => {
  const [, workspace] = await made()
  const { text } = exported(Array.from({ length: LARGEST }, (_, index) => hello(`f${index}`)))
  expect((await brought(workspace, text, ada)).flows).toHaveLength(LARGEST)
  const { id } = (await workspace.flows()).at(-1)!
  expect((JSON.parse(await textOf(workspace, [id])) as Bundle).flows).toHaveLength(1)
})

/** Flows f0, f1 … that call each other, with notes, sensitive variables, loose ends and what is not filled in. */
const generatedFlows = fc
  .array(
    fc.record({
      calls: fc.array(fc.nat(5), { maxLength: 4 }),
      name: fc.string({ minLength: 1 }).filter((name) => name.trim() !== ''),
      remark: fc.option(fc.string(), { nil: undefined }),
      notes: fc.array(fc.string(), { maxLength: 3 }),
      label: fc.string(),
      secret: fc.boolean(),
      loose: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((specs) =>
    specs.map(({ calls, name, remark, notes, label, secret, loose }, index): FlowDocument => {
      const document = calling(`f${index}`, ...calls.map((each) => `f${each}`))
      return {
        ...document,
        name,
        ...(remark === undefined ? {} : { remark }),
        settings: {
          ...document.settings,
          variables: [{ name: 'pin', type: 'text', ...(secret ? { sensitive: true } : { default: label }) }],
        },
        nodes: [
          ...document.nodes.map((node) => (node.id === 'c0' ? { ...node, label } : node)),
          ...(loose ? [{ id: 'lost', type: 'send-message@1', config: {} }] : []),
        ],
        notes: notes.map((text, place) => ({ id: `n${place}`, text })),
      }
    }),
  )
