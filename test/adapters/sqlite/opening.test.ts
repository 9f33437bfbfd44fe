import { copyFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Connection } from '../../../src/adapters/sqlite/connection.ts'
import { sqliteStore } from '../../../src/adapters/sqlite/index.ts'
import { migrate, requireSchema } from '../../../src/adapters/sqlite/migrate.ts'
import { MIGRATIONS } from '../../../src/adapters/sqlite/schema.ts'
import { everything, fill, T } from '../../../src/testing/contracts/sessions/samples.ts'
import { closing, DRIVERS, libsql, newFile } from './drivers.ts'
import { ROWS_OF_SCHEMA_1, SCHEMA_1 } from './schema-1.ts'

const open = (file = newFile()) => closing(libsql.open(file))
const rowsOf = (database: ReturnType<typeof open>, sql: string) => new Connection(database).prepare(sql).all()

/** What opening comes to: a code, or nothing. */
function refusal(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe('opening a database', () => {
  it('makes a schema where there is nothing, and records its steps', () => {
    const database = open()
    sqliteStore(database)
    expect(rowsOf(database, 'SELECT * FROM sluice_migrations')).toEqual(
      MIGRATIONS.map(({ number, name }) => ({ number, name })),
    )
  })

  it('finds what was stored before', async () => {
    const file = newFile()
    const first = sqliteStore(open(file))
    await fill(first.sessions)
    const stored = await everything(first.sessions)
    await first.close()
    expect(await everything(sqliteStore(open(file)).sessions)).toEqual(stored)
  })

  it('leaves a file that is whole by itself when it closes', async () => {
    const [file, copy] = [newFile(), newFile()]
    const first = sqliteStore(open(file))
    await fill(first.sessions)
    const stored = await everything(first.sessions)
    await first.close()
    copyFileSync(file, copy)
    expect(await everything(sqliteStore(open(copy)).sessions)).toEqual(stored)
  })

  it('closes at once where somebody else holds the file', async () => {
    const file = newFile()
    const other = open(file)
    const store = sqliteStore(open(file))
    other.exec('BEGIN IMMEDIATE')
    await store.close()
    other.exec('ROLLBACK')
    expect(refusal(() => sqliteStore(open(file)))).toBe(undefined)
  })

  it('numbers on where it stopped, though everything has been deleted', async () => {
    const file = newFile()
    const work = [{ work: { session: 's', text: 'work' } }]
    const first = sqliteStore(open(file))
    const [before] = await first.sessions.commit(T, work)
    await first.sessions.erase(T, ['s'])
    await first.close()
    const [after] = await sqliteStore(open(file)).sessions.commit(T, work)
    expect((after as { entry: number }).entry).toBeGreaterThan((before as { entry: number }).entry)
  })

  it('waits for no disk with relaxed durability, and for each commit otherwise', () => {
    for (const [durability, synchronous] of [
      [undefined, 2],
      ['full', 2],
      ['relaxed', 1],
    ] as const) {
      const database = open()
      sqliteStore(database, durability === undefined ? {} : { durability })
      expect(rowsOf(database, 'PRAGMA synchronous')[0]?.synchronous).toBe(synchronous)
      expect(rowsOf(database, 'PRAGMA journal_mode')[0]?.journal_mode).toBe('wal')
    }
  })

  it('works in memory', async () => {
    const store = sqliteStore(open(':memory:'))
    await fill(store.sessions)
    expect((await store.sessions.read(T, 's'))?.revision).toBe(1)
  })

  it.each([{ busyTimeoutMs: -1 }, { busyTimeoutMs: Number.NaN }, { durability: 'some' as 'full' }])(
    'refuses the options %j',
    (options) => {
      expect(refusal(() => sqliteStore(open(), options))).toBe('store.options')
    },
  )
})

describe('a file that is not for this release', () => {
  it('is refused where it was made by somebody else, and is left alone', () => {
    const database = open()
    database.exec('CREATE TABLE invoices (id INTEGER PRIMARY KEY)')
    expect(refusal(() => sqliteStore(database))).toBe('store.foreign')
    expect(rowsOf(database, "SELECT name FROM sqlite_schema WHERE type = 'table'")).toEqual([
      { name: 'invoices' },
    ])
    expect(rowsOf(database, 'PRAGMA journal_mode')[0]?.journal_mode).toBe('delete')
  })

  it.each(DRIVERS.filter(({ missing }) => missing === undefined))(
    'is refused where it is no database at all, by $name',
    (driver) => {
      const file = newFile()
      writeFileSync(file, 'Dear diary, '.repeat(500))
      expect(refusal(() => sqliteStore(closing(driver.open(file))))).toBe('store.foreign')
    },
  )

  it('is refused where a later release has written to it, and is left alone', async () => {
    const file = newFile()
    const before = sqliteStore(open(file))
    await fill(before.sessions)
    const database = open(file)
    database.exec("INSERT INTO sluice_migrations VALUES (99, 'from the future')")
    expect(() => sqliteStore(database)).toThrow(/schema 99.*\[store\.newer\]\. Install the release/)
    expect((await before.sessions.read(T, 's'))?.revision).toBe(1)
  })
})

describe('a database that is only to be read', () => {
  const readOnly = (file: string) => sqliteStore(open(file), { readOnly: true })

  it('gives what the host has stored, also what it stores meanwhile', async () => {
    const file = newFile()
    const host = sqliteStore(open(file))
    const { change } = await fill(host.sessions)
    const reader = readOnly(file)
    expect(await everything(reader.sessions)).toEqual(await everything(host.sessions))
    await host.sessions.commit(T, [change])
    expect((await reader.sessions.read(T, 's'))?.revision).toBe(2)
  })

  it('is not written to, whatever is asked of it', async () => {
    const file = newFile()
    const host = sqliteStore(open(file))
    const { change } = await fill(host.sessions)
    const before = await everything(host.sessions)
    const reader = readOnly(file)
    for (const call of [
      reader.sessions.commit(T, [change]),
      reader.sessions.commit('a tenant that is new', [{ work: { session: 's', text: 'work' } }]),
      reader.contents.put('hash', 'text'),
    ])
      await expect(call).rejects.toMatchObject({ code: 'store.readOnly' })
    expect(await everything(host.sessions)).toEqual(before)
  })

  it('keeps the log of writes of the host when the reader closes', async () => {
    const file = newFile()
    await fill(sqliteStore(open(file)).sessions)
    const size = statSync(`${file}-wal`).size
    await readOnly(file).close()
    expect([size > 0, statSync(`${file}-wal`).size]).toEqual([true, size])
  })

  it('is not made where there is none yet', () => {
    const file = newFile()
    writeFileSync(file, '')
    expect(refusal(() => readOnly(file))).toBe('store.foreign')
    expect(statSync(file).size).toBe(0)
  })

  it('is refused where a later release has written to it', () => {
    const file = newFile()
    const database = open(file)
    sqliteStore(database)
    database.exec("INSERT INTO sluice_migrations VALUES (99, 'from the future')")
    expect(refusal(() => readOnly(file))).toBe('store.newer')
  })

  it('is refused, and not brought up to date, where its schema is older', () => {
    const database = open()
    sqliteStore(database)
    const steps = [
      ...MIGRATIONS,
      { number: MIGRATIONS.length + 1, name: 'more', sql: 'CREATE TABLE more (n)' },
    ]
    expect(refusal(() => requireSchema(new Connection(database), steps))).toBe('store.older')
    expect(() => rowsOf(database, 'SELECT * FROM more')).toThrow()
  })
})

describe('a schema that is older', () => {
  const STEPS = [
    ...MIGRATIONS,
    { number: MIGRATIONS.length + 1, name: 'more', sql: 'ALTER TABLE heads ADD COLUMN more TEXT' },
    { number: MIGRATIONS.length + 2, name: 'most', sql: 'CREATE TABLE most (n INTEGER PRIMARY KEY)' },
  ]

  it('is brought up to date step by step, and keeps what is in it', async () => {
    const file = newFile()
    const store = sqliteStore(open(file))
    await fill(store.sessions)
    const database = open(file)
    migrate(new Connection(database), STEPS)
    expect(rowsOf(database, 'SELECT more FROM heads')).toEqual([{ more: null }])
    expect(rowsOf(database, 'SELECT max(number) AS last FROM sluice_migrations')).toEqual([
      { last: STEPS.length },
    ])
    expect((await store.sessions.read(T, 's'))?.revision).toBe(1)
  })

  it('stays as it is where one of the steps fails', () => {
    const database = open()
    sqliteStore(database)
    const broken = [...STEPS, { number: STEPS.length + 1, name: 'broken', sql: 'CREATE TABLE most (again)' }]
    expect(() => migrate(new Connection(database), broken)).toThrow()
    expect(rowsOf(database, 'SELECT max(number) AS last FROM sluice_migrations')).toEqual([
      { last: MIGRATIONS.length },
    ])
    expect(() => rowsOf(database, 'SELECT more FROM heads')).toThrow()
  })

  it('steps are numbered from 1 on without a gap', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, i) => i + 1))
  })

  it('of number 1 is read by this release', async () => {
    const file = newFile()
    const old = libsql.open(file)
    old.exec(SCHEMA_1)
    old.exec(ROWS_OF_SCHEMA_1)
    old.close()
    const { sessions, contacts, events, contents } = sqliteStore(open(file))
    expect(await sessions.read('acme', 's')).toEqual({
      session: 's',
      revision: 2,
      text: 'waits',
      head: { flow: 'f', version: 'v', status: 'waiting', contact: 'ada', channel: 'sms', startedAt: 1_000 },
    })
    expect(await sessions.history('acme', 's')).toEqual([
      { revision: 1, text: 'began' },
      { revision: 2, text: 'asked' },
    ])
    expect(await sessions.due('acme', 9_000, 10)).toEqual([{ session: 's', due: 5_000 }])
    expect(await sessions.outbox('acme', 0, 10)).toEqual([{ number: 4, session: 's', text: 'send', at: 0 }])
    expect(await sessions.claimant('acme', 'once', 0)).toBe('s')
    expect((await sessions.marked('acme', 'contact/ada', {})).items).toEqual(['s'])
    expect((await sessions.log('acme', {})).items).toEqual([
      { number: 5, logbook: 'calls', session: 's', at: 1_500, text: 'entry' },
    ])
    expect((await sessions.deadLetters('acme', {})).items[0]?.text).toBe('letter')
    expect([...(await sessions.counts('acme', ''))]).toEqual([['flow/f/started', 1]])
    expect(await sessions.cursor('acme', 'feed')).toBe(7)
    expect(await contacts.find('acme', '+491')).toEqual({
      id: 'ada',
      addresses: ['+491'],
      fields: { name: 'Ada' },
      language: 'de',
    })
    expect(await contacts.members('acme', 'vip', 0, 10)).toEqual([
      { segment: 'vip', contact: 'ada', number: 7 },
    ])
    expect(await contacts.size('acme', 'vip')).toBe(1)
    expect(await events.read('workspace/acme')).toEqual([{ type: 'made' }])
    expect(await contents.get('hash')).toBe('{}')
    expect(await sessions.commit('acme', [{ work: { session: 's', text: 'more' } }])).toEqual([
      { ok: true, entry: 8 },
    ])
  })

  it('of number 1 takes links and counts, once for all who open it, and keeps what is in it', async () => {
    const file = newFile()
    const old = libsql.open(file)
    old.exec(SCHEMA_1)
    old.exec(ROWS_OF_SCHEMA_1)
    old.close()
    // As two processes that were started with the new release.
    const [one, other] = [sqliteStore(open(file)), sqliteStore(open(file))]
    expect(one.links).toBeDefined()
    expect((await one.links.list('acme', {})).items).toEqual([])
    const link = { id: 'a', code: 'x', flow: 'f', application: 'web', at: 1, text: 'of a' }
    expect(await one.links.add('acme', link)).toBe(true)
    expect(await other.links.add('acme', { ...link, id: 'b' })).toBe(false)
    expect(await other.links.find('acme', 'x')).toEqual(link)
    const calls = Array.from({ length: 30 }, (_, n) =>
      (n % 2 === 0 ? one : other).links.count('acme', 'k', { atMost: 7, now: 1 }),
    )
    const counted = (await Promise.all(calls)).flatMap((each) => (each.ok ? [each.count] : []))
    expect(counted.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect((await other.sessions.read('acme', 's'))?.revision).toBe(2)
    expect(rowsOf(open(file), 'SELECT number, name FROM sluice_migrations')).toEqual(
      MIGRATIONS.map(({ number, name }) => ({ number, name })),
    )
  })
})
