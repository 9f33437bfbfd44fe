import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GrayRule } from '../../../src/releases/gray/gray-rule.ts'
import type { RoutedContact } from '../../../src/releases/gray/match.ts'
import { type Route, route } from '../../../src/releases/gray/route.ts'
import { ROUTE_REFUSALS, type RouteRefusal } from '../../../src/releases/gray/route-refusals.ts'
import type { WorkspaceState } from '../../../src/releases/state.ts'
import { pilot, slotOf, withPilot, workspaceOf } from './workspace.ts'

const BERLIN = { kind: 'numbers', prefixes: ['+4930'] } as const
const inBerlin = { number: '+493012345' }
const elsewhere = { number: '+498912345' }

function reached(workspace: WorkspaceState, contact: RoutedContact, flow = 'support'): Route {
  const answer = route(workspace, { flow, contact })
  if (!answer.ok) throw new Error(answer.reason)
  return answer
}

function refused(workspace: WorkspaceState, contact: RoutedContact, flow = 'support'): RouteRefusal {
  const answer = route(workspace, { flow, contact })
  if (answer.ok) throw new Error(`It reaches ${answer.version}`)
  const { code, reason, lift } = answer
  expect(Object.hasOwn(ROUTE_REFUSALS, code)).toBe(true)
  for (const sentence of [reason, lift]) expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(reason).not.toContain('undefined')
  return answer
}

describe('a contact reaches', () => {
  it('[GRY-2] the gray version where the rule matches', () => {
    expect(reached(withPilot(BERLIN), inBerlin)).toMatchObject({ slot: 'gray', version: 'v2' })
  })

  it('[GRY-2] the official version where it does not', () => {
    expect(reached(withPilot(BERLIN), elsewhere)).toMatchObject({ slot: 'official', version: 'v1' })
  })

  it('[GRY-2] the gray version where there is no official one and the rule matches', () => {
    expect(reached(withPilot(BERLIN, { gray: 'v2' }), inBerlin)).toMatchObject({
      slot: 'gray',
      version: 'v2',
    })
  })

  it('[GRY-2] the official version where there is no gray one', () => {
    expect(reached(withPilot(BERLIN, { official: 'v1' }), inBerlin)).toMatchObject({
      slot: 'official',
      version: 'v1',
      code: 'routing.noGray',
    })
  })

  it('[GRY-2] nothing where there is no official version and the rule does not match, with a code', () => {
    expect(refused(withPilot(BERLIN, { gray: 'v2' }), elsewhere)).toMatchObject({
      code: 'route.grayOnly',
      details: { flow: 'support', rule: 'pilot' },
      why: { code: 'routing.otherNumber', details: { rule: 'pilot' } },
    })
  })

  it('[GRY-2] the official version where the workspace has lost the rule: nobody matches then', () => {
    const workspace = workspaceOf({ flows: { support: { official: 'v1', gray: 'v2', rule: 'toString' } } })
    expect(reached(workspace, inBerlin)).toMatchObject({
      slot: 'official',
      code: 'routing.noRule',
      rule: 'toString',
    })
  })

  it('[GRY-2] the version by the rule of its own flow where several flows are gray', () => {
    const workspace = workspaceOf({
      flows: { a: { official: 'a1', gray: 'a2' }, b: { official: 'b1', gray: 'b2', rule: 'munich' } },
      rules: [pilot(BERLIN), { ...pilot({ kind: 'numbers', prefixes: ['+4989'] }), id: 'munich' }],
    })
    expect(reached(workspace, inBerlin, 'a').version).toBe('a2')
    expect(reached(workspace, inBerlin, 'b').version).toBe('b1')
    expect(reached(workspace, elsewhere, 'b').version).toBe('b2')
  })

  it.each([
    ['route.noFlow', 'other', {}],
    ['route.noFlow', 'constructor', {}],
    ['route.notReleased', 'support', {}],
    ['route.notReleased', 'support', { paused: true }],
    ['route.paused', 'support', { official: 'v1', paused: true }],
    ['route.paused', 'support', { gray: 'v2', paused: true }],
  ] as const)('[GRY-2] nothing, with the code %s: %s %j', (code, flow, spec) => {
    const refusal = refused(withPilot(BERLIN, spec), inBerlin, flow)
    expect(refusal).toMatchObject({ ok: false, code, details: { flow } })
    expect(refusal).not.toHaveProperty('why')
  })
})

