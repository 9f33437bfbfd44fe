import { describe, expect, test } from 'vitest'
import { cel } from '../../src/expressions/index.ts'
import { SCOPE } from './helpers.ts'

/** The reads of a source as they are written, those that are guarded in brackets. */
function reads(source: string): string[] {
  const { checked, faults } = cel.checkExpression(source, SCOPE)
  expect(faults, source).toEqual([])
  return checked!.reads.map(({ range, guarded }) => {
    const text = source.slice(range.start, range.end)
    return guarded ? `[${text}]` : text
  })
}

describe('reads that have asked whether there is something', () => {
  test.each<[string, string[]]>([
    ['name', ['name']],
    ['default(name, tags[0])', ['[name]', 'tags']],
    ['default(name + "!", "")', ['name']],
    ['default(anything.a.b, "")', ['[anything.a.b]']],
    ['has(vars.name)', ['[vars.name]']],
    ['has(address.city)', ['[address.city]']],
    ['name == null', ['[name]']],
    ['null != name', ['[name]']],
    ['name == other', ['name', 'other']],
    ['name + "" == null', ['name']],
    ['address.city == null', ['[address.city]']],
    // A member that nobody declared is a fault where there is none, also next to null.
    ['anything.a == null', ['anything.a']],
    ['name != null ? name : other', ['[name]', '[name]', 'other']],
    ['name == null ? other : name', ['[name]', 'other', '[name]']],
    ['name == null ? name : ""', ['[name]', 'name']],
    ['!(name == null) ? name : ""', ['[name]', '[name]']],
    ['name != null && size(name) > 1', ['[name]', '[name]']],
    ['name == null || size(name) > 1', ['[name]', '[name]']],
    ['name != null || size(name) > 1', ['[name]', 'name']],
    ['name == null && size(name) > 1', ['[name]', 'name']],
    ['has(vars.name) && vip && size(name) > 1', ['[vars.name]', 'vip', '[name]']],
    ['(has(vars.name) && vip) ? name : other', ['[vars.name]', 'vip', '[name]', 'other']],
    ['(has(vars.name) || vip) ? name : other', ['[vars.name]', 'vip', 'name', 'other']],
    ['(name != null && vip) == true && size(name) > 1', ['[name]', 'vip', 'name']],
    ['address != null && address.city == "Ulm"', ['[address]', '[address.city]']],
    ['has(address.city) && address.city == "Ulm"', ['[address.city]', '[address.city]']],
    ['has(address.city) && address.zip == "1"', ['[address.city]', 'address.zip']],
    ['has(anything.a) && anything.a > 1', ['[anything.a]', '[anything.a]']],
    ['vars != null && name == ""', ['vars', 'name']],
    ['(name != null ? vip : vip) && size(name) > 1', ['[name]', 'vip', 'vip', 'name']],
    ['name != null && tags.exists(t, t == name)', ['[name]', 'tags', '[name]']],
  ])('%s', (source, expected) => {
    expect(reads(source)).toEqual(expected)
  })
})
