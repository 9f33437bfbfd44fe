import { describe, expect, it, vi } from 'vitest'
import { newSavedDraft, saveDraft } from '../../src/editing/index.ts'
import { validate } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { thrownCode } from '../support/errors.ts'
import { done, fakeStore, open, refusal, SMALL, settle } from './helpers.ts'

const label = (text: string) => ({ type: 'label', node: 'hello', label: text })
const away = { type: 'remove', node: 'hello' }

describe('isDirty', () => {
  it('[DOC-13] shows unsaved edits', () => {
    const editor = open()
    expect(editor.getSnapshot().isDirty).toBe(false)
    done(editor.apply(label('a')))
    expect(editor.getSnapshot().isDirty).toBe(true)
  })

  it('[DOC-13] shows no edits that were undone, or taken back by hand', () => {
    const editor = open()
    done(editor.apply(away))
    done(editor.undo())
    expect(editor.getSnapshot().isDirty).toBe(false)
    done(editor.apply(label('a')))
    done(editor.apply({ type: 'label', node: 'hello' }))
    expect(editor.getSnapshot().isDirty).toBe(false)
    done(editor.apply({ type: 'describe', remark: 'r' }))
    expect(editor.getSnapshot().isDirty).toBe(true)
    done(editor.apply({ type: 'describe', remark: null }))
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('[DOC-13] shows that an edit that is saved has been undone', async () => {
    const editor = open(SMALL, { revision: 1, save: fakeStore().save })
    done(editor.apply(label('a')))
    done(await editor.save())
    expect(editor.getSnapshot().isDirty).toBe(false)
    done(editor.undo())
    expect(editor.getSnapshot().isDirty).toBe(true)
    done(editor.redo())
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('[DOC-13] does not speak of selecting', () => {
    const editor = open()
    editor.selectAll()
    expect(editor.getSnapshot().isDirty).toBe(false)
  })
})

describe('close', () => {
  it('[DOC-13] over unsaved edits is refused, and nothing is lost', () => {
    const editor = open()
    done(editor.apply(label('a')))
    expect(refusal(editor.close())).toBe('edit.unsaved')
    expect(editor.apply(label('b')).ok).toBe(true)
  })

  it('[DOC-13] over unsaved edits is done where they are to be discarded', () => {
    const editor = open()
    done(editor.apply(label('a')))
    done(editor.close({ discard: true }))
    expect(thrownCode(() => editor.apply(label('b')))).toBe('editor.closed')
  })

  it('is done where nothing is unsaved, and once more after that', () => {
    const editor = open()
    done(editor.close())
    done(editor.close())
  })

  it('leaves what can be read, and nothing that edits', () => {
    const editor = open(SMALL, { save: fakeStore().save })
    const before = editor.getSnapshot()
    done(editor.close())
    expect(editor.getSnapshot()).toBe(before)
    expect(editor.pane().errors).toBe(0)
    const calls = [
      () => editor.can(label('b')),
      () => editor.undo(),
      () => editor.redo(),
      () => editor.applyRemote([]),
      () => editor.select({}),
      () => editor.paste(),
      () => editor.fix({ code: 'x', severity: 'error', location: {}, message: '' }),
      () => editor.save(),
      () => editor.reload({ document: before.document, revision: 1 }),
    ]
    expect(calls.map(thrownCode)).toEqual(calls.map(() => 'editor.closed'))
  })

  it('tells listeners nothing more, though a save was under way', async () => {
    const store = fakeStore({ hold: true })
    const editor = open(SMALL, { revision: 1, save: store.save })
    done(editor.apply(label('a')))
    const saving = editor.save()
    const listener = vi.fn()
    editor.subscribe(listener)
    await settle()
    done(editor.close({ discard: true }))
    listener.mockClear()
    await store.answer()
    expect((await saving).ok).toBe(true)
    expect(listener).not.toHaveBeenCalled()
  })
})

describe('save', () => {
  it('[VAL-11] returns the diagnostics of the saved draft', async () => {
    const store = fakeStore()
    const editor = open(SMALL, { revision: 1, save: store.save })
    done(editor.apply(away))
    const saved = done(await editor.save())
    expect(saved).toMatchObject({ ok: true, revision: 2 })
    expect(saved.diagnostics).toEqual(validate(store.document!, { nodes: palette }))
    expect(store.requests[0]).toMatchObject({ revision: 1, diagnostics: saved.diagnostics })
  })

  it('[VAL-11] returns diagnostics that each name the node to highlight', async () => {
    const editor = open(SMALL, { revision: 1, save: fakeStore().save })
    done(editor.apply({ type: 'configure', node: 'ask', path: ['prompt'] }))
    done(editor.apply({ type: 'add', node: { id: 'island', type: 'menu@1' } }))
    const { diagnostics } = done(await editor.save())
    expect(new Set(diagnostics.map(({ location }) => location.node))).toEqual(new Set(['ask', 'island']))
  })

  it('[VAL-11] leaves a draft with errors a draft: it can be edited on', async () => {
    const editor = open(SMALL, { revision: 1, save: fakeStore().save })
    done(editor.apply(away))
    done(await editor.save())
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, savedRevision: 2 })
    done(editor.undo())
    expect(editor.getSnapshot().diagnostics).toEqual([])
    expect(done(await editor.save()).revision).toBe(3)
  })

  it('[DOC-12] is possible however broken the flow is', async () => {
    const broken = { schema: 1, id: 'x', nodes: [{ id: 'a', type: 'odd@7', config: { b: null } }] }
    const store = fakeStore()
    const editor = open(broken as never, { revision: 1, save: store.save })
    const { diagnostics } = done(await editor.save())
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    expect(store.document?.nodes).toHaveLength(1)
  })

  it('tells how it stands', async () => {
    const store = fakeStore({ hold: true })
    const editor = open(SMALL, { revision: 1, save: store.save, clock: { now: () => 5 } })
    const statuses: string[] = []
    editor.subscribe(() => statuses.push(editor.getSnapshot().saving.status))
    const saving = editor.save()
    expect(editor.getSnapshot().saving).toEqual({ status: 'saving' })
    await settle()
    await store.answer()
    await saving
    expect(editor.getSnapshot().saving).toEqual({ status: 'idle', savedAt: 5 })
    expect(statuses).toEqual(['saving', 'idle'])
  })

  it('leaves edits dirty that are made while it is under way', async () => {
    const store = fakeStore({ hold: true })
    const editor = open(SMALL, { revision: 1, save: store.save })
    done(editor.apply(label('a')))
    const saving = editor.save()
    done(editor.apply({ type: 'label', node: 'ask', label: 'b' }))
    await settle()
    await store.answer()
    done(await saving)
    expect(editor.getSnapshot().isDirty).toBe(true)
    done(editor.apply({ type: 'label', node: 'ask' }))
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('knows that an edit which it takes along has been undone meanwhile', async () => {
    const store = fakeStore({ hold: true })
    const editor = open(SMALL, { revision: 1, save: store.save })
    done(editor.apply(label('a')))
    const saving = editor.save()
    done(editor.undo())
    await settle()
    await store.answer()
    done(await saving)
    expect(editor.getSnapshot().isDirty).toBe(true)
  })

  it('[DOC-13] takes an undo for an unsaved edit while it writes what was undone', async () => {
    const store = fakeStore({ hold: true })
    const editor = open(SMALL, { revision: 1, save: store.save })
    done(editor.apply(label('a')))
    const saving = editor.save()
    done(editor.undo())
    expect(editor.getSnapshot().isDirty).toBe(true)
    expect(refusal(editor.close())).toBe('edit.unsaved')
    store.fault = new Error('down')
    await settle()
    await store.answer()
    await saving
    expect(editor.getSnapshot().isDirty).toBe(false)
    done(editor.close())
  })

  it('is done once at a time, and once for all who ask meanwhile', async () => {
    const store = fakeStore({ hold: true })
    const editor = open(SMALL, { revision: 1, save: store.save })
    done(editor.apply(label('a')))
    const first = editor.save()
    done(editor.apply(label('b')))
    const [second, third] = [editor.save(), editor.save()]
    await settle()
    expect(store.requests).toHaveLength(1)
    await store.answer()
    expect(store.requests).toHaveLength(2)
    await store.answer()
    expect([await first, await second, await third].map((result) => done(result).revision)).toEqual([2, 3, 3])
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('writes once where it is asked for twice and nothing was edited between', async () => {
    const store = fakeStore()
    const editor = open(SMALL, { revision: 1, save: store.save })
    const results = await Promise.all([editor.save(), editor.save()])
    expect(results.map((result) => done(result).revision)).toEqual([2, 2])
    expect(store.requests).toHaveLength(1)
  })

  it('is done once though a listener asks for it whenever there is something to save', async () => {
    const store = fakeStore()
    const editor = open(SMALL, { revision: 1, save: store.save })
    editor.subscribe(() => {
      if (editor.getSnapshot().isDirty) void editor.save()
    })
    done(editor.apply(label('a')))
    await settle()
    expect(store.requests).toHaveLength(1)
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('that fails says so as data, and leaves the draft dirty', async () => {
    const store = fakeStore()
    const editor = open(SMALL, { revision: 1, save: store.save })
    done(editor.apply(label('a')))
    store.fault = new Error('The network is down.')
    const result = await editor.save()
    expect(result).toEqual({
      ok: false,
      code: 'save.failed',
      reason: 'The draft could not be saved: The network is down. Nothing is lost; try again.',
      details: { problem: 'The network is down.' },
      cause: store.fault,
    })
    expect(editor.getSnapshot()).toMatchObject({
      isDirty: true,
      savedRevision: 1,
      saving: { status: 'refused', refusal: result },
    })
    store.fault = undefined
    done(await editor.save())
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, saving: { status: 'idle' } })
  })

  it.each([[undefined], [{ ok: true }], [{ ok: false }], ['saved']])(
    'takes the answer %j for a failure',
    async (answer) => {
      const editor = open(SMALL, { save: async () => answer as never })
      expect(refusal(await editor.save())).toBe('save.failed')
    },
  )

  it('hands on why the host refuses', async () => {
    const answer = { ok: false as const, code: 'acme.readOnly', reason: 'You may only read this flow.' }
    const editor = open(SMALL, { save: async () => answer })
    expect(await editor.save()).toEqual(answer)
  })

  it('throws where the editor was given nothing to save with', () => {
    expect(thrownCode(() => open().save())).toBe('editor.noStore')
  })
})

describe('two editors of one draft', () => {
  function twoEditors() {
    const document = open().getSnapshot().document
    let saved = newSavedDraft(document, { by: 'ada', now: 0 })
    const as = (by: string) =>
      open(document, {
        revision: saved.revision,
        async save({ document: fresh, revision }) {
          const result = saveDraft(saved, { document: fresh, revision, by, now: 0 })
          if (!result.ok) return result.error
          saved = result.value
          return { ok: true, revision: saved.revision }
        },
      })
    return { ada: as('ada'), ben: as('ben'), stored: () => saved }
  }

  it('[VER-10] stale writes are refused with the newer revision', async () => {
    const { ada, ben } = twoEditors()
    done(ada.apply(label('Ada')))
    done(ben.apply(away))
    done(await ada.save())
    expect(await ben.save()).toMatchObject({ ok: false, code: 'edit.stale', details: { revision: 2 } })
  })

  it('[VER-10] nothing is lost: the edits that were refused stay, unsaved, and go on to the newer revision', async () => {
    const { ada, ben, stored } = twoEditors()
    done(ada.apply(label('Ada')))
    done(ben.apply({ type: 'label', node: 'ask', label: 'Ben' }))
    done(await ada.save())
    expect((await ben.save()).ok).toBe(false)
    expect(ben.getSnapshot()).toMatchObject({ isDirty: true, savedRevision: 1 })
    done(ben.rebase(stored()))
    expect(ben.getSnapshot()).toMatchObject({ isDirty: true, savedRevision: 2, saving: { status: 'idle' } })
    done(await ben.save())
    expect(stored().document.nodes.map(({ label: text }) => text)).toEqual([
      'Ben',
      undefined,
      'Ada',
      undefined,
    ])
    expect(stored().earlier.map(({ revision }) => revision)).toEqual([1, 2])
  })
})
