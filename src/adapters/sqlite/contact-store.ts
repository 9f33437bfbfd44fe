import type { JsonObject } from '../../base/json.ts'
import { changeFields } from '../../runtime/stores/contact-fields.ts'
import type { Contact, ContactStore, Membership } from '../../runtime/stores/contact-store.ts'
import type { Connection, Row } from './connection.ts'
import { atMost } from './limit.ts'
import { Numbers } from './numbers.ts'
import type { Tenants } from './tenants.ts'

/** Contacts with their addresses, and who is in which segment. */
export function sqliteContactStore(connection: Connection, tenants: Tenants): ContactStore {
  const run = (sql: string, ...values: (string | number | null)[]) => connection.prepare(sql).run(...values)
  const fieldsOf = (n: number, id: string) => {
    const row = connection.prepare('SELECT fields FROM contacts WHERE tenant = ? AND id = ?').get(n, id)
    return row === undefined ? {} : (JSON.parse(String(row.fields)) as JsonObject)
  }
  /** A change to what is kept of a tenant, who is made where there is none. */
  const change = <Result>(tenant: string, work: (n: number) => Result): Promise<Result> =>
    connection.read(() => tenants.make(tenant)).then((n) => connection.write(() => work(n)))

  return {
    get: (tenant, id) =>
      connection.read(() => contactOf(connection.prepare(CONTACT).all(tenants.find(tenant), id))),
    find: (tenant, address) =>
      connection.read(() => {
        const n = tenants.find(tenant)
        return contactOf(connection.prepare(CONTACT_BY_ADDRESS).all(n, n, address))
      }),
    put: (tenant, { id, addresses, fields, language }) =>
      change(tenant, (n) => {
        run('DELETE FROM addresses WHERE tenant = ? AND contact = ?', n, id)
        for (const [place, address] of addresses.entries()) {
          run('INSERT OR REPLACE INTO addresses VALUES (?, ?, ?, ?)', n, address, id, place)
        }
        run(
          'INSERT OR REPLACE INTO contacts VALUES (?, ?, ?, ?)',
          n,
          id,
          JSON.stringify(fields),
          language ?? null,
        )
      }),
    change: (tenant, id, fields) =>
      change(tenant, (n) => {
        run(
          `INSERT INTO contacts VALUES (?, ?, ?, NULL)
           ON CONFLICT (tenant, id) DO UPDATE SET fields = excluded.fields`,
          n,
          id,
          JSON.stringify(changeFields(fieldsOf(n, id), fields)),
        )
      }),
    remove: (tenant, id) =>
      connection.write(() => {
        const n = tenants.find(tenant)
        run('DELETE FROM contacts WHERE tenant = ? AND id = ?', n, id)
        run('DELETE FROM addresses WHERE tenant = ? AND contact = ?', n, id)
        run('DELETE FROM memberships WHERE tenant = ? AND contact = ?', n, id)
      }),

    enter: (tenant, segment, contact) =>
      change(tenant, (n) => {
        const numbers = new Numbers(connection)
        const number = numbers.next()
        const entered = run(
          'INSERT OR IGNORE INTO memberships VALUES (?, ?, ?, ?, 0)',
          number,
          n,
          segment,
          contact,
        )
        if (entered === 0) return undefined
        numbers.save()
        return { segment, contact, number }
      }),
    leave: (tenant, segment, contact) =>
      connection.write(() => {
        const n = tenants.find(tenant)
        run('DELETE FROM memberships WHERE tenant = ? AND segment = ? AND contact = ?', n, segment, contact)
      }),
    settle: (tenant, { number }) =>
      connection.write(() => {
        run('UPDATE memberships SET settled = 1 WHERE n = ? AND tenant = ?', number, tenants.find(tenant))
      }),
    unsettled: (tenant, limit) =>
      connection.read(() =>
        connection
          .prepare(`${MEMBERS} WHERE tenant = ? AND settled = 0 ORDER BY n LIMIT ?`)
          .all(tenants.find(tenant), atMost(limit))
          .map(membershipOf),
      ),
    members: (tenant, segment, after, limit) =>
      connection.read(() =>
        connection
          .prepare(`${MEMBERS} WHERE tenant = ? AND segment = ? AND n > ? ORDER BY n LIMIT ?`)
          .all(tenants.find(tenant), segment, after, atMost(limit))
          .map(membershipOf),
      ),
    size: (tenant, segment) =>
      connection.read(() => {
        const size = connection.prepare('SELECT size FROM segments WHERE tenant = ? AND segment = ?')
        return Number(size.get(tenants.find(tenant), segment)?.size ?? 0)
      }),
  }
}

const MEMBERS = 'SELECT n, segment, contact FROM memberships'

/** A contact with a row for each address; with one row where there is none. */
const CONTACT_ROWS = `SELECT c.id, c.fields, c.language, a.address FROM contacts c
  LEFT JOIN addresses a ON a.tenant = c.tenant AND a.contact = c.id`
const CONTACT = `${CONTACT_ROWS} WHERE c.tenant = ? AND c.id = ? ORDER BY a.place`
const CONTACT_BY_ADDRESS = `${CONTACT_ROWS}
  WHERE c.tenant = ? AND c.id = (SELECT contact FROM addresses WHERE tenant = ? AND address = ?) ORDER BY a.place`

function contactOf(rows: readonly Row[]): Contact | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  return {
    id: String(first.id),
    addresses: rows.flatMap(({ address }) => (address == null ? [] : [String(address)])),
    fields: JSON.parse(String(first.fields)) as JsonObject,
    ...(first.language == null ? {} : { language: String(first.language) }),
  }
}

function membershipOf({ segment, contact, n }: Row): Membership {
  return { segment: String(segment), contact: String(contact), number: Number(n) }
}
