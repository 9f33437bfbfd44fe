import { describe, expect, it, vi } from 'vitest'
import { createEditor } from '../../src/editor/index.ts'
import { validate } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { thrownCode } from '../support/errors.ts'
import { done, open, SUPPORT } from './helpers.ts'

const label = (text: string) => ({ type: 'label', node: 'hello', label: text })

it('wraps a flow in four lines', () => {
  const editor = createEditor(
    { ...SUPPORT, connectors: SUPPORT.connectors.filter(({ from }) => from.outcome !== '1') },
    { nodes: palette },
  )
  const connect = { type: 'connect', from: { node: 'menu', outcome: '1' }, to: 'balance' }
  expect(editor.can(connect)).toEqual({ ok: true })
  expect(editor.getSnapshot().diagnostics.map(({ code }) => code)).toContain('outcome.unassigned')
  editor.apply(connect)
  expect(editor.getSnapshot().diagnostics).toEqual([])
})

describe('the snapshot', () => {
  it('is the same object until something changes', () => {
    const editor = open()
    const before = editor.getSnapshot()
    expect(editor.getSnapshot()).toBe(before)
    done(editor.apply(label('Greeting')))
    const after = editor.getSnapshot()
    expect(after).not.toBe(before)
    expect(editor.getSnapshot()).toBe(after)
  })

  it('stays as it was when the flow goes on, whenever it is read', () => {
    const editor = open()
    const before = editor.getSnapshot()
    done(editor.apply({ type: 'remove', node: 'hello' }))
    done(editor.apply({ type: 'remove', node: 'ask' }))
    expect(editor.getSnapshot().diagnostics.length).toBeGreaterThan(0)
    expect(before.diagnostics).toEqual(validate(before.document, { nodes: palette }))
    expect(before.document.nodes.map(({ id }) => id)).toEqual(['ask', 'done', 'hello', 'start'])
    expect(before.isDirty).toBe(false)
  })

  it('keeps what has not changed', () => {
    const editor = open()
    done(editor.apply({ type: 'disconnect', connector: 'hello:next' }))
    const before = editor.getSnapshot()
    expect(before.diagnostics.length).toBeGreaterThan(0)
    done(editor.apply({ type: 'configure', node: 'hello', path: ['prompt'], value: 'Hi {{name}}' }))
    const after = editor.getSnapshot()
    expect(after.diagnostics).toBe(before.diagnostics)
    expect(after.selection).toBe(before.selection)
    expect(after.saving).toBe(before.saving)
    editor.select({ nodes: ['ask'] })
    expect(editor.getSnapshot().document).toBe(after.document)
  })

  it('does not change by what changes nothing', () => {
    const editor = open()
    const before = editor.getSnapshot()
    expect(done(editor.apply({ type: 'move' })).patches).toEqual([])
    expect(editor.apply({ type: 'remove', node: 'gone' }).ok).toBe(false)
    editor.select({})
    expect(editor.getSnapshot()).toBe(before)
  })

  it('says what undo and redo would do', () => {
    const editor = open()
    expect(editor.getSnapshot()).toMatchObject({ canUndo: false, canRedo: false, undoLabel: undefined })
    done(editor.apply(label('Greeting')))
    done(editor.apply({ type: 'move', nodes: { hello: { x: 1, y: 1 } } }, { label: 'Tidy up' }))
    done(editor.undo())
    expect(editor.getSnapshot()).toMatchObject({
      canUndo: true,
      undoLabel: 'label',
      canRedo: true,
      redoLabel: 'Tidy up',
    })
  })
})

