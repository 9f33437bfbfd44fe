import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdMap } from '../../src/editing/id-map.ts'

const ids = fc.string({ maxLength: 4 })
const changes = fc.array(fc.tuple(ids, fc.option(fc.nat(), { nil: undefined })), { maxLength: 200 })

function same(map: IdMap<number>, model: ReadonlyMap<string, number>): void {
  expect(map.size).toBe(model.size)
  expect([...map.ids()].sort()).toEqual([...model.keys()].sort())
  expect([...map].sort()).toEqual([...model.values()].sort())
  for (const [id, value] of model) {
    expect(map.get(id)).toBe(value)
    expect(map.has(id)).toBe(true)
  }
}

describe('a map by id', () => {
  it('is what a Map is, change by change, and leaves what it came from alone', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        let map = IdMap.empty<number>()
        const model = new Map<string, number>()
        for (const [id, value] of steps) {
          const before = map
          const [size, had] = [before.size, before.get(id)]
          map = value === undefined ? map.without(id) : map.with(id, value)
          expect([before.size, before.get(id)]).toEqual([size, had])
          if (value === undefined) model.delete(id)
          else model.set(id, value)
        }
        same(map, model)
      }),
      { numRuns: 200 },
    )
  })

  it('takes many changes at once', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const start = new Map(
          first.flatMap(([id, value]) => (value === undefined ? [] : [[id, value] as const])),
        )
        const map = IdMap.of(start)
        same(map, start)
        const model = new Map(start)
        for (const [id, value] of second) {
          if (value === undefined) model.delete(id)
          else model.set(id, value)
        }
        same(map.withAll(new Map(second)), model)
        same(map, start)
      }),
      { numRuns: 200 },
    )
  })

  it('is the same map where nothing changes', () => {
    const map = IdMap.of([['a', 1]])
    expect(map.without('b')).toBe(map)
    expect(map.withAll(new Map())).toBe(map)
  })

  it('finds what it holds among thousands', () => {
    let map = IdMap.empty<number>()
    for (let i = 0; i < 5_000; i++) map = map.with(`n${i}`, i)
    expect([map.size, map.get('n4321'), map.get('n5000'), map.has('n0')]).toEqual([
      5_000,
      4_321,
      undefined,
      true,
    ])
  })
})
