import { describe, expect, it } from 'vitest'
import type { PatchEvent } from '../../src/editor/index.ts'
import { createEditor } from '../../src/editor/index.ts'
import { serialiseDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { done, open, refusal, SUPPORT } from './helpers.ts'

const prompt = (value: string) => ({ type: 'configure', node: 'hello', path: ['prompt'], value })

describe('editing', () => {
  it('[DOC-18] says whether it can with the words of what it does', () => {
    const editor = open()
    const taken = { type: 'connect', from: { node: 'start', outcome: 'next' }, to: 'done' }
    expect(editor.can(taken)).toEqual(editor.apply(taken))
    expect(refusal(editor.can(taken))).toBe('edit.outcomeTaken')
    expect(editor.getSnapshot().revision).toBe(0)
  })

  it.each([
    [null, 'edit.badCommand'],
    ['add', 'edit.badCommand'],
    [{ type: 'conect' }, 'edit.badCommand'],
    [{ type: 'label', node: 'hello', label: () => 1 }, 'edit.badCommand'],
    [{ type: 'remove', node: 'helo' }, 'edit.noNode'],
  ])('refuses %j as data', (command, code) => {
    const editor = open()
    expect(refusal(editor.apply(command as never))).toBe(code)
    expect(refusal(editor.can(command as never))).toBe(code)
  })

  it('refuses what was made for an older flow', () => {
    const editor = open()
    const { revision } = editor.getSnapshot()
    expect(done(editor.apply(prompt('a'), { revision })).revision).toBe(1)
    expect(refusal(editor.apply(prompt('b'), { revision }))).toBe('edit.stale')
    expect(refusal(editor.can(prompt('b'), { revision }))).toBe('edit.stale')
  })

  it('[DOC-18] gives the same bytes after undo and redo', () => {
    const editor = open()
    const bytes = () => serialiseDocument(editor.getSnapshot().document)
    const before = bytes()
    done(editor.apply({ type: 'remove', node: 'hello' }))
    const after = bytes()
    done(editor.undo())
    expect(bytes()).toBe(before)
    done(editor.redo())
    expect(bytes()).toBe(after)
  })

  it('refuses undo and redo where there is nothing', () => {
    const editor = open()
    expect(refusal(editor.undo())).toBe('edit.nothingToUndo')
    expect(refusal(editor.redo())).toBe('edit.nothingToRedo')
  })

  it('takes typing within half a second as one step, and no more', () => {
    let now = 0
    const editor = open(undefined, { clock: { now: () => now } })
    for (const text of ['H', 'He', 'Hel']) {
      done(editor.apply(prompt(text)))
      now += 400
    }
    now += 200
    done(editor.apply(prompt('Hello')))
    done(editor.undo())
    expect(editor.getSnapshot().document.nodes[2]?.config.prompt).toBe('Hel')
    done(editor.undo())
    expect(editor.getSnapshot()).toMatchObject({ canUndo: false, isDirty: false })
  })

  it('keeps so many steps as it is told to', () => {
    const editor = open(undefined, { history: { maxSteps: 2, mergeWithinMs: -1 } })
    for (const text of ['a', 'b', 'c']) done(editor.apply(prompt(text)))
    done(editor.undo())
    done(editor.undo())
    expect(editor.getSnapshot()).toMatchObject({ canUndo: false, isDirty: true })
  })
})

describe('what goes out to others', () => {
  it('is every change, in order, with revision and time', () => {
    const editor = open(undefined, { clock: { now: () => 7 } })
    const events: PatchEvent[] = []
    editor.onPatches((event) => events.push(event))
    done(editor.apply(prompt('a')))
    done(editor.undo())
    done(editor.redo())
    editor.select({ nodes: ['ask'] })
    expect(events.map(({ cause, revision, at }) => [cause, revision, at])).toEqual([
      ['edit', 1, 7],
      ['undo', 2, 7],
      ['redo', 3, 7],
    ])
    expect(events[0]?.command).toEqual(prompt('a'))
    expect(events[0]?.patches).toEqual([
      { path: ['nodes', 'hello', 'config', 'prompt'], before: 'Hello {{name}}', after: 'a' },
    ])
  })

  it('comes to everybody in the order in which it happened, though somebody edits meanwhile', () => {
    const editor = open()
    editor.onPatches(({ revision }) => {
      if (revision === 1) done(editor.apply(prompt('b')))
    })
    const heard: number[] = []
    editor.onPatches(({ revision }) => heard.push(revision))
    done(editor.apply(prompt('a')))
    expect(heard).toEqual([1, 2])
  })

  it('brings a second editor to the same flow', () => {
    const [mine, theirs] = [open(SUPPORT), createEditor(SUPPORT, { nodes: palette })]
    mine.onPatches(({ patches }) => done(theirs.applyRemote(patches)))
    done(mine.apply({ type: 'add', node: { type: 'menu@1' } }))
    done(mine.apply({ type: 'renameVariable', name: 'level', to: 'height' }))
    done(mine.apply({ type: 'remove', node: 'welcome' }))
    done(mine.undo())
    expect(serialiseDocument(theirs.getSnapshot().document)).toBe(
      serialiseDocument(mine.getSnapshot().document),
    )
    expect(theirs.getSnapshot().diagnostics).toEqual(mine.getSnapshot().diagnostics)
  })
})

describe('what comes in from others', () => {
  const patch = (before: string, after: string) => [
    { path: ['nodes', 'hello', 'config', 'prompt'], before, after },
  ]

  it('is not undone by undo', () => {
    const editor = open()
    done(editor.apply({ type: 'label', node: 'ask', label: 'Ask' }))
    done(editor.applyRemote(patch('Hello {{name}}', 'Hi')))
    done(editor.undo())
    const { document, canUndo } = editor.getSnapshot()
    expect(canUndo).toBe(false)
    expect(document.nodes.find(({ id }) => id === 'hello')?.config.prompt).toBe('Hi')
    expect(document.nodes.find(({ id }) => id === 'ask')?.label).toBeUndefined()
  })

  it('is refused where something else stands, and changes nothing', () => {
    const editor = open()
    expect(refusal(editor.applyRemote(patch('Something else', 'Hi')))).toBe('edit.conflict')
    expect(refusal(editor.applyRemote([{ path: [] }]))).toBe('edit.badCommand')
    expect(editor.getSnapshot().revision).toBe(0)
  })

  it('makes an undo of the same place a conflict, and leaves it in the history', () => {
    const editor = open()
    done(editor.apply(prompt('Mine')))
    done(editor.applyRemote(patch('Mine', 'Theirs')))
    expect(refusal(editor.undo())).toBe('edit.conflict')
    expect(editor.getSnapshot().canUndo).toBe(true)
  })

  it('is no part of a step that typing makes', () => {
    const editor = open()
    done(editor.apply(prompt('a')))
    done(editor.applyRemote(patch('a', 'ab')))
    done(editor.apply(prompt('abc')))
    done(editor.undo())
    expect(editor.getSnapshot().document.nodes[2]?.config.prompt).toBe('ab')
  })
})
