import type { LinkStore, StoredLink } from '../../sharing/links/link-store.ts'
import { type ContractCase, casesOf, type MakeStore } from './contract.ts'
import { type Cases, is, ODD_TEXTS, T } from './sessions/samples.ts'

const link = (id: string, rest: Partial<StoredLink> = {}): StoredLink => ({
  id,
  flow: 'survey',
  application: 'web',
  at: 1_000,
  text: `text of ${id}`,
  ...rest,
})

const idsOf = async (store: LinkStore, query: Parameters<LinkStore['list']>[1], tenant = T) =>
  (await store.list(tenant, query)).items.map(({ id }) => id)

/**
 * What every link store has to do, as cases for any test runner. `make` gives a store with nothing in it.
 *
 * @example
 * describe('my link store', () => {
 *   for (const { name, run } of linkStoreContract(() => openMyStore(':memory:'))) it(name, run)
 * })
 */
export function linkStoreContract(make: MakeStore<LinkStore>): readonly ContractCase[] {
  return casesOf(make, { ...linkCases, ...countCases })
}

const linkCases: Cases<LinkStore> = {
  'a link that was never kept is not there': async (store) => {
    is('read', await store.read(T, 'unknown'), undefined)
    is('find', await store.find(T, 'unknown'), undefined)
    is('list', await store.list(T, {}), { items: [] })
    is('per application', [...(await store.perApplication(T))], [])
    await store.remove(T, ['unknown'])
  },
  'a link is read back by its id and by its code': async (store) => {
    const short = link('a', { code: 'x' })
    is('added', await store.add(T, short), true)
    is('added without a code', await store.add(T, link('b')), true)
    is('read', await store.read(T, 'a'), short)
    is('find', await store.find(T, 'x'), short)
    is('read without a code', await store.read(T, 'b'), link('b'))
    for (const other of ['', 'X', 'a', 'x ']) is(`find ${other}`, await store.find(T, other), undefined)
  },
  'of links with one id or one code the first is kept, and nothing of the others': async (store) => {
    await store.add(T, link('a', { code: 'x' }))
    is('the same id', await store.add(T, link('a', { code: 'y', text: 'other' })), false)
    is('the same code', await store.add(T, link('b', { code: 'x' })), false)
    is('the first', await store.read(T, 'a'), link('a', { code: 'x' }))
    is('the code of the second', await store.find(T, 'y'), undefined)
    is('the third', await store.read(T, 'b'), undefined)
    is('several without a code', [await store.add(T, link('c')), await store.add(T, link('d'))], [true, true])
  },
  'of links with one code that come at the same time one is kept': async (store) => {
    const added = await Promise.all(
      Array.from({ length: 10 }, (_, n) => store.add(T, link(`l${n}`, { code: 'x' }))),
    )
    is('added', added.filter(Boolean).length, 1)
    is('kept', (await store.list(T, {})).items.length, 1)
  },
  'links are listed from the latest on, those of one instant by id': async (store) => {
    for (const [id, at] of [
      ['b', 2],
      ['d', 1],
      ['a', 2],
      ['c', 3.5],
    ] as const)
      await store.add(T, link(id, { at }))
    is('ids', await idsOf(store, {}), ['c', 'a', 'b', 'd'])
  },
  'a list goes on where the slice before ended, also while links come and go': async (store) => {
    for (let n = 0; n < 9; n++) await store.add(T, link(`l${n}`, { at: Math.floor(n / 2) }))
    const first = await store.list(T, { limit: 3 })
    is(
      'the first',
      first.items.map(({ id }) => id),
      ['l8', 'l6', 'l7'],
    )
    await store.add(T, link('new', { at: 99 }))
    await store.remove(T, ['l4'])
    const second = await store.list(T, { limit: 3, after: first.next! })
    is(
      'the second',
      second.items.map(({ id }) => id),
      ['l5', 'l2', 'l3'],
    )
    const third = await store.list(T, { limit: 3, after: second.next! })
    is('the third', third, { items: [link('l0', { at: 0 }), link('l1', { at: 0 })] })
  },
  'a list that cannot go on from there rejects': async (store) => {
    const code = await store.list(T, { after: 'nonsense' }).then(
      () => 'resolved',
      (error) => error.code,
    )
    is('the code', code, 'list.badPage')
  },
  'links are found by flow and application': async (store) => {
    await store.add(T, link('a', { at: 4 }))
    await store.add(T, link('b', { at: 3, flow: 'other' }))
    await store.add(T, link('c', { at: 2, application: 'app' }))
    await store.add(T, link('d', { at: 1, flow: 'other', application: 'app' }))
    await store.add(T, link('e', { at: 0 }))
    is('of a flow', await idsOf(store, { flow: 'other' }), ['b', 'd'])
    is('of an application', await idsOf(store, { application: 'app' }), ['c', 'd'])
    is('of both', await idsOf(store, { flow: 'other', application: 'app' }), ['d'])
    is('of neither', await idsOf(store, { flow: 'nothing' }), [])
    const first = await store.list(T, { application: 'app', limit: 1 })
    is('the rest', await idsOf(store, { application: 'app', after: first.next! }), ['d'])
    is('per application', [...(await store.perApplication(T))].sort(), [
      ['app', 2],
      ['web', 3],
    ])
  },
  'a link that is removed is gone, and its id and code are free': async (store) => {
    await store.add(T, link('a', { code: 'x' }))
    await store.add(T, link('b'))
    await store.remove(T, ['a', 'unknown'])
    is('read', await store.read(T, 'a'), undefined)
    is('find', await store.find(T, 'x'), undefined)
    is('per application', [...(await store.perApplication(T))], [['web', 1]])
    is('added again', await store.add(T, link('a', { code: 'x', at: 5 })), true)
    is('found again', (await store.find(T, 'x'))?.at, 5)
  },
  'whatever texts are in it, a link is given back to the character': async (store) => {
    for (const text of ODD_TEXTS)
      await store.add(T, link(text, { code: text, flow: text, application: text, text }))
    for (const text of ODD_TEXTS) {
      const kept = link(text, { code: text, flow: text, application: text, text })
      is(`read ${JSON.stringify(text)}`, await store.read(T, text), kept)
      is(`find ${JSON.stringify(text)}`, await store.find(T, text), kept)
      is(`list ${JSON.stringify(text)}`, await idsOf(store, { flow: text, application: text }), [text])
    }
    is('all pages', (await allOf(store)).length, ODD_TEXTS.length)
  },
  'what is kept is the store’s own': async (store) => {
    const mine = { ...link('a') }
    await store.add(T, mine)
    mine.text = 'changed'
    const read = (await store.read(T, 'a')) as { text: string }
    is('what was added', read.text, 'text of a')
    read.text = 'changed'
    is('what was read before', (await store.read(T, 'a'))?.text, 'text of a')
  },
  'tenants know nothing of each other’s links': async (store) => {
    await store.add('a', link('x', { code: 'c' }))
    is('its own', await store.read('a', 'x'), link('x', { code: 'c' }))
    is('read', await store.read('b', 'x'), undefined)
    is('find', await store.find('b', 'c'), undefined)
    is('list', await idsOf(store, {}, 'b'), [])
    is('per application', [...(await store.perApplication('b'))], [])
    is('the same id and code', await store.add('b', link('x', { code: 'c', text: 'of b' })), true)
    await store.remove('b', ['x'])
    is('the other one', (await store.find('a', 'c'))?.text, 'text of x')
  },
}

