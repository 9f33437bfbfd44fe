import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/base/json.ts'
import { re2Engine } from '../../../src/expressions/re2.ts'
import { bucketOf } from '../../../src/releases/gray/bucket.ts'
import type { GrayRule } from '../../../src/releases/gray/gray-rule.ts'
import { matcherOf, type RoutedContact } from '../../../src/releases/gray/match.ts'
import { deepFreeze } from '../../support/deep-freeze.ts'
import { pilot } from './workspace.ts'

const ask = (match: GrayRule['match'], contact: RoutedContact) => matcherOf(pilot(match))(contact)
const found = (match: GrayRule['match'], contact: RoutedContact): [boolean, string] => {
  const { matches, code } = ask(match, contact)
  return [matches, code]
}

describe('a rule by numbers', () => {
  const match = {
    kind: 'numbers',
    ranges: [{ begin: '+49151000', end: '+49151999' }],
    prefixes: ['+4416'],
    numbers: ['+14155550100'],
  } as const

  it.each(['+49151000', '0049 151 500', '49151999', '+44 16 1', '+1 (415) 555-0100'])(
    '[GRY-3] has %s',
    (number) => {
      expect(found(match, { number })).toEqual([true, 'routing.number'])
    },
  )

  it.each(['+49152000', '+491515000', '+4417', '+14155550101'])('[GRY-3] has not %s', (number) => {
    expect(found(match, { number })).toEqual([false, 'routing.otherNumber'])
  })

  it.each([undefined, null, '', 'anonymous', 'Withheld'])('[GRY-3] has no withheld number: %j', (number) => {
    expect(found(match, { id: 'c1', number: number as string })).toEqual([false, 'routing.numberWithheld'])
  })

  it.each(['0151000', 'sip:49151000@example.com'])(
    '[GRY-3] says where a number cannot be compared: %s',
    (number) => {
      expect(found(match, { number })).toEqual([false, 'routing.numberUnread'])
    },
  )

  it('[GRY-3] a prefix of one digit has no withheld number either', () => {
    const prefixes = Array.from({ length: 9 }, (_, i) => String(i + 1))
    expect(ask({ kind: 'numbers', prefixes }, { number: 'anonymous' }).matches).toBe(false)
    expect(ask({ kind: 'numbers', prefixes }, { number: '999' }).matches).toBe(true)
  })
})

describe('a rule by contacts', () => {
  it.each([
    ['c1', true, 'routing.contact'],
    ['c3', false, 'routing.otherContact'],
    ['C1', false, 'routing.otherContact'],
    ['toString', false, 'routing.otherContact'],
    ['', false, 'routing.noContact'],
    [undefined, false, 'routing.noContact'],
  ])('[GRY-3] is asked for %j', (id, matches, code) => {
    expect(found({ kind: 'contacts', contacts: ['c1', 'c2'] }, { id })).toEqual([matches, code])
  })
})

describe('a rule by condition', () => {
  const gold = { kind: 'condition', condition: 'contact.tier == "gold" && contact.balance > 100' } as const

  it.each([
    [{ tier: 'gold', balance: 150 }, true, 'routing.condition'],
    [{ tier: 'gold', balance: 50 }, false, 'routing.conditionFails'],
    [{ tier: 'none' }, false, 'routing.conditionFails'],
    [{ tier: 'gold' }, false, 'routing.conditionFault'],
    [{ tier: 'gold', balance: 'a lot' }, false, 'routing.conditionFault'],
    [{}, false, 'routing.conditionFault'],
    [undefined, false, 'routing.conditionFault'],
  ])('[GRY-3] is asked for %j', (attributes, matches, code) => {
    expect(found(gold, { attributes })).toEqual([matches, code])
  })

  it('[GRY-3] that has no answer matches nobody, and says why', () => {
    expect(ask(gold, { attributes: {} })).toMatchObject({
      matches: false,
      details: { rule: 'pilot', fault: 'evaluation.noSuchMember' },
      reason: 'The condition of the gray rule pilot has no answer: There is no member "tier".',
    })
  })

  it('[GRY-3] matches nobody where the answer is neither true nor false', () => {
    const answer = ask({ kind: 'condition', condition: 'contact.flag' }, { attributes: { flag: 'yes' } })
    expect(answer).toMatchObject({
      matches: false,
      code: 'routing.conditionFault',
      details: { fault: 'evaluation.type' },
    })
  })

  it('[GRY-3] takes attributes that a host says are null for none', () => {
    const contact = { id: 'c1', attributes: null as unknown as undefined }
    expect(ask({ kind: 'condition', condition: 'has(contact.tier)' }, contact).matches).toBe(false)
  })

  it('[GRY-3] reads attributes alone: neither id nor number nor what objects inherit', () => {
    for (const name of ['id', 'number', 'toString', 'valueOf']) {
      const answer = ask(
        { kind: 'condition', condition: `has(contact.${name})` },
        { id: 'c1', number: '+49', attributes: {} },
      )
      expect(answer.matches, name).toBe(false)
    }
  })

  it('costs no more than one evaluation may', () => {
    const long = { list: Array.from({ length: 1_000 }, (_, i) => i) }
    const answer = ask(
      { kind: 'condition', condition: 'contact.list.all(a, contact.list.all(b, a + b >= 0))' },
      { attributes: long },
    )
    expect(answer).toMatchObject({ matches: false, details: { fault: 'evaluation.cost' } })
  })

  it('takes patterns where it is given an engine for them', () => {
    const rule = pilot({ kind: 'condition', condition: 'matches(contact.plan, "^pro")' })
    const contact = { attributes: { plan: 'pro-2026' } }
    expect(matcherOf(rule)(contact)).toMatchObject({
      matches: false,
      details: { fault: 'evaluation.noRegexEngine' },
    })
    expect(matcherOf(rule, { regex: re2Engine })(contact).matches).toBe(true)
    expect(matcherOf(rule)(contact).matches).toBe(false)
  })
})

