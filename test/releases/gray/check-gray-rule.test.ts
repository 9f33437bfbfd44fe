import { describe, expect, it } from 'vitest'
import {
  checkGrayRule,
  MAX_RULE_ENTRIES,
  MAX_RULE_PREFIXES,
} from '../../../src/releases/gray/check-gray-rule.ts'
import { GRAY_FAULTS } from '../../../src/releases/gray/gray-faults.ts'

const check = (match: unknown) => checkGrayRule({ id: 'pilot', name: 'Pilot', match })

/** The match of a rule that has passed. */
function passed(match: unknown): unknown {
  const result = check(match)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value.match
}

/** Codes and paths of what is wrong. */
function faultsOf(value: unknown): string[] {
  const result = checkGrayRule(value)
  if (result.ok) throw new Error('It has passed')
  for (const { code, message } of result.error) {
    expect(Object.hasOwn(GRAY_FAULTS, code)).toBe(true)
    expect(message).not.toMatch(/undefined(?!\))/)
  }
  return result.error.map(({ code, path }) => [code, ...path].join(' '))
}

const faults = (match: unknown) => faultsOf({ id: 'pilot', name: 'Pilot', match })

describe('a gray rule that passes', () => {
  it('[GRY-3] has its numbers in one form', () => {
    const match = {
      kind: 'numbers',
      ranges: [{ begin: '0049 151-000', end: '+49/151/999' }],
      prefixes: ['49 160'],
      numbers: ['+49 (170) 1'],
    }
    expect(passed(match)).toEqual({
      kind: 'numbers',
      ranges: [{ begin: '+49151000', end: '+49151999' }],
      prefixes: ['+49160'],
      numbers: ['+491701'],
    })
  })

  it.each([
    { kind: 'numbers', ranges: [{ begin: '+1', end: '+1' }] },
    { kind: 'numbers', prefixes: ['+49'], numbers: [] },
    { kind: 'numbers', numbers: ['+49'] },
    { kind: 'contacts', contacts: ['c1', '__proto'] },
    { kind: 'percentage', percent: 0 },
    { kind: 'percentage', percent: 0.07, seed: 'autumn' },
    { kind: 'percentage', percent: 33.33 },
    { kind: 'percentage', percent: 100 },
  ])('[GRY-3] is of one of the kinds: %j', (match) => {
    expect(passed(match)).toEqual(match)
  })

  it('[GRY-3] brings its condition checked, so that routing needs no parser', () => {
    expect(passed({ kind: 'condition', condition: 'contact.tier == "gold"' })).toEqual({
      kind: 'condition',
      condition: 'contact.tier == "gold"',
      tree: expect.any(Array),
    })
  })

  it('has its tree made anew, whatever it came with', () => {
    const once = passed({ kind: 'condition', condition: 'contact.vip == true' })
    expect(passed({ kind: 'condition', condition: 'contact.vip == true', tree: ['anything'] })).toEqual(once)
    expect(passed(once)).toEqual(once)
  })

  it('is a copy', () => {
    const value = { id: 'pilot', name: 'Pilot', match: { kind: 'contacts', contacts: ['c1'] } }
    const result = checkGrayRule(value)
    expect(result.ok && result.value).not.toBe(value)
    expect(result.ok && result.value).toEqual(value)
  })

  it('has as many entries as are allowed', () => {
    const ids = Array.from({ length: MAX_RULE_ENTRIES }, (_, i) => `c${i}`)
    expect(check({ kind: 'contacts', contacts: ids }).ok).toBe(true)
    const prefixes = Array.from({ length: MAX_RULE_PREFIXES }, (_, i) => `49${i}`)
    expect(check({ kind: 'numbers', prefixes }).ok).toBe(true)
  })
})

