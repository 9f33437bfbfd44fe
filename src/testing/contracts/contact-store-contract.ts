import type { JsonObject } from '../../base/json.ts'
import type { Contact, ContactStore, Membership } from '../../runtime/stores/contact-store.ts'
import { type ContractCase, casesOf, type MakeStore } from './contract.ts'
import { type Cases, is, ODD_TEXTS, T } from './sessions/samples.ts'

const contact = (id: string, addresses: readonly string[] = [], fields: JsonObject = {}): Contact => ({
  id,
  addresses,
  fields,
})

/** Puts somebody into a segment who was not in it. */
async function enter(store: ContactStore, segment: string, id: string, tenant = T): Promise<Membership> {
  const membership = await store.enter(tenant, segment, id)
  is('who entered', [membership?.segment, membership?.contact], [segment, id])
  return membership!
}

/**
 * What every contact store has to do, as cases for any test runner. `make` gives a store with nothing in it.
 *
 * @example
 * describe('my contact store', () => {
 *   for (const { name, run } of contactStoreContract(() => openMyStore(':memory:'))) it(name, run)
 * })
 */
export function contactStoreContract(make: MakeStore<ContactStore>): readonly ContractCase[] {
  return casesOf(make, { ...contactCases, ...segmentCases })
}

const contactCases: Cases<ContactStore> = {
  'a contact who was never stored is not there': async (store) => {
    is('get', await store.get(T, 'unknown'), undefined)
    is('find', await store.find(T, '+491'), undefined)
    await store.remove(T, 'unknown')
  },
  'a contact is read back as they were stored last': async (store) => {
    const first: Contact = {
      ...contact('ada', ['+492', '+491'], { name: 'Ada', tags: ['a', null] }),
      language: 'de-AT',
    }
    await store.put(T, first)
    is('the contact', await store.get(T, 'ada'), first)
    const second = contact('ada', ['+493'], { balance: 0.5 })
    await store.put(T, second)
    is('the contact after that', await store.get(T, 'ada'), second)
    is('by the address', await store.find(T, '+493'), second)
    is('by an address before', await store.find(T, '+491'), undefined)
  },
  'a contact is found by each address, as it is written': async (store) => {
    const ada = contact('ada', ['+491', 'Ada@example.org'])
    await store.put(T, ada)
    await store.put(T, contact('bob', ['+49']))
    for (const address of ada.addresses) is(address, await store.find(T, address), ada)
    for (const address of ['+4', '+4911', 'ada@example.org', ' +491', '%']) {
      is(address, await store.find(T, address), undefined)
    }
  },
  'an address belongs to whom it was given last': async (store) => {
    await store.put(T, contact('ada', ['+491', '+492', '+493']))
    await store.put(T, contact('bob', ['+492']))
    is('the new owner', (await store.find(T, '+492'))?.id, 'bob')
    is('what is left to the old one', (await store.get(T, 'ada'))?.addresses, ['+491', '+493'])
    await store.remove(T, 'ada')
    is('the new owner after the old one was removed', (await store.find(T, '+492'))?.id, 'bob')
    await store.put(T, contact('ada', ['+492']))
    is('the address given back', (await store.find(T, '+492'))?.id, 'ada')
  },
  'a change sets fields, takes away those that are null and leaves the rest': async (store) => {
    await store.put(T, { ...contact('ada', ['+491'], { a: 1, b: { deep: 1 }, c: 3 }), language: 'en' })
    await store.change(T, 'ada', { b: { other: null }, c: null, d: [null], unknown: null })
    is('the contact', await store.get(T, 'ada'), {
      ...contact('ada', ['+491'], { a: 1, b: { other: null }, d: [null] }),
      language: 'en',
    })
    is('by the address', (await store.find(T, '+491'))?.id, 'ada')
  },
  'a change of a contact that is not there makes one': async (store) => {
    await store.change(T, 'ada', { name: 'Ada', none: null })
    is('the contact', await store.get(T, 'ada'), contact('ada', [], { name: 'Ada' }))
  },
  'changes at the same time are all kept': async (store) => {
    const names = Array.from({ length: 20 }, (_, n) => `field${n}`)
    await Promise.all(names.map((name, n) => store.change(T, 'ada', { [name]: n })))
    is(
      'the fields',
      (await store.get(T, 'ada'))?.fields,
      Object.fromEntries(names.map((name, n) => [name, n])),
    )
  },
  'a contact who is removed is gone with addresses and memberships': async (store) => {
    await store.put(T, contact('ada', ['+491']))
    await store.put(T, contact('bob'))
    await enter(store, 'vip', 'ada')
    const other = await enter(store, 'vip', 'bob')
    await store.remove(T, 'ada')
    is('get', await store.get(T, 'ada'), undefined)
    is('find', await store.find(T, '+491'), undefined)
    is('members', await store.members(T, 'vip', 0, 10), [other])
    is('unsettled', await store.unsettled(T, 10), [other])
    is('size', await store.size(T, 'vip'), 1)
  },
  'whatever texts are in it, a contact is given back to the character': async (store) => {
    for (const text of ODD_TEXTS) {
      await store.put(T, contact(text, [`address ${text}`], { [text]: text, lone: '\ud800' }))
    }
    for (const text of ODD_TEXTS) {
      const kept = contact(text, [`address ${text}`], { [text]: text, lone: '\ud800' })
      is(`get ${JSON.stringify(text)}`, await store.get(T, text), kept)
      is(`find ${JSON.stringify(text)}`, await store.find(T, `address ${text}`), kept)
    }
  },
  'what is kept is the store’s own': async (store) => {
    const mine = { id: 'ada', addresses: ['+491'], fields: { list: [1] } }
    await store.put(T, mine)
    mine.fields.list.push(2)
    mine.addresses.push('+492')
    const read = (await store.get(T, 'ada')) as unknown as typeof mine
    is('what was put', read, contact('ada', ['+491'], { list: [1] }))
    read.fields.list.push(3)
    is('what was read before', (await store.get(T, 'ada'))?.fields, { list: [1] })
  },
  'tenants know nothing of each other': async (store) => {
    await store.put('a', contact('ada', ['+491'], { of: 'a' }))
    const membership = await enter(store, 'vip', 'ada', 'a')
    is('get', await store.get('b', 'ada'), undefined)
    is('find', await store.find('b', '+491'), undefined)
    is('members', await store.members('b', 'vip', 0, 10), [])
    is('unsettled', await store.unsettled('b', 10), [])
    is('size', await store.size('b', 'vip'), 0)
    await store.put('b', contact('bob', ['+491']))
    await store.change('b', 'ada', { of: 'b' })
    await store.settle('b', membership)
    await store.leave('b', 'vip', 'ada')
    await enter(store, 'vip', 'ada', 'b')
    await store.remove('b', 'ada')
    is('the contact', await store.find('a', '+491'), contact('ada', ['+491'], { of: 'a' }))
    is('the member', await store.members('a', 'vip', 0, 10), [membership])
    is('what is not settled', await store.unsettled('a', 10), [membership])
  },
}

