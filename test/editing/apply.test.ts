import { describe, expect, it } from 'vitest'
import { serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  applyPatches,
  COMMAND_TYPES,
  canApply,
  EDIT_REFUSALS,
  type EditCommand,
  invertPatches,
  joinPatches,
  type Patch,
} from '../../src/editing/index.ts'
import { draftOf, edited, patchesOf, refusal, waysOf } from './drafts.ts'

const draft = draftOf()
const connect = { type: 'connect', from: { node: 'hello', outcome: 'on:error' }, to: 'done' } as const

describe('a command', () => {
  it('[DOC-18] can be asked for before it is given, with the same answer', () => {
    expect(canApply(draft, connect)).toEqual({ ok: true })
    const taken = { ...connect, from: { node: 'menu', outcome: '1' } }
    const answer = canApply(draft, taken)
    expect(answer).toEqual(applyCommand(draft, taken))
    expect(answer).toMatchObject({
      ok: false,
      code: 'edit.outcomeTaken',
      reason: 'A connector leaves menu by 1 already. Reconnect that one.',
    })
  })

  it('[DOC-18] that is refused changes nothing', () => {
    const before = serialiseDocument(draft.document)
    refusal(draft, { ...connect, to: 'gone' })
    expect([serialiseDocument(draft.document), draft.revision]).toEqual([before, 0])
  })

  it('is a thing of its own: changing it afterwards changes no draft', () => {
    const config = { prompt: 'Hi', list: [1] }
    const edit = applyCommand(draft, { type: 'configure', node: 'hello', config })
    config.list.push(2)
    config.prompt = 'changed'
    expect(edit.ok && edit.draft.node('hello')?.config).toEqual({ prompt: 'Hi', list: [1] })
  })

  it.each([
    ['without a type', {}, /it has no type/],
    ['that is null', null, /it has no type/],
    ['that nobody knows', { type: 'conect' }, /there is no command conect\. Did you mean connect\?/],
    ['named like a member of every object', { type: 'constructor' }, /there is no command constructor/],
    ['with a member missing', { type: 'connect' }, /from/],
    ['with a member of the wrong kind', { type: 'move', nodes: { ask: { x: '1', y: 0 } } }, /nodes\.ask\.x/],
    ['with an unknown member', { type: 'disconnect', connector: 'menu:1', all: true }, /all/],
    [
      'with a prototype key',
      JSON.parse('{"type":"move","nodes":{"__proto__":{"x":1,"y":1}}}'),
      /nodes holds __proto__|__proto__/,
    ],
    ['with a number that is none', { type: 'move', nodes: { ask: { x: Number.NaN, y: 0 } } }, /NaN/],
    ['with a function', { type: 'configure', node: 'ask', config: { f: () => 1 } }, /function/],
  ])('%s is refused', (_, command, reason) => {
    const edit = applyCommand(draft, command as EditCommand)
    expect(edit).toMatchObject({ ok: false, code: 'edit.badCommand', reason: expect.stringMatching(reason) })
  })

  it('that is endless is refused', () => {
    const config: Record<string, unknown> = {}
    config.self = config
    expect(refusal(draft, { type: 'configure', node: 'ask', config }).code).toBe('edit.badCommand')
  })

  it('does not leave a text longer than a document may hold', () => {
    expect(refusal(draft, { type: 'label', node: 'ask', label: 'x'.repeat(100_001) })).toMatchObject({
      code: 'edit.invalid',
      details: { at: 'ask', code: 'document.shape' },
    })
  })
})

describe('a batch', () => {
  it('is one edit', () => {
    const batch = {
      type: 'batch',
      commands: [
        { type: 'add', node: { type: 'delay@1' } },
        { type: 'connect', from: { node: 'hello', outcome: 'on:error' }, to: 'delay' },
      ],
    } as const
    const after = edited(draft, batch)
    expect([after.revision, waysOf(after).includes('hello:on:error -> delay')]).toEqual([1, true])
  })

  it('is refused as a whole', () => {
    const batch = {
      type: 'batch',
      commands: [
        { type: 'label', node: 'ask', label: 'x' },
        { type: 'remove', node: 'gone' },
      ],
    }
    expect(refusal(draft, batch).code).toBe('edit.noNode')
    expect(refusal(draft, { type: 'batch', commands: [{ type: 'odd' }] }).code).toBe('edit.badCommand')
  })

  it('may hold batches, to a depth', () => {
    const nest = (depth: number): object =>
      depth === 0
        ? { type: 'label', node: 'ask', label: 'x' }
        : { type: 'batch', commands: [nest(depth - 1)] }
    expect(applyCommand(draft, nest(16) as EditCommand).ok).toBe(true)
    expect(refusal(draft, nest(17)).details.fault).toMatch(/batches nest more than 16 deep/)
  })

  it('of nothing changes nothing', () => {
    expect(edited(draft, { type: 'batch', commands: [] })).toBe(draft)
  })
})

