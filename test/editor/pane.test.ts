import { describe, expect, it } from 'vitest'
import { paneOf } from '../../src/editor/index.ts'
import { validate } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { ask, end, type FlowSpec, node, say } from '../support/flow.ts'
import { done, open, refusal } from './helpers.ts'

/** Two open outcomes, a wrong expression, a variable that is read too early, an outcome that nobody uses. */
const FAULTY: FlowSpec = {
  nodes: {
    menu: node('menu', { prompt: '{{ nam }}', options: [{ value: '1' }] }),
    ask: ask('{{name}}'),
    done: end('ok'),
  },
  connect: ['start -> menu', 'menu:noMatch -> menu', 'menu:1 -> ask'],
  variables: [{ name: 'name', type: 'text' }],
  settings: {
    outcomes: [
      { code: 'ok', kind: 'completed' },
      { code: 'lost', kind: 'error' },
    ],
  },
}

describe('the pane', () => {
  it('groups errors and warnings by node, the flow first', () => {
    const editor = open(FAULTY)
    done(editor.apply({ type: 'label', node: 'menu', label: 'Choice' }))
    const pane = editor.pane()
    const counts = pane.groups.map(({ node: id, title, typeTitle, icon, errors, warnings }) => [
      id,
      title,
      typeTitle,
      icon,
      errors,
      warnings,
    ])
    expect(counts).toEqual([
      [undefined, 'main', undefined, undefined, 1, 1],
      ['menu', 'Choice', 'Menu', 'list', 2, 0],
      ['ask', 'ask', 'Collect input', 'keyboard', 2, 1],
      ['done', 'done', 'End', 'stop', 1, 0],
      ['start', 'start', 'Start', 'play', 1, 0],
    ])
    const all = editor.getSnapshot().diagnostics
    expect(pane.errors + pane.warnings).toBe(all.length)
    expect(pane.groups.flatMap(({ entries }) => entries.map(({ diagnostic }) => diagnostic))).toHaveLength(
      all.length,
    )
  })

  it('puts errors before warnings', () => {
    const groups = open(FAULTY).pane().groups
    for (const { entries } of groups) {
      const severities = entries.map(({ diagnostic }) => diagnostic.severity)
      expect(severities).toEqual([...severities].sort())
    }
  })

  it('says where to look: the node, the field, the characters', () => {
    const editor = open(FAULTY)
    const entries = editor.pane().groups.flatMap((group) => group.entries)
    const unknown = entries.find(({ diagnostic }) => diagnostic.code === 'expression.unknownName')!
    expect(unknown.focus).toEqual({ node: 'menu', path: ['config', 'prompt'], range: { start: 3, end: 6 } })
    expect(editor.focus(unknown)).toEqual(unknown.focus)
    expect(editor.getSnapshot().selection).toEqual({ nodes: ['menu'], connectors: [], notes: [] })
  })

  it('selects a connector that belongs to no node', () => {
    const { document } = open().getSnapshot()
    const stray = { id: 'stray', from: { node: 'gone', outcome: 'next' }, to: 'done' }
    const editor = open({ ...document, connectors: [...document.connectors, stray] })
    editor.focus(editor.pane().groups[0]!.entries[0]!)
    expect(editor.getSnapshot().selection.connectors).toEqual(['stray'])
  })

  it('stays the same object until what it shows changes', () => {
    const editor = open(FAULTY)
    const pane = editor.pane()
    done(editor.apply({ type: 'move', nodes: { menu: { x: 1, y: 1 } } }))
    done(editor.apply({ type: 'label', connector: 'menu:1', label: 'Go' }))
    expect(editor.pane()).toBe(pane)
    done(editor.apply({ type: 'label', node: 'ask', label: 'Name' }))
    expect(editor.pane()).not.toBe(pane)
    expect(editor.pane().groups.map(({ title }) => title)).toContain('Name')
  })

  it('is made of any document by paneOf', () => {
    const editor = open(FAULTY)
    const { document } = editor.getSnapshot()
    expect(paneOf(validate(document, { nodes: palette }), document, palette)).toEqual(editor.pane())
  })

  it('names the pin of a type that nobody knows', () => {
    const editor = open({ nodes: { odd: node('acme-odd') }, connect: ['start -> odd'] })
    expect(editor.pane().groups.find((group) => group.node === 'odd')).toMatchObject({
      typeTitle: 'acme-odd@1',
    })
  })

  it('is empty for a flow without faults', () => {
    expect(open().pane()).toEqual({ errors: 0, warnings: 0, groups: [] })
  })
})

describe('a fix', () => {
  const unassigned = (editor: ReturnType<typeof open>) =>
    editor
      .pane()
      .groups.flatMap(({ entries }) => entries)
      .filter(({ diagnostic }) => diagnostic.code === 'outcome.unassigned')

  it('is applied by one call, and undone by one', () => {
    const editor = open({
      nodes: { hello: say('Hi') },
      connect: ['start -> hello'],
      settings: FAULTY.settings!,
    })
    const before = editor.getSnapshot()
    const [entry] = unassigned(editor)
    expect(entry?.fix).toBe('Add an end with lost and connect to it')
    done(editor.fix(entry!))
    expect(unassigned(editor)).toEqual([])
    expect(editor.getSnapshot().undoLabel).toBe(entry!.fix)
    done(editor.undo())
    expect(editor.getSnapshot().document).toEqual(before.document)
    expect(editor.getSnapshot().diagnostics).toEqual(before.diagnostics)
  })

  it('is the one that fits the flow as it is now', () => {
    const spec = {
      nodes: { menu: node('menu', { prompt: '?', options: [{ value: '1' }] }) },
      connect: ['start -> menu'],
    }
    const editor = open({ ...spec, settings: FAULTY.settings! })
    const entries = unassigned(editor)
    expect(entries).toHaveLength(2)
    for (const entry of entries) done(editor.fix(entry))
    expect(editor.getSnapshot().document.nodes.map(({ id }) => id)).toEqual(['end', 'menu', 'start'])
  })

  it('is refused where the diagnostic does not stand any more', () => {
    const editor = open(FAULTY)
    const [entry] = unassigned(editor)
    done(editor.fix(entry!))
    const { revision } = editor.getSnapshot()
    expect(refusal(editor.fix(entry!))).toBe('edit.conflict')
    expect(editor.getSnapshot().revision).toBe(revision)
  })

  it('is refused where there is none', () => {
    const editor = open(FAULTY)
    const diagnostic = editor.getSnapshot().diagnostics.find((each) => each.fix === undefined)!
    expect(refusal(editor.fix(diagnostic))).toBe('edit.badCommand')
  })
})
