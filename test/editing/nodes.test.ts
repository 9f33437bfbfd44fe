import { describe, expect, it } from 'vitest'
import { end, node, say } from '../support/flow.ts'
import { draftOf, edited, patchesOf, refusal, SMALL, waysOf } from './drafts.ts'

const draft = draftOf()

describe('add', () => {
  it('[DOC-18] places a node of the palette under an id after its type', () => {
    const added = edited(draft, {
      type: 'add',
      node: { type: 'send-message@1', config: { prompt: 'Hi' }, position: { x: 1, y: 2 } },
    })
    expect(added.node('send_message')).toEqual({
      id: 'send_message',
      type: 'send-message@1',
      config: { prompt: 'Hi' },
      position: { x: 1, y: 2 },
    })
  })

  it('numbers ids that are taken, and takes the one that is given', () => {
    const twice = edited(
      draft,
      { type: 'add', node: { type: 'menu@1' } },
      { type: 'add', node: { type: 'menu@1' } },
    )
    expect(twice.document.nodes.map(({ id }) => id)).toEqual([
      'ask',
      'done',
      'hello',
      'menu',
      'menu_2',
      'menu_3',
      'start',
    ])
    expect(edited(draft, { type: 'add', node: { id: 'mine', type: 'menu@1' } }).node('mine')?.config).toEqual(
      {},
    )
  })

  it('connects the outcome that it is drawn from', () => {
    const loose = edited(draft, { type: 'disconnect', connector: 'hello:next' })
    const added = edited(loose, {
      type: 'add',
      node: { type: 'delay@1' },
      from: { node: 'hello', outcome: 'next' },
    })
    expect(waysOf(added)).toContain('hello:next -> delay')
  })

  it.each([
    [{ type: 'add', node: { type: 'mneu@1' } }, 'edit.unknownType', { type: 'mneu@1', suggestion: 'menu@1' }],
    [{ type: 'add', node: { type: 'menu@1', id: 'ask' } }, 'edit.idTaken', { id: 'ask' }],
    [
      { type: 'add', node: { type: 'menu@1' }, from: { node: 'menu', outcome: '1' } },
      'edit.outcomeTaken',
      { node: 'menu', outcome: '1', connector: 'menu:1' },
    ],
  ])('refuses %j', (command, code, details) => {
    expect(refusal(draft, command)).toEqual({ code, details })
  })

  it('refuses an id that expressions could not read, and names it', () => {
    const { code, details } = refusal(draft, { type: 'add', node: { type: 'menu@1', id: 'a-b' } })
    expect([code, details.at, details.code]).toEqual(['edit.invalid', 'a-b', 'document.shape'])
  })
})

describe('the start node', () => {
  it('[DOC-3] is not deleted', () => {
    expect(refusal(draft, { type: 'remove', node: 'start' })).toEqual({
      code: 'edit.startStays',
      details: {},
    })
    expect(refusal(draft, { type: 'remove', nodes: ['ask', 'start'] }).code).toBe('edit.startStays')
  })

  it('[DOC-3] is not duplicated, by whatever command', () => {
    expect(refusal(draft, { type: 'add', node: { type: 'start@1' } }).code).toBe('edit.secondStart')
    expect(refusal(draft, { type: 'duplicate', nodes: ['ask', 'start'] }).code).toBe('edit.secondStart')
    const fragment = {
      schema: 1,
      nodes: [{ id: 's', type: 'start@1', config: {} }],
      connectors: [],
      notes: [],
      settings: {},
    }
    expect(refusal(draft, { type: 'paste', fragment }).code).toBe('edit.secondStart')
    expect(refusal(draft, { type: 'insert', connector: 'hello:next', node: { type: 'start@1' } }).code).toBe(
      'edit.secondStart',
    )
  })

  it('[DOC-3] can be added to an imported draft that lacks one', () => {
    const { nodes, ...rest } = draft.document
    const lacking = draftOf({ ...rest, nodes: nodes.filter(({ id }) => id !== 'start') })
    expect(edited(lacking, { type: 'add', node: { type: 'start@1', id: 'begin' } }).node('begin')?.type).toBe(
      'start@1',
    )
  })

  it('[DOC-3] can be taken away where an import brought a second one', () => {
    const two = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, again: node('start') } })
    expect(edited(two, { type: 'remove', node: 'again' }).document.nodes).toHaveLength(5)
    expect(refusal(two, { type: 'remove', nodes: ['again', 'start'] }).code).toBe('edit.startStays')
  })
})

