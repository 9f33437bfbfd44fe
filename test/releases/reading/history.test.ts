import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRESETS } from '../../../src/releases/presets/presets.ts'
import { latestVersion, versionAt } from '../../../src/releases/reading/find-version.ts'
import { historyOf } from '../../../src/releases/reading/history.ts'
import { lineage } from '../../../src/releases/reading/lineage.ts'
import { branch, create, play, release, save } from './scene.ts'

const ofVersion = { flow: 'hours', version: 'v2' } as const

const scene = play([
  create('hours', { comment: 'First attempt' }),
  release('hours', 'v1', '1.0.0'),
  { ...branch('hours', 'v2', 'v1', '1.1.0'), by: 'ben', comment: 'For the summer' },
  { type: 'approved', ...ofVersion, behaviourHash: 'behaviour-1', by: 'cleo' },
  { ...save('hours', 'v2', 2, { contentHash: 'content-2', behaviourHash: 'behaviour-2' }), by: 'dora' },
  { type: 'approved', ...ofVersion, behaviourHash: 'behaviour-2', comment: 'Tried it', by: 'ben' },
  { ...release('hours', 'v2', '1.1.0', 'gray'), comment: 'Goes live' },
  branch('hours', 'v3', 'v1', '1.2.0'),
  { type: 'versionDeleted', flow: 'hours', version: 'v3' },
])
const flow = scene.flow('hours')
const { policy } = scene.workspace
const history = historyOf(flow, policy, scene.entry('hours'))

describe('the history of a flow', () => {
  it('[VER-6] lists every version, the newest first, deleted ones too', () => {
    expect(history.map(({ version, label, word }) => [version, label, word])).toEqual([
      ['v3', 'V1.2', 'Deleted'],
      ['v2', 'V1.1', 'Gray Release'],
      ['v1', 'V1.0', 'Official Release'],
    ])
  })

  it('[VER-6] says of a version who made it when, from which, what it holds and what was said', () => {
    expect(history[1]).toMatchObject({
      by: 'ben',
      at: 3_000,
      parent: { version: 'v1', label: 'V1.0' },
      contentHash: 'content-2',
      current: { revision: 2, by: 'dora', at: 5_000 },
      comments: [{ text: 'For the summer', by: 'ben' }, { text: 'Goes live' }],
    })
    expect(history[2]).not.toHaveProperty('parent')
  })

  it('[REL-10] marks the comment that was left with a release', () => {
    expect(history[1]!.comments).toEqual([
      { text: 'For the summer', by: 'ben', at: 3_000 },
      { text: 'Goes live', by: 'ana', at: 7_000, slot: 'gray' },
    ])
  })

  it('lists releases without the values that they were given', () => {
    expect(history[1]!.releases).toMatchObject([{ slot: 'gray', at: 7_000, by: 'ana' }])
    expect(JSON.stringify(history)).not.toContain('hunter2')
  })

  it('[REL-15] lists the approvals that hold for what the version does now', () => {
    expect(history[1]!.approvals).toEqual([
      { by: 'ben', at: 6_000, behaviourHash: 'behaviour-2', comment: 'Tried it' },
    ])
  })

  it('[VER-6] opens any version by its id or its label', () => {
    for (const { version, label } of history) {
      expect(versionAt(flow, version, policy)!.id).toBe(version)
      expect(versionAt(flow, label!, policy)!.id).toBe(version)
    }
    expect(versionAt(flow, '2', PRESETS['action-flow'])).toBeUndefined()
    expect(versionAt(flow, '1.1', PRESETS['action-flow'])!.id).toBe('v2')
  })

  it.each(['toString', '__proto__', 'V9.9', ''])('opens nothing for %j', (wanted) => {
    expect(versionAt(flow, wanted, policy)).toBeUndefined()
  })
})

describe('the latest version', () => {
  const latestAfter = (...events: Parameters<typeof play>[0]) =>
    latestVersion(play([create('hours'), ...events]).flow('hours'))?.id

  it('[VER-3] is the draft that was made last', () => {
    expect(latestAfter(branch('hours', 'v2', 'v1'), branch('hours', 'v3', 'v1'))).toBe('v3')
    expect(latestAfter(branch('hours', 'v2', 'v1'), release('hours', 'v2', '1.1.0'))).toBe('v1')
  })

  it('[VER-3] is the version that was made last where there is no draft', () => {
    expect(
      latestAfter(
        release('hours', 'v1', '1.0.0'),
        branch('hours', 'v2', 'v1'),
        release('hours', 'v2', '1.1.0', 'official', 'v1'),
      ),
    ).toBe('v2')
  })

  it('[VER-3] is none that was set aside or deleted', () => {
    const setAside = { ...branch('hours', 'v2', 'v1'), setAside: ['v1'] }
    expect(latestAfter(setAside, { type: 'versionDeleted', flow: 'hours', version: 'v2' })).toBeUndefined()
  })
})

describe('the lineage of a flow', () => {
  const drawn = (scene: ReturnType<typeof play>) =>
    lineage(scene.flow('hours'), scene.workspace.policy, scene.entry('hours')).map(
      ({ depth, label, version, word, slot }) =>
        `${'  '.repeat(depth)}${label ?? version} ${word}${slot === undefined ? '' : ` (${slot})`}`,
    )

  it('[DOC-14] expands a flow to the tree of its versions', () => {
    const branches = [
      branch('hours', 'v2', 'v1', '1.1.0'),
      branch('hours', 'v3', 'v2', '1.2.0'),
      branch('hours', 'v4', 'v1', '1.3.0'),
      branch('hours', 'v5', 'v2', '1.4.0'),
      branch('hours', 'v6', 'v4'),
    ]
    const grown = play([
      create('hours'),
      ...branches,
      release('hours', 'v2', '1.1.0'),
      { type: 'versionDeleted', flow: 'hours', version: 'v4' },
    ])
    expect(drawn(grown)).toEqual([
      'V1.0 New',
      '  V1.1 Official Release (official)',
      '    V1.2 New',
      '    V1.4 New',
      '  V1.3 Deleted',
      '    v6 New',
    ])
  })

  it('[DOC-14] says of each version who made it when, and what was said of it', () => {
    expect(lineage(flow, policy)[1]).toEqual({
      version: 'v2',
      parent: 'v1',
      depth: 1,
      label: 'V1.1',
      state: 'gray',
      word: 'Gray Release',
      comments: history[1]!.comments,
      by: 'ben',
      at: 3_000,
    })
  })

  it('has each version once, behind its parent', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (parents) => {
        const branches = parents.map((parent, i) =>
          branch('hours', `v${i + 2}`, `v${(parent % (i + 1)) + 1}`),
        )
        const grown = play([create('hours'), ...branches]).flow('hours')
        const seen = new Map<string, number>()
        for (const { version, parent, depth } of lineage(grown, policy)) {
          expect(seen.has(version)).toBe(false)
          expect(depth).toBe(parent === undefined ? 0 : seen.get(parent)! + 1)
          seen.set(version, depth)
        }
        expect(seen.size).toBe(parents.length + 1)
      }),
    )
  })

  it('stands a chain of thousands of versions', () => {
    const { v1 } = flow.versions
    const chain = Array.from({ length: 20_000 }, (_, i) => ({
      ...v1!,
      id: `v${i + 1}`,
      ...(i > 0 && { parent: `v${i}` }),
    }))
    const rows = lineage(
      { ...flow, versions: Object.fromEntries(chain.map((each) => [each.id, each])) },
      policy,
    )
    expect(rows.at(-1)!.depth).toBe(19_999)
    expect(() => JSON.stringify(rows)).not.toThrow()
  })
})
