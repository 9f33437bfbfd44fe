import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRESETS } from '../../../src/releases/presets/presets.ts'
import { type FlowQuery, type FlowRow, listFlows } from '../../../src/releases/reading/list-flows.ts'
import { deepFreeze } from '../../support/deep-freeze.ts'
import { branch, create, play, release, save } from './scene.ts'

const paused = (flow: string) => ({ type: 'flowPaused', flow }) as const

const scene = play([
  create('welcome', { name: 'Welcome', medium: 'messaging', labels: ['sales', 'summer'], service: 'shop' }),
  create('cafe', { name: 'Café Öffnungszeiten', audience: 'internal' }),
  create('night', { name: 'Night desk', labels: ['sales'] }),
  create('sorry', { name: 'Sorry', role: 'exception' }),
  release('welcome', 'v1', '1.0.0'),
  branch('welcome', 'v2', 'v1', '1.1.0'),
  release('welcome', 'v2', '1.1.0', 'gray'),
  release('night', 'v1', '1.0.0', 'gray'),
  paused('night'),
  create('gone'),
  { type: 'flowDeleted', flow: 'gone' },
  save('cafe', 'v1', 2, { name: 'Café Öffnungszeiten', remark: 'When we are open', audience: 'internal' }),
])
deepFreeze(scene.workspace)
deepFreeze(scene.flows)

const list = (query: FlowQuery = {}) => listFlows(scene.workspace, scene.flows, query)
const ids = (query: FlowQuery = {}) => list(query).items.map(({ flow }) => flow)
const row = (id: string): FlowRow => list().items.find(({ flow }) => flow === id)!

describe('the list of flows', () => {
  it('[DOC-14] has every flow but deleted ones, by name', () => {
    expect(ids()).toEqual(['cafe', 'night', 'sorry', 'welcome'])
    expect(list().total).toBe(4)
  })

  it.each([
    ['come', ['welcome']],
    ['e', ['cafe', 'night', 'welcome']],
    ['  Desk ', ['night']],
    ['', ['cafe', 'night', 'sorry', 'welcome']],
    ['nowhere', []],
    ['.*', []],
  ])('[DOC-14] is searched by a part of the name: %j', (text, found) => {
    expect(ids({ text })).toEqual(found)
  })

  it.each(['CAFE', 'cafe', 'café', 'cafe\u0301', 'öffnung', 'OFFNUNG', 'ＣＡＦＥ'])(
    '[DOC-14] is searched without regard to case and accents: %s',
    (text) => {
      expect(ids({ text })).toEqual(['cafe'])
    },
  )

  it.each([
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['İstanbul', 'istanbul'],
    ['ISPARTA', 'ısparta'],
  ])('[DOC-14] is searched the same in every country: %s', (name, text) => {
    const { workspace, flows } = play([create('street', { name })])
    expect(listFlows(workspace, flows, { text }).total).toBe(1)
  })

  it('[DOC-14] keeps vowel signs apart, which are no accents', () => {
    const { workspace, flows } = play([create('a', { name: 'की' }), create('b', { name: 'कु' })])
    expect(listFlows(workspace, flows, { text: 'कु' }).items.map(({ flow }) => flow)).toEqual(['b'])
  })

  it('finds nothing for a text that nobody types', () => {
    expect(ids({ text: 'e'.repeat(1_001) })).toEqual([])
  })

  it.each([
    ['official', ['welcome']],
    ['gray', ['night', 'welcome']],
    ['live', ['night', 'welcome']],
    ['paused', ['night']],
    ['draft', ['cafe', 'sorry']],
  ] as const)('[DOC-14] is filtered by status: %s', (status, found) => {
    expect(ids({ status })).toEqual(found)
  })

  it.each([
    [{ role: 'exception' }, ['sorry']],
    [{ medium: 'messaging' }, ['welcome']],
    [{ audience: 'internal' }, ['cafe']],
    [{ role: 'main', medium: 'voice', audience: 'interaction' }, ['night']],
  ] as const)('[DOC-14] is filtered by kind: %j', (query, found) => {
    expect(ids(query)).toEqual(found)
  })

  it('[DOC-14] is filtered by label', () => {
    expect(ids({ label: 'sales' })).toEqual(['night', 'welcome'])
    expect(ids({ label: 'sale' })).toEqual([])
  })

  it('[DOC-16] is filtered by service, or by living in none', () => {
    expect(ids({ service: 'shop' })).toEqual(['welcome'])
    expect(ids({ service: null })).toEqual(['cafe', 'night', 'sorry'])
  })

  it('[DOC-14] joins its filters', () => {
    expect(ids({ label: 'sales', status: 'paused', text: 'NIGHT' })).toEqual(['night'])
    expect(ids({ label: 'sales', status: 'draft' })).toEqual([])
  })

  it('[DOC-14] shows the latest version', () => {
    expect(row('welcome').latest).toEqual({
      id: 'v2',
      label: 'V1.1',
      state: 'gray',
      word: 'Gray Release',
      at: 6_000,
      by: 'ana',
    })
    expect(row('cafe').latest).toMatchObject({ id: 'v1', label: 'V1.0', word: 'New', at: 12_000 })
  })

  it('[DOC-14] shows what is official, gray and paused', () => {
    expect(row('welcome')).toMatchObject({
      official: 'V1.0',
      gray: 'V1.1',
      paused: false,
      word: 'Official Release',
    })
    expect(row('night')).toMatchObject({ gray: 'V1.0', paused: true, word: 'Paused' })
    expect(row('night')).not.toHaveProperty('official')
    expect(row('cafe')).toMatchObject({ paused: false, word: 'New' })
  })

  it('shows what a flow says of itself, and where it lives', () => {
    expect(row('welcome')).toMatchObject({
      name: 'Welcome',
      role: 'main',
      medium: 'messaging',
      labels: ['sales', 'summer'],
      service: 'shop',
      versions: 2,
      updatedAt: 6_000,
    })
    expect(row('cafe')).toMatchObject({ remark: 'When we are open', audience: 'internal', updatedAt: 12_000 })
  })

  it('[VER-4] shows a draft without a number where numbers come with releases', () => {
    const { number: _number, ...draft } = create('hours')
    const { workspace, flows } = play([draft], PRESETS['flow-builder'])
    expect(listFlows(workspace, flows).items[0]!.latest).toEqual({
      id: 'v1',
      state: 'new',
      word: 'Working Draft',
      at: 1_000,
      by: 'ana',
    })
  })

  it('counts no versions that have been deleted', () => {
    const { workspace, flows } = play([
      create('hours'),
      branch('hours', 'v2', 'v1', '1.1.0'),
      { type: 'versionDeleted', flow: 'hours', version: 'v2' },
    ])
    expect(listFlows(workspace, flows).items[0]).toMatchObject({ versions: 1, latest: { id: 'v1' } })
  })

  it('leaves out flows that the workspace does not know', () => {
    expect(listFlows(play([]).workspace, scene.flows).total).toBe(0)
  })

  it('is sorted by the last save, the latest first', () => {
    expect(ids({ sort: 'updated' })).toEqual(['cafe', 'welcome', 'sorry', 'night'])
  })
})