describe('remove', () => {
  it('[DOC-8] takes the connectors of a node along, those into it as well', () => {
    const without = edited(draft, { type: 'remove', node: 'ask' })
    expect(waysOf(without)).toEqual(['hello:next -> done', 'menu:1 -> hello'])
  })

  it('[DOC-8] takes the notes attached to a node along, and leaves the others', () => {
    const noted = edited(
      draft,
      { type: 'addNote', note: { text: 'of hello', node: 'hello' } },
      { type: 'addNote', note: { text: 'of the flow' } },
    )
    expect(edited(noted, { type: 'remove', node: 'hello' }).document.notes.map(({ text }) => text)).toEqual([
      'of the flow',
    ])
  })

  it('takes a selection away, whatever went with its nodes', () => {
    const noted = edited(draft, { type: 'addNote', note: { id: 'n', text: '', node: 'hello' } })
    const left = edited(noted, {
      type: 'remove',
      nodes: ['hello', 'menu'],
      connectors: ['hello:next', 'start:next'],
      notes: ['n'],
    })
    expect(left.document.nodes.map(({ id }) => id)).toEqual(['ask', 'done', 'start'])
    expect(waysOf(left)).toEqual([])
  })

  it.each([
    [{ type: 'remove', node: 'helo' }, 'edit.noNode', { node: 'helo', suggestion: 'hello' }],
    [{ type: 'remove', connectors: ['none'] }, 'edit.noConnector', { connector: 'none' }],
    [{ type: 'remove', notes: ['none'] }, 'edit.noNote', { note: 'none' }],
  ])('refuses %j', (command, code, details) => {
    expect(refusal(draft, command)).toEqual({ code, details })
  })
})

describe('move and label', () => {
  it('[DOC-18] puts nodes and notes where they are to stand', () => {
    const noted = edited(draft, { type: 'addNote', note: { id: 'n', text: '' } })
    const moved = edited(noted, {
      type: 'move',
      nodes: { ask: { x: 1, y: 2 }, menu: { x: 3, y: 4 } },
      notes: { n: { x: 5, y: 6 } },
    })
    expect([moved.node('ask')?.position, moved.node('menu')?.position, moved.note('n')?.position]).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
      { x: 5, y: 6 },
    ])
  })

  it('takes a place away', () => {
    const moved = edited(draft, { type: 'move', nodes: { ask: { x: 1, y: 2 } } })
    expect(edited(moved, { type: 'move', nodes: { ask: null } }).node('ask')).toEqual(draft.node('ask'))
    expect(edited(draft, { type: 'move', nodes: { ask: null } })).toBe(draft)
  })

  it('changes nothing where everything stands there already', () => {
    const at = { type: 'move', nodes: { ask: { x: 1, y: 2 } } } as const
    const moved = edited(draft, at)
    expect(patchesOf(moved, at)).toEqual([])
    expect(edited(moved, at)).toBe(moved)
  })

  it('[DOC-6] labels a node, and takes the label away', () => {
    const labelled = edited(draft, { type: 'label', node: 'ask', label: 'Who?' })
    expect(labelled.node('ask')?.label).toBe('Who?')
    expect(edited(labelled, { type: 'label', node: 'ask' }).node('ask')).toEqual(draft.node('ask'))
  })

  it('labels a connector', () => {
    expect(
      edited(draft, { type: 'label', connector: 'menu:1', label: 'yes' }).connector('menu:1')?.label,
    ).toBe('yes')
  })

  it('refuses a label for both or for nothing', () => {
    expect(refusal(draft, { type: 'label', label: 'x' }).code).toBe('edit.badCommand')
    expect(refusal(draft, { type: 'label', node: 'ask', connector: 'menu:1' }).code).toBe('edit.badCommand')
  })
})

