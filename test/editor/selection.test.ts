import { describe, expect, it } from 'vitest'
import type { Editor } from '../../src/editor/index.ts'
import { end } from '../support/flow.ts'
import { done, open, refusal, SMALL } from './helpers.ts'

const selected = (editor: Editor) => editor.getSnapshot().selection
const ids = (editor: Editor) => editor.getSnapshot().document.nodes.map(({ id }) => id)

/** The small flow with a note on `hello` and one on the flow. */
function noted(): Editor {
  const editor = open()
  done(
    editor.apply({
      type: 'addNote',
      note: { id: 'tip', text: 'Polite', node: 'hello', position: { x: 5, y: 5 } },
    }),
  )
  done(editor.apply({ type: 'addNote', note: { id: 'idea', text: 'Later', position: { x: 0, y: 0 } } }))
  return editor
}

describe('the selection', () => {
  it('holds what is selected, and nothing that is not in the flow', () => {
    const editor = noted()
    editor.select({ nodes: ['ask', 'gone', 'ask'], connectors: ['ask:valid'], notes: ['tip'] })
    expect(selected(editor)).toEqual({ nodes: ['ask'], connectors: ['ask:valid'], notes: ['tip'] })
    editor.select({ nodes: ['hello'] })
    expect(selected(editor)).toEqual({ nodes: ['hello'], connectors: [], notes: [] })
  })

  it('can be added to', () => {
    const editor = open()
    editor.select({ nodes: ['ask'] })
    editor.select({ nodes: ['hello', 'ask'], connectors: ['ask:valid'] }, { add: true })
    expect(selected(editor)).toEqual({ nodes: ['ask', 'hello'], connectors: ['ask:valid'], notes: [] })
  })

  it('is no part of the document, of its history, of what is saved', () => {
    const editor = open()
    const { document } = editor.getSnapshot()
    editor.selectAll()
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, canUndo: false, revision: 0 })
    expect(editor.getSnapshot().document).toBe(document)
    expect(selected(editor).nodes).toHaveLength(4)
  })

  it('loses what is removed, and has it again when an undo brings it back', () => {
    const editor = open()
    editor.select({ nodes: ['ask', 'hello'], connectors: ['hello:next'] })
    done(editor.apply({ type: 'remove', node: 'hello' }))
    expect(selected(editor)).toEqual({ nodes: ['ask'], connectors: [], notes: [] })
    done(editor.undo())
    expect(selected(editor)).toEqual({ nodes: ['ask', 'hello'], connectors: ['hello:next'], notes: [] })
    done(editor.redo())
    expect(selected(editor).nodes).toEqual(['ask'])
  })

  it('loses what a collaborator removes', () => {
    const [mine, theirs] = [open(), open()]
    theirs.onPatches(({ patches }) => done(mine.applyRemote(patches)))
    mine.select({ nodes: ['hello', 'ask'] })
    done(theirs.apply({ type: 'remove', node: 'hello' }))
    expect(selected(mine).nodes).toEqual(['ask'])
  })

  it('does not take a new node for one of the same id that was removed', () => {
    const editor = open()
    editor.select({ nodes: ['hello'] })
    done(editor.removeSelection())
    done(editor.apply({ type: 'add', node: { id: 'hello', type: 'menu@1' } }))
    expect(selected(editor).nodes).toEqual([])
  })
})

describe('removing the selection', () => {
  it('[DOC-3] leaves the start where it is', () => {
    const editor = noted()
    editor.selectAll()
    done(editor.removeSelection())
    expect(ids(editor)).toEqual(['start'])
    expect(editor.getSnapshot().document.notes).toEqual([])
    expect(selected(editor)).toEqual({ nodes: ['start'], connectors: [], notes: [] })
  })

  it('[DOC-3] is refused where that is all', () => {
    const editor = open()
    editor.select({ nodes: ['start'] })
    expect(refusal(editor.removeSelection())).toBe('edit.startStays')
  })

  it('is one step to undo', () => {
    const editor = noted()
    editor.select({ nodes: ['ask', 'done'], connectors: ['start:next'], notes: ['idea'] })
    const { document } = editor.getSnapshot()
    done(editor.removeSelection())
    done(editor.undo())
    expect(editor.getSnapshot().document).toEqual(document)
  })
})