const countCases: Cases<LinkStore> = {
  'a count goes up to its bound and no further': async (store) => {
    for (const count of [1, 2, 3])
      is(`call ${count}`, await store.count(T, 'k', { atMost: 3, now: 1 }), { ok: true, count })
    is('one more', await store.count(T, 'k', { atMost: 3, now: 1 }), { ok: false })
    is('with a higher bound', await store.count(T, 'k', { atMost: 4, now: 1 }), { ok: true, count: 4 })
    is('another key', await store.count(T, 'l', { atMost: 1, now: 1 }), { ok: true, count: 1 })
    is('how far', [await store.counted(T, 'k', 1), await store.counted(T, 'none', 1)], [4, 0])
    is('a bound of nothing', await store.count(T, 'm', { atMost: 0, now: 1 }), { ok: false })
  },
  'of counts at the same time no more are counted than the bound lets': async (store) => {
    const counted = await Promise.all(
      Array.from({ length: 20 }, () => store.count(T, 'k', { atMost: 7, now: 1 })),
    )
    const counts = counted.flatMap((each) => (each.ok ? [each.count] : []))
    is(
      'counts',
      counts.sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7],
    )
  },
  'a count that holds no longer begins anew': async (store) => {
    await store.count(T, 'k', { atMost: 2, now: 10, until: 20 })
    await store.count(T, 'k', { atMost: 2, now: 11, until: 21 })
    is('until the last end', await store.count(T, 'k', { atMost: 2, now: 20, until: 30 }), {
      ok: false,
      until: 21,
    })
    is('how far', [await store.counted(T, 'k', 20), await store.counted(T, 'k', 21)], [2, 0])
    is('from it on', await store.count(T, 'k', { atMost: 2, now: 21, until: 31 }), { ok: true, count: 1 })
    is('an end that is taken away', await store.count(T, 'k', { atMost: 2, now: 22 }), { ok: true, count: 2 })
    is('for ever', await store.count(T, 'k', { atMost: 2, now: 1e12 }), { ok: false })
  },
  'a count that is reset begins anew': async (store) => {
    await store.count(T, 'k', { atMost: 1, now: 1 })
    await store.count(T, 'l', { atMost: 1, now: 1 })
    await store.reset(T, 'k')
    await store.reset(T, 'unknown')
    is('how far', await store.counted(T, 'k', 1), 0)
    is('the one', await store.count(T, 'k', { atMost: 1, now: 1 }), { ok: true, count: 1 })
    is('the other', await store.count(T, 'l', { atMost: 1, now: 1 }), { ok: false })
  },
  'a time that was named is counted once, as long as its name holds': async (store) => {
    const count = (name: string, now: number) =>
      store.count(T, 'k', { atMost: 2, now, once: { key: `once ${name}`, until: now + 10 } })
    is('the first', await count('a', 1), { ok: true, count: 1 })
    is('sent again', await count('a', 2), { ok: true, count: 1 })
    is('another one', await count('b', 2), { ok: true, count: 2 })
    is('sent again where the bound is reached', await count('a', 3), { ok: true, count: 2 })
    is('one too many', await count('c', 3), { ok: false })
    is('one too many, sent again', await count('c', 3), { ok: false })
    is('its name is not kept', await store.counted(T, 'once c', 3), 0)
    is('a name that holds no longer', await count('a', 11), { ok: false })
    is('how far', await store.counted(T, 'k', 99), 2)
  },
  'a time that was named is counted once where it comes several times at once, and never past the bound':
    async (store) => {
      const count = (name: string) =>
        store.count(T, 'k', { atMost: 1, now: 1, once: { key: `once ${name}`, until: 9 } })
      const same = await Promise.all(Array.from({ length: 10 }, () => count('a')))
      is('the same', same.filter(({ ok }) => ok).length, 10)
      is('how far', await store.counted(T, 'k', 1), 1)
      const late = await Promise.all(Array.from({ length: 10 }, () => count('b')))
      is('one too many', late.filter(({ ok }) => ok).length, 0)
    },
  'what holds no longer is forgotten when asked for, and nothing else': async (store) => {
    await store.count(T, 'over', { atMost: 1, now: 1, until: 10 })
    await store.count(T, 'k', { atMost: 1, now: 1, once: { key: 'once over', until: 10 } })
    await store.count(T, 'holds', { atMost: 1, now: 1, until: 11 })
    await store.count('b', 'of another', { atMost: 1, now: 1, until: 10 })
    await store.dropExpired(T, 10)
    await store.dropExpired('nobody', 10)
    // Asked for an instant before, which no clock does: what is still there says so.
    const left = async (key: string, tenant = T) => store.counted(tenant, key, 1)
    is('gone', [await left('over'), await left('once over')], [0, 0])
    is('kept', [await left('k'), await left('holds'), await left('of another', 'b')], [1, 1, 1])
  },
  'counts have odd names, and tenants their own': async (store) => {
    for (const text of ODD_TEXTS)
      is(JSON.stringify(text), await store.count(T, text, { atMost: 1, now: 1 }), { ok: true, count: 1 })
    is('nothing of another', await store.counted('b', ODD_TEXTS[0]!, 1), 0)
    is('of another', await store.count('b', ODD_TEXTS[0]!, { atMost: 1, now: 1 }), { ok: true, count: 1 })
    await store.reset('b', ODD_TEXTS[0]!)
    is('still', await store.count(T, ODD_TEXTS[0]!, { atMost: 1, now: 1 }), { ok: false })
  },
}

async function allOf(store: LinkStore): Promise<readonly StoredLink[]> {
  const found: StoredLink[] = []
  let after: string | undefined
  do {
    const slice = await store.list(T, { limit: 4, ...(after === undefined ? {} : { after }) })
    found.push(...slice.items)
    after = slice.next
  } while (after !== undefined)
  return found
}