describe('configure', () => {
  it('[DOC-18] sets the config as a whole', () => {
    expect(
      edited(draft, { type: 'configure', node: 'hello', config: { prompt: 'Bye' } }).node('hello')?.config,
    ).toEqual({ prompt: 'Bye' })
  })

  it.each([
    [['prompt'], 'Bye', { prompt: 'Bye' }],
    [['retry', 'limit'], 3, { prompt: 'x', retry: { limit: 3 } }],
    [['prompt'], undefined, {}],
    [['gone', 'deep'], undefined, { prompt: 'x' }],
    [['list', 0], 'a', { prompt: 'x', list: ['a'] }],
  ])('sets the field at %j to %j', (path, value, config) => {
    const plain = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, hello: say('x') } })
    const command = {
      type: 'configure',
      node: 'hello',
      path,
      ...(value === undefined ? {} : { value }),
    } as const
    expect(edited(plain, command).node('hello')?.config).toEqual(config)
  })

  it('adds to a list behind its last entry, and closes it up where an entry goes', () => {
    const options = (...path: (string | number)[]) =>
      ({ type: 'configure', node: 'menu', path: ['options', ...path] }) as const
    const three = edited(draft, { ...options(2), value: { value: '3' } })
    expect(three.node('menu')?.config.options).toEqual([{ value: '1' }, { value: '2' }, { value: '3' }])
    expect(edited(three, options(0)).node('menu')?.config.options).toEqual([{ value: '2' }, { value: '3' }])
  })

  it.each([
    [['prompt', 'deep'], 'prompt.deep'],
    [['options', 7], 'options.7'],
    [['options', 'first'], 'options.first'],
    [['options', -1], 'options.-1'],
    [['options', 0.5], 'options.0.5'],
    [[0], '0'],
  ])('refuses the path %j, at which nothing can be set', (path, at) => {
    expect(refusal(draft, { type: 'configure', node: 'menu', path, value: 1 })).toEqual({
      code: 'edit.noPath',
      details: { path: at },
    })
  })

  it('refuses a config and a path at once, and neither', () => {
    expect(refusal(draft, { type: 'configure', node: 'menu' }).code).toBe('edit.badCommand')
    expect(refusal(draft, { type: 'configure', node: 'menu', path: ['a'], config: {} }).code).toBe(
      'edit.badCommand',
    )
  })

  it('[DOC-6] outcomes follow the config: a connector goes along when its outcome gets another name', () => {
    const renamed = edited(draft, {
      type: 'configure',
      node: 'menu',
      path: ['options', 0, 'value'],
      value: 'yes',
    })
    expect(waysOf(renamed)).toContain('menu:yes -> hello')
    expect(waysOf(renamed)).not.toContain('menu:1 -> hello')
    expect(renamed.connector('menu:1')?.from.outcome).toBe('yes')
  })

  it('takes the actions of the outcome along', () => {
    const acting = edited(draft, {
      type: 'setActions',
      node: 'menu',
      onLeave: { '1': [{ set: 'name', to: '"one"' }] },
    })
    const renamed = edited(acting, {
      type: 'configure',
      node: 'menu',
      path: ['options', 0, 'value'],
      value: 'yes',
    })
    expect(renamed.node('menu')?.onLeave).toEqual({ yes: [{ set: 'name', to: '"one"' }] })
  })

  it('keeps the connector where an outcome goes and none comes, or several do', () => {
    const gone = edited(draft, { type: 'configure', node: 'menu', path: ['options', 0] })
    expect(waysOf(gone)).toContain('menu:1 -> hello')
    const other = [{ value: 'a' }, { value: 'b' }]
    const all = edited(draft, { type: 'configure', node: 'menu', path: ['options'], value: other })
    expect(waysOf(all)).toContain('menu:1 -> hello')
  })

  it('does not push aside a connector that leaves by the new name already', () => {
    const stray = { id: 'x', from: { node: 'menu', outcome: 'yes' }, to: 'done' }
    const strayed = draftOf({ ...draft.document, connectors: [...draft.document.connectors, stray] })
    const renamed = edited(strayed, {
      type: 'configure',
      node: 'menu',
      path: ['options', 0, 'value'],
      value: 'yes',
    })
    expect(renamed.connector('x')).toEqual(stray)
    expect(renamed.connector('menu:1')?.from.outcome).toBe('1')
  })

  it('[DOC-9] tags an end with a declared flow outcome; several ends may share one', () => {
    const two = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, other: end('') } })
    const tagged = edited(two, { type: 'configure', node: 'other', path: ['outcome'], value: 'ok' })
    expect(['done', 'other'].map((id) => tagged.node(id)?.config.outcome)).toEqual(['ok', 'ok'])
  })
})

