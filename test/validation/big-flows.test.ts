import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { codes } from './find.ts'

const SIZE = 10_000

/** A flow of many nodes: `connect` says which ones each leads to, by number; the last one is an end. */
function big(connect: (index: number) => readonly number[], type: (index: number) => object): FlowDocument {
  const id = (index: number) => `n${index}`
  const outcomes = ['a', 'else']
  return {
    schema: 1,
    id: 'big',
    name: '',
    medium: 'any',
    role: 'main',
    audience: 'interaction',
    settings: { outcomes: [{ code: 'ok', kind: 'completed' }], variables: [{ name: 'v', type: 'number' }] },
    nodes: Array.from({ length: SIZE }, (_, index) => {
      if (index === 0) return { id: id(0), type: 'start@1', config: {} }
      if (index === SIZE - 1) return { id: id(index), type: 'end@1', config: { outcome: 'ok' } }
      return { id: id(index), ...(type(index) as { type: string; config: object }) }
    }) as FlowDocument['nodes'],
    connectors: Array.from({ length: SIZE - 1 }, (_, index) =>
      connect(index).map((to, way, { length }) => {
        const outcome = length === 1 ? 'next' : outcomes[way]!
        return { id: `${id(index)}:${outcome}`, from: { node: id(index), outcome }, to: id(to) }
      }),
    ).flat(),
    notes: [],
  }
}

const message = () => ({ type: 'send-message@1', config: { prompt: 'Hi {{v}}' } })
const choice = () => ({ type: 'branch@1', config: { rules: [{ outcome: 'a', condition: 'v == 1' }] } })

describe('a flow of 10,000 nodes', () => {
  it('in a row is checked', () => {
    const found = codes(big((index) => [index + 1], message))
    expect(found).toEqual(Array.from({ length: SIZE - 2 }, () => 'variable.readBeforeSet'))
  })

  it('of branches that all skip one is checked', () => {
    const found = codes(
      big((index) => (index === 0 ? [1] : [index + 1, Math.min(index + 2, SIZE - 1)]), choice),
    )
    expect(new Set(found)).toEqual(new Set(['variable.readBeforeSet']))
  })

  it('in one circle is checked', () => {
    const found = codes(big((index) => (index === 0 ? [1] : index === SIZE - 2 ? [1] : [index + 1]), message))
    expect(found.filter((code) => code === 'cycle.endless')).toHaveLength(1)
    expect(found).toContain('flow.noEndReachable')
  })

  it('that nothing connects is checked', () => {
    const found = codes(big(() => [], message))
    expect(found.filter((code) => code === 'node.unreachable')).toHaveLength(SIZE - 1)
    expect(found.filter((code) => code === 'outcome.unassigned')).toHaveLength(SIZE - 2)
  })

  it('with 2,000 ends and open outcomes everywhere is checked, each with a fix', () => {
    const document = big(
      (index) => (index === 0 ? [1] : []),
      (index) => (index > 8_000 ? { type: 'end@1', config: { outcome: 'ok' } } : choice()),
    )
    const open = validate(document, { nodes: palette }).filter(({ code }) => code === 'outcome.unassigned')
    expect(open).toHaveLength(16_000)
    expect(new Set(open.map(({ fix }) => fix!.title))).toEqual(new Set(['Connect to n8001']))
  })

  it('with 5,000 variables that all are named is checked', () => {
    const document = big((index) => [index + 1], message)
    const variables = Array.from({ length: 5_000 }, (_, i) => ({ name: `v${i}`, type: 'text' as const }))
    const found = codes({
      ...document,
      settings: { ...document.settings, variables: [...document.settings.variables!, ...variables] },
      nodes: document.nodes.map((each, i) => ({ ...each, onEnter: [{ set: `v${i % 5_000}`, to: '"x"' }] })),
    })
    expect(found.filter((code) => code !== 'variable.readBeforeSet')).toEqual([])
  })
})
