import { describe, expect, it } from 'vitest'
import { serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  type Draft,
  type EditCommand,
  type History,
  type HistoryOptions,
  NO_HISTORY,
  recordEdit,
  redo,
  undo,
} from '../../src/editing/index.ts'
import { draftOf, edited } from './drafts.ts'

const draft = draftOf()

/** Gives commands one after another, each some milliseconds after the one before. */
function play(
  steps: readonly (readonly [command: EditCommand, afterMs: number])[],
  options?: HistoryOptions,
) {
  let at = 1_000
  let state: { draft: Draft; history: History } = { draft, history: NO_HISTORY }
  for (const [command, afterMs] of steps) {
    at += afterMs
    const edit = applyCommand(state.draft, command)
    if (!edit.ok) throw new Error(edit.reason)
    state = { draft: edit.draft, history: recordEdit(state.history, command, edit.patches, at, options) }
  }
  return state
}

const type = (text: string): EditCommand => ({
  type: 'configure',
  node: 'hello',
  path: ['prompt'],
  value: text,
})
const drag = (x: number, id = 'ask'): EditCommand => ({ type: 'move', nodes: { [id]: { x, y: 0 } } })
const label = (text: string): EditCommand => ({ type: 'label', node: 'ask', label: text })

describe('undo and redo', () => {
  it('[DOC-18] undo then redo gives the same bytes', () => {
    const { draft: after, history } = play([
      [{ type: 'remove', node: 'menu' }, 0],
      [type('Bye'), 0],
    ])
    const once = undo(after, history)
    if (!once.ok) throw new Error(once.reason)
    const twice = undo(once.draft, once.history)
    if (!twice.ok) throw new Error(twice.reason)
    expect(serialiseDocument(twice.draft.document)).toBe(serialiseDocument(draft.document))
    const again = redo(twice.draft, twice.history)
    if (!again.ok) throw new Error(again.reason)
    const all = redo(again.draft, again.history)
    if (!all.ok) throw new Error(all.reason)
    expect(serialiseDocument(all.draft.document)).toBe(serialiseDocument(after.document))
    expect(all.draft.revision).toBe(after.revision + 4)
  })

  it('[DOC-8] undo brings back a node with its connectors and its notes', () => {
    const noted = edited(draft, { type: 'addNote', note: { text: 'look', node: 'menu' } })
    const command = { type: 'remove', node: 'menu' } as const
    const edit = applyCommand(noted, command)
    if (!edit.ok) throw new Error(edit.reason)
    const back = undo(edit.draft, recordEdit(NO_HISTORY, command, edit.patches, 0))
    expect(back.ok && serialiseDocument(back.draft.document)).toBe(serialiseDocument(noted.document))
  })

  it('are refused where there is nothing to undo or redo', () => {
    expect(undo(draft, NO_HISTORY)).toMatchObject({ ok: false, code: 'edit.nothingToUndo' })
    expect(redo(draft, NO_HISTORY)).toMatchObject({ ok: false, code: 'edit.nothingToRedo' })
  })

  it('a new edit ends what could be redone', () => {
    const { draft: after, history } = play([[type('a'), 0]])
    const undone = undo(after, history)
    if (!undone.ok) throw new Error(undone.reason)
    const edit = applyCommand(undone.draft, label('x'))
    if (!edit.ok) throw new Error(edit.reason)
    expect(recordEdit(undone.history, label('x'), edit.patches, 0).redo).toEqual([])
  })

  it('are refused where somebody else has changed the same place', () => {
    const { draft: after, history } = play([[label('mine'), 0]])
    const theirs = edited(after, label('theirs'))
    expect(undo(theirs, history)).toMatchObject({ ok: false, code: 'edit.conflict' })
    const elsewhere = edited(after, type('theirs'))
    expect(undo(elsewhere, history)).toMatchObject({ ok: true })
  })
})

