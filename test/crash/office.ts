import Libsql from 'libsql'
import { sqliteStore } from '../../src/adapters/sqlite/index.ts'
import { Bureau } from '../runtime/host/bureau.ts'
import { flows, NUMBERS } from './flows.ts'
import { addressOf, contactOf } from './stories.ts'

/** Makes a database with a workspace, its flows released, and contacts, as it is before anything happens; closes it. */
export async function makeOffice(file: string, contacts: number): Promise<void> {
  const store = sqliteStore(new Libsql(file) as never, { durability: 'relaxed' })
  const bureau = await Bureau.open({}, store)
  for (const [flow, address] of Object.entries(NUMBERS)) {
    const item = { id: `${flow}-sms`, name: flow, channel: 'sms', address }
    await bureau.send({ type: 'define', kind: 'application', item })
  }
  for (const document of flows()) {
    // Those that are not written to speak on the channel they are told to, under no number of their own.
    const own = Object.hasOwn(NUMBERS, document.id) ? { applications: { sms: `${document.id}-sms` } } : {}
    await bureau.release(document, own)
  }
  for (let number = 0; number < contacts; number++) {
    await store.contacts.put('acme', {
      id: contactOf(number),
      addresses: [addressOf(number)],
      fields: { name: 'Ada', balance: 150, tier: 'gold' },
    })
  }
  if (bureau.errors.length > 0) throw bureau.errors[0]
  await bureau.host.close()
  await store.close()
}