describe('a listener', () => {
  it('is told after each change, when the snapshot is there already', () => {
    const editor = open()
    const revisions: number[] = []
    editor.subscribe(() => revisions.push(editor.getSnapshot().revision))
    done(editor.apply(label('a')))
    editor.select({ nodes: ['ask'] })
    done(editor.undo())
    expect(revisions).toEqual([1, 1, 2])
  })

  it('is told once by what does several things', () => {
    const editor = open()
    editor.select({ nodes: ['hello'] })
    editor.copy()
    const listener = vi.fn()
    editor.subscribe(listener)
    done(editor.paste())
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('is told no more after it has unsubscribed, and only by its own subscription', () => {
    const editor = open()
    const listener = vi.fn()
    const [first] = [editor.subscribe(listener), editor.subscribe(listener)]
    first()
    first()
    done(editor.apply(label('a')))
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('may unsubscribe another one while it is told', () => {
    const editor = open()
    const second = vi.fn()
    editor.subscribe(() => unsubscribe())
    const unsubscribe = editor.subscribe(second)
    done(editor.apply(label('a')))
    expect(second).not.toHaveBeenCalled()
  })

  it('may edit while it is told', () => {
    const editor = open()
    editor.subscribe(() => {
      if (editor.getSnapshot().revision === 1) done(editor.apply(label('b')))
    })
    const revisions: number[] = []
    editor.subscribe(() => revisions.push(editor.getSnapshot().revision))
    done(editor.apply(label('a')))
    expect(revisions).toEqual([2, 2])
    expect(editor.getSnapshot().document.nodes.find(({ id }) => id === 'hello')?.label).toBe('b')
  })

  it('that always edits when it is told is stopped', () => {
    const errors: unknown[] = []
    const editor = open(undefined, { onListenerError: (error) => errors.push(error) })
    editor.subscribe(() => void editor.apply(label(`a${editor.getSnapshot().revision}`)))
    done(editor.apply(label('a')))
    expect(errors).toMatchObject([{ code: 'editor.endlessListener' }])
    expect(editor.getSnapshot().revision).toBe(1_001)
    done(editor.apply({ type: 'describe', name: 'Goes on' }))
  })

  it('that throws keeps nobody else from being told, and the edit stands', () => {
    const errors: unknown[] = []
    const editor = open(undefined, { onListenerError: (error) => errors.push(error) })
    const second = vi.fn()
    editor.subscribe(() => {
      throw new Error('a bug of the host')
    })
    editor.subscribe(second)
    expect(editor.apply(label('a')).ok).toBe(true)
    expect(second).toHaveBeenCalledTimes(1)
    expect(errors).toEqual([new Error('a bug of the host')])
  })
})

it('tells of an error that nobody takes as one that nobody caught', async () => {
  const queued = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {})
  const editors = [
    open(),
    open(undefined, {
      onListenerError: (error) => {
        throw error
      },
    }),
  ]
  for (const editor of editors) {
    editor.subscribe(() => {
      throw new Error('a bug of the host')
    })
    done(editor.apply(label('a')))
    done(editor.apply(label('b')))
  }
  expect(queued).toHaveBeenCalledTimes(4)
  expect(() => queued.mock.calls[3]![0]()).toThrow('a bug of the host')
  queued.mockRestore()
})

it('has bound methods, which can be passed around', () => {
  const { getSnapshot, subscribe, apply, undo } = open()
  const listener = vi.fn()
  subscribe(listener)
  done(apply(label('a')))
  done(undo())
  expect(getSnapshot().revision).toBe(2)
  expect(listener).toHaveBeenCalledTimes(2)
})

it('reads JSON text, and an unfinished document', () => {
  const text = JSON.stringify({ schema: 1, id: 'bare', nodes: [{ id: 'a', type: 'menu@1' }] })
  const editor = createEditor(text, { nodes: palette })
  expect(editor.getSnapshot().document.connectors).toEqual([])
  expect(editor.getSnapshot().diagnostics.length).toBeGreaterThan(0)
})

it.each([
  ['editor.document', () => createEditor('{', { nodes: palette })],
  ['editor.document', () => createEditor({ schema: 1 }, { nodes: palette })],
  ['editor.nodes', () => createEditor(SUPPORT, {} as never)],
])('throws %s for what cannot be used', (code, call) => {
  expect(thrownCode(call)).toBe(code)
})