describe('edits of the same thing', () => {
  const steps = (...play_: Parameters<typeof play>) => play(...play_).history.undo

  it('make one step while they follow each other quickly', () => {
    const typed = steps([
      [type('B'), 0],
      [type('By'), 499],
      [type('Bye'), 500],
    ])
    expect(typed).toHaveLength(1)
    expect(typed[0]?.patches).toEqual([
      {
        path: ['nodes', 'hello', 'config', 'prompt'],
        before: draft.node('hello')?.config.prompt,
        after: 'Bye',
      },
    ])
    expect(typed[0]?.commands).toEqual(['configure'])
  })

  it.each<[string, Parameters<typeof play>[0], number]>([
    [
      'after a pause',
      [
        [type('a'), 0],
        [type('b'), 501],
      ],
      2,
    ],
    [
      'with something else between them',
      [
        [type('a'), 0],
        [label('x'), 1],
        [type('b'), 1],
      ],
      3,
    ],
    [
      'of another field',
      [
        [type('a'), 0],
        [{ type: 'configure', node: 'hello', path: ['channel'], value: 'sms' }, 1],
      ],
      2,
    ],
    [
      'of another node',
      [
        [drag(1), 0],
        [drag(1, 'menu'), 1],
      ],
      2,
    ],
    [
      'that set a config as a whole',
      [
        [{ type: 'configure', node: 'hello', config: {} }, 0],
        [{ type: 'configure', node: 'hello', config: { a: 1 } }, 1],
      ],
      2,
    ],
    [
      'that add',
      [
        [{ type: 'add', node: { type: 'menu@1' } }, 0],
        [{ type: 'add', node: { type: 'menu@1' } }, 1],
      ],
      2,
    ],
    [
      'of a label',
      [
        [label('a'), 0],
        [label('ab'), 1],
      ],
      1,
    ],
    [
      'of a drag',
      [
        [drag(1), 0],
        [drag(2), 1],
        [drag(3), 1],
      ],
      1,
    ],
    [
      'of a setting',
      [
        [{ type: 'changeSettings', path: ['mediaFolder'], value: 'a' }, 0],
        [{ type: 'changeSettings', path: ['mediaFolder'], value: 'ab' }, 1],
      ],
      1,
    ],
    [
      'of the name',
      [
        [{ type: 'describe', name: 'a' }, 0],
        [{ type: 'describe', name: 'ab' }, 1],
      ],
      1,
    ],
    [
      'of name and remark',
      [
        [{ type: 'describe', name: 'a' }, 0],
        [{ type: 'describe', remark: 'ab' }, 1],
      ],
      2,
    ],
    [
      'of a note',
      [
        [{ type: 'addNote', note: { id: 'n', text: '' } }, 0],
        [{ type: 'changeNote', note: 'n', text: 'a' }, 1],
        [{ type: 'changeNote', note: 'n', text: 'ab' }, 1],
      ],
      2,
    ],
    [
      'of where a note belongs',
      [
        [{ type: 'addNote', note: { id: 'n', text: '' } }, 0],
        [{ type: 'changeNote', note: 'n', node: 'ask' }, 1],
        [{ type: 'changeNote', note: 'n', node: null }, 1],
      ],
      3,
    ],
  ])('%s make steps: %#', (_, play_, count) => {
    expect(steps(play_)).toHaveLength(count)
  })

  it('that lead back to where it was leave nothing to undo', () => {
    expect(
      steps([
        [drag(5), 0],
        [drag(1), 1],
        [{ type: 'label', node: 'ask', label: 'x' }, 1],
      ]),
    ).toHaveLength(2)
    const there = edited(draft, drag(0))
    const move = applyCommand(there, drag(9))
    if (!move.ok) throw new Error(move.reason)
    const back = applyCommand(move.draft, drag(0))
    if (!back.ok) throw new Error(back.reason)
    const history = recordEdit(recordEdit(NO_HISTORY, drag(9), move.patches, 0), drag(0), back.patches, 1)
    expect(history).toEqual(NO_HISTORY)
  })

  it('an undone step takes no more edits in', () => {
    const { draft: after, history } = play([[type('a'), 0]])
    const undone = undo(after, history)
    if (!undone.ok) throw new Error(undone.reason)
    const redone = redo(undone.draft, undone.history)
    if (!redone.ok) throw new Error(redone.reason)
    const edit = applyCommand(redone.draft, type('b'))
    if (!edit.ok) throw new Error(edit.reason)
    expect(recordEdit(redone.history, type('b'), edit.patches, 1_000).undo).toHaveLength(2)
  })

  it('the time and the number of steps are the host’s to choose', () => {
    expect(
      steps(
        [
          [type('a'), 0],
          [type('b'), 900],
        ],
        { mergeWithinMs: 1_000 },
      ),
    ).toHaveLength(1)
    expect(
      steps(
        [
          [type('a'), 0],
          [label('b'), 1],
          [type('c'), 1],
        ],
        { maxSteps: 2 },
      ).map(({ commands }) => commands[0]),
    ).toEqual(['label', 'configure'])
  })

  it('a history is plain JSON', () => {
    const { history } = play([
      [type('a'), 0],
      [drag(1), 0],
    ])
    expect(JSON.parse(JSON.stringify(history))).toEqual(history)
  })
})
