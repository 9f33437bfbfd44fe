import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import { parseDocument, serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  applyPatches,
  copyFragment,
  type EditCommand,
  invertPatches,
  type Patch,
} from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { ask, end, flow, node, say } from '../support/flow.ts'
import { draftOf, edited, refusal } from './drafts.ts'

const draft = draftOf()

const nested = (depth: number): Json => (depth === 0 ? 1 : { a: nested(depth - 1) })

/** The code of a refusal that changed nothing. */
function refused(patches: unknown, of = draft): string {
  const before = serialiseDocument(of.document)
  const edit = applyPatches(of, patches as readonly Patch[])
  if (edit.ok) throw new Error('the patches were applied')
  expect(serialiseDocument(of.document)).toBe(before)
  return edit.code
}

describe('what no document could hold', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('[DOC-12] is refused as a key of a path: %s', (key) => {
    const commands = [
      { type: 'configure', node: 'ask', path: [key], value: 1 },
      { type: 'changeSettings', path: ['meta', key], value: 1 },
      { type: 'changeSettings', path: [key], value: 1 },
    ]
    expect(commands.map((command) => refusal(draft, command).code)).toEqual(
      commands.map(() => 'edit.invalid'),
    )
    expect(refused([{ path: ['nodes', 'ask', 'config', key], after: 1 }])).toBe('edit.invalid')
    expect(refused([{ path: ['meta', key], after: 1 }])).toBe('edit.invalid')
    expect(({} as { [name: string]: unknown })[key === 'constructor' ? 'polluted' : key]).not.toBe(1)
  })

  it('[DOC-12] is refused as the name of an outcome with actions', () => {
    const acting = edited(draft, {
      type: 'setActions',
      node: 'menu',
      onLeave: { '1': [{ set: 'name', to: '"x"' }] },
    })
    const command = { type: 'configure', node: 'menu', path: ['options', 0, 'value'], value: 'constructor' }
    expect(refusal(acting, command)).toMatchObject({
      code: 'edit.invalid',
      details: { code: 'document.json' },
    })
  })

  it('[DOC-12] is refused where it nests deeper than is read', () => {
    const path = Array.from({ length: 50 }, () => 'a')
    const deep = { type: 'configure', node: 'ask', path, value: nested(30) }
    expect(refusal(draft, deep)).toMatchObject({ code: 'edit.invalid', details: { code: 'document.json' } })
    edited(draft, { type: 'configure', node: 'ask', path, value: nested(11) } as EditCommand)
  })

  it('[DOC-12] is refused where it holds more values than are read', { timeout: 30_000 }, () => {
    const list = { list: Array.from({ length: 300_000 }, () => 0) }
    const large = ['ask', 'menu', 'hello'].reduce((before, id) => {
      const edit = applyCommand(before, { type: 'configure', node: id, config: list })
      if (!edit.ok) throw new Error(edit.reason)
      return edit.draft
    }, draft)
    expect(parseDocument(large.document).ok).toBe(true)
    expect(refusal(large, { type: 'setMeta', meta: list })).toEqual({
      code: 'edit.tooMany',
      details: { what: 'values', max: 1_000_000 },
    })
    expect(applyCommand(large, { type: 'remove', node: 'ask' }).ok).toBe(true)
  })
})

describe('names that every object inherits', () => {
  it.each(['toString', 'valueOf', 'hasOwnProperty'])('[DOC-18] are ordinary keys of a config: %s', (key) => {
    const after = edited(draft, { type: 'configure', node: 'ask', path: [key], value: 1 })
    expect(edited(after, { type: 'configure', node: 'ask', path: [key] }).node('ask')).toEqual(
      draft.node('ask'),
    )
    const edit = applyCommand(draft, { type: 'configure', node: 'ask', path: [key], value: 1 })
    expect(edit.ok && edit.patches).toEqual([{ path: ['nodes', 'ask', 'config', key], after: 1 }])
  })

  it.each(['toString', 'constructor', '__proto__'])('[VAL-10] are ordinary outcomes: %s', (value) => {
    const document = flow({
      nodes: {
        menu: {
          ...node('menu', { prompt: '?', options: [{ value }, { value: '2' }] }),
          onLeave: { '2': [{ set: 'name', to: '"x"' }] },
        },
        hello: say('Hello {{name}}'),
        done: end('ok'),
      },
      connect: [
        'start -> menu',
        `menu:${value} -> hello`,
        'menu:2 -> hello',
        'menu:noMatch -> menu',
        'hello -> done',
      ],
      variables: [{ name: 'name', type: 'text' }],
    })
    expect(validate(document, { nodes: palette }).map(({ code }) => code)).toEqual(['variable.readBeforeSet'])
  })
})

