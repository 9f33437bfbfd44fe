import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/index.ts'
import { openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { randomCommand } from '../editing/random-commands.ts'
import { Dice } from '../fuzz/generate-flow.ts'
import { end, node, say } from '../support/flow.ts'
import { done, open, refusal, SUPPORT } from './helpers.ts'

describe('connecting', () => {
  it('is allowed to every node but the start', () => {
    const editor = open()
    const from = { node: 'ask', outcome: 'on:hangup' }
    expect(editor.connectableTargets(from)).toEqual(['ask', 'done', 'hello'])
    expect(editor.canConnect(from, 'done')).toEqual({ ok: true })
    expect(refusal(editor.canConnect(from, 'start'))).toBe('edit.intoStart')
  })

  it.each([
    ['from an outcome that is taken', { node: 'ask', outcome: 'valid' }],
    ['from an outcome that does not exist', { node: 'ask', outcome: 'odd' }],
    ['from an end', { node: 'done', outcome: 'on:error' }],
    ['from a node that is gone', { node: 'gone', outcome: 'next' }],
    ['by a connector that is gone', { connector: 'gone' }],
  ])('is not allowed %s', (_, from) => {
    expect(open().connectableTargets(from)).toEqual([])
  })

  it('can be done anew for a connector that is there', () => {
    expect(open().connectableTargets({ connector: 'ask:valid' })).toEqual(['ask', 'done', 'hello'])
  })

  it('[DOC-18] is offered exactly where it can be done, in whatever flow', () => {
    const seed = 20_261_121
    for (let run = 0; run < 12; run++) {
      const dice = new Dice(seededRandom(`${seed}:${run}`))
      const editor = open(SUPPORT)
      let draft = draftOf(editor)
      for (let n = 0; n < 25; n++) {
        editor.apply(randomCommand(dice, draft))
        draft = draftOf(editor)
        const { nodes, connectors } = draft.document
        const from = { node: dice.pick(nodes).id, outcome: dice.pick(['next', '1', 'on:error', 'valid', '']) }
        const ids = [...nodes.map(({ id }) => id), 'gone']
        const can = ids.filter((to) => editor.canConnect(from, to).ok)
        expect([seed, run, n, from, editor.connectableTargets(from)]).toEqual([seed, run, n, from, can])
        if (connectors.length === 0) continue
        const connector = dice.pick(connectors).id
        const moves = ids.filter((to) => editor.can({ type: 'reconnect', connector, to }).ok)
        expect([seed, run, n, editor.connectableTargets({ connector })]).toEqual([seed, run, n, moves])
      }
    }
  })
})

describe('a layout', () => {
  it('gives every node a place of its own, as one step', () => {
    const editor = open()
    done(editor.autoLayout())
    const { document, undoLabel } = editor.getSnapshot()
    const places = document.nodes.map(({ position }) => JSON.stringify(position))
    expect(new Set(places).size).toBe(document.nodes.length)
    expect(undoLabel).toBe('layout')
    done(editor.undo())
    expect(editor.getSnapshot()).toMatchObject({ isDirty: false, canUndo: false })
  })

  it('runs down, or to the right', () => {
    const editor = open()
    const y = (id: string) => editor.getSnapshot().document.nodes.find((each) => each.id === id)!.position!
    done(editor.autoLayout())
    expect(y('done').y).toBeGreaterThan(y('ask').y)
    done(editor.autoLayout({ direction: 'right' }))
    expect(y('done').x).toBeGreaterThan(y('ask').x)
  })

  it('changes nothing the second time', () => {
    const editor = open()
    done(editor.autoLayout())
    expect(done(editor.autoLayout()).patches).toEqual([])
  })

  it('of the selection leaves the other nodes, and begins where the selection began', () => {
    const editor = open({
      nodes: { a: say('a'), b: say('b'), done: end('ok') },
      connect: ['start -> a', 'a -> b', 'b -> done'],
    })
    done(
      editor.apply({
        type: 'move',
        nodes: { a: { x: 70, y: 90 }, b: { x: 50, y: 400 }, done: { x: 7, y: 7 } },
      }),
    )
    editor.select({ nodes: ['a', 'b'] })
    done(editor.autoLayout({ selectionOnly: true }))
    const [a, b, last, start] = editor.getSnapshot().document.nodes.map(({ position }) => position)
    expect(last).toEqual({ x: 7, y: 7 })
    expect(start).toBeUndefined()
    expect(Math.min(a!.x, b!.x)).toBe(50)
    expect(a!.y).toBe(90)
    expect(b!.y).toBeGreaterThan(90)
  })

  it('takes attached notes along', () => {
    const editor = open()
    done(editor.apply({ type: 'move', nodes: { hello: { x: 0, y: 0 } } }))
    done(editor.apply({ type: 'addNote', note: { text: 'n', node: 'hello', position: { x: 10, y: -20 } } }))
    done(editor.autoLayout())
    const { nodes, notes } = editor.getSnapshot().document
    const { x, y } = nodes.find(({ id }) => id === 'hello')!.position!
    expect(notes[0]?.position).toEqual({ x: x + 10, y: y - 20 })
  })

  it('of nothing changes nothing', () => {
    const editor = open({ nodes: { odd: node('odd') }, connect: [] })
    expect(done(editor.autoLayout({ selectionOnly: true })).patches).toEqual([])
  })
})

/** What `randomCommand` reads of a draft. */
function draftOf(editor: ReturnType<typeof open>) {
  return openDraft(editor.getSnapshot().document, { nodes: palette })
}
