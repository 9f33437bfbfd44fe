import { describe, expect, it } from 'vitest'
import { end, node, say } from '../support/flow.ts'
import { draftOf, edited, refusal, SMALL, waysOf } from './drafts.ts'

const draft = draftOf()
const open = edited(draft, { type: 'disconnect', connector: 'menu:1' })
const from = { node: 'menu', outcome: '1' }

describe('connect', () => {
  it('[DOC-7] joins one outcome of one node to the entry of one node', () => {
    const connected = edited(open, { type: 'connect', from, to: 'done' })
    expect(connected.connector('menu:1')).toEqual({ id: 'menu:1', from, to: 'done' })
  })

  it('[DOC-7] may leave a connector without a target in a draft', () => {
    expect(edited(open, { type: 'connect', from }).connector('menu:1')).toEqual({ id: 'menu:1', from })
  })

  it('[DOC-7] refuses a second connector from one outcome, and names the first', () => {
    expect(refusal(draft, { type: 'connect', from, to: 'done' })).toEqual({
      code: 'edit.outcomeTaken',
      details: { ...from, connector: 'menu:1' },
    })
  })

  it('takes an id and a label, and finds a free id itself', () => {
    expect(edited(open, { type: 'connect', from, to: 'done', id: 'c', label: 'one' }).connector('c')).toEqual(
      {
        id: 'c',
        from,
        to: 'done',
        label: 'one',
      },
    )
    const taken = edited(
      open,
      { type: 'reconnect', connector: 'menu:2', from },
      { type: 'connect', from: { node: 'menu', outcome: '2' }, to: 'done' },
    )
    expect(waysOf(taken)).toEqual(
      waysOf(
        edited(
          open,
          { type: 'connect', from, to: 'ask' },
          { type: 'reconnect', connector: 'menu:2', to: 'done' },
        ),
      ),
    )
    expect(taken.connector('menu:2_2')?.from.outcome).toBe('2')
  })

  it('leads back to the node itself, and by signals that every node has', () => {
    const more = edited(
      open,
      { type: 'connect', from, to: 'menu' },
      { type: 'connect', from: { node: 'hello', outcome: 'on:error' }, to: 'done' },
    )
    expect(waysOf(more)).toEqual(expect.arrayContaining(['menu:1 -> menu', 'hello:on:error -> done']))
  })

  it('takes any outcome of a node whose type is not known', () => {
    const odd = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, odd: node('odd') } })
    expect(
      waysOf(edited(odd, { type: 'connect', from: { node: 'odd', outcome: 'whatever' }, to: 'done' })),
    ).toContain('odd:whatever -> done')
  })

  it.each([
    [
      { from: { node: 'menu', outcome: 'noMach' }, to: 'done' },
      'edit.noOutcome',
      { node: 'menu', outcome: 'noMach', suggestion: 'noMatch' },
    ],
    [
      { from: { node: 'mneu', outcome: '1' }, to: 'done' },
      'edit.noNode',
      { node: 'mneu', suggestion: 'menu' },
    ],
    [{ from, to: 'dnoe' }, 'edit.noNode', { node: 'dnoe', suggestion: 'done' }],
    [{ from, to: 'start' }, 'edit.intoStart', {}],
    [{ from: { node: 'done', outcome: 'next' }, to: 'ask' }, 'edit.outOfEnd', { node: 'done' }],
    [{ from: { node: 'done', outcome: 'on:error' }, to: 'ask' }, 'edit.outOfEnd', { node: 'done' }],
    [{ from, to: 'done', id: 'menu:2' }, 'edit.idTaken', { id: 'menu:2' }],
  ])('refuses %j', (connect, code, details) => {
    expect(refusal(open, { type: 'connect', ...connect })).toEqual({ code, details })
  })
})

describe('disconnect and reconnect', () => {
  it('takes a connector away', () => {
    expect(waysOf(open)).not.toContain('menu:1 -> hello')
    expect(refusal(open, { type: 'disconnect', connector: 'menu:1' })).toEqual({
      code: 'edit.noConnector',
      details: { connector: 'menu:1' },
    })
  })

  it('leads a connector elsewhere, and lets it hang', () => {
    expect(waysOf(edited(draft, { type: 'reconnect', connector: 'menu:1', to: 'done' }))).toContain(
      'menu:1 -> done',
    )
    expect(edited(draft, { type: 'reconnect', connector: 'menu:1', to: null }).connector('menu:1')).toEqual({
      id: 'menu:1',
      from,
    })
  })

  it('moves its beginning, and keeps id, label and target', () => {
    const labelled = edited(open, { type: 'label', connector: 'menu:2', label: 'again' })
    expect(edited(labelled, { type: 'reconnect', connector: 'menu:2', from }).connector('menu:2')).toEqual({
      id: 'menu:2',
      from,
      to: 'ask',
      label: 'again',
    })
  })

  it('stays where it is without complaint', () => {
    expect(edited(draft, { type: 'reconnect', connector: 'menu:1', from, to: 'hello' })).toBe(draft)
  })

  it.each([
    [{ connector: 'menu:1' }, 'edit.badCommand'],
    [{ connector: 'menu:2', from }, 'edit.outcomeTaken'],
    [{ connector: 'menu:2', from: { node: 'done', outcome: 'x' } }, 'edit.outOfEnd'],
    [{ connector: 'menu:2', to: 'start' }, 'edit.intoStart'],
    [{ connector: 'menu:2', to: 'gone' }, 'edit.noNode'],
    [{ connector: 'gone', to: 'done' }, 'edit.noConnector'],
  ])('refuses %j', (reconnect, code) => {
    expect(refusal(draft, { type: 'reconnect', ...reconnect }).code).toBe(code)
  })
})

