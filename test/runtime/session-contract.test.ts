import { describe, expect, it } from 'vitest'
import type { ContactStore } from '../../src/runtime/stores/contact-store.ts'
import { memoryContactStore } from '../../src/runtime/stores/memory-contact-store.ts'
import { memorySessionStore } from '../../src/runtime/stores/memory-session-store.ts'
import type { Commit, SessionStore } from '../../src/runtime/stores/session-store.ts'
import { type ContractCase, contactStoreContract, sessionStoreContract } from '../../src/testing/index.ts'

describe('the session store in memory', () => {
  for (const { name, run } of sessionStoreContract(memorySessionStore)) it(name, run)
})

describe('the contact store in memory', () => {
  for (const { name, run } of contactStoreContract(memoryContactStore)) it(name, run)
})

/** The cases that an implementation fails. */
async function failures(cases: readonly ContractCase[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (const { name, run } of cases) await run().catch(() => failed.push(name))
  return failed
}

const sessionStore = (change: (store: SessionStore) => Partial<SessionStore>) => () => {
  const store = memorySessionStore()
  return { ...store, ...change(store) }
}

/** A store that makes something else of every commit. */
const committing = (change: (commit: Commit) => Commit) =>
  sessionStore((store) => ({ commit: (tenant, commits) => store.commit(tenant, commits.map(change)) }))

const without = (...members: readonly (keyof Commit)[]) =>
  committing((commit) =>
    Object.fromEntries(Object.entries(commit).filter(([name]) => !members.includes(name as keyof Commit))),
  )

const contactStore = (change: (store: ContactStore) => Partial<ContactStore>) => () => {
  const store = memoryContactStore()
  return { ...store, ...change(store) }
}

/** Waits until everything else that is ready has run. */
const pause = () => new Promise((resolve) => setImmediate(resolve))

describe('a store that does not keep to it is found out', () => {
  it.each(
    (
      [
        'claims',
        'unclaim',
        'mark',
        'unmark',
        'work',
        'settled',
        'postponed',
        'dead',
        'revived',
        'log',
        'counts',
        'cursors',
      ] as const
    ).map((member) => [member, without(member)] as const),
  )('a session store that forgets %s', async (_, make) => {
    expect(await failures(sessionStoreContract(make))).not.toEqual([])
  })

  it.each<[string, () => SessionStore]>([
    [
      'forgets history',
      committing(({ next, ...rest }) => {
        if (next === undefined) return rest
        const { history: _, ...others } = next
        return { ...rest, next: others }
      }),
    ],
    [
      'never takes timers away',
      committing(({ next, ...rest }) => {
        if (next?.timer?.to === undefined) return next === undefined ? rest : { ...rest, next }
        return { ...rest, next: { ...next, timer: { to: next.timer.to } } }
      }),
    ],
    [
      'lets claims hold for ever',
      committing(({ claims, ...rest }) =>
        claims === undefined ? rest : { ...rest, claims: claims.map(({ until: _, ...claim }) => claim) },
      ),
    ],
    [
      'gives up keys after it has claimed others',
      sessionStore((store) => ({
        commit: async (tenant, commits) => {
          const answers = await store.commit(
            tenant,
            commits.map(({ unclaim: _, ...rest }) => rest),
          )
          await store.commit(
            tenant,
            commits.map(({ unclaim = [] }) => ({ unclaim })),
          )
          return answers
        },
      })),
    ],
    [
      'turns down a whole call for one commit',
      sessionStore((store) => ({
        commit: async (tenant, commits) => {
          for (const { next } of commits) {
            if (next === undefined) continue
            const revision = (await store.read(tenant, next.session))?.revision ?? 0
            if (revision !== next.expected)
              return commits.map(() => ({ ok: false, reason: 'revision', revision }))
          }
          return store.commit(tenant, commits)
        },
      })),
    ],
    [
      'looks, and writes later',
      sessionStore((store) => ({
        commit: async (tenant, commits) => {
          const adjusted: Commit[] = []
          for (const commit of commits) {
            const { next } = commit
            const revision = next && ((await store.read(tenant, next.session))?.revision ?? 0)
            if (next !== undefined && revision !== next.expected) return store.commit(tenant, commits)
            adjusted.push(commit)
          }
          await pause()
          const late = await Promise.all(
            adjusted.map(async ({ next, ...rest }) => {
              if (next === undefined) return rest
              const revision = (await store.read(tenant, next.session))?.revision ?? 0
              return { ...rest, next: { ...next, expected: revision } }
            }),
          )
          return store.commit(tenant, late)
        },
      })),
    ],
    ['knows one tenant', sessionStore((store) => ({ counts: (_, prefix) => store.counts('a', prefix) }))],
    ['erases nothing', sessionStore(() => ({ erase: async () => {} }))],
    ['drops no claims', sessionStore(() => ({ dropExpired: async () => {} }))],
    [
      'lists without conditions',
      sessionStore((store) => ({
        list: (tenant, { after, limit }) => store.list(tenant, page(after, limit)),
      })),
    ],
    [
      'lists one slice',
      sessionStore((store) => ({
        list: async (tenant, query) => ({ items: (await store.list(tenant, query)).items }),
      })),
    ],
    [
      'reads history from the first on',
      sessionStore((store) => ({ history: (tenant, session) => store.history(tenant, session) })),
    ],
    [
      'hides what is postponed',
      sessionStore((store) => ({
        outbox: async (...query) => (await store.outbox(...query)).filter(({ at }) => at === 0),
      })),
    ],
    [
      'has timers due after their instant',
      sessionStore((store) => ({ due: (tenant, until, limit) => store.due(tenant, until - 1, limit) })),
    ],
    [
      'folds case',
      sessionStore((store) => ({ log: (tenant, query) => store.log(tenant.toLowerCase(), query) })),
    ],
  ])('a session store that %s', async (_, make) => {
    expect(await failures(sessionStoreContract(make))).not.toEqual([])
  })

  it.each<[string, () => ContactStore]>([
    [
      'replaces fields',
      contactStore((store) => ({
        change: async (tenant, id, fields) => {
          const before = (await store.get(tenant, id)) ?? { id, addresses: [] }
          await store.put(tenant, { ...before, fields })
        },
      })),
    ],
    ['keeps who is removed', contactStore(() => ({ remove: async () => {} }))],
    [
      'lets everybody enter again',
      contactStore((store) => ({
        enter: async (tenant, segment, contact) => {
          await store.leave(tenant, segment, contact)
          return store.enter(tenant, segment, contact)
        },
      })),
    ],
    ['lets nobody leave', contactStore(() => ({ leave: async () => {} }))],
    ['settles nothing', contactStore(() => ({ settle: async () => {} }))],
    [
      'settles whoever is in',
      contactStore((store) => ({
        settle: async (tenant, { segment, contact }) => {
          const members = await store.members(tenant, segment, 0, 100)
          for (const each of members) if (each.contact === contact) await store.settle(tenant, each)
        },
      })),
    ],
    [
      'reads members from the first on',
      contactStore((store) => ({ members: (t, segment, _, limit) => store.members(t, segment, 0, limit) })),
    ],
    [
      'finds addresses by how they look',
      contactStore((store) => ({ find: (t, address) => store.find(t, address.trim()) })),
    ],
  ])('a contact store that %s', async (_, make) => {
    expect(await failures(contactStoreContract(make))).not.toEqual([])
  })
})

function page(after: string | undefined, limit: number | undefined) {
  return { ...(after === undefined ? {} : { after }), ...(limit === undefined ? {} : { limit }) }
}