describe('a rule by percentage', () => {
  const share = (percent: number, seed?: string) =>
    ({ kind: 'percentage', percent, ...(seed === undefined ? {} : { seed }) }) as const

  it('[GRY-3] [GRY-4] has the contacts of the first buckets', () => {
    for (let i = 0; i < 500; i++) {
      const id = `contact-${i}`
      const bucket = bucketOf('pilot', id)
      expect(ask(share(7.25), { id })).toMatchObject({ bucket, matches: bucket < 725 })
    }
  })

  it('[GRY-3] of 0 has nobody, and of 100 everybody', () => {
    for (let i = 0; i < 500; i++) {
      expect(ask(share(0), { id: `c${i}` }).matches).toBe(false)
      expect(ask(share(100), { id: `c${i}` }).matches).toBe(true)
    }
  })

  it('[GRY-3] is exact to a hundredth of a percent', () => {
    const id = Array.from({ length: 100_000 }, (_, i) => `c${i}`).find(
      (each) => bucketOf('pilot', each) === 28,
    )!
    expect(ask(share(0.28), { id }).matches).toBe(false)
    expect(ask(share(0.29), { id }).matches).toBe(true)
  })

  it('[GRY-3] sticks: whoever belongs to a share belongs to every larger one', () => {
    const percent = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100)
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), percent, percent, (id, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a]
        return !ask(share(less), { id }).matches || ask(share(more), { id }).matches
      }),
    )
  })

  it('[GRY-4] goes by the id, and by the number where there is none', () => {
    expect(ask(share(50), { id: 'c1', number: '+49151' }).bucket).toBe(bucketOf('pilot', 'c1'))
    for (const number of ['+49 151', '0049151', '49-151']) {
      expect(ask(share(50), { number }).bucket).toBe(bucketOf('pilot', '49151'))
      expect(ask(share(50), { id: '', number }).bucket).toBe(bucketOf('pilot', '49151'))
    }
  })

  it.each([{}, { number: 'anonymous' }, { number: '0151' }, { id: '' }])(
    '[GRY-3] has nobody without a key: %j',
    (contact) => {
      const answer = ask(share(100), contact)
      expect(answer).toMatchObject({ matches: false, code: 'routing.noKey' })
      expect(answer).not.toHaveProperty('bucket')
    },
  )

  it('[GRY-4] puts contacts into other buckets with another seed', () => {
    expect(ask(share(50, 'autumn'), { id: 'c1' }).bucket).toBe(bucketOf('autumn', 'c1'))
    expect(ask(share(50, 'pilot'), { id: 'c1' }).bucket).toBe(ask(share(50), { id: 'c1' }).bucket)
  })
})

describe('every rule', () => {
  const rules: readonly GrayRule['match'][] = [
    { kind: 'numbers', prefixes: ['+49'] },
    { kind: 'contacts', contacts: ['c1'] },
    { kind: 'condition', condition: 'contact.vip == true' },
    { kind: 'percentage', percent: 50 },
  ]
  const contact = fc.record(
    {
      id: fc.constantFrom('', 'c1', 'c2'),
      number: fc.constantFrom('', '+49151', '0151', 'anonymous'),
      attributes: fc.dictionary(fc.constantFrom('vip', 'tier'), fc.jsonValue() as fc.Arbitrary<Json>),
    },
    { requiredKeys: [] },
  )

  it.each(rules)('[GRY-4] gives the same contact the same answer, with its wording: $kind', (match) => {
    const rule = deepFreeze(pilot(match))
    const copy = JSON.parse(JSON.stringify(rule))
    fc.assert(
      fc.property(contact, (who: RoutedContact) => {
        const answer = matcherOf(rule)(deepFreeze(who))
        expect(answer.details).toMatchObject({ rule: 'pilot' })
        expect(answer.reason).toContain('pilot')
        expect(matcherOf(rule)({ ...who })).toEqual(answer)
        expect(matcherOf(copy)(who)).toEqual(answer)
      }),
    )
  })

  it.each(rules)('[GRY-4] says nothing about the contact in its reasons: $kind', (match) => {
    const who = { id: 'SECRET', number: '+49777', attributes: { vip: 'SECRET' } }
    expect(JSON.stringify(ask(match, who))).not.toMatch(/SECRET|777/)
  })

  it.each([
    { kind: 'condition', condition: 'true' },
    { kind: 'condition', condition: 'true', tree: ['nonsense'] },
    { kind: 'condition', condition: 'true', tree: { a: 1 } },
    { kind: 'numbers', ranges: 7 },
    { kind: 'contacts', contacts: 7 },
    { kind: 'weather', like: 'rain' },
    null,
  ])('[GRY-2] lets nobody in where it cannot be read: %j', (match) => {
    const rule = { id: 'pilot', name: 'Pilot', match } as unknown as GrayRule
    expect(matcherOf(rule)({ id: 'c1', number: '+49', attributes: {} })).toMatchObject({
      matches: false,
      code: 'routing.ruleUnread',
      details: { rule: 'pilot' },
    })
  })

  it('is compiled once', () => {
    const rule = pilot(rules[0]!)
    expect(matcherOf(rule)).toBe(matcherOf(rule))
    expect(matcherOf(rule, { regex: re2Engine })).toBe(matcherOf(rule, { regex: re2Engine }))
  })
})
