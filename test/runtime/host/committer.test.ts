import { describe, expect, it } from 'vitest'
import { SluiceError } from '../../../src/base/sluice-error.ts'
import { Committer } from '../../../src/runtime/host/committer.ts'
import { type Commit, memoryStore } from '../../../src/runtime/index.ts'

/** A store that rejects a call with one of these cursors in it, or any call; and how often it was called. */
function picky(bad: (cursor: string) => unknown) {
  const { sessions } = memoryStore()
  let calls = 0
  const commit: typeof sessions.commit = async (tenant, commits) => {
    calls++
    for (const { cursors = [] } of commits)
      for (const [name] of cursors) {
        const error = bad(name)
        if (error !== undefined) throw error
      }
    return sessions.commit(tenant, commits)
  }
  return { sessions, committer: new Committer({ ...sessions, commit }, 't'), calls: () => calls }
}

const cursor = (n: number): Commit => ({ cursors: [[`c${n}`, n]] })

describe('commits that share a transaction', () => {
  it('[RUN-16] do not pay for one that the store cannot take', async () => {
    const { committer, sessions } = picky((name) => (name === 'c37' ? new Error('too large') : undefined))
    const all = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => committer.commit(cursor(n))))
    expect(all.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([37])
    expect(await sessions.cursor('t', 'c99')).toBe(99)
  })

  it.each([
    ['is busy', new SluiceError({ code: 'store.busy', problem: 'busy', next: 'wait' }), 1],
    ['fails for each alone', new Error('no disk'), 20],
  ])('[RUN-16] all fail soon where the store %s', async (_, error, most) => {
    const { committer, calls } = picky(() => error)
    const all = await Promise.allSettled(Array.from({ length: 500 }, (_, n) => committer.commit(cursor(n))))
    expect(all.every(({ status }) => status === 'rejected')).toBe(true)
    expect(calls()).toBeLessThanOrEqual(most)
  })
})
