import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { f } from '../../src/nodes/index.ts'
import { node } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { around, codes, findings } from './find.ts'

const SETTINGS = { logbooks: [{ name: 'calls', fields: ['who', 'why'] }] }
const VARIABLES = [
  { name: 'pin', type: 'text', default: '4711', sensitive: true },
  { name: 'word', type: 'text', default: 'x' },
  { name: 'n', type: 'number', default: 1 },
] as const
const CONTACT = [
  { name: 'iban', type: 'text', sensitive: true },
  { name: 'name', type: 'text' },
  { name: 'visits', type: 'number' },
] as const

const rest = { settings: SETTINGS, variables: VARIABLES, contact: CONTACT }
const found = (type: string, config: JsonObject) => findings(around(node(type, config), rest))

describe('the logbook of a node', () => {
  it('[VAL-3] is one that is declared', () => {
    expect(found('log', { logbook: 'calls', fields: { who: 'word' } })).toEqual([])
    expect(found('log', { logbook: 'cals', fields: { any: 'word' } })).toEqual([
      {
        code: 'logbook.unknown',
        severity: 'error',
        location: { node: 'it', path: ['config', 'logbook'] },
        details: { name: 'cals', suggestion: 'calls' },
      },
    ])
  })

  it('[VAL-3] has the fields that the node writes', () => {
    expect(found('log', { logbook: 'calls', fields: { whom: 'word', why: 'word' } })).toEqual([
      {
        code: 'logbook.unknownField',
        severity: 'error',
        location: { node: 'it', path: ['config', 'fields', 'whom'] },
        details: { logbook: 'calls', field: 'whom', suggestion: 'who' },
      },
    ])
  })

  it('[VAL-3] is needed', () => {
    expect(codes(around(node('log', { fields: {} }), rest))).toEqual(['config.missing'])
  })
})

describe('fields of the contact that a node changes', () => {
  it('[VAL-7] take values of the type that is declared', () => {
    expect(found('update-contact', { fields: { name: 'word', visits: 'n', unheard: 'n' } })).toEqual([])
    expect(codes(around(node('update-contact', { fields: { visits: 'word' } }), rest))).toEqual([
      'expression.wrongType',
    ])
  })

  it('are sensitive where the value is', () => {
    expect(found('update-contact', { fields: { iban: 'pin', unheard: 'pin' } })).toEqual([])
    expect(found('update-contact', { fields: { name: 'pin' } })).toEqual([
      {
        code: 'sensitive.leak',
        severity: 'warning',
        location: { node: 'it', path: ['config', 'fields', 'name'] },
        details: { name: 'contact.name' },
      },
    ])
  })
})

describe('variables that take what a node computes', () => {
  it.each<[string, JsonObject, string]>([
    ['evaluate', { expression: 'pin', variable: 'word' }, 'word'],
    ['loop', { list: '[pin]', item: 'word' }, 'word'],
    ['parse-data', { source: 'pin', values: [{ name: 'a', path: '$', variable: 'word' }] }, 'word'],
    ['script', { source: 'return 1', inputs: { a: 'pin' }, variable: 'word' }, 'word'],
  ])('are sensitive where it reads something sensitive: %s', (type, config, name) => {
    expect(found(type, config).filter(({ code }) => code === 'sensitive.leak')).toMatchObject([
      { severity: 'warning', details: { name } },
    ])
  })

  it('may be any where it reads nothing sensitive', () => {
    expect(found('evaluate', { expression: 'word', variable: 'word' })).toEqual([])
    expect(found('evaluate', { expression: 'pin', variable: 'pin' })).toEqual([])
    expect(found('script', { source: 'return 1', inputs: { a: 'n' }, variable: 'word' })).toEqual([])
  })
})

describe('names in a record', () => {
  const odd = nodeType({}, { fields: { names: f.record(f.template(), { label: 'Names' }) } })
  const judged = (names: string) =>
    findings(around(node('odd', JSON.parse(`{"names": ${names}}`) as JsonObject)), { types: [odd] })

  it.each(['__proto__', 'constructor', 'prototype'])('[VAL-3] cannot reach a prototype: %s', (name) => {
    expect(judged(`{"a": "x", ${JSON.stringify(name)}: "x"}`)).toMatchObject([
      { code: 'config.wrongType', location: { node: 'it', path: ['config', 'names'] } },
    ])
  })

  it('[VAL-3] may be any others', () => {
    expect(judged('{"x-a b": "x", "toString": "y"}')).toEqual([])
  })
})
