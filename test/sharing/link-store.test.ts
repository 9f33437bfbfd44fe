import { describe, expect, it } from 'vitest'
import { type LinkStore, memoryLinkStore } from '../../src/sharing/index.ts'
import { type ContractCase, linkStoreContract } from '../../src/testing/index.ts'

describe('the link store in memory', () => {
  for (const { name, run } of linkStoreContract(memoryLinkStore)) it(name, run)
})

async function failures(cases: readonly ContractCase[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (const { name, run } of cases) await run().catch(() => failed.push(name))
  return failed
}

/** A store that does one thing differently. */
function wrong(change: (store: LinkStore) => Partial<LinkStore>): () => LinkStore {
  return () => {
    const store = memoryLinkStore()
    return { ...store, ...change(store) }
  }
}

describe('the contract finds', () => {
  it.each<[string, () => LinkStore]>([
    [
      'overwrites',
      wrong((store) => ({
        async add(tenant, link) {
          await store.remove(tenant, [link.id])
          return store.add(tenant, link)
        },
      })),
    ],
    [
      'keeps two links with one code',
      wrong((store) => ({
        add: (tenant, { code: _code, ...link }) => store.add(tenant, link),
      })),
    ],
    ['finds by id', wrong((store) => ({ find: (tenant, code) => store.read(tenant, code) }))],
    ['mixes tenants', wrong((store) => ({ read: (_tenant, id) => store.read('tenant', id) }))],
    [
      'lists the earliest first',
      wrong((store) => ({
        async list(tenant, query) {
          const slice = await store.list(tenant, query)
          return { ...slice, items: [...slice.items].reverse() }
        },
      })),
    ],
    [
      'forgets conditions on further slices',
      wrong((store) => ({
        list: (tenant, { after, limit = 50, ...query }) =>
          store.list(tenant, after === undefined ? { ...query, limit } : { after, limit }),
      })),
    ],
    ['removes nothing', wrong(() => ({ remove: async () => {} }))],
    [
      'counts past its bound',
      wrong((store) => ({
        count: (tenant, key, bound) => store.count(tenant, key, { ...bound, atMost: bound.atMost + 1 }),
      })),
    ],
    [
      'reads before it counts',
      wrong((store) => {
        const counts = new Map<string, number>()
        return {
          async count(_tenant, key, { atMost }) {
            const count = counts.get(key) ?? 0
            await store.read('t', 'x')
            if (count >= atMost) return { ok: false }
            counts.set(key, count + 1)
            return { ok: true, count: count + 1 }
          },
        }
      }),
    ],
    [
      'counts for ever',
      wrong((store) => ({
        count: (tenant, key, { atMost, now }) => store.count(tenant, key, { atMost, now }),
      })),
    ],
    ['forgets how far a count has come', wrong(() => ({ counted: async () => 0 }))],
    ['resets nothing', wrong(() => ({ reset: async () => {} }))],
    ['drops nothing', wrong(() => ({ dropExpired: async () => {} }))],
    [
      'drops too much',
      wrong((store) => ({ dropExpired: (tenant, now) => store.dropExpired(tenant, now + 1) })),
    ],
    [
      'knows no names of single times',
      wrong((store) => ({
        count: (tenant, key, { once: _once, ...bound }) => store.count(tenant, key, bound),
      })),
    ],
    [
      'counts a time that was named in two steps',
      wrong((store) => ({
        async count(tenant, key, { once, ...bound }) {
          if (once === undefined) return store.count(tenant, key, bound)
          const first = await store.count(tenant, once.key, { ...bound, atMost: 1, until: once.until })
          if (!first.ok) return { ok: true, count: await store.counted(tenant, key, bound.now) }
          const counted = await store.count(tenant, key, bound)
          if (!counted.ok) await store.reset(tenant, once.key)
          return counted
        },
      })),
    ],
    [
      'hands out what it keeps',
      wrong((store) => {
        const read = new Map<string, Awaited<ReturnType<LinkStore['read']>>>()
        return {
          async read(tenant, id) {
            const key = JSON.stringify([tenant, id])
            const link = read.get(key) ?? (await store.read(tenant, id))
            if (link !== undefined) read.set(key, link)
            return link
          },
        }
      }),
    ],
  ])('a link store that %s', async (_what, make) => {
    expect(await failures(linkStoreContract(make))).not.toEqual([])
  })
})
