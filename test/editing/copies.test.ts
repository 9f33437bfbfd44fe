import { describe, expect, it } from 'vitest'
import { copyFragment } from '../../src/editing/index.ts'
import { ask, end, type FlowSpec, node, say } from '../support/flow.ts'
import { draftOf, edited, refusal, SMALL, waysOf } from './drafts.ts'

const draft = draftOf()

describe('duplicate', () => {
  it('copies nodes with the connectors between them, beside themselves', () => {
    const placed = edited(draft, { type: 'move', nodes: { menu: { x: 0, y: 0 }, hello: { x: 200, y: 0 } } })
    const copied = edited(placed, { type: 'duplicate', nodes: ['menu', 'hello'] })
    expect(waysOf(copied)).toEqual([...waysOf(placed), 'menu_2:1 -> hello_2'].sort())
    expect(copied.node('hello_2')?.position).toEqual({ x: 240, y: 40 })
  })

  it('what copies read of each other they read of the copies', () => {
    const copied = edited(draft, { type: 'duplicate', nodes: ['menu', 'hello'] })
    expect(copied.node('hello_2')?.config.prompt).toBe('Hello {{name}}, you pressed {{nodes.menu_2.value}}.')
    expect(copied.node('hello')).toEqual(draft.node('hello'))
  })

  it('what they read of others stays', () => {
    const copied = edited(draft, { type: 'duplicate', nodes: ['hello'], offset: { x: 1, y: 1 } })
    expect(copied.node('hello_2')?.config).toEqual(draft.node('hello')?.config)
  })

  it('copies attached notes', () => {
    const noted = edited(draft, {
      type: 'addNote',
      note: { id: 'n', text: 'look', node: 'menu', position: { x: 1, y: 1 } },
    })
    const copied = edited(noted, { type: 'duplicate', nodes: ['menu'] })
    expect(copied.note('n_2')).toEqual({
      id: 'n_2',
      text: 'look',
      node: 'menu_2',
      position: { x: 41, y: 41 },
    })
  })

  it('takes each node once, and refuses what is not there', () => {
    expect(edited(draft, { type: 'duplicate', nodes: ['hello', 'hello'] }).document.nodes).toHaveLength(6)
    expect(refusal(draft, { type: 'duplicate', nodes: ['gone'] }).code).toBe('edit.noNode')
    expect(refusal(draft, { type: 'duplicate', nodes: [] }).code).toBe('edit.badCommand')
  })
})

describe('a fragment', () => {
  const rich = edited(
    draftOf({
      ...SMALL,
      contact: [
        { name: 'tier', type: 'text' },
        { name: 'phone', type: 'text' },
      ],
      variables: [
        { name: 'name', type: 'text' },
        { name: 'unused', type: 'text' },
        { name: 'na', type: 'text' },
      ],
      settings: {
        logbooks: [
          { name: 'calls', fields: ['who'] },
          { name: 'other', fields: [] },
        ],
      },
    }),
    { type: 'setActions', node: 'hello', onEnter: [{ log: 'calls', fields: { who: 'contact.tier' } }] },
    { type: 'addNote', note: { id: 'n', text: 'look', node: 'hello' } },
    { type: 'addNote', note: { id: 'm', text: 'elsewhere' } },
  )

  it('holds nodes, the connectors between them, their notes and the declarations that they name', () => {
    const fragment = copyFragment(rich, ['hello', 'done', 'gone', 'hello'])
    expect(fragment.nodes.map(({ id }) => id)).toEqual(['hello', 'done'])
    expect(fragment.connectors.map(({ id }) => id)).toEqual(['hello:next'])
    expect(fragment.notes.map(({ id }) => id)).toEqual(['n'])
    expect(fragment.settings).toEqual({
      variables: [{ name: 'name', type: 'text' }],
      contact: [{ name: 'tier', type: 'text' }],
      outcomes: [{ code: 'ok', kind: 'completed' }],
      logbooks: [{ name: 'calls', fields: ['who'] }],
    })
  })

  it('leaves the start behind, and is plain JSON', () => {
    const fragment = copyFragment(rich, ['start', 'ask'])
    expect(fragment.nodes.map(({ id }) => id)).toEqual(['ask'])
    expect(JSON.parse(JSON.stringify(fragment))).toEqual(fragment)
    expect(copyFragment(rich, ['menu']).settings).toEqual({})
  })
})