describe('a gray rule that does not pass', () => {
  it.each([
    [{ begin: '+4915', end: '+49151' }, 'grayRule.rangeLengths match ranges 0'],
    [{ begin: '+4916', end: '+4915' }, 'grayRule.rangeReversed match ranges 0'],
    [{ begin: '0151', end: '+4915' }, 'grayRule.number match ranges 0 begin'],
    [{ begin: '+4915', end: 'x' }, 'grayRule.number match ranges 0 end'],
  ])('[GRY-3] has a range that is none: %j', (range, fault) => {
    expect(faults({ kind: 'numbers', ranges: [range] })).toEqual([fault])
  })

  it('[GRY-3] has numbers that are not in E.164 form', () => {
    expect(
      faults({ kind: 'numbers', prefixes: ['+49', '0151'], numbers: ['anonymous', '+49 (0)151'] }),
    ).toEqual([
      'grayRule.number match prefixes 1',
      'grayRule.number match numbers 0',
      'grayRule.number match numbers 1',
    ])
  })

  it.each([
    [{ kind: 'numbers' }, 'grayRule.empty match'],
    [{ kind: 'numbers', ranges: [], prefixes: [], numbers: [] }, 'grayRule.empty match'],
    [{ kind: 'contacts', contacts: [] }, 'grayRule.empty match contacts'],
  ])('[GRY-3] names nothing: %j', (match, fault) => {
    expect(faults(match)).toEqual([fault])
  })

  it.each([
    [-0.01, 'grayRule.percent'],
    [100.01, 'grayRule.percent'],
    [0.005, 'grayRule.percentStep'],
    [33.333, 'grayRule.percentStep'],
  ])('[GRY-3] has a percentage that is none: %d', (percent, fault) => {
    expect(faults({ kind: 'percentage', percent })).toEqual([`${fault} match percent`])
  })

  it.each([
    ['', 'expression.empty'],
    ['contact.tier ==', 'expression.unfinished'],
    ['contact.tier + 1', 'expression.wrongType'],
    ['vars.tier == 1', 'expression.unknownName'],
    ['now > 0', 'expression.unknownName'],
    [`contact.a == "${'x'.repeat(5_000)}"`, 'expression.tooLong'],
    ['matches(contact.a, "(")', 'expression.pattern'],
  ])('[GRY-3] has a condition that cannot be used: %s', (condition, fault) => {
    const result = check({ kind: 'condition', condition })
    expect(!result.ok && result.error[0]).toMatchObject({
      code: 'grayRule.condition',
      path: ['match', 'condition'],
      details: { fault },
    })
  })

  it.each([
    [undefined, 'grayRule.shape'],
    [null, 'grayRule.shape'],
    ['pilot', 'grayRule.shape'],
    [{}, 'grayRule.shape id'],
    [{ id: '', name: 'P', match: { kind: 'percentage', percent: 1 } }, 'grayRule.shape id'],
    [{ id: 'constructor', name: 'P', match: { kind: 'percentage', percent: 1 } }, 'grayRule.shape id'],
    [{ id: 'p'.repeat(129), name: 'P', match: { kind: 'percentage', percent: 1 } }, 'grayRule.shape id'],
    [{ id: 'p', name: ' ', match: { kind: 'percentage', percent: 1 } }, 'grayRule.shape name'],
    [{ id: 'p', name: 'P', match: { kind: 'percentage', percent: '1' } }, 'grayRule.shape match percent'],
    [
      { id: 'p', name: 'P', match: { kind: 'percentage', percent: Number.NaN } },
      'grayRule.shape match percent',
    ],
    [{ id: 'p', name: 'P', match: { kind: 'percentage' } }, 'grayRule.shape match percent'],
    [{ id: 'p', name: 'P', match: { kind: 'contacts', contacts: 'c1' } }, 'grayRule.shape match contacts'],
    [{ id: 'p', name: 'P', match: { kind: 'contacts', contacts: [''] } }, 'grayRule.shape match contacts 0'],
    [
      { id: 'p', name: 'P', match: { kind: 'numbers', ranges: [{ begin: '1' }] } },
      'grayRule.shape match ranges 0 end',
    ],
    [{ id: 'p', name: 'P', match: { kind: 'numbers', number: ['1'] } }, 'grayRule.shape match'],
    [{ id: 'p', name: 'P', match: { kind: 'percent', percent: 1 } }, 'grayRule.kind match kind'],
    [{ id: 'p', name: 'P', match: { kind: 'toString' } }, 'grayRule.kind match kind'],
    [{ id: 'p', name: 'P', match: {} }, 'grayRule.shape match kind'],
    [{ id: 'p', name: 'P', match: { kind: 1 } }, 'grayRule.shape match kind'],
    [{ id: 'p', name: 'P', match: 1 }, 'grayRule.shape match'],
  ])('has another shape: %j', (value, fault) => {
    expect(faultsOf(value)[0]).toBe(fault)
  })

  it('is told the kind that was meant', () => {
    const result = check({ kind: 'percentages', percent: 1 })
    expect(!result.ok && result.error[0]?.message).toContain('Did you mean percentage?')
  })

  it('has more entries than are allowed', () => {
    const many = new Array(MAX_RULE_ENTRIES + 1).fill('+1')
    expect(faults({ kind: 'contacts', contacts: many })).toEqual(['grayRule.tooMany match'])
    expect(faults({ kind: 'numbers', numbers: many.slice(1), prefixes: ['1'] })).toEqual([
      'grayRule.tooMany match',
    ])
    const prefixes = many.slice(0, MAX_RULE_PREFIXES + 1)
    expect(faults({ kind: 'numbers', prefixes })).toEqual(['grayRule.tooMany match prefixes'])
  })

  it('names 20 faults at most, also of 200,000', () => {
    const wrong = { kind: 'contacts', contacts: new Array(MAX_RULE_ENTRIES).fill(1) }
    expect(faults(wrong).length).toBeLessThanOrEqual(20)
    expect(faults({ kind: 'numbers', numbers: new Array(1_000).fill('0151') })).toHaveLength(20)
  })

  it('is hostile', () => {
    const cyclic: Record<string, unknown> = { id: 'p', name: 'P' }
    cyclic.match = cyclic
    expect(faultsOf(cyclic)[0]).toMatch(/^grayRule.shape/)
    expect(
      faultsOf(JSON.parse('{"id":"p","name":"P","match":{"__proto__":{"kind":"percentage"}}}'))[0],
    ).toMatch(/^grayRule.shape/)
    const accessor = Object.defineProperty({}, 'match', { enumerable: true, get: () => expect.unreachable() })
    expect(faultsOf(accessor)[0]).toMatch(/^grayRule.shape/)
  })
})
