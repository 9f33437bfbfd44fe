import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type JsonObject, parseDocument, validate } from '../../src/index.ts'
import { createRegistry, pinOf } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { compileFixture, fixtureTypes, paletteType, playCase, readFixture, waysOut } from './node-fixtures.ts'

const TYPES = palette.map(({ runtime }) => runtime.type)
const CATEGORIES = ['flow', 'messaging', 'voice', 'data', 'integration']

/** True where an entry of a fixture's list of outcomes is about an outcome. */
function speaksOf(entry: string, outcome: string): boolean {
  if (entry.startsWith('<')) return true
  return entry.endsWith('N') ? new RegExp(`^${entry.slice(0, -1)}[1-9]$`).test(outcome) : entry === outcome
}

/** The outcomes of the nodes of a type; an end has none. */
function outcomesIn(flow: JsonObject, type: string): string[] {
  return paletteType(type).place === 'end'
    ? []
    : waysOut(flow, type).map((way) => way.slice(way.indexOf(':') + 1))
}

describe('the palette', () => {
  it('holds each node type once', () => {
    expect([...createRegistry(palette)].map(({ runtime }) => pinOf(runtime))).toEqual(
      TYPES.map((type) => `${type}@1`),
    )
  })

  it.each(palette.map((type) => [type.runtime.type, type] as const))(
    '%s ships with category, title, help and icon',
    (_, { category, title, help, icon }) => {
      expect(CATEGORIES).toContain(category)
      expect(title).toMatch(/^[A-Z].{1,40}$/)
      expect(help).toMatch(/^[A-Z].{10,200}\.$/)
      expect(icon).toMatch(/^[a-z-]+$/)
    },
  )

  it('has exactly one start and one end', () => {
    const places = palette.flatMap((type) => ('place' in type ? [`${type.runtime.type}: ${type.place}`] : []))
    expect(places).toEqual(['start: start', 'end: end'])
  })

  it('has no fixture without a node type', () => {
    expect(fixtureTypes()).toEqual([...TYPES].sort())
  })
})

describe.each(TYPES)('%s', (type) => {
  const fixture = readFixture(type) ?? { about: '', outcomes: [], flows: [] }

  it('has a fixture', () => {
    expect(fixture.flows.length, `test/fixtures/nodes/${type}.json is missing`).toBeGreaterThan(0)
    expect(fixture.about).toMatch(/^[A-Z].{80,}/)
  })

  it('has a page', () => {
    const page = readFileSync(new URL(`../../docs/nodes/${type}.md`, import.meta.url), 'utf8')
    expect(page).toMatch(/^# /)
  })

  it('says when each outcome is taken', () => {
    const entries = fixture.outcomes.map(({ name }) => name)
    const outcomes = fixture.flows.flatMap(({ flow }) => outcomesIn(flow, type))
    for (const outcome of outcomes) {
      expect(
        entries.filter((entry) => speaksOf(entry, outcome)),
        outcome,
      ).not.toEqual([])
    }
    for (const entry of entries) {
      expect(
        outcomes.filter((outcome) => speaksOf(entry, outcome)),
        entry,
      ).not.toEqual([])
    }
  })

  describe.each(fixture.flows.map((each) => [each.name ?? 'the flow', each] as const))(
    '%s',
    (_, fixtureFlow) => {
      const { flow, subflows = [], cases } = fixtureFlow

      it('has neither errors nor warnings', () => {
        for (const each of [flow, ...subflows]) {
          const document = parseDocument(each)
          expect(document.ok ? validate(document.value, { nodes: palette }) : document.error).toEqual([])
        }
      })

      it('takes every outcome in some case', () => {
        const program = compileFixture(fixtureFlow)
        const taken = cases.flatMap((each) => playCase(program, type, each).steps)
        expect([...new Set(taken.map(({ node, outcome }) => `${node}:${outcome}`))].sort()).toEqual(
          waysOut(flow, type).sort(),
        )
      })

      it.each(cases.map((each) => [each.name, each] as const))('%s', (_name, given) => {
        const { play, steps, effects, lasts } = playCase(compileFixture(fixtureFlow), type, given)
        expect(steps.map(({ outcome }) => outcome)).toEqual(given.takes)
        expect(play.saidSoFar).toEqual(given.said)
        expect(play.outcome).toBe(given.flowOutcome)
        expect(play.errorCode).toBe(given.error)
        expect(play.session.status).toBe(given.error === undefined ? 'ended' : 'failed')
        if (given.effects !== undefined) {
          expect(effects).toHaveLength(given.effects.length)
          expect(effects).toMatchObject(given.effects)
        }
        if (given.lasts !== undefined) expect(lasts).toBe(given.lasts)
      })
    },
  )
})