describe('pages of the list', () => {
  it('go on where the one before has ended', () => {
    const first = list({ limit: 3 })
    expect(first.items.map(({ flow }) => flow)).toEqual(['cafe', 'night', 'sorry'])
    const second = list({ limit: 3, after: first.next! })
    expect(second.items.map(({ flow }) => flow)).toEqual(['welcome'])
    expect(second.total).toBe(4)
    expect(second).not.toHaveProperty('next')
  })

  it('lose nothing while flows come and go', () => {
    const { next } = list({ limit: 2 })
    const { workspace, flows } = play([create('welcome'), create('a new one'), create('sorry')])
    const rest = listFlows(workspace, flows, { limit: 2, after: next! })
    expect(rest.items.map(({ flow }) => flow)).toEqual(['sorry', 'welcome'])
  })

  it.each(['name', 'updated'] as const)('hold every flow once, whatever their size: by %s', (sort) => {
    const names = fc.array(fc.string({ maxLength: 3 }), { maxLength: 12 })
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 5 }), (given, limit) => {
        const { workspace, flows } = play(
          given.map((name, i) => ({ ...create(`flow ${i}`, { name }), at: i % 3 })),
        )
        const seen: string[] = []
        for (let after: string | undefined = ''; after !== undefined; ) {
          const page = listFlows(workspace, flows, { sort, limit, ...(after === '' ? {} : { after }) })
          seen.push(...page.items.map(({ flow }) => flow))
          after = page.next
        }
        expect(seen).toEqual(listFlows(workspace, flows, { sort }).items.map(({ flow }) => flow))
        expect(new Set(seen).size).toBe(given.length)
      }),
    )
  })

  it('have 500 items at most', () => {
    const { workspace, flows } = play(Array.from({ length: 501 }, (_, i) => create(`flow ${i}`)))
    expect(listFlows(workspace, flows).items).toHaveLength(50)
    expect(listFlows(workspace, flows, { limit: 1_000_000 }).items).toHaveLength(500)
  })

  it.each(['', '{}', '[]', '["name",1,"cafe"]', '["updated",1,"cafe"]', '["name","CAFE"]', 'cafe'])(
    'are refused with an end of no such list: %j',
    (after) => {
      expect(() => list({ after })).toThrow(expect.objectContaining({ code: 'list.badPage' }))
    },
  )

  it.each([0, -1, 1.5, Number.NaN, '20'])('are refused with %j items', (limit) => {
    expect(() => list({ limit: limit as number })).toThrow(expect.objectContaining({ code: 'list.badPage' }))
  })

  it('are refused in an order that there is not', () => {
    expect(() => list({ sort: 'size' as 'name' })).toThrow(
      'A list cannot be sorted by "size" [list.badPage]. Use name or updated.',
    )
  })

  it('are refused with a status that flows do not have', () => {
    expect(() => list({ status: 'online' as 'live' })).toThrow(
      expect.objectContaining({ code: 'list.badStatus' }),
    )
  })
})
