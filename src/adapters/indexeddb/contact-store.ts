import { changeFields } from '../../runtime/stores/contact-fields.ts'
import type { Contact, ContactStore, Membership } from '../../runtime/stores/contact-store.ts'
import { beginningWith, type Database, done, type Stores } from './database.ts'

interface MembershipRow extends Membership {
  readonly tenant: string
  /** 1 until it is settled; a row without it is in no index of open ones. */
  readonly open?: 1
}

/** Contacts, and who is in which segment. */
export function indexedDbContactStore(database: Database): ContactStore {
  return {
    get: (tenant, id) => database.read(['contacts'], (stores) => read(stores, tenant, id)),
    find: (tenant, address) =>
      database.read(['contacts', 'addresses'], async (stores) => {
        const owner = await done(stores('addresses').get([tenant, address]))
        return owner === undefined ? undefined : read(stores, tenant, owner.contact)
      }),
    put: (tenant, contact) =>
      database.write(['contacts', 'addresses'], (stores) => put(stores, tenant, contact)),
    change: (tenant, id, fields) =>
      database.write(['contacts'], async (stores) => {
        const before = (await read(stores, tenant, id)) ?? { id, addresses: [], fields: {} }
        stores('contacts').put({ tenant, ...before, fields: changeFields(before.fields, fields) })
      }),
    remove: (tenant, id) =>
      database.write(['contacts', 'addresses', 'memberships'], async (stores) => {
        await disown(stores, tenant, id)
        stores('contacts').delete([tenant, id])
        const members = stores('memberships')
        for (const key of await done(members.index('contact').getAllKeys([tenant, id]))) members.delete(key)
      }),
    enter: (tenant, segment, contact) =>
      database.write(['memberships', 'numbers'], async (stores) => {
        if ((await done(stores('memberships').get([tenant, segment, contact]))) !== undefined)
          return undefined
        const last = (await done(stores('numbers').get('membership')))?.value ?? 0
        const membership = { segment, contact, number: last + 1 }
        stores('numbers').put({ name: 'membership', value: membership.number })
        stores('memberships').put({ tenant, ...membership, open: 1 })
        return membership
      }),
    leave: (tenant, segment, contact) =>
      database.write(['memberships'], async (stores) => {
        await done(stores('memberships').delete([tenant, segment, contact]))
      }),
    settle: (tenant, { segment, contact, number }) =>
      database.write(['memberships'], async (stores) => {
        const row = (await done(stores('memberships').get([tenant, segment, contact]))) as
          | MembershipRow
          | undefined
        if (row?.number === number) stores('memberships').put({ tenant, segment, contact, number })
      }),
    unsettled: (tenant, limit) =>
      database.read(['memberships'], async (stores) => {
        if (limit < 1) return []
        const rows = await done(stores('memberships').index('open').getAll(beginningWith(tenant, 1), limit))
        return rows.map(plain)
      }),
    members: (tenant, segment, after, limit) =>
      database.read(['memberships'], async (stores) => {
        if (limit < 1) return []
        const range = IDBKeyRange.bound([tenant, segment, after], [tenant, segment, []], true)
        return (await done(stores('memberships').index('number').getAll(range, limit))).map(plain)
      }),
    size: (tenant, segment) =>
      database.read(['memberships'], (stores) =>
        done(stores('memberships').index('number').count(beginningWith(tenant, segment))),
      ),
  }
}

async function read(stores: Stores, tenant: string, id: string): Promise<Contact | undefined> {
  const row = await done(stores('contacts').get([tenant, id]))
  if (row === undefined) return undefined
  const { tenant: _tenant, ...contact } = row
  return contact as Contact
}

async function put(stores: Stores, tenant: string, contact: Contact): Promise<void> {
  await disown(stores, tenant, contact.id)
  for (const address of new Set(contact.addresses)) {
    const owner = await done(stores('addresses').get([tenant, address]))
    const other = owner === undefined ? undefined : await read(stores, tenant, owner.contact)
    if (other !== undefined && other.id !== contact.id) {
      const addresses = other.addresses.filter((each) => each !== address)
      stores('contacts').put({ tenant, ...other, addresses })
    }
    stores('addresses').put({ tenant, address, contact: contact.id })
  }
  const { id, addresses, fields, language } = contact
  const kept = { id, addresses: [...addresses], fields: JSON.parse(JSON.stringify(fields)) }
  stores('contacts').put({ tenant, ...kept, ...(language === undefined ? {} : { language }) })
}

/** An address may have gone to somebody else since. */
async function disown(stores: Stores, tenant: string, id: string): Promise<void> {
  for (const address of (await read(stores, tenant, id))?.addresses ?? []) {
    const owner = await done(stores('addresses').get([tenant, address]))
    if (owner?.contact === id) stores('addresses').delete([tenant, address])
  }
}

function plain({ segment, contact, number }: Membership): Membership {
  return { segment, contact, number }
}
