import { sliceOf, sliceSize } from '../../releases/reading/slice.ts'
import { cursorOf, type LinkPlace, readCursor } from './link-place.ts'
import type { LinkStore, StoredLink } from './link-store.ts'

interface Tenant {
  readonly links: Map<string, StoredLink>
  /** Ids by code. */
  readonly codes: Map<string, string>
}

interface Count {
  readonly tenant: string
  readonly value: number
  readonly until?: number
}

/** Links in memory, for tests, browsers and trying things out. */
export function memoryLinkStore(): LinkStore {
  const tenants = new Map<string, Tenant>()
  const counts = new Map<string, Count>()
  const of = (tenant: string): Tenant => tenants.get(tenant) ?? { links: new Map(), codes: new Map() }
  const keyOf = (tenant: string, key: string) => JSON.stringify([tenant, key])
  return {
    async add(tenant, link) {
      const kept = of(tenant)
      const { links, codes } = kept
      if (links.has(link.id) || (link.code !== undefined && codes.has(link.code))) return false
      tenants.set(tenant, kept)
      links.set(link.id, { ...link })
      if (link.code !== undefined) codes.set(link.code, link.id)
      return true
    },
    read: async (tenant, id) => copyOf(of(tenant).links.get(id)),
    async find(tenant, code) {
      const { links, codes } = of(tenant)
      return copyOf(links.get(codes.get(code) ?? ''))
    },
    async list(tenant, query) {
      const { flow, application, after } = query
      const size = sliceSize(query)
      const last = after === undefined ? undefined : readCursor(after)
      const found = [...of(tenant).links.values()]
        .filter((link) => flow === undefined || link.flow === flow)
        .filter((link) => application === undefined || link.application === application)
        .filter((link) => last === undefined || comparePlaces(link, last) > 0)
        .sort(comparePlaces)
      return sliceOf(
        found.slice(0, size + 1).map((link) => ({ ...link })),
        size,
        cursorOf,
      )
    },
    async remove(tenant, ids) {
      const { links, codes } = of(tenant)
      for (const id of ids) {
        const code = links.get(id)?.code
        if (code !== undefined) codes.delete(code)
        links.delete(id)
      }
    },
    async perApplication(tenant) {
      const found = new Map<string, number>()
      for (const { application } of of(tenant).links.values())
        found.set(application, (found.get(application) ?? 0) + 1)
      return found
    },
    async count(tenant, key, { atMost, now, until, once }) {
      const name = keyOf(tenant, key)
      const kept = counts.get(name)
      const value = valueAt(kept, now)
      const isKnown = once !== undefined && valueAt(counts.get(keyOf(tenant, once.key)), now) > 0
      if (isKnown) return { ok: true, count: value }
      if (value >= atMost) return { ok: false, ...untilOf(kept?.until) }
      counts.set(name, { tenant, value: value + 1, ...untilOf(until) })
      if (once !== undefined) counts.set(keyOf(tenant, once.key), { tenant, value: 1, until: once.until })
      return { ok: true, count: value + 1 }
    },
    counted: async (tenant, key, now) => valueAt(counts.get(keyOf(tenant, key)), now),
    async reset(tenant, key) {
      counts.delete(keyOf(tenant, key))
    },
    async dropExpired(tenant, now) {
      for (const [name, kept] of counts)
        if (kept.tenant === tenant && valueAt(kept, now) === 0) counts.delete(name)
    },
  }
}

function comparePlaces(a: LinkPlace, b: LinkPlace): number {
  return b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function valueAt(kept: Count | undefined, now: number): number {
  const isOver = kept?.until !== undefined && kept.until <= now
  return kept === undefined || isOver ? 0 : kept.value
}

function untilOf(until: number | undefined): { readonly until?: number } {
  return until === undefined ? {} : { until }
}

function copyOf(link: StoredLink | undefined): StoredLink | undefined {
  return link && { ...link }
}