const segmentCases: Cases<ContactStore> = {
  'who is in a segment does not enter it again': async (store) => {
    const first = await enter(store, 'vip', 'ada')
    is('again', await store.enter(T, 'vip', 'ada'), undefined)
    await enter(store, 'other', 'ada')
    is('members', await store.members(T, 'vip', 0, 10), [first])
    is('size', await store.size(T, 'vip'), 1)
  },
  'of entries at the same time one is an entry': async (store) => {
    const entries = await Promise.all(Array.from({ length: 10 }, () => store.enter(T, 'vip', 'ada')))
    is('entries', entries.filter((entry) => entry !== undefined).length, 1)
  },
  'who leaves and enters again has a higher number': async (store) => {
    const first = await enter(store, 'vip', 'ada')
    await store.leave(T, 'vip', 'ada')
    is('members', await store.members(T, 'vip', 0, 10), [])
    is('size', await store.size(T, 'vip'), 0)
    const second = await enter(store, 'vip', 'ada')
    is('a higher number', second.number > first.number, true)
    await store.leave(T, 'vip', 'stranger')
    is('size after a stranger left', await store.size(T, 'vip'), 1)
  },
  'entries are unsettled, by number, until they are settled': async (store) => {
    const entries = [
      await enter(store, 'vip', 'bob'),
      await enter(store, 'new', 'ada'),
      await enter(store, 'vip', 'ada'),
      await enter(store, 'vip', 'cy'),
    ]
    is('all', await store.unsettled(T, 10), entries)
    is('the first two', await store.unsettled(T, 2), entries.slice(0, 2))
    await store.settle(T, entries[1]!)
    await store.settle(T, entries[1]!)
    is('the rest', await store.unsettled(T, 10), [entries[0], entries[2], entries[3]])
    is('who is settled stays', await store.members(T, 'new', 0, 10), [entries[1]])
  },
  'to settle an entry settles no later one': async (store) => {
    const first = await enter(store, 'vip', 'ada')
    await store.leave(T, 'vip', 'ada')
    const second = await enter(store, 'vip', 'ada')
    await store.settle(T, first)
    is('unsettled', await store.unsettled(T, 10), [second])
    await store.settle(T, second)
    is('nothing', await store.unsettled(T, 10), [])
  },
  'members are read by number, after a number': async (store) => {
    const entries: Membership[] = []
    for (let n = 0; n < 20; n++) {
      entries.push(await enter(store, 'vip', `c${n}`))
      await enter(store, 'other', `c${n}`)
    }
    is('the first', await store.members(T, 'vip', 0, 7), entries.slice(0, 7))
    is('the next', await store.members(T, 'vip', entries[6]!.number, 7), entries.slice(7, 14))
    is('the last', await store.members(T, 'vip', entries[13]!.number, 7), entries.slice(14))
    is('none', await store.members(T, 'vip', entries[19]!.number, 7), [])
    is('all', await store.members(T, 'vip', 0, 1_000), entries)
    is('size', await store.size(T, 'vip'), 20)
  },
  'segments with odd names are kept apart': async (store) => {
    for (const text of ODD_TEXTS) await enter(store, text, text)
    for (const text of ODD_TEXTS) {
      const members = await store.members(T, text, 0, 10)
      is(
        `members of ${JSON.stringify(text)}`,
        members.map(({ contact: id }) => id),
        [text],
      )
      is(`size of ${JSON.stringify(text)}`, await store.size(T, text), 1)
    }
  },
}
