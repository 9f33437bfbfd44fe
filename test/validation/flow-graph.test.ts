import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { palette } from '../../src/palette/index.ts'
import { analyse, cycles, loopHeads, reach } from '../../src/validation/index.ts'
import { flow, node } from '../support/flow.ts'

/** A graph of up to 12 nodes, each with any edges, double ones and loops among them. */
const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }),
  )

/** What is reached by one edge or more, the slow and obvious way. */
function reachedFrom(start: number, edges: readonly (readonly number[])[]): ReadonlySet<number> {
  const reached = new Set<number>()
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const from of [start, ...reached]) for (const to of edges[from]!) reached.add(to)
  }
  return reached
}

const indexes = (marks: Uint8Array) => [...marks.keys()].filter((index) => marks[index] === 1)
const sorted = (sets: readonly (readonly number[])[]) =>
  sets.map((set) => [...set].sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!)

/** Sets of nodes that reach each other, in the part of the graph that is included. */
function cyclesByHand(next: readonly (readonly number[])[], included: readonly boolean[]): number[][] {
  const within = next.map((targets, index) => (included[index] ? targets.filter((to) => included[to]) : []))
  const reached = within.map((_, index) => reachedFrom(index, within))
  const found: number[][] = []
  for (let i = 0; i < next.length; i++) {
    if (!reached[i]!.has(i)) continue
    const together = [...reached[i]!].filter((j) => reached[j]!.has(i)).sort((a, b) => a - b)
    if (together[0] === i) found.push(together)
  }
  return found
}

describe('the graph of a flow', () => {
  const graphOf = (connect: string[]) => {
    const nodes = { a: node('t'), b: node('t'), c: node('t') }
    return analyse(flow({ nodes, connect }), { nodes: palette }).graph
  }

  it('numbers nodes in the order of their ids', () => {
    expect([...graphOf([]).indexOf]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['start', 3],
    ])
  })

  it('knows what each node leads to, and what leads to it', () => {
    const { next, previous } = graphOf(['a:x -> b', 'a:y -> c', 'b:x -> b', 'c:x -> b'])
    expect(next).toEqual([[1, 2], [1], [1], []])
    expect(previous).toEqual([[], [0, 1, 2], [0], []])
  })

  it('leaves out connectors that are loose at either end', () => {
    const { next, previous } = graphOf(['a:x', 'a:y -> z', 'z:x -> a'])
    expect(next).toEqual([[], [], [], []])
    expect(previous).toEqual([[], [], [], []])
  })
})

describe('reach', () => {
  it('marks the roots and what they lead to', () => {
    expect(indexes(reach([0, 3, 3], [[1], [], [0], [3]]))).toEqual([0, 1, 3])
    expect(indexes(reach([], [[1], []]))).toEqual([])
  })

  it('agrees with the slow and obvious way', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat(11), { maxLength: 3 }), (edges, picked) => {
        const roots = picked.filter((root) => root < edges.length)
        const expected = new Set(roots.flatMap((root) => [root, ...reachedFrom(root, edges)]))
        expect(indexes(reach(roots, edges))).toEqual([...expected].sort((a, b) => a - b))
      }),
    )
  })
})

describe('cycles', () => {
  it('finds a circle, a loop of one node, and no straight line', () => {
    expect(sorted(cycles([[1], [2], [0]], Uint8Array.of(1, 1, 1)))).toEqual([[0, 1, 2]])
    expect(cycles([[0], [2], []], Uint8Array.of(1, 1, 1))).toEqual([[0]])
    expect(cycles([[1], [2], []], Uint8Array.of(1, 1, 1))).toEqual([])
  })

  it('does not go through nodes that are not included', () => {
    expect(cycles([[1], [0]], Uint8Array.of(1, 0))).toEqual([])
  })

  it('agrees with the slow and obvious way', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (next, picked) => {
        const included = Uint8Array.from(next, (_, index) => (picked[index] ? 1 : 0))
        expect(sorted(cycles(next, included))).toEqual(cyclesByHand(next, picked))
      }),
      { numRuns: 500 },
    )
  })
})

describe('loopHeads', () => {
  it('marks where a walk comes back to', () => {
    expect(indexes(loopHeads(0, [[1], [2], [1, 3], []]))).toEqual([1])
    expect(indexes(loopHeads(0, [[1], [2], []]))).toEqual([])
    expect(indexes(loopHeads(0, [[0]]))).toEqual([0])
  })

  it('marks nothing that the start does not reach', () => {
    expect(indexes(loopHeads(0, [[], [2], [1]]))).toEqual([])
  })

  it('leaves no cycle without a mark, and marks only nodes on cycles', () => {
    fc.assert(
      fc.property(graphs, (next) => {
        const heads = loopHeads(0, next)
        const reached = new Set([0, ...reachedFrom(0, next)])
        const unmarked = next.map((_, index) => reached.has(index) && heads[index] !== 1)
        expect(cyclesByHand(next, unmarked)).toEqual([])
        for (const head of indexes(heads)) expect(reachedFrom(head, next).has(head)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
