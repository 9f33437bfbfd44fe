import { describe, expect, it } from 'vitest'
import type { FieldPlace } from '../../src/editor/index.ts'
import { cel, type ExpressionLanguage } from '../../src/expressions/index.ts'
import type { JsonObject } from '../../src/index.ts'
import { assign, node } from '../support/flow.ts'
import { done, open, SMALL } from './helpers.ts'

/** A second language, which offers the kind of what it is asked about. */
const ours: ExpressionLanguage = {
  ...cel,
  id: 'ours',
  complete: (kind, _source, offset) => ({
    range: { start: offset, end: offset },
    items: [{ label: kind, kind: 'keyword', insert: kind }],
  }),
  hover: (kind) => ({
    range: { start: 0, end: 1 },
    name: kind,
    kind: 'root',
    type: 'text',
    sensitive: false,
  }),
}
const mute: ExpressionLanguage = { ...cel, id: 'mute', complete: undefined!, hover: undefined! }

const SPEC = {
  ...SMALL,
  nodes: {
    ...SMALL.nodes,
    sets: {
      ...assign({ name: '"x"' }),
      onEnter: [{ set: 'name', to: '"a"' }],
      onLeave: { next: [{ log: 'calls', fields: { who: 'name' } }] },
    },
    http: node('http-request', { method: 'GET', url: 'https://example.org', headers: { a: 'b' } }),
    pick: node('branch', { rules: [{ outcome: 'a', condition: 'true' }] }),
    said: node('send-message', {
      prompt: { text: { texts: { de: 'Hallo' } }, speech: 'Hi', audio: 'hi.wav' },
    }),
  },
}

function labels(place: FieldPlace, source: string, config?: readonly [string, JsonObject]) {
  const editor = open(SPEC, { languages: [ours, mute] })
  if (config !== undefined) done(editor.apply({ type: 'configure', node: config[0], config: config[1] }))
  return editor.complete(place, source, source.length).items.map(({ label }) => label)
}

describe('completion', () => {
  it('offers variables and outputs of nodes in an expression', () => {
    const condition = { node: 'pick', path: ['config', 'rules', 0, 'condition'] }
    expect(labels(condition, 'na')).toContain('name')
    expect(labels(condition, 'nodes.').slice(0, 2)).toEqual(['ask', 'http'])
  })

  it('offers them in the holes of a template alone', () => {
    const prompt = { node: 'hello', path: ['config', 'prompt'] }
    expect(labels(prompt, 'Hello {{na')).toContain('name')
    expect(labels(prompt, 'Hello na')).toEqual([])
  })

  it.each<[string, FieldPlace, string]>([
    ['a part of a prompt', { node: 'said', path: ['config', 'prompt', 'speech'] }, '{{na'],
    ['a prompt in one language', { node: 'said', path: ['config', 'prompt', 'text', 'texts', 'de'] }, '{{na'],
    ['a value in a list of objects', { node: 'sets', path: ['config', 'assignments', 0, 'value'] }, 'na'],
    ['a value in a record', { node: 'http', path: ['config', 'headers', 'a'] }, '{{na'],
    ['an action on entering', { node: 'sets', path: ['onEnter', 0, 'to'] }, 'na'],
    ['a field of a logbook', { node: 'sets', path: ['onLeave', 'next', 0, 'fields', 'who'] }, 'na'],
    ['the identifier of sessions', { path: ['settings', 'duplicates', 'identifier'] }, 'na'],
  ])('knows what stands in %s', (_, place, source) => {
    expect(labels(place, source)).toContain('name')
  })

  it.each<[string, FieldPlace]>([
    ['a text', { node: 'pick', path: ['config', 'rules', 0, 'outcome'] }],
    ['a recording', { node: 'said', path: ['config', 'prompt', 'audio'] }],
    ['a field that is not there', { node: 'pick', path: ['config', 'odd'] }],
    ['a node that is not there', { node: 'gone', path: ['config', 'prompt'] }],
    ['the whole config', { node: 'pick', path: ['config'] }],
    ['a label', { node: 'pick', path: ['label'] }],
    ['a prototype', { node: 'pick', path: ['config', 'constructor'] }],
    ['nothing', { path: [] }],
  ])('offers nothing in %s', (_, place) => {
    expect(labels(place, 'na')).toEqual([])
    expect(open(SPEC).hover(place, 'name', 1)).toBeUndefined()
  })

  it('asks the language in which the source is written', () => {
    const place = { node: 'hello', path: ['config', 'prompt'] }
    const config = ['hello', { prompt: { language: 'ours', source: 'x' } }] as const
    expect(labels(place, 'x', config)).toEqual(['template'])
    expect(labels({ ...place, path: [...place.path, 'source'] }, 'x', config)).toEqual(['template'])
    expect(labels({ ...place, language: 'cel' }, '{{na', config)).toContain('name')
  })

  it.each(['mute', 'nobody'])('offers nothing where the language %s cannot', (language) => {
    const editor = open(SPEC, { languages: [ours, mute] })
    const place = { node: 'hello', path: ['config', 'prompt'], language }
    expect(editor.complete(place, 'abc', 3)).toEqual({ range: { start: 3, end: 3 }, items: [] })
    expect(editor.hover(place, 'abc', 1)).toBeUndefined()
  })

  it('follows the flow', () => {
    const editor = open(SPEC)
    const place = { node: 'hello', path: ['config', 'prompt'] }
    const offered = () => editor.complete(place, '{{', 2).items.map(({ label }) => label)
    expect(offered()).not.toContain('later')
    done(editor.apply({ type: 'addVariable', variable: { name: 'later', type: 'number' } }))
    expect(offered()).toContain('later')
    done(editor.undo())
    expect(offered()).not.toContain('later')
  })
})

it('says on hover what a name stands for', () => {
  const editor = open(SPEC)
  const place = { node: 'hello', path: ['config', 'prompt'] }
  expect(editor.hover(place, 'Hello {{name}}', 9)).toMatchObject({
    name: 'name',
    type: 'text',
    sensitive: false,
  })
  expect(editor.hover(place, 'Hello {{name}}', 1)).toBeUndefined()
  done(editor.apply({ type: 'changeVariable', name: 'name', changes: { sensitive: true } }))
  expect(editor.hover(place, 'Hello {{name}}', 9)?.sensitive).toBe(true)
})
