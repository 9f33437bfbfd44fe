import { describe, expect, it, vi } from 'vitest'
import { thrownCode } from '../support/errors.ts'
import { done, fakeStore, fakeTimers, open, SMALL } from './helpers.ts'

const label = (text: string) => ({ type: 'label', node: 'hello', label: text })

function autosaving(options: { hold?: boolean } = {}) {
  const [store, timers] = [fakeStore(options), fakeTimers()]
  const editor = open(SMALL, { revision: 1, save: store.save, autosave: { afterMs: 1_000 }, timers })
  return { editor, store, timers }
}

describe('autosave', () => {
  it('saves once nothing has been edited for so long', async () => {
    const { editor, store, timers } = autosaving()
    done(editor.apply(label('a')))
    await timers.pass(900)
    done(editor.apply(label('ab')))
    await timers.pass(999)
    expect(store.requests).toHaveLength(0)
    await timers.pass(1)
    expect(store.requests.map(({ document }) => document.nodes[2]?.label)).toEqual(['ab'])
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, savedRevision: 2 })
  })

  it('does not save what is not dirty', async () => {
    const { editor, store, timers } = autosaving()
    editor.selectAll()
    done(editor.apply(label('a')))
    done(editor.undo())
    await timers.pass(10_000)
    expect(store.requests).toHaveLength(0)
    expect(timers.open).toBe(0)
  })

  it('saves edits made while a save is under way after it, never two at once', async () => {
    const { editor, store, timers } = autosaving({ hold: true })
    done(editor.apply(label('a')))
    await timers.pass(1_000)
    done(editor.apply(label('b')))
    await timers.pass(5_000)
    expect(store.requests).toHaveLength(1)
    await store.answer()
    await timers.pass(1_000)
    expect(store.requests).toHaveLength(2)
    await store.answer()
    expect(editor.getSnapshot().isDirty).toBe(false)
    await timers.pass(60_000)
    expect(store.requests).toHaveLength(2)
  })

  it('tries a save that failed again, after a pause that doubles up to a minute', async () => {
    const { editor, store, timers } = autosaving()
    store.fault = new Error('down')
    done(editor.apply(label('a')))
    const tries: number[] = []
    for (let second = 1; second <= 200; second++) {
      const before = store.requests.length
      await timers.pass(1_000)
      if (store.requests.length > before) tries.push(second)
    }
    expect(tries).toEqual([1, 3, 7, 15, 31, 63, 123, 183])
    store.fault = undefined
    await timers.pass(60_000)
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, saving: { status: 'idle' } })
  })

  it('tries a save that failed again after the next edit', async () => {
    const { editor, store, timers } = autosaving()
    store.fault = new Error('down')
    done(editor.apply(label('a')))
    await timers.pass(15_000)
    store.fault = undefined
    done(editor.apply(label('b')))
    await timers.pass(1_000)
    expect(editor.getSnapshot().isDirty).toBe(false)
  })

  it('does not try a stale save again before the editor is up to date', async () => {
    const { editor, store, timers } = autosaving()
    store.revision = 5
    done(editor.apply(label('a')))
    await timers.pass(1_000)
    done(editor.apply(label('b')))
    await timers.pass(60_000)
    expect(store.requests).toHaveLength(1)
    done(editor.rebase({ document: open().getSnapshot().document, revision: 5 }))
    await timers.pass(1_000)
    expect(store.requests).toHaveLength(2)
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, savedRevision: 6 })
  })

  it('waits for a second at least before it tries again, however short its pause is', async () => {
    const [store, timers] = [fakeStore(), fakeTimers()]
    const editor = open(SMALL, { revision: 1, save: store.save, autosave: { afterMs: 0 }, timers })
    store.fault = new Error('down')
    done(editor.apply(label('a')))
    await timers.pass(999)
    expect(store.requests).toHaveLength(1)
    await timers.pass(1)
    expect(store.requests).toHaveLength(2)
  })

  it('throws where it has nothing to save with, or no time to wait for', () => {
    const { save } = fakeStore()
    expect(thrownCode(() => open(SMALL, { autosave: { afterMs: 1_000 } }))).toBe('editor.noStore')
    for (const afterMs of [Number.NaN, -1, 2 ** 31, undefined as unknown as number]) {
      expect(thrownCode(() => open(SMALL, { save, autosave: { afterMs } }))).toBe('editor.autosave')
    }
  })

  it('leaves no timer behind when the editor is closed', async () => {
    const { editor, store, timers } = autosaving()
    done(editor.apply(label('a')))
    expect(timers.open).toBe(1)
    done(editor.close({ discard: true }))
    expect(timers.open).toBe(0)
    await timers.pass(5_000)
    expect(store.requests).toHaveLength(0)
  })

  it('runs on the timers of the machine unless told otherwise', async () => {
    vi.useFakeTimers()
    const store = fakeStore()
    const editor = open(SMALL, { revision: 1, save: store.save, autosave: { afterMs: 1_000 } })
    done(editor.apply(label('a')))
    done(editor.apply(label('b')))
    await vi.advanceTimersByTimeAsync(1_000)
    vi.useRealTimers()
    expect(store.requests).toHaveLength(1)
  })
})
