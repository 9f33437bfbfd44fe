import { PGlite } from '@electric-sql/pglite'
import { describe, it } from 'vitest'
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
  for (const { name, run } of sessionStoreContract(emptyStore)) it(name, run)
})
