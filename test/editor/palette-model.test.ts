import { describe, expect, it } from 'vitest'
import { handlesOf, paletteModel } from '../../src/editor/index.ts'
import { palette } from '../../src/palette/index.ts'
import { nodeType } from '../support/nodes.ts'
import { done, open, SUPPORT } from './helpers.ts'

const model = paletteModel(palette)
const all = model.categories.flatMap(({ types }) => types)

describe('the palette model', () => {
  it('[DOC-17] offers every built-in type with category, title, help, icon and config schema', () => {
    expect(model.categories.map(({ category }) => category)).toEqual([
      'flow',
      'messaging',
      'voice',
      'data',
      'integration',
    ])
    expect(all).toHaveLength([...palette].length)
    for (const { title, help, icon, category, schema } of all) {
      expect([title, help, icon].every((text) => text !== '')).toBe(true)
      expect(model.categories.find((each) => each.category === category)).toBeDefined()
      expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object) })
    }
  })

  it('[DOC-17] offers the node types of a host the same way', () => {
    const own = nodeType({ type: 'acme-odd' }, { title: 'Ours', category: 'data' })
    const entry = paletteModel([...palette, own])
      .categories.find(({ category }) => category === 'data')
      ?.types.at(-1)
    expect(entry).toMatchObject({ pin: 'acme-odd@1', title: 'Ours', icon: 'odd', defaults: {} })
    expect(entry?.handles.map(({ outcome }) => outcome).slice(0, 2)).toEqual(['next', 'other'])
  })

  it('gives what a new menu begins with: the defaults, and what has none left blank', () => {
    expect(model.get('menu@1')).toMatchObject({
      title: 'Menu',
      icon: 'list',
      defaults: { buttons: false },
    })
    expect(model.get('menu@1')?.defaults).not.toHaveProperty('prompt')
  })

  it('gives defaults that every type can be added with', () => {
    for (const { pin, defaults, handles } of all) {
      const editor = open()
      const added = editor.apply({ type: 'add', node: { id: 'fresh', type: pin, config: defaults } })
      if (model.get(pin)?.place === 'start') expect(added.ok).toBe(false)
      else {
        done(added)
        expect(editor.handles('fresh')).toEqual(handles)
      }
    }
  })

  it('offers the newest major alone, and knows the others', () => {
    const types = [2, 1].map((major) => nodeType({ major }, { title: `Odd ${major}` }))
    const { categories, get } = paletteModel(types)
    expect(categories.flatMap(({ types: offered }) => offered.map(({ pin }) => pin))).toEqual(['odd@2'])
    expect(get('odd@1')?.title).toBe('Odd 1')
    expect(get('odd@3')).toBeUndefined()
  })

  it('leaves out what cannot stand in a flow of a medium', () => {
    const types = [
      nodeType({ type: 'both' }),
      nodeType({ type: 'ring' }, { media: ['voice'] }),
      nodeType({ type: 'text' }, { media: ['messaging'] }),
    ]
    const offered = (medium: 'voice' | 'any') =>
      paletteModel(types, { medium }).categories.flatMap((each) => each.types.map(({ pin }) => pin))
    expect(offered('voice')).toEqual(['both@1', 'ring@1'])
    expect(offered('any')).toEqual(['both@1', 'ring@1', 'text@1'])
  })

  it('is made once by an editor', () => {
    const editor = open()
    expect(editor.palette()).toBe(editor.palette())
  })
})

describe('the handles of a node', () => {
  it('are its outcomes as it is configured, then those for errors and signals', () => {
    const editor = open(SUPPORT)
    expect(editor.handles('menu').map(({ outcome, kind, optional }) => [outcome, kind, optional])).toEqual([
      ['1', 'declared', false],
      ['2', 'declared', false],
      ['3', 'declared', false],
      ['noMatch', 'declared', false],
      ['timeout', 'declared', false],
      ['on:error', 'error', true],
      ['on:hangup', 'signal', true],
      ['on:stop', 'signal', true],
      ['on:cancel', 'signal', true],
    ])
  })

  it('say what is connected, and where it leads', () => {
    const editor = open()
    done(editor.apply({ type: 'disconnect', connector: 'hello:next' }))
    expect(editor.handles('hello')[0]).toEqual({ outcome: 'next', kind: 'declared', optional: false })
    done(editor.apply({ type: 'connect', from: { node: 'hello', outcome: 'next' } }))
    expect(editor.handles('hello')[0]).toMatchObject({ connector: 'hello:next' })
    expect(editor.handles('hello')[0]).not.toHaveProperty('to')
    done(editor.apply({ type: 'reconnect', connector: 'hello:next', to: 'done' }))
    expect(editor.handles('hello')[0]).toMatchObject({ to: 'done' })
  })

  it('follow the config', () => {
    const editor = open(SUPPORT)
    done(editor.apply({ type: 'configure', node: 'menu', path: ['options', 3], value: { value: '4' } }))
    expect(editor.handles('menu').map(({ outcome }) => outcome)).toContain('4')
  })

  it('show connectors that leave by what is no outcome any more, and signals of the host', () => {
    const leaving = ['gone', 'on:transfer'].map((outcome) => ({
      id: outcome,
      from: { node: 'a', outcome },
      to: 'b',
    }))
    const handles = handlesOf({ config: {} }, nodeType({}), leaving)
    expect(handles.filter(({ connector }) => connector !== undefined)).toEqual([
      { outcome: 'gone', kind: 'unknown', optional: true, connector: 'gone', to: 'b' },
      { outcome: 'on:transfer', kind: 'signal', optional: true, connector: 'on:transfer', to: 'b' },
    ])
  })

  it('are none of an end, and of a node that is not there', () => {
    const editor = open()
    expect(editor.handles('done')).toEqual([])
    expect(editor.handles('gone')).toEqual([])
  })

  it('are those of connectors and signals where nobody knows the type', () => {
    const leaving = [{ id: 'c', from: { node: 'a', outcome: 'x' } }]
    expect(handlesOf({ config: {} }, undefined, leaving).map(({ outcome }) => outcome)).toContain('x')
  })
})
