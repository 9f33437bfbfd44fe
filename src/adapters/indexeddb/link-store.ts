import { sliceOf, sliceSize } from '../../releases/reading/slice.ts'
import { cursorOf, readCursor } from '../../sharing/links/link-place.ts'
import type { LinkStore, StoredLink } from '../../sharing/links/link-store.ts'
import { beginningWith, type Database, done } from './database.ts'
import { walk } from './walk.ts'

interface LinkRow extends StoredLink {
  readonly tenant: string
  /** The later it was made, the further in front. */
  readonly place: number
}

interface TallyRow {
  readonly value: number
  readonly until?: number
}

/** Links that are handed out, and what is counted about them. */
export function indexedDbLinkStore(database: Database): LinkStore {
  return {
    add: (tenant, link) =>
      database.write(['links'], async (stores) => {
        const { code } = link
        if ((await done(stores('links').count([tenant, link.id]))) > 0) return false
        if (code !== undefined && (await done(stores('links').index('code').count([tenant, code]))) > 0)
          return false
        stores('links').put({ tenant, place: -link.at, ...link } satisfies LinkRow)
        return true
      }),
    read: (tenant, id) =>
      database.read(['links'], async (stores) => linkOf(await done(stores('links').get([tenant, id])))),
    find: (tenant, code) =>
      database.read(['links'], async (stores) =>
        linkOf(await done(stores('links').index('code').get([tenant, code]))),
      ),
    list: (tenant, query) =>
      database.read(['links'], async (stores) => {
        const { flow, application, after } = query
        const size = sliceSize(query)
        const last = after === undefined ? undefined : readCursor(after)
        const range =
          last === undefined
            ? beginningWith(tenant)
            : IDBKeyRange.bound([tenant, -last.at, last.id], [tenant, []], true)
        const found: StoredLink[] = []
        await walk(stores('links').index('place').openCursor(range), (row: LinkRow) => {
          const fits =
            (flow === undefined || row.flow === flow) &&
            (application === undefined || row.application === application)
          if (fits) found.push(linkOf(row)!)
          return found.length <= size
        })
        return sliceOf(found, size, cursorOf)
      }),
    remove: (tenant, ids) =>
      database.write(['links'], async (stores) => {
        for (const id of ids) stores('links').delete([tenant, id])
      }),
    perApplication: (tenant) =>
      database.read(['links'], async (stores) => {
        const rows = (await done(stores('links').getAll(beginningWith(tenant)))) as readonly LinkRow[]
        const found = new Map<string, number>()
        for (const { application } of rows) found.set(application, (found.get(application) ?? 0) + 1)
        return found
      }),
    count: (tenant, name, { atMost, now, until, once }) =>
      database.write(['tallies'], async (stores) => {
        const read = async (key: string): Promise<TallyRow | undefined> =>
          done(stores('tallies').get([tenant, key]))
        const kept = await read(name)
        const value = valueAt(kept, now)
        const isKnown = once !== undefined && valueAt(await read(once.key), now) > 0
        if (isKnown) return { ok: true, count: value }
        if (value >= atMost) return { ok: false, ...(kept?.until === undefined ? {} : { until: kept.until }) }
        stores('tallies').put({ tenant, name, value: value + 1, ...(until === undefined ? {} : { until }) })
        if (once !== undefined) stores('tallies').put({ tenant, name: once.key, value: 1, until: once.until })
        return { ok: true, count: value + 1 }
      }),
    counted: (tenant, name, now) =>
      database.read(['tallies'], async (stores) =>
        valueAt(await done(stores('tallies').get([tenant, name])), now),
      ),
    reset: (tenant, name) =>
      database.write(['tallies'], async (stores) => {
        stores('tallies').delete([tenant, name])
      }),
    dropExpired: (tenant, now) =>
      database.write(['tallies'], async (stores) => {
        const range = IDBKeyRange.bound([tenant], [tenant, now])
        for (const key of await done(stores('tallies').index('until').getAllKeys(range)))
          stores('tallies').delete(key as IDBValidKey)
      }),
  }
}

function valueAt(kept: TallyRow | undefined, now: number): number {
  const isOver = kept?.until !== undefined && kept.until <= now
  return kept === undefined || isOver ? 0 : kept.value
}

function linkOf(row: LinkRow | undefined): StoredLink | undefined {
  if (row === undefined) return undefined
  const { tenant: _tenant, place: _place, ...link } = row
  return link
}