describe('the clipboard', () => {
  it('takes nodes with what is between them, and gives copies that are selected', () => {
    const editor = noted()
    editor.select({ nodes: ['ask', 'hello', 'start'] })
    const fragment = editor.copy()
    expect(fragment.nodes.map(({ id }) => id)).toEqual(['ask', 'hello'])
    done(editor.paste())
    expect(selected(editor)).toEqual({ nodes: ['ask_2', 'hello_2'], connectors: [], notes: ['tip_2'] })
    const { connectors, nodes } = editor.getSnapshot().document
    expect(connectors.map(({ id }) => id)).toContain('ask_2:valid')
    expect(nodes.find(({ id }) => id === 'hello_2')?.config).toEqual({ prompt: 'Hello {{name}}' })
  })

  it('takes notes that are selected by themselves', () => {
    const editor = noted()
    editor.select({ notes: ['tip', 'idea'] })
    editor.copy()
    done(editor.paste())
    expect(editor.getSnapshot().document.notes.filter(({ id }) => id.endsWith('_2'))).toEqual([
      { id: 'idea_2', text: 'Later', position: { x: 40, y: 40 } },
      { id: 'tip_2', text: 'Polite', position: { x: 45, y: 45 } },
    ])
  })

  it('cuts in one step, and pastes where it is told to', () => {
    const editor = open({ ...SMALL })
    done(editor.apply({ type: 'move', nodes: { ask: { x: 10, y: 20 }, hello: { x: 110, y: 20 } } }))
    editor.select({ nodes: ['ask', 'hello'] })
    expect(done(editor.cut()).fragment.nodes).toHaveLength(2)
    expect(editor.getSnapshot().undoLabel).toBe('cut')
    expect(ids(editor)).toEqual(['done', 'start'])
    done(editor.paste({ at: { x: 500, y: 300 } }))
    expect(editor.getSnapshot().document.nodes.map(({ id, position }) => [id, position?.x])).toEqual([
      ['ask', 500],
      ['done', undefined],
      ['hello', 600],
      ['start', undefined],
    ])
    done(editor.undo())
    done(editor.undo())
    expect(ids(editor)).toEqual(['ask', 'done', 'hello', 'start'])
  })

  it('goes from one flow to another as JSON', () => {
    const [from, to] = [open(), open({ nodes: { bye: end('bye') }, connect: ['start -> bye'] })]
    from.select({ nodes: ['hello'] })
    const text = JSON.stringify(from.copy())
    done(to.paste({ fragment: JSON.parse(text) }))
    expect(ids(to)).toEqual(['bye', 'hello', 'start'])
    expect(to.getSnapshot().document.settings.variables).toEqual([{ name: 'name', type: 'text' }])
  })

  it.each([
    [undefined, 'edit.badCommand'],
    [{ nodes: 7 }, 'edit.invalid'],
    ['text', 'edit.badCommand'],
  ])('refuses to paste %j', (fragment, code) => {
    const editor = open()
    expect(refusal(editor.paste(fragment === undefined ? {} : { fragment: fragment as never }))).toBe(code)
  })
})

describe('duplicating the selection', () => {
  it('[DOC-3] leaves the start out, and selects the copies', () => {
    const editor = noted()
    editor.selectAll()
    done(editor.duplicateSelection())
    expect(selected(editor).nodes).toEqual(['ask_2', 'done_2', 'hello_2'])
    expect(editor.getSnapshot().document.notes.map(({ id, node }) => [id, node])).toEqual([
      ['idea', undefined],
      ['note', undefined],
      ['tip', 'hello'],
      ['tip_2', 'hello_2'],
    ])
    done(editor.undo())
    expect(ids(editor)).toEqual(['ask', 'done', 'hello', 'start'])
    expect(editor.getSnapshot().document.notes).toHaveLength(2)
  })

  it('[DOC-3] is refused where the start is all', () => {
    const editor = open()
    editor.select({ nodes: ['start'] })
    expect(refusal(editor.duplicateSelection())).toBe('edit.secondStart')
  })

  it('leaves the clipboard as it was', () => {
    const editor = open()
    editor.select({ nodes: ['ask'] })
    editor.copy()
    editor.select({ nodes: ['hello'] })
    done(editor.duplicateSelection())
    done(editor.paste())
    expect(selected(editor).nodes).toEqual(['ask_2'])
  })
})
