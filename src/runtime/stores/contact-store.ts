import type { JsonObject } from '../../base/json.ts'

/**
 * Who can be reached, and who is in which segment. A product that keeps its contacts elsewhere fills this port with its own
 * records. `contactStoreContract` of `sluice/testing` holds an implementation against this.
 */
export interface ContactStore {
  get(tenant: string, id: string): Promise<Contact | undefined>
  /** The contact who has an address; addresses are compared as they are written. */
  find(tenant: string, address: string): Promise<Contact | undefined>
  /** Stores a contact in the place of what was kept of them before. An address belongs to whom it was given last. */
  put(tenant: string, contact: Contact): Promise<void>
  /** Sets fields of a contact, and takes away those that are null; makes the contact where there is none. */
  change(tenant: string, id: string, fields: JsonObject): Promise<void>
  /** Removes a contact with addresses and memberships. */
  remove(tenant: string, id: string): Promise<void>

  /** Puts a contact into a segment. `undefined` where they are in it already. */
  enter(tenant: string, segment: string, contact: string): Promise<Membership | undefined>
  /** Takes a contact out of a segment. */
  leave(tenant: string, segment: string, contact: string): Promise<void>
  /** Says that all has been done that an entry sets going. */
  settle(tenant: string, membership: Membership): Promise<void>
  /** Entries that were not settled, by number. */
  unsettled(tenant: string, limit: number): Promise<readonly Membership[]>
  /** Who is in a segment, by the number of their entry, after a number. */
  members(tenant: string, segment: string, after: number, limit: number): Promise<readonly Membership[]>
  /** How many are in a segment. */
  size(tenant: string, segment: string): Promise<number>
}

export interface Contact {
  readonly id: string
  /** Phone numbers and other addresses by which they are reached. */
  readonly addresses: readonly string[]
  /** What flows read as `contact`, beside `contact.id`. */
  readonly fields: JsonObject
  /** BCP 47 tag, where it is known. */
  readonly language?: string
}

/** An entry into a segment. Who leaves and enters again has another number. */
export interface Membership {
  readonly segment: string
  readonly contact: string
  /** Rises with every entry of the tenant. */
  readonly number: number
}
