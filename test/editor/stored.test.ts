import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../src/index.ts'
import { thrownCode } from '../support/errors.ts'
import { done, fakeStore, open, refusal, SMALL } from './helpers.ts'

/** What somebody else has made of the small flow. */
function theirs(...commands: object[]): FlowDocument {
  const editor = open()
  for (const command of commands) done(editor.apply(command as never))
  return editor.getSnapshot().document
}

const label = (node: string, text: string) => ({ type: 'label', node, label: text })
const labelOf = (document: FlowDocument, id: string) => document.nodes.find((node) => node.id === id)?.label

describe('rebase', () => {
  it('brings the edits of both together', () => {
    const editor = open()
    done(editor.apply(label('ask', 'Mine')))
    const document = theirs(label('hello', 'Theirs'), { type: 'remove', node: 'done' })
    done(editor.rebase({ document, revision: 4 }))
    const snapshot = editor.getSnapshot()
    expect(labelOf(snapshot.document, 'ask')).toBe('Mine')
    expect(labelOf(snapshot.document, 'hello')).toBe('Theirs')
    expect(snapshot.document.nodes.map(({ id }) => id)).not.toContain('done')
    expect(snapshot).toMatchObject({ savedRevision: 4, isDirty: true, canUndo: true })
  })

  it('without edits of one’s own is what is stored, and clean', () => {
    const editor = open()
    const document = theirs(label('hello', 'Theirs'))
    done(editor.rebase({ document: JSON.stringify(document), revision: 4 }))
    expect(editor.getSnapshot().document).toEqual(document)
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('is clean where both have made the same edit', () => {
    const editor = open()
    done(editor.apply(label('ask', 'Same')))
    expect(done(editor.rebase({ document: theirs(label('ask', 'Same')), revision: 2 })).patches).toEqual([])
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, savedRevision: 2 })
  })

  it('leaves what is mine to undo, down to what is stored', () => {
    const editor = open()
    done(editor.apply(label('ask', 'Mine')))
    done(editor.rebase({ document: theirs(label('hello', 'Theirs')), revision: 4 }))
    done(editor.undo())
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('is refused where both have changed the same place, and nothing is lost', () => {
    const editor = open()
    done(editor.apply(label('ask', 'Mine')))
    const result = editor.rebase({ document: theirs(label('ask', 'Theirs')), revision: 4 })
    expect(result).toMatchObject({ ok: false, code: 'edit.conflict', details: { path: 'nodes.ask.label' } })
    expect(editor.getSnapshot()).toMatchObject({ savedRevision: 0, isDirty: true })
    expect(labelOf(editor.getSnapshot().document, 'ask')).toBe('Mine')
  })

  it('is refused where they have changed what I have removed, and the other way round', () => {
    const editor = open()
    done(editor.apply({ type: 'remove', node: 'hello' }))
    const labelled = { document: theirs(label('hello', 'Theirs')), revision: 4 }
    expect(refusal(editor.rebase(labelled))).toBe('edit.conflict')
    done(editor.undo())
    done(editor.apply(label('hello', 'Mine')))
    const removed = { document: theirs({ type: 'remove', node: 'hello' }), revision: 4 }
    expect(refusal(editor.rebase(removed))).toBe('edit.conflict')
  })

  it('keeps mine where both have changed the same place, if asked to', () => {
    const editor = open()
    done(editor.apply(label('ask', 'Mine')))
    done(editor.apply({ type: 'remove', node: 'hello' }))
    const document = theirs(label('ask', 'Theirs'), label('hello', 'Theirs'), label('done', 'Theirs'))
    done(editor.rebase({ document, revision: 4 }, { keepMine: true }))
    const snapshot = editor.getSnapshot()
    expect(snapshot.document.nodes.map(({ id, label: text }) => [id, text])).toEqual([
      ['ask', 'Mine'],
      ['done', 'Theirs'],
      ['start', undefined],
    ])
    expect(snapshot).toMatchObject({ savedRevision: 4, isDirty: true })
  })

  it('throws for another flow, for what is no flow, and while a save is under way', async () => {
    const store = fakeStore({ hold: true })
    const editor = open(SMALL, { revision: 1, save: store.save })
    const document = theirs()
    const stored = (of: unknown) => ({ document: of as FlowDocument, revision: 2 })
    expect(thrownCode(() => editor.rebase(stored({ ...document, id: 'other' })))).toBe('editor.otherFlow')
    expect(thrownCode(() => editor.reload(stored('{')))).toBe('editor.document')
    void editor.save()
    expect(thrownCode(() => editor.rebase(stored(document)))).toBe('editor.saving')
  })
})

describe('reload', () => {
  it('goes on from what is stored, without one’s own edits and their history', () => {
    const editor = open()
    done(editor.apply(label('ask', 'Mine')))
    const document = theirs(label('ask', 'Theirs'))
    done(editor.reload({ document, revision: 9 }))
    expect(editor.getSnapshot().document).toEqual(document)
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, canUndo: false, savedRevision: 9 })
    done(editor.apply(label('ask', 'Mine again')))
    done(editor.undo())
    expect(editor.getSnapshot().isDirty).toBe(false)
  })
})
