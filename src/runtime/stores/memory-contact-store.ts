import { changeFields } from './contact-fields.ts'
import type { Contact, ContactStore, Membership } from './contact-store.ts'

/** Contacts in memory, for tests, browsers and trying things out. They are kept as JSON text, as on a disk. */
export function memoryContactStore(): ContactStore {
  const contacts = new Map<string, string>()
  const owners = new Map<string, string>()
  const memberships = new Map<string, Membership & { settled: boolean }>()
  let number = 0
  const keyOf = (tenant: string, ...names: readonly string[]) => JSON.stringify([tenant, ...names])
  const read = (tenant: string, id: string) => {
    const text = contacts.get(keyOf(tenant, id))
    return text === undefined ? undefined : (JSON.parse(text) as Contact)
  }
  const write = (tenant: string, contact: Contact) =>
    contacts.set(keyOf(tenant, contact.id), JSON.stringify(contact))
  const disown = (tenant: string, id: string) => {
    for (const address of read(tenant, id)?.addresses ?? []) {
      const key = keyOf(tenant, address)
      if (owners.get(key) === id) owners.delete(key)
    }
  }
  const membersOf = (tenant: string) => {
    const prefix = keyOf(tenant).slice(0, -1)
    return [...memberships]
      .filter(([key]) => key.startsWith(`${prefix},`))
      .map(([, membership]) => membership)
      .sort((a, b) => a.number - b.number)
  }
  const plain = ({ segment, contact, number }: Membership): Membership => ({ segment, contact, number })
  return {
    get: async (tenant, id) => read(tenant, id),
    async find(tenant, address) {
      const id = owners.get(keyOf(tenant, address))
      return id === undefined ? undefined : read(tenant, id)
    },
    async put(tenant, contact) {
      disown(tenant, contact.id)
      for (const address of contact.addresses) {
        const before = owners.get(keyOf(tenant, address))
        const other = before === undefined ? undefined : read(tenant, before)
        if (other !== undefined && other.id !== contact.id) {
          write(tenant, { ...other, addresses: other.addresses.filter((each) => each !== address) })
        }
        owners.set(keyOf(tenant, address), contact.id)
      }
      write(tenant, contact)
    },
    async change(tenant, id, fields) {
      const before = read(tenant, id) ?? { id, addresses: [], fields: {} }
      write(tenant, { ...before, fields: changeFields(before.fields, fields) })
    },
    async remove(tenant, id) {
      disown(tenant, id)
      contacts.delete(keyOf(tenant, id))
      for (const { segment, contact } of membersOf(tenant))
        if (contact === id) memberships.delete(keyOf(tenant, segment, id))
    },
    async enter(tenant, segment, contact) {
      const key = keyOf(tenant, segment, contact)
      if (memberships.has(key)) return undefined
      const membership = { segment, contact, number: ++number }
      memberships.set(key, { ...membership, settled: false })
      return membership
    },
    async leave(tenant, segment, contact) {
      memberships.delete(keyOf(tenant, segment, contact))
    },
    async settle(tenant, membership) {
      const kept = memberships.get(keyOf(tenant, membership.segment, membership.contact))
      if (kept?.number === membership.number) kept.settled = true
    },
    async unsettled(tenant, limit) {
      return membersOf(tenant)
        .filter((each) => !(each as { settled?: boolean }).settled)
        .slice(0, limit)
        .map(plain)
    },
    async members(tenant, segment, after, limit) {
      return membersOf(tenant)
        .filter((each) => each.segment === segment && each.number > after)
        .slice(0, limit)
        .map(plain)
    },
    async size(tenant, segment) {
      return membersOf(tenant).filter((each) => each.segment === segment).length
    },
  }
}
