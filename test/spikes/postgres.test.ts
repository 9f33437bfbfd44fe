import { PGlite } from '@electric-sql/pglite'
import { beforeAll, describe, it } from 'vitest'
import { sessionStoreContract } from '../../src/testing/index.ts'
import { postgresSessionStore } from './postgres-session-store.ts'

/** PostgreSQL as a library, in this process: each case has tables of its own in one database. */
const server = new PGlite()
let cases = 0

async function emptyStore() {
  const schema = `case_${++cases}`
  await server.exec(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}`)
  return postgresSessionStore(server)
}

describe('the session port on PostgreSQL', () => {
  // It takes seconds on a busy machine, which no case should be charged with.
  beforeAll(() => server.waitReady, 60_000)

  for (const { name, run } of sessionStoreContract(emptyStore)) it(name, run)
})