describe('patches of the wrong kind', () => {
  // Enough of everything that ids are looked up by their hashes.
  const many = edited(draft, {
    type: 'batch',
    commands: Array.from({ length: 40 }, (_, n) => ({
      type: 'addNote',
      note: { text: `${n}`, node: 'menu' },
    })),
  })
  const { settings } = many
  const { config } = many.node('ask')!
  const { from } = many.connector('menu:1')!

  it.each([
    ['take the settings away', [{ path: ['settings'], before: settings }]],
    ['make them a list', [{ path: ['settings'], before: settings, after: [] }]],
    ['take a config away', [{ path: ['nodes', 'ask', 'config'], before: config }]],
    ['make it null', [{ path: ['nodes', 'ask', 'config'], before: config, after: null }]],
    ['lead a connector from nowhere', [{ path: ['connectors', 'menu:1', 'from'], before: from, after: {} }]],
    ['lead it from null', [{ path: ['connectors', 'menu:1', 'from', 'node'], before: 'menu', after: null }]],
    ['lead it to null', [{ path: ['connectors', 'menu:1', 'to'], before: 'hello', after: null }]],
    ['attach a note to null', [{ path: ['notes', 'n'], after: { id: 'n', text: '', node: null } }]],
    ['have a path without an end', [{ path: Array.from({ length: 100_000 }, () => 'meta'), after: 1 }]],
    ['are none', null],
  ])('[DOC-18] are refused: those that %s', (_, patches) => {
    expect(refused(patches, many)).toBe('edit.badCommand')
  })

  it.each([{ node: null }, { id: null }, { id: [] }])('[DOC-18] and so are such notes: %j', (members) => {
    expect(refusal(many, { type: 'addNote', note: { text: '', ...members } }).code).toBe('edit.badCommand')
  })
})

describe('edits of thousands of things at once', { timeout: 20_000 }, () => {
  const COUNT = 5_000
  const ids = Array.from({ length: COUNT }, (_, n) => `say_${n}`)
  const large = draftOf(
    flow({
      nodes: {
        ...Object.fromEntries(
          ids.map((id, n) => [id, say(`{{name}} {{nodes.${ids[n - 1] ?? 'ask'}.value}}`)]),
        ),
        ask: ask('?', { variable: 'name' }),
        done: end('ok'),
      },
      connect: ['start -> ask', ...ids.map((id) => `${id} -> done`)],
      variables: [
        { name: 'name', type: 'text' },
        ...Array.from({ length: 300 }, (_, n) => ({ name: `value_${n}`, type: 'text' }) as const),
      ],
    }),
  )

  it('take no more than their number: copies, their undo, and copies of copies', () => {
    const fragment = copyFragment(large, ids)
    expect(fragment.nodes).toHaveLength(COUNT)
    const edit = applyCommand(large, { type: 'paste', fragment })
    if (!edit.ok) throw new Error(edit.reason)
    const back = applyPatches(edit.draft, invertPatches(edit.patches))
    expect(back.ok && serialiseDocument(back.draft.document)).toBe(serialiseDocument(large.document))
    expect(applyCommand(edit.draft, { type: 'paste', fragment }).ok).toBe(true)
  })

  it('take no more than their number: new things without ids', () => {
    const commands = ids.flatMap(() => [
      { type: 'add', node: { type: 'send-message@1' } },
      { type: 'addNote', note: { text: '' } },
    ])
    const edit = applyCommand(large, { type: 'batch', commands } as EditCommand)
    expect(edit.ok && edit.draft.node(`send_message_${COUNT}`)).toBeDefined()
    expect(edit.ok && edit.draft.note(`note_${COUNT}`)).toBeDefined()
  })

  it('take no more than their number: starts, and outcomes of one node', () => {
    const starts = ids.map((id) => ({ id: `start_${id}`, type: 'start@1', config: {} }))
    const ways = ids.map((id) => ({ id, from: { node: 'ask', outcome: id }, to: 'done' }))
    const document = { ...large.document, nodes: [...large.document.nodes, ...starts], connectors: ways }
    const edit = applyCommand(large, { type: 'replace', document })
    expect(edit.ok && edit.draft.parts.starts).toHaveLength(COUNT + 1)
  })

  it('take no more than their number: a name in one config', () => {
    const assignments = Array.from({ length: 20_000 }, () => ({ variable: 'name', value: 'name + "x"' }))
    const config = { assignments }
    const assigning = applyCommand(large, {
      type: 'add',
      node: { id: 'set', type: 'set-variables@1', config },
    })
    if (!assigning.ok) throw new Error(assigning.reason)
    const renamed = applyCommand(assigning.draft, { type: 'renameVariable', name: 'name', to: 'nome' })
    expect(renamed.ok && renamed.draft.node('set')?.config).toEqual({
      assignments: assignments.map(() => ({ variable: 'nome', value: 'nome + "x"' })),
    })
  })
})
