import { describe, expect, it } from 'vitest'
import { PRESETS, type PresetName } from '../../../src/releases/presets/presets.ts'
import { flowStatus, statusOf } from '../../../src/releases/reading/status.ts'
import { branch, create, play, release } from './scene.ts'
import { LIFECYCLE_STATES } from './states.ts'

/** The word for a flow after events, under a preset. */
function wordOf(preset: PresetName, ...events: Parameters<typeof play>[0]): string {
  const { workspace, flow, entry } = play([create('hours'), ...events], PRESETS[preset])
  return flowStatus(entry('hours'), flow('hours'), workspace.policy).word
}

const official = release('hours', 'v1', '1.0.0')
const gray = release('hours', 'v1', '1.0.0', 'gray')
const cancelled = {
  type: 'releaseCancelled',
  flow: 'hours',
  version: 'v1',
  slot: 'official',
  running: 'keep',
} as const
const paused = { type: 'flowPaused', flow: 'hours' } as const

describe('the status of a version', () => {
  it.each([
    ['contact-centre', 'New', 'Official Release', 'Unreleased'],
    ['flow-builder', 'Working Draft', 'Live', 'Not live'],
    ['console', 'Draft', 'Published', 'Unpublished'],
    ['chat-flow', 'OFFLINE', 'ONLINE', 'OFFLINE'],
    ['action-flow', 'Draft', 'Published', 'Unpublished'],
  ] as const)('[REL-17] is told in the words of %s', (preset, fresh, live, off) => {
    expect(wordOf(preset)).toBe(fresh)
    expect(wordOf(preset, official)).toBe(live)
    expect(wordOf(preset, official, cancelled)).toBe(off)
  })

  it.each(LIFECYCLE_STATES)('[REL-17] has a word in every state: %s', (state) => {
    const version = { ...play([create('hours')]).flow('hours').versions.v1!, state }
    for (const policy of Object.values(PRESETS)) {
      expect(statusOf(version, policy)).toBe(policy.words[state])
      expect(statusOf(version, policy)).not.toBe('')
    }
  })

  it('[REL-3] reads New, Gray Release, Official Release, Unreleased and Retired', () => {
    expect(wordOf('contact-centre')).toBe('New')
    expect(wordOf('contact-centre', gray)).toBe('Gray Release')
    expect(wordOf('contact-centre', official)).toBe('Official Release')
    expect(wordOf('contact-centre', official, cancelled)).toBe('Unreleased')
    const replaced = play([
      create('hours'),
      official,
      branch('hours', 'v2', 'v1', '1.1.0'),
      release('hours', 'v2', '1.1.0', 'official', 'v1'),
    ])
    expect(statusOf(replaced.flow('hours').versions.v1!, PRESETS['contact-centre'])).toBe('Retired')
  })

  it('[REL-14] reads paused where it is live in a paused flow, and no other does', () => {
    const { workspace, flow, entry } = play([
      create('hours'),
      official,
      branch('hours', 'v2', 'v1', '1.1.0'),
      paused,
    ])
    const { v1, v2 } = flow('hours').versions
    expect(statusOf(v1!, workspace.policy, entry('hours'))).toBe('Paused')
    expect(statusOf(v2!, workspace.policy, entry('hours'))).toBe('New')
    expect(statusOf(v1!, workspace.policy)).toBe('Official Release')
  })
})

describe('the status of a flow', () => {
  const statusAfter = (...events: Parameters<typeof play>[0]) => {
    const { workspace, flow, entry } = play([create('hours'), ...events])
    return flowStatus(entry('hours'), flow('hours'), workspace.policy)
  }

  it('[DOC-14] is that of its latest version while nothing is released', () => {
    expect(statusAfter()).toEqual({ paused: false, state: 'new', word: 'New' })
  })

  it('[DOC-14] names what is in each slot, the official one first', () => {
    expect(
      statusAfter(official, branch('hours', 'v2', 'v1', '1.1.0'), release('hours', 'v2', '1.1.0', 'gray')),
    ).toEqual({ official: 'V1.0', gray: 'V1.1', paused: false, state: 'official', word: 'Official Release' })
    expect(statusAfter(gray)).toEqual({ gray: 'V1.0', paused: false, state: 'gray', word: 'Gray Release' })
  })

  it('[DOC-14] is paused before anything else while it is live', () => {
    expect(statusAfter(official, paused)).toEqual({
      official: 'V1.0',
      paused: true,
      state: 'paused',
      word: 'Paused',
    })
    expect(statusAfter(official, paused, cancelled)).toEqual({
      paused: false,
      state: 'unreleased',
      word: 'Unreleased',
    })
  })

  it('[DOC-14] is set aside where only a draft is left that can be restored', () => {
    expect(
      statusAfter(
        branch('hours', 'v2', 'v1', '1.1.0'),
        { ...branch('hours', 'v3', 'v1', '1.2.0'), setAside: ['v2'] },
        { type: 'versionDeleted', flow: 'hours', version: 'v3' },
        { type: 'versionDeleted', flow: 'hours', version: 'v1' },
      ),
    ).toEqual({ paused: false, state: 'setAside', word: 'Set aside' })
  })

  it('is deleted where nothing is left', () => {
    expect(statusAfter({ type: 'versionDeleted', flow: 'hours', version: 'v1' })).toMatchObject({
      word: 'Deleted',
    })
  })
})