describe('changeType', () => {
  const odd = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, odd: node('placeholder', { prompt: 'Hi' }) } })

  it('makes a placeholder a node of the palette, and keeps everything else', () => {
    const changed = edited(odd, { type: 'changeType', node: 'odd', to: 'send-message@1' })
    expect(changed.node('odd')).toEqual({ id: 'odd', type: 'send-message@1', config: { prompt: 'Hi' } })
    expect(edited(changed, { type: 'changeType', node: 'odd', to: 'send-message@1' })).toBe(changed)
  })

  it('[DOC-3] leaves the one start a start, and makes no second one', () => {
    expect(refusal(draft, { type: 'changeType', node: 'start', to: 'menu@1' }).code).toBe('edit.startStays')
    expect(refusal(draft, { type: 'changeType', node: 'ask', to: 'start@1' }).code).toBe('edit.secondStart')
    const two = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, again: node('start') } })
    expect(edited(two, { type: 'changeType', node: 'again', to: 'menu@1' }).node('again')?.type).toBe(
      'menu@1',
    )
  })

  it('refuses a type that nobody knows', () => {
    expect(refusal(draft, { type: 'changeType', node: 'ask', to: 'mneu@1' })).toEqual({
      code: 'edit.unknownType',
      details: { type: 'mneu@1', suggestion: 'menu@1' },
    })
  })
})

describe('actions and own data', () => {
  it('sets what is done on the way in and out; what is left out stays', () => {
    const into = edited(draft, { type: 'setActions', node: 'hello', onEnter: [{ set: 'name', to: '"x"' }] })
    const both = edited(into, {
      type: 'setActions',
      node: 'hello',
      onLeave: { next: [{ set: 'name', to: '"y"' }] },
    })
    expect(both.node('hello')).toMatchObject({
      onEnter: [{ set: 'name', to: '"x"' }],
      onLeave: { next: [{ set: 'name', to: '"y"' }] },
    })
    expect(
      edited(both, { type: 'setActions', node: 'hello', onEnter: [], onLeave: {} }).node('hello'),
    ).toEqual(draft.node('hello'))
  })

  it('refuses actions of another form', () => {
    const { code } = refusal(draft, { type: 'setActions', node: 'hello', onEnter: [{ set: 'name' }] })
    expect(code).toBe('edit.invalid')
  })

  it('keeps the data of the host with a node, a connector, a note and the flow', () => {
    const noted = edited(draft, { type: 'addNote', note: { id: 'n', text: '' } })
    const meta = { seen: true }
    const kept = edited(
      noted,
      { type: 'setMeta', node: 'ask', meta },
      { type: 'setMeta', connector: 'menu:1', meta },
      { type: 'setMeta', note: 'n', meta },
      { type: 'setMeta', meta },
    )
    expect([
      kept.node('ask')?.meta,
      kept.connector('menu:1')?.meta,
      kept.note('n')?.meta,
      kept.document.meta,
    ]).toEqual([meta, meta, meta, meta])
    expect(edited(kept, { type: 'setMeta', node: 'ask' }).node('ask')).not.toHaveProperty('meta')
    expect(refusal(noted, { type: 'setMeta', node: 'ask', note: 'n' }).code).toBe('edit.badCommand')
  })
})