describe('the revision', () => {
  it('counts edits that changed something', () => {
    const once = edited(draft, { type: 'label', node: 'ask', label: 'x' })
    expect([
      draft.revision,
      once.revision,
      edited(once, { type: 'label', node: 'ask', label: 'x' }).revision,
    ]).toEqual([0, 1, 1])
  })

  it('[VER-10] a stale write is refused with the newer revision', () => {
    const newer = edited(draft, { type: 'label', node: 'ask', label: 'x' })
    expect(refusal(newer, connect, 0)).toEqual({ code: 'edit.stale', details: { revision: 1, expected: 0 } })
    expect(applyCommand(newer, connect, { revision: 1 }).ok).toBe(true)
    const stale = applyPatches(newer, patchesOf(draft, connect), { revision: 0 })
    expect(stale).toMatchObject({ ok: false, code: 'edit.stale' })
  })
})

describe('patches', () => {
  it('name the smallest member of a thing that has changed, or the field of a config', () => {
    expect(patchesOf(draft, { type: 'configure', node: 'menu', path: ['timeout'], value: '5s' })).toEqual([
      { path: ['nodes', 'menu', 'config', 'timeout'], after: '5s' },
    ])
    expect(patchesOf(draft, { type: 'label', node: 'menu', label: 'Which?' })).toEqual([
      { path: ['nodes', 'menu', 'label'], after: 'Which?' },
    ])
    expect(patchesOf(draft, { type: 'describe', name: 'New' })).toEqual([
      { path: ['name'], before: 'main', after: 'New' },
    ])
    expect(patchesOf(draft, { type: 'changeSettings', path: ['limits', 'maxSteps'], value: 7 })).toEqual([
      { path: ['settings', 'limits'], after: { maxSteps: 7 } },
    ])
  })

  it('name things that come and go as a whole', () => {
    const connector = draft.connector('hello:next')
    expect(patchesOf(draft, { type: 'disconnect', connector: 'hello:next' })).toEqual([
      { path: ['connectors', 'hello:next'], before: connector },
    ])
    expect(patchesOf(draft, connect)).toEqual([
      {
        path: ['connectors', 'hello:on:error'],
        after: { id: 'hello:on:error', from: connect.from, to: 'done' },
      },
    ])
  })

  it('bring another editor to the same document', () => {
    const commands: EditCommand[] = [
      connect,
      { type: 'remove', node: 'ask' },
      { type: 'renameVariable', name: 'name', to: 'who' },
    ]
    let [mine, yours] = [draft, draft]
    for (const command of commands) {
      const edit = applyCommand(mine, command)
      if (!edit.ok) throw new Error(edit.reason)
      mine = edit.draft
      const replayed = applyPatches(yours, edit.patches)
      if (!replayed.ok) throw new Error(replayed.reason)
      yours = replayed.draft
    }
    expect(serialiseDocument(yours.document)).toBe(serialiseDocument(mine.document))
  })

  it('merge with what somebody else changed elsewhere', () => {
    const mine = edited(draft, { type: 'label', node: 'ask', label: 'mine' })
    const both = applyPatches(
      mine,
      patchesOf(draft, { type: 'configure', node: 'ask', path: ['timeout'], value: '5s' }),
    )
    expect(both.ok && both.draft.node('ask')).toMatchObject({ label: 'mine', config: { timeout: '5s' } })
  })

  it('are refused where the place has changed in the meantime', () => {
    const mine = edited(draft, { type: 'label', node: 'ask', label: 'mine' })
    expect(applyPatches(mine, patchesOf(draft, { type: 'label', node: 'ask', label: 'yours' }))).toEqual(
      expect.objectContaining({ ok: false, code: 'edit.conflict', details: { path: 'nodes.ask.label' } }),
    )
    const gone = edited(draft, { type: 'remove', node: 'ask' })
    expect(
      applyPatches(gone, patchesOf(draft, { type: 'label', node: 'ask', label: 'yours' })),
    ).toMatchObject({ code: 'edit.badCommand' })
  })

  it.each([
    ['no list', {}],
    ['no path', [{ after: 1 }]],
    ['an empty path', [{ path: [], after: 1 }]],
    ['a path of numbers', [{ path: ['nodes', 0] }]],
    ['another id', [{ path: ['nodes', 'x'], after: { id: 'y', type: 'menu@1', config: {} } }]],
    ['no thing', [{ path: ['nodes', 'x'], after: 7 }]],
    ['the id of the flow', [{ path: ['id'], before: 'main', after: 'other' }]],
    ['the schema', [{ path: ['schema'], before: 1, after: 2 }]],
    ['a connector without a beginning', [{ path: ['connectors', 'x'], after: { id: 'x' } }]],
  ])('that hold %s are refused', (_, patches) => {
    expect(applyPatches(draft, patches as unknown as Patch[])).toMatchObject({
      ok: false,
      code: 'edit.badCommand',
    })
  })

  it.each([
    [[{ path: ['nodes', 'x'], after: { id: 'x', type: 7, config: {} } }]],
    [[{ path: ['settings', 'odd'], after: 1 }]],
    [[{ path: ['medium'], before: 'any', after: 'fax' }]],
  ])('that no document could hold are refused: %j', (patches) => {
    expect(applyPatches(draft, patches)).toMatchObject({ ok: false, code: 'edit.invalid' })
  })

  it('do not lead two connectors out of one outcome', () => {
    const second = { id: 'x', from: { node: 'menu', outcome: '1' }, to: 'done' }
    expect(applyPatches(draft, [{ path: ['connectors', 'x'], after: second }])).toMatchObject({
      ok: false,
      code: 'edit.outcomeTaken',
    })
  })

  it('may swap the outcomes of two connectors, one after the other', () => {
    const move = (id: string, before: string, after: string): Patch => ({
      path: ['connectors', id, 'from'],
      before: { node: 'menu', outcome: before },
      after: { node: 'menu', outcome: after },
    })
    const swapped = applyPatches(draft, [move('menu:1', '1', '2'), move('menu:2', '2', '1')])
    expect(swapped.ok && waysOf(swapped.draft)).toEqual(
      expect.arrayContaining(['menu:2 -> hello', 'menu:1 -> ask']),
    )
  })

  it('turned round undo', () => {
    const patches: Patch[] = [
      { path: ['a'], after: 1 },
      { path: ['b'], before: 2 },
      { path: ['c'], before: 3, after: 4 },
    ]
    expect(invertPatches(patches)).toEqual([
      { path: ['c'], before: 4, after: 3 },
      { path: ['b'], after: 2 },
      { path: ['a'], before: 1 },
    ])
  })

  it.each<[string, Patch[], Patch[], Patch[]]>([
    [
      'the same places',
      [{ path: ['a'], before: 1, after: 2 }],
      [{ path: ['a'], before: 2, after: 3 }],
      [{ path: ['a'], before: 1, after: 3 }],
    ],
    ['there and back', [{ path: ['a'], after: 2 }], [{ path: ['a'], before: 2 }], []],
    [
      'other places',
      [{ path: ['a'], after: 1 }],
      [{ path: ['b'], after: 2 }],
      [
        { path: ['a'], after: 1 },
        { path: ['b'], after: 2 },
      ],
    ],
    [
      'one of several',
      [
        { path: ['a'], after: 1 },
        { path: ['b'], after: 1 },
      ],
      [{ path: ['b'], before: 1, after: 2 }],
      [
        { path: ['a'], after: 1 },
        { path: ['b'], after: 2 },
      ],
    ],
    [
      'a place inside of another',
      [{ path: ['a'], after: { b: 1 } }],
      [{ path: ['a', 'b'], before: 1, after: 2 }],
      [
        { path: ['a'], after: { b: 1 } },
        { path: ['a', 'b'], before: 1, after: 2 },
      ],
    ],
    [
      'what was taken away and put back',
      [
        { path: ['a', 'b'], before: 1 },
        { path: ['a'], before: {} },
      ],
      [
        { path: ['a'], after: {} },
        { path: ['a', 'b'], after: 1 },
      ],
      [],
    ],
    [
      'a place that grows, and one inside of it',
      [
        { path: ['a'], after: { b: 1 } },
        { path: ['a', 'b'], before: 1, after: 2 },
      ],
      [
        { path: ['a'], before: { b: 2 }, after: { b: 5 } },
        { path: ['a', 'b'], before: 5, after: 6 },
      ],
      [
        { path: ['a'], after: { b: 1 } },
        { path: ['a', 'b'], before: 1, after: 2 },
        { path: ['a'], before: { b: 2 }, after: { b: 5 } },
        { path: ['a', 'b'], before: 5, after: 6 },
      ],
    ],
  ])('join: %s', (_, first, second, joined) => {
    expect(joinPatches(first, second)).toEqual(joined)
  })
})

describe('refusals', () => {
  it('each have a reason with a next step, a cause and a way to mend', () => {
    for (const { cause, mend } of Object.values(EDIT_REFUSALS)) {
      expect(cause).toMatch(/^[A-Z].*\.$/)
      expect(mend).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('know as many commands as there are', () => {
    expect(COMMAND_TYPES).toHaveLength(28)
  })
})
