import { describe, expect, it } from 'vitest'
import {
  LOCK_LASTS_MS,
  newSavedDraft,
  releaseLock,
  type SavedDraft,
  saveDraft,
  takeLock,
} from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { draftOf, edited } from './drafts.ts'

const whole = draftOf().document
const broken = edited(draftOf(), { type: 'remove', node: 'ask' }).document
const saved = deepFreeze(newSavedDraft(whole, { by: 'ada', now: 1_000 }))

function value(result: ReturnType<typeof saveDraft>): SavedDraft {
  if (!result.ok) throw new Error(result.error.reason)
  return deepFreeze(result.value)
}

function refusalOf(result: ReturnType<typeof saveDraft>) {
  if (result.ok) throw new Error('was not refused')
  return { code: result.error.code, details: result.error.details }
}

describe('saving', () => {
  it('[DOC-12] is possible at any stage, however broken the flow is, and yields a draft', () => {
    expect(validate(broken, { nodes: palette }).some(({ severity }) => severity === 'error')).toBe(true)
    const next = value(saveDraft(saved, { document: broken, revision: 1, by: 'ada', now: 2_000 }))
    expect(next).toMatchObject({ document: broken, revision: 2, savedAt: 2_000, savedBy: 'ada' })
  })

  it('[DOC-12] nothing that was saved is lost', () => {
    const second = value(saveDraft(saved, { document: broken, revision: 1, by: 'ada', now: 2_000 }))
    const third = value(saveDraft(second, { document: whole, revision: 2, by: 'bob', now: 3_000 }))
    expect(third.earlier).toEqual([
      { document: whole, revision: 1, savedAt: 1_000, savedBy: 'ada' },
      { document: broken, revision: 2, savedAt: 2_000, savedBy: 'ada' },
    ])
  })

  it('is plain JSON', () => {
    const locked = value(takeLock(saved, { by: 'ada', now: 0 }))
    expect(JSON.parse(JSON.stringify(locked))).toEqual(locked)
  })

  it('[VER-10] a stale write is refused with the newer revision, and nothing saved is lost', () => {
    const second = value(saveDraft(saved, { document: broken, revision: 1, by: 'ada', now: 2_000 }))
    expect(refusalOf(saveDraft(second, { document: whole, revision: 1, by: 'bob', now: 2_500 }))).toEqual({
      code: 'edit.stale',
      details: { revision: 2, expected: 1 },
    })
    expect(second.document).toEqual(broken)
  })
})

describe('the editing lock', () => {
  const locked = value(takeLock(saved, { by: 'ada', now: 10_000 }))

  it('[VER-10] can be taken, and keeps others from writing, locking and releasing', () => {
    expect(locked.lock).toEqual({ holder: 'ada', expiresAt: 10_000 + LOCK_LASTS_MS })
    const bob = { by: 'bob', now: 20_000 }
    const held = {
      code: 'edit.locked',
      details: { holder: 'ada', until: new Date(10_000 + LOCK_LASTS_MS).toISOString() },
    }
    expect(refusalOf(saveDraft(locked, { document: broken, revision: 1, ...bob }))).toEqual(held)
    expect(refusalOf(takeLock(locked, bob))).toEqual(held)
    expect(refusalOf(releaseLock(locked, bob))).toEqual(held)
  })

  it('[VER-10] expires after 5 minutes without a request', () => {
    expect(LOCK_LASTS_MS).toBe(300_000)
    expect(refusalOf(takeLock(locked, { by: 'bob', now: 309_999 })).code).toBe('edit.locked')
    expect(value(takeLock(locked, { by: 'bob', now: 310_000 })).lock?.holder).toBe('bob')
  })

  it('[VER-10] each request of its holder puts the end off', () => {
    const kept = value(takeLock(locked, { by: 'ada', now: 200_000 }))
    expect(kept.lock?.expiresAt).toBe(500_000)
    const written = value(saveDraft(kept, { document: broken, revision: 1, by: 'ada', now: 400_000 }))
    expect(written.lock).toEqual({ holder: 'ada', expiresAt: 700_000 })
  })

  it('[VER-10] nothing saved is lost when it expires and another writes', () => {
    const mine = value(saveDraft(locked, { document: broken, revision: 1, by: 'ada', now: 20_000 }))
    const theirs = value(
      saveDraft(mine, { document: whole, revision: 2, by: 'bob', now: 20_000 + LOCK_LASTS_MS }),
    )
    expect(theirs.earlier.map(({ document }) => document)).toEqual([whole, broken])
    expect(theirs).not.toHaveProperty('lock')
  })

  it('is given back', () => {
    expect(value(releaseLock(locked, { by: 'ada', now: 20_000 }))).not.toHaveProperty('lock')
    expect(value(releaseLock(saved, { by: 'bob', now: 0 }))).not.toHaveProperty('lock')
    expect(value(releaseLock(locked, { by: 'bob', now: 400_000 }))).not.toHaveProperty('lock')
  })
})