describe('insert', () => {
  const placed = edited(draft, { type: 'move', nodes: { hello: { x: 0, y: 0 }, done: { x: 100, y: 50 } } })

  it('puts a new node into a connector, half way between its ends', () => {
    const inserted = edited(placed, {
      type: 'insert',
      connector: 'hello:next',
      node: { type: 'delay@1', config: { duration: '1s' } },
    })
    expect(waysOf(inserted)).toEqual(expect.arrayContaining(['hello:next -> delay', 'delay:done -> done']))
    expect(inserted.node('delay')?.position).toEqual({ x: 50, y: 25 })
    expect(inserted.connector('hello:next')?.id).toBe('hello:next')
  })

  it('keeps the place that is given, and needs none', () => {
    const at = { x: 7, y: 7 }
    const given = edited(placed, {
      type: 'insert',
      connector: 'hello:next',
      node: { type: 'delay@1', position: at },
    })
    expect(given.node('delay')?.position).toEqual(at)
    expect(
      edited(draft, { type: 'insert', connector: 'hello:next', node: { type: 'delay@1' } }).node('delay'),
    ).not.toHaveProperty('position')
  })

  it('leads on by the outcome that is named, else by the first', () => {
    const menu = { type: 'menu@1', config: { options: [{ value: 'a' }, { value: 'b' }] } }
    expect(
      waysOf(edited(draft, { type: 'insert', connector: 'hello:next', node: menu, outcome: 'b' })),
    ).toContain('menu_2:b -> done')
    expect(waysOf(edited(draft, { type: 'insert', connector: 'hello:next', node: menu }))).toContain(
      'menu_2:a -> done',
    )
  })

  it('puts in a node that the flow has', () => {
    const loose = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, extra: say('!') } })
    expect(waysOf(edited(loose, { type: 'insert', connector: 'hello:next', node: 'extra' }))).toEqual(
      expect.arrayContaining(['hello:next -> extra', 'extra:next -> done']),
    )
  })

  it('puts a node behind a loose end', () => {
    const hanging = edited(draft, { type: 'reconnect', connector: 'hello:next', to: null })
    const inserted = edited(hanging, { type: 'insert', connector: 'hello:next', node: { type: 'delay@1' } })
    expect(waysOf(inserted)).toEqual(expect.arrayContaining(['hello:next -> delay', 'delay:done ->']))
  })

  it.each([
    ['an end', { type: 'end@1' }, 'edit.outOfEnd'],
    ['the start', 'start', 'edit.intoStart'],
    ['a node that leads on already', 'ask', 'edit.outcomeTaken'],
    ['a node that is not there', 'gone', 'edit.noNode'],
  ])('refuses %s', (_, what, code) => {
    expect(refusal(draft, { type: 'insert', connector: 'hello:next', node: what }).code).toBe(code)
  })

  it('refuses a node of which nobody knows the outcomes, unless one is named', () => {
    const odd = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, odd: node('odd') } })
    expect(refusal(odd, { type: 'insert', connector: 'hello:next', node: 'odd' }).code).toBe('edit.noOutcome')
    const named = edited(odd, { type: 'insert', connector: 'hello:next', node: 'odd', outcome: 'on' })
    expect(waysOf(named)).toContain('odd:on -> done')
  })

  it('refuses an outcome that the node does not have', () => {
    expect(
      refusal(draft, { type: 'insert', connector: 'hello:next', node: { type: 'delay@1' }, outcome: 'no' })
        .code,
    ).toBe('edit.noOutcome')
    expect(
      refusal(draftOf({ ...SMALL, nodes: { ...SMALL.nodes, e: end('ok') } }), {
        type: 'insert',
        connector: 'hello:next',
        node: 'e',
      }).code,
    ).toBe('edit.outOfEnd')
  })
})
