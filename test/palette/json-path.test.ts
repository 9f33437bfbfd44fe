import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/index.ts'
import { parseJsonPath, readJsonPath } from '../../src/palette/json-path.ts'

const DATA: Json = {
  orders: [
    { id: 'A-1', price: 5, tags: ['x', 'y'] },
    { id: 'A-2', price: 7, tags: [] },
  ],
  'unit price': 1,
  "it's": 2,
  'a"b': 3,
  'back\\slash': 4,
  'line\nbreak': 5,
  größe: 6,
  none: null,
  deep: [[1, [2]], [3]],
}

const read = (path: string) => readJsonPath(DATA, parseJsonPath(path)!)

describe('a path', () => {
  it.each<[string, Json | undefined]>([
    ['$', DATA],
    ['$.orders[0].id', 'A-1'],
    ["$['orders'][0]['id']", 'A-1'],
    ['$["orders"] [ -1 ].id', 'A-2'],
    ['$.orders[-2].id', 'A-1'],
    ['$.orders[2]', undefined],
    ['$.orders[-3]', undefined],
    ['$.orders.id', undefined],
    ['$.orders[0][0]', undefined],
    ['$[0]', undefined],
    ["$['unit price']", 1],
    ["$['it\\'s']", 2],
    ['$["it\'s"]', 2],
    ['$["a\\"b"]', 3],
    ["$['back\\\\slash']", 4],
    ["$['line\\nbreak']", 5],
    ['$.größe', 6],
    ['$["gr\\u00f6\\u00dfe"]', 6],
    ['$.none', null],
    ['$.none.more', undefined],
    ['$.toString', undefined],
    ['$.orders.length', undefined],
    ['$.orders[*].id', ['A-1', 'A-2']],
    ['$.orders[*].tags[*]', ['x', 'y']],
    ['$.orders[*].tags', [['x', 'y'], []]],
    ['$.orders[0].*', ['A-1', 5, ['x', 'y']]],
    ['$.deep[*]', [[1, [2]], [3]]],
    ['$.deep[*][*]', [1, [2], 3]],
    ['$.orders[*].gone', []],
    ['$.größe[*]', []],
  ])('%s leads to its value', (path, value) => {
    expect(read(path)).toEqual(value)
  })

  it.each([
    '',
    'orders',
    '.orders',
    '$orders',
    '$.',
    '$. orders',
    '$..id',
    '$.orders[?@.price > 5]',
    '$.orders[0:1]',
    '$.orders[0,1]',
    '$.orders[01]',
    '$.orders[-0]',
    '$.orders[1.5]',
    '$.orders[9007199254740993]',
    '$.orders[',
    "$['a",
    "$['a\\x']",
    "$['a\\\"']",
    '$["a\nb"]',
    '$.a b',
    '$.1a',
    '$.a-b',
    '$.orders.length()',
    '$.__proto__',
    "$['constructor']",
    '$["\\u005f_proto__"]',
    '$.a.prototype.b',
  ])('%j is none', (path) => {
    expect(parseJsonPath(path)).toBeUndefined()
  })

  it('has at most 64 steps and 1,000 characters', () => {
    expect(parseJsonPath(`$${'.a'.repeat(64)}`)).toHaveLength(64)
    expect(parseJsonPath(`$${'.a'.repeat(65)}`)).toBeUndefined()
    expect(parseJsonPath(`$.${'a'.repeat(998)}`)).toHaveLength(1)
    expect(parseJsonPath(`$.${'a'.repeat(999)}`)).toBeUndefined()
  })
})
