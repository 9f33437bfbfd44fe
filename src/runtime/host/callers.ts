import type { JsonObject } from '../../base/json.ts'
import type { Contact, ContactStore } from '../stores/contact-store.ts'
import { foldAddress } from './addresses.ts'

/** Whoever a session is with, as far as it is known. */
export interface CallerContact {
  readonly id?: string | undefined
  /** The address by which they are reached in this session. */
  readonly address?: string | undefined
  /** True where whoever named them named the address, and not only them. */
  readonly isAddressed?: boolean | undefined
  /** All their addresses, where they are known: unless one was named, one of them may suit a channel better. */
  readonly addresses?: readonly string[] | undefined
  readonly fields?: JsonObject | undefined
  readonly language?: string | undefined
}

/** How a caller of the host names a contact: by id, or by what is known. Fields that are given go before stored ones. */
export type ContactGiven = string | Omit<CallerContact, 'isAddressed' | 'addresses'>

/**
 * Finds out what is known of a contact: by id, or else by address. Somebody unknown goes by their address. A number is looked
 * for as it came and as E.164 (`+49…`), so that stores which keep E.164 find it however it is written.
 */
export async function findCaller(
  contacts: ContactStore,
  tenant: string,
  given: ContactGiven | undefined,
): Promise<CallerContact | undefined> {
  if (given === undefined) return undefined
  const { id, address, fields, language }: CallerContact = typeof given === 'string' ? { id: given } : given
  const stored = await findStored(contacts, tenant, id, address)
  return {
    id: stored?.id ?? id ?? (address === undefined ? undefined : foldAddress(address)),
    address: address ?? stored?.addresses[0],
    isAddressed: address !== undefined,
    addresses: stored?.addresses,
    fields: { ...stored?.fields, ...fields },
    language: language ?? stored?.language,
  }
}

async function findStored(
  contacts: ContactStore,
  tenant: string,
  id: string | undefined,
  address: string | undefined,
): Promise<Contact | undefined> {
  if (id !== undefined) return contacts.get(tenant, id)
  if (address === undefined) return undefined
  const folded = foldAddress(address)
  const found = await contacts.find(tenant, address)
  return found ?? (folded === address ? undefined : contacts.find(tenant, folded))
}
