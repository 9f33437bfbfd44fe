import { describe, expect, it } from 'vitest'
import type { SearchOptions } from '../../src/editor/index.ts'
import { done, open, SMALL, SUPPORT } from './helpers.ts'

function editing() {
  const editor = open({
    ...SMALL,
    nodes: {
      ...SMALL.nodes,
      hello: { ...SMALL.nodes.hello!, onEnter: [{ set: 'name', to: '"Ada Lovelace"' }] },
    },
  })
  done(editor.apply({ type: 'label', node: 'hello', label: 'Greeting' }))
  done(editor.apply({ type: 'label', connector: 'ask:valid', label: 'has a name' }))
  done(editor.apply({ type: 'addNote', note: { id: 'n', text: 'Say *thanks*,\nbe brief.' } }))
  done(editor.apply({ type: 'describe', name: 'Visitors', remark: 'For guests.' }))
  return editor
}

const found = (text: string, options?: SearchOptions) =>
  editing()
    .search(text, options)
    .map(({ in: kind, focus, snippet }) => [kind, focus.node ?? focus.connector ?? focus.note, snippet])

describe('search', () => {
  it.each([
    ['HELL', ['id', 'hello', 'hello']],
    ['greet', ['label', 'hello', 'Greeting']],
    ['collect', ['type', 'ask', 'Collect input']],
    ['name?', ['config', 'ask', 'Name?']],
    ['lovelace', ['actions', 'hello', '"Ada Lovelace"']],
    ['has a', ['connector', 'ask:valid', 'has a name']],
    ['*thanks*, be', undefined],
    ['be brief', ['note', 'n', 'Say *thanks*, be brief.']],
    ['visitors', ['flow', undefined, 'Visitors']],
    ['guests', ['flow', undefined, 'For guests.']],
    ['completed', ['settings', undefined, 'completed']],
  ])('finds %s', (text, hit) => {
    expect(found(text)[0]).toEqual(hit)
  })

  it('tells the field and the characters, there and in the snippet', () => {
    const [hit] = editing().search('{{NAME')
    expect(hit).toEqual({
      in: 'config',
      focus: { node: 'hello', path: ['config', 'prompt'], range: { start: 6, end: 12 } },
      snippet: 'Hello {{name}}',
      match: { start: 6, end: 12 },
    })
  })

  it('leads to what it finds', () => {
    const editor = editing()
    const found = (text: string) => editor.search(text)[0]!
    for (const text of ['lovelace', 'has a', 'be brief'])
      expect(editor.focus(found(text))).toEqual(found(text).focus)
    expect(editor.getSnapshot().selection).toEqual({ nodes: [], connectors: [], notes: ['n'] })
    editor.focus(found('has a'))
    expect(editor.getSnapshot().selection.connectors).toEqual(['ask:valid'])
  })

  it('cuts long texts down around what it finds', () => {
    const editor = open()
    const text = `${'x'.repeat(500)} needle\n${'y'.repeat(500)}`
    done(editor.apply({ type: 'configure', node: 'hello', path: ['prompt'], value: text }))
    const { snippet, match } = editor.search('needle')[0]!
    expect(snippet).toBe(`…${'x'.repeat(31)} needle ${'y'.repeat(31)}…`)
    expect(snippet.slice(match.start, match.end)).toBe('needle')
  })

  it('takes signs for what they are', () => {
    expect(found('.*')).toEqual([])
    expect(found('thanks*')).toHaveLength(1)
  })

  it('gives no more hits than it is asked for', () => {
    const editor = open(SUPPORT)
    expect(editor.search('e').length).toBeGreaterThan(10)
    expect(editor.search('e', { maxHits: 3 })).toEqual(editor.search('e').slice(0, 3))
  })

  it.each(['', '  ', 'x'.repeat(2_000)])('finds nothing for %j', (text) => {
    expect(open(SUPPORT).search(text)).toEqual([])
  })
})
