import { describe, it } from 'vitest'
import { sqliteStore } from '../../../src/adapters/sqlite/index.ts'
import {
  contactStoreContract,
  contentStoreContract,
  eventStoreContract,
  linkStoreContract,
  sessionStoreContract,
} from '../../../src/testing/index.ts'
import { closing, DRIVERS, newFile } from './drivers.ts'

for (const { name, open, missing } of DRIVERS) {
  const title = missing === undefined ? name : `${name}, which is skipped: ${missing}`
  describe.skipIf(missing !== undefined)(title, () => {
    const make = () => sqliteStore(closing(open(newFile())), { busyTimeoutMs: 100 })

    describe('events', () => {
      for (const { name, run } of eventStoreContract(() => make().events)) it(name, run)
    })
    describe('contents', () => {
      for (const { name, run } of contentStoreContract(() => make().contents)) it(name, run)
    })
    describe('sessions', () => {
      for (const { name, run } of sessionStoreContract(() => make().sessions)) it(name, run)
    })
    describe('links', () => {
      for (const { name, run } of linkStoreContract(() => make().links)) it(name, run)
    })
    describe('contacts', () => {
      for (const { name, run } of contactStoreContract(() => make().contacts)) it(name, run)
    })
  })
}
