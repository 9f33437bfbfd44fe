import { expect, test } from 'vitest'
import { cel, createScope, RESERVED_NAMES } from '../../src/expressions/index.ts'

test('bare names are variables, roots are themselves', () => {
  const scope = createScope({ vars: { retries: 'number' } })
  expect(scope.resolve('retries')).toEqual({ path: ['vars', 'retries'], type: 'number' })
  expect(scope.resolve('now')).toEqual({ path: ['now'], type: 'number' })
  expect(scope.resolve('vars')).toEqual({ path: ['vars'], type: { fields: { retries: 'number' } } })
  for (const root of ['contact', 'trigger', 'nodes', 'session'] as const) {
    expect(scope.resolve(root)).toEqual({ path: [root], type: { fields: {}, open: true } })
    const declared = createScope({ [root]: { fields: { a: 'text' } } })
    expect(declared.resolve(root)).toEqual({ path: [root], type: { fields: { a: 'text' } } })
  }
  expect(scope.resolve('toString')).toBeUndefined()
  expect(scope.resolve('gone')).toBeUndefined()
  expect([...scope.names()].sort()).toEqual([
    'contact',
    'nodes',
    'now',
    'retries',
    'session',
    'trigger',
    'vars',
  ])
})

test('a variable with a reserved name is not reachable as a bare name', () => {
  const scope = createScope({ vars: { contact: 'number', map: 'text', item: 'text' } })
  expect(scope.resolve('contact')!.path).toEqual(['contact'])
  expect(scope.resolve('map')).toBeUndefined()
  expect(scope.resolve('item')).toBeUndefined()
})

test('reserved names', () => {
  for (const name of [
    'vars',
    'contact',
    'trigger',
    'nodes',
    'session',
    'now',
    'true',
    'false',
    'null',
    'in',
  ]) {
    expect(RESERVED_NAMES.has(name), name).toBe(true)
  }
  for (const name of [
    'has',
    'all',
    'exists',
    'exists_one',
    'map',
    'filter',
    'event',
    'env',
    'flow',
    'secrets',
    'item',
  ]) {
    expect(RESERVED_NAMES.has(name), name).toBe(true)
  }
  expect(RESERVED_NAMES.has('retries')).toBe(false)
})

test('every word that the parser keeps for itself is reserved', () => {
  const words =
    'as break const continue else for function if import let loop package namespace return var void while'
  for (const word of [...words.split(' '), 'true', 'false', 'null', 'in', 'prototype']) {
    expect(RESERVED_NAMES.has(word), word).toBe(true)
    const checked = cel.checkExpression(word, createScope({ vars: { [word]: 'number' } })).checked
    expect(checked === undefined || checked.type !== 'number', word).toBe(true)
  }
})

test('secrets cover what holds them and what they hold', () => {
  const scope = createScope({
    sensitive: [
      ['contact', 'pin'],
      ['trigger', 'card', 'number'],
    ],
  })
  expect(scope.isSensitive(['contact', 'pin'])).toBe(true)
  expect(scope.isSensitive(['contact', 'pin', 'digits'])).toBe(true)
  expect(scope.isSensitive(['contact'])).toBe(true)
  expect(scope.isSensitive(['trigger', 'card'])).toBe(true)
  expect(scope.isSensitive(['contact', 'name'])).toBe(false)
  expect(scope.isSensitive(['trigger', 'card', 'kind'])).toBe(false)
  expect(scope.isSensitive(['now'])).toBe(false)
  expect(createScope().isSensitive(['contact'])).toBe(false)
})
