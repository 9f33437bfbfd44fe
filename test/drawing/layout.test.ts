import { describe, expect, it } from 'vitest'
import { layoutFlow, renderSvg } from '../../src/drawing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { corpora, missing, parse, reason, support, tangle } from './flows.ts'
import { crossings, expectSound } from './geometry.ts'

const lay = (flow: Parameters<typeof layoutFlow>[0], direction: 'down' | 'right' = 'down') =>
  layoutFlow(flow, { nodes: palette, direction })

describe.each(['down', 'right'] as const)('a layout that runs %s', (direction) => {
  it('keeps the nodes, labels and lines of the support flow apart', () => {
    expectSound(lay(support(), direction))
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('keeps those of tangle %i apart', (seed) => {
    expectSound(lay(tangle(4 + seed * 3, seed), direction))
  })

  it.skipIf(missing)(`keeps those of flows that others wrote apart${reason}`, () => {
    for (const [, flow] of corpora()) expectSound(lay(flow, direction))
  })
})

/** Crossings that were there when the picture was last looked at, and some to spare for another import. */
const CROSSINGS: { readonly [name: string]: number } = {
  'patient-appointments': 35,
  'frontline-bot': 12,
  'order-lookup-ivr': 8,
}

it('crosses few lines', () => {
  const counts = Object.fromEntries(
    [['support', support()] as const, ...corpora()].map(([name, flow]) => [name, crossings(lay(flow))]),
  )
  console.log('edge crossings', counts)
  expect(counts.support).toBeLessThanOrEqual(3)
  for (const [name, most] of Object.entries(CROSSINGS))
    if (name in counts) expect(counts[name], name).toBeLessThanOrEqual(most)
})

it('draws one edge for all outcomes that lead to one node, and a stub for those that lead nowhere', () => {
  const flow = parse({
    schema: 1,
    id: 'f',
    nodes: [
      { id: 'get', type: 'http-request@1', config: { url: 'https://example.com' } },
      { id: 'end', type: 'end@1' },
    ],
    connectors: [
      { from: { node: 'get', outcome: 'success' }, to: 'end' },
      { from: { node: 'get', outcome: 'failed' }, to: 'end' },
      { from: { node: 'get', outcome: 'timeout' } },
    ],
  })
  const { edges } = lay(flow)
  expect(edges.map(({ to, text }) => [to, text.lines.join(' ')])).toEqual([
    ['end', 'success, failed'],
    [undefined, 'httpError, timeout'],
  ])
  expectSound(lay(flow))
})

it('draws nodes that lead to themselves, and nodes that none leads to', () => {
  const flow = parse({
    schema: 1,
    id: 'f',
    nodes: ['a', 'b', 'alone'].map((id) => ({ id, type: 'delay@1', config: { duration: '3s' } })),
    connectors: [
      { from: { node: 'a', outcome: 'done' }, to: 'a' },
      { from: { node: 'b', outcome: 'done' }, to: 'a' },
    ],
  })
  const layout = lay(flow)
  expect(layout.nodes).toHaveLength(3)
  expectSound(layout)
})

it('gives the same bytes for equal documents, whatever order they are in', () => {
  const flow = tangle(20, 5)
  const turned = { ...flow, nodes: [...flow.nodes].reverse(), connectors: [...flow.connectors].reverse() }
  expect(renderSvg(turned, { nodes: palette })).toBe(renderSvg(flow, { nodes: palette }))
})

it('takes ids that mean something to a program', () => {
  const ids = ['1', '0', '__proto__', 'constructor', 'card 0', '\u0000', '']
  const flow = {
    ...support(),
    nodes: ids.map((id) => ({ id, type: 'delay@1', config: {} })),
    connectors: ids.map((id, i) => ({
      id: `c${i}`,
      from: { node: id, outcome: 'done' },
      to: ids[(i + 1) % ids.length]!,
    })),
  }
  expectSound(lay(flow))
})

it('lays out no nodes and one node', () => {
  const empty = { ...support(), nodes: [], connectors: [] }
  expect(lay(empty).nodes).toEqual([])
  expect(lay({ ...empty, nodes: [{ id: 'a', type: 'gone@1', config: {} }] }).nodes).toHaveLength(1)
})

it('lays out 300 nodes', () => {
  expectSound(lay(tangle(300, 7)))
})

it('draws hundreds of nodes that lead far and wide as a grid, for no layout ends soon', () => {
  const grid = lay(tangle(400, 1, 400))
  expect(grid.note).toMatch(/^40\d nodes and \d+ lines are too many/)
  expect(lay(tangle(400, 1, 4)).note).toBeUndefined()
})

it('draws a chain of 800 nodes, and 10,000 nodes as a grid that says so', () => {
  expect(lay(tangle(797, 3, 1)).note).toBeUndefined()
  const huge = lay(tangle(10_000, 3))
  expect(huge.note).toContain('too many')
  expect(huge.nodes).toHaveLength(10_002)
})