describe('paste', () => {
  const OTHER: FlowSpec = {
    nodes: {
      ask: ask('Your name, {{name}}?', { variable: 'name' }),
      hello: say('{{nodes.ask.value}} and {{name}}'),
      bye: end('left'),
    },
    connect: ['start -> ask', 'ask:valid -> hello', 'hello -> bye'],
    variables: [{ name: 'name', type: 'number' }],
  }

  it('brings nodes of another flow in, under other names where theirs are taken', () => {
    const fragment = copyFragment(draftOf(OTHER), ['ask', 'hello', 'bye'])
    const pasted = edited(draft, { type: 'paste', fragment })
    expect(waysOf(pasted)).toEqual([...waysOf(draft), 'ask_2:valid -> hello_2', 'hello_2:next -> bye'].sort())
    expect(pasted.node('hello_2')?.config.prompt).toBe('{{nodes.ask_2.value}} and {{name_2}}')
    expect(pasted.node('ask_2')?.config).toEqual({ prompt: 'Your name, {{name_2}}?', variable: 'name_2' })
  })

  it('declares what it brings along; a variable that is declared otherwise gets another name', () => {
    const pasted = edited(draft, { type: 'paste', fragment: copyFragment(draftOf(OTHER), ['ask', 'bye']) })
    expect(pasted.settings.variables).toEqual([
      { name: 'name', type: 'text' },
      { name: 'name_2', type: 'number' },
    ])
    expect(pasted.settings.outcomes?.map(({ code }) => code)).toEqual(['ok', 'left'])
  })

  it('shares declarations that are the same', () => {
    const pasted = edited(draft, { type: 'paste', fragment: copyFragment(draft, ['ask', 'hello', 'done']) })
    expect(pasted.settings).toEqual(draft.settings)
    expect(pasted.node('hello_2')?.config).toEqual(draft.node('hello')?.config)
  })

  it('keeps ids that are free', () => {
    const fragment = copyFragment(draft, ['hello', 'done'])
    const cut = edited(draft, { type: 'remove', nodes: ['hello', 'done'] })
    const back = edited(cut, { type: 'paste', fragment })
    expect(back.node('hello')).toEqual(draft.node('hello'))
    expect(back.connector('hello:next')).toEqual(draft.connector('hello:next'))
  })

  it('puts the upper left corner where it is to go', () => {
    const placed = edited(draft, {
      type: 'move',
      nodes: { menu: { x: 100, y: 80 }, hello: { x: 60, y: 200 } },
    })
    const pasted = edited(placed, {
      type: 'paste',
      fragment: copyFragment(placed, ['menu', 'hello']),
      at: { x: 0, y: 0 },
    })
    expect([pasted.node('menu_2')?.position, pasted.node('hello_2')?.position]).toEqual([
      { x: 40, y: 0 },
      { x: 0, y: 120 },
    ])
  })

  it.each([
    [
      'a node twice',
      {
        nodes: [
          { id: 'a', type: 'x@1' },
          { id: 'a', type: 'x@1' },
        ],
      },
    ],
    ['no nodes', { nodes: 7 }],
    ['a newer schema', { schema: 99, nodes: [] }],
    ['an unknown member', { nodes: [], evil: true }],
  ])('[DOC-15] refuses what an import would refuse: %s', (_, part) => {
    const fragment = { schema: 1, connectors: [], notes: [], settings: {}, ...part }
    expect(refusal(draft, { type: 'paste', fragment }).code).toBe('edit.invalid')
  })

  /** A node that reads variables of another flow, on the clipboard. */
  const reading = (prompt: string, variables: NonNullable<FlowSpec['variables']>) =>
    copyFragment(draftOf({ nodes: { read: say(prompt), done: end('ok') }, connect: [], variables }), ['read'])

  it('keeps variables apart, whatever numbers stand behind their names already', () => {
    const fragment = reading('{{name}} {{name_2}}', [
      { name: 'name', type: 'number' },
      { name: 'name_2', type: 'number' },
    ])
    const pasted = edited(draft, { type: 'paste', fragment })
    expect(pasted.node('read')?.config.prompt).toBe('{{name_3}} {{name_2}}')
    expect(pasted.settings.variables?.map(({ name }) => name)).toEqual(['name', 'name_3', 'name_2'])
  })

  it('gives a variable no name that is too long to be read', () => {
    const name = 'v'.repeat(64)
    const taken = edited(draft, { type: 'addVariable', variable: { name, type: 'text' } })
    const pasted = edited(taken, {
      type: 'paste',
      fragment: reading(`{{${name}}}`, [{ name, type: 'number' }]),
    })
    expect(pasted.node('read')?.config.prompt).toBe(`{{${'v'.repeat(56)}}}`)
  })

  it('puts no secret into a variable that is none', () => {
    const fragment = reading('{{name}}', [{ name: 'name', type: 'text', sensitive: true }])
    const pasted = edited(draft, { type: 'paste', fragment })
    expect(pasted.settings.variables).toEqual([
      { name: 'name', type: 'text' },
      { name: 'name_2', type: 'text', sensitive: true },
    ])
    expect(edited(pasted, { type: 'paste', fragment }).settings.variables).toHaveLength(3)
  })

  it('refuses prototype keys', () => {
    const fragment = JSON.parse('{"schema":1,"nodes":[],"settings":{},"__proto__":{"x":1}}')
    expect(refusal(draft, { type: 'paste', fragment }).code).toBe('edit.badCommand')
  })

  it('takes nodes of types that are not known, as imports do', () => {
    const fragment = {
      schema: 1 as const,
      nodes: [{ id: 'odd', type: 'odd@1', config: { a: 1 } }],
      connectors: [],
      notes: [],
      settings: {},
    }
    expect(edited(draft, { type: 'paste', fragment }).node('odd')?.config).toEqual({ a: 1 })
  })
})

describe('replace', () => {
  it('takes another document over and keeps the id of the flow', () => {
    const other = draftOf({
      ...SMALL,
      id: 'other',
      nodes: { done: end('ok') },
      connect: ['start -> done'],
    }).document
    const replaced = edited(draft, { type: 'replace', document: other })
    expect(replaced.document).toEqual({ ...other, id: 'main' })
  })

  it('changes nothing where it is the same', () => {
    expect(edited(draft, { type: 'replace', document: draft.document })).toBe(draft)
  })

  it('refuses what is no document', () => {
    expect(refusal(draft, { type: 'replace', document: { schema: 1 } }).code).toBe('edit.invalid')
    expect(refusal(draft, { type: 'replace', document: { ...draft.document, schema: 2 } }).details.code).toBe(
      'document.newerSchema',
    )
    const twice = [...draft.document.nodes, ...draft.document.nodes]
    expect(
      refusal(draft, { type: 'replace', document: { ...draft.document, nodes: twice } }).details.code,
    ).toBe('document.repeated')
    expect(
      refusal(draft, { type: 'replace', document: { ...draft.document, nodes: [node('x')] } }).code,
    ).toBe('edit.invalid')
  })
})