describe('of all contacts', () => {
  /** Each kind of rule, with what it should match, said without any of its code. */
  const kinds: readonly (readonly [GrayRule['match'], (contact: { n: number; tier: string }) => boolean])[] =
    [
      [{ kind: 'numbers', ranges: [{ begin: '+4930100', end: '+4930199' }] }, ({ n }) => n >= 100 && n < 200],
      [
        { kind: 'numbers', prefixes: ['+49304'], numbers: ['+4930777'] },
        ({ n }) => (n >= 400 && n < 500) || n === 777,
      ],
      [{ kind: 'contacts', contacts: ['c100', 'c999'] }, ({ n }) => n === 100 || n === 999],
      [{ kind: 'condition', condition: 'contact.tier == "gold"' }, ({ tier }) => tier === 'gold'],
    ]
  const contacts = Array.from({ length: 900 }, (_, i) => ({
    n: i + 100,
    tier: i % 3 === 0 ? 'gold' : 'none',
  }))

  it.each(kinds)('[GRY-2] exactly those who match reach the gray version: %j', (match, matches) => {
    const both = withPilot(match)
    const grayOnly = withPilot(match, { gray: 'v2' })
    for (const contact of contacts) {
      const who = { id: `c${contact.n}`, number: `+4930${contact.n}`, attributes: { tier: contact.tier } }
      expect(reached(both, who).slot).toBe(matches(contact) ? 'gray' : 'official')
      expect(route(grayOnly, { flow: 'support', contact: who }).ok).toBe(matches(contact))
    }
  })

  it('[GRY-2] [GRY-3] the share of a percentage reaches it, within what chance allows', () => {
    const workspace = withPilot({ kind: 'percentage', percent: 20 })
    let gray = 0
    for (let i = 0; i < 50_000; i++) if (reached(workspace, { id: `c${i}` }).slot === 'gray') gray++
    // Five standard deviations of a binomial distribution.
    expect(Math.abs(gray - 10_000)).toBeLessThan(5 * Math.sqrt(50_000 * 0.2 * 0.8))
  })
})

describe('a route', () => {
  it('[GRY-4] explains itself: version, slot, rule, bucket, reason', () => {
    const workspace = withPilot({ kind: 'percentage', percent: 50 })
    const within = reached(workspace, { id: 'contact-4711' })
    const beyond = reached(workspace, { id: 'contact-1' })
    expect([within, beyond]).toMatchObject([
      {
        version: 'v2',
        slot: 'gray',
        rule: 'pilot',
        bucket: expect.any(Number),
        code: 'routing.share',
        reason: 'The contact belongs to the 50 % of the gray rule pilot.',
        details: { rule: 'pilot', percent: 50 },
      },
      {
        version: 'v1',
        slot: 'official',
        rule: 'pilot',
        bucket: expect.any(Number),
        code: 'routing.otherShare',
        reason: 'The contact does not belong to the 50 % of the gray rule pilot.',
      },
    ])
    expect(within.bucket).toBeLessThan(5_000)
    expect(beyond.bucket).toBeGreaterThanOrEqual(5_000)
  })

  it('[GRY-4] explains a refusal as well, with the bucket', () => {
    const refusal = refused(withPilot({ kind: 'percentage', percent: 0 }, { gray: 'v2' }), {
      id: 'contact-1',
    })
    expect(refusal).toMatchObject({ why: { code: 'routing.otherShare' }, bucket: expect.any(Number) })
  })

  it('[GRY-4] names no rule where none was asked, and no bucket where there is none', () => {
    expect(reached(withPilot(BERLIN, { official: 'v1' }), inBerlin)).not.toHaveProperty('rule')
    expect(reached(withPilot(BERLIN), inBerlin)).not.toHaveProperty('bucket')
  })

  it('[GRY-4] brings what a session of that release starts with', () => {
    const { contentHash, behaviourHash, executable, number, values, sensitive, applications } = slotOf('v2')
    expect(reached(withPilot(BERLIN), inBerlin)).toEqual({
      ok: true,
      flow: 'support',
      slot: 'gray',
      version: 'v2',
      number,
      contentHash,
      behaviourHash,
      executable,
      values,
      sensitive,
      applications,
      rule: 'pilot',
      code: 'routing.number',
      reason: 'The number is among those of the gray rule pilot.',
      details: { rule: 'pilot' },
    })
  })

  it('[GRY-4] is pure: the same contact gets the same answer, from a copy of the workspace too', () => {
    const workspace = withPilot({ kind: 'percentage', percent: 50 })
    const copy: WorkspaceState = JSON.parse(JSON.stringify(workspace))
    fc.assert(
      fc.property(fc.string(), fc.string(), (id, number) => {
        const answer = route(workspace, { flow: 'support', contact: { id, number } })
        expect(route(workspace, { flow: 'support', contact: { id, number } })).toEqual(answer)
        expect(route(copy, { flow: 'support', contact: { id, number } })).toEqual(answer)
        expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
      }),
    )
  })

  it('[GRY-4] puts a contact into one bucket for all flows and versions of a rule', () => {
    const contact = { id: 'contact-1' }
    const match = { kind: 'percentage', percent: 50 } as const
    const workspace = workspaceOf({
      flows: { a: { official: 'a1', gray: 'a2' }, b: { official: 'b1', gray: 'b7' } },
      rules: [pilot(match)],
    })
    const { bucket } = reached(workspace, contact, 'a')
    expect(reached(workspace, contact, 'b').bucket).toBe(bucket)
    expect(reached(withPilot({ ...match, percent: 10 }), contact).bucket).toBe(bucket)
  })
})
