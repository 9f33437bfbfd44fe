import { describe, expect, it } from 'vitest'
import { type SqliteDatabase, sqliteStore } from '../../../src/adapters/sqlite/index.ts'
import { SluiceError } from '../../../src/base/index.ts'
import { begin, everything, fill, T } from '../../../src/testing/contracts/sessions/samples.ts'
import { closing, DRIVERS, newFile } from './drivers.ts'

/** The error that something is rejected with. */
const errorOf = (work: Promise<unknown>): Promise<SluiceError> =>
  work.then(
    () => Promise.reject(new Error('It should have been rejected')),
    (error: SluiceError) => error,
  )

for (const { name, open, missing } of DRIVERS) {
  const title = missing === undefined ? name : `${name}, which is skipped: ${missing}`
  describe.skipIf(missing !== undefined)(title, () => {
    const openStore = (file = newFile(), wrap = (database: SqliteDatabase) => database) => {
      const database = closing(open(file))
      return { database, store: sqliteStore(wrap(database), { busyTimeoutMs: 20 }), file }
    }

    describe('two handles of one file', () => {
      it('see what the other has stored', async () => {
        const { store: one, file } = openStore()
        const { store: other } = openStore(file)
        const { change } = await fill(one.sessions)
        expect(await everything(other.sessions)).toEqual(await everything(one.sessions))
        expect(await other.sessions.commit(T, [change])).toMatchObject([{ ok: true }])
        expect(await one.sessions.commit(T, [change])).toEqual([
          { ok: false, reason: 'revision', revision: 2 },
        ])
        const next = await one.sessions.commit(T, [{ work: { session: 's', text: 'work' } }])
        const entries = await other.sessions.outbox(T, 0, 10)
        expect(entries.map(({ number }) => number)).toContain((next[0] as { entry: number }).entry)
      })

      it('see nothing of a call until all of it is stored', async () => {
        const { store, database, file } = openStore()
        const { store: other } = openStore(file)
        await fill(store.sessions)
        const before = await everything(other.sessions)
        database.exec('BEGIN IMMEDIATE')
        database.exec("UPDATE sessions SET text = 'half done'")
        expect(await everything(other.sessions)).toEqual(before)
        database.exec('ROLLBACK')
      })
    })

    describe('a file that somebody else has locked', () => {
      it('rejects what is to be stored, which can be stored when the lock is gone', async () => {
        const { store, file } = openStore()
        const { change, letter } = await fill(store.sessions)
        const before = await everything(store.sessions)
        const { database: other } = openStore(file)
        other.exec('BEGIN IMMEDIATE')
        const calls = [
          store.sessions.commit(T, [change]),
          store.sessions.commit('a tenant that is new', [{ next: begin('s') }]),
          store.sessions.erase(T, ['s']),
          store.sessions.dropExpired(T, 1),
          store.contacts.put(T, { id: 'ada', addresses: [], fields: {} }),
          store.contacts.enter(T, 'vip', 'ada'),
          store.events.append([{ stream: 'a', expected: 0, events: [1] }]),
          store.contents.put('hash', 'text'),
        ]
        for (const call of calls) {
          const error = await errorOf(call)
          expect(error).toBeInstanceOf(SluiceError)
          expect([error.code, error.cause instanceof Error]).toEqual(['store.busy', true])
        }
        expect(await everything(store.sessions), 'can be read meanwhile').toEqual(before)
        other.exec('ROLLBACK')
        expect(await store.sessions.commit(T, [change])).toMatchObject([{ ok: true }])
        expect((await store.sessions.deadLetters(T, {})).items.map(({ number }) => number)).not.toContain(
          letter,
        )
        expect(await store.contacts.get(T, 'ada')).toBeUndefined()
        expect(await store.events.list('')).toEqual([])
      })

      it('cannot be opened for the first time, and is not half made', () => {
        const file = newFile()
        const other = closing(open(file))
        other.exec('BEGIN EXCLUSIVE')
        expect(() => openStore(file)).toThrow(/\[store\.busy\]/)
        other.exec('ROLLBACK')
        expect(() => openStore(file)).not.toThrow()
      })
    })

    describe('a disk that is full', () => {
      it('rejects a call, of which nothing is stored, and goes on when there is room', async () => {
        const { store, database } = openStore()
        const { change } = await fill(store.sessions)
        const before = await everything(store.sessions)
        database.exec('PRAGMA max_page_count = 1')
        const long = 'x'.repeat(1_000_000)
        const error = await errorOf(
          store.sessions.commit(T, [
            change,
            { next: begin('long', { text: long, history: long }), work: { session: 'long', text: long } },
          ]),
        )
        expect(error.code).toBe('store.full')
        expect(await everything(store.sessions)).toEqual(before)
        expect((await errorOf(store.contents.put('h', long))).code).toBe('store.full')
        database.exec('PRAGMA max_page_count = 1073741823')
        expect(await store.sessions.commit(T, [change])).toMatchObject([{ ok: true }])
      })
    })

    describe('a call that fails half way', () => {
      it('leaves nothing behind, whichever statement it fails at', async () => {
        let countdown = Number.POSITIVE_INFINITY
        const fail = () => {
          countdown -= 1
          if (countdown < 0) throw new Error('The disk is on fire')
        }
        const { store, database } = openStore(newFile(), (real) => ({
          exec: (sql) => {
            if (sql === 'COMMIT') fail()
            return real.exec(sql)
          },
          prepare: (sql) => {
            const statement = real.prepare(sql)
            const run = (...values: never[]) => {
              fail()
              return statement.run(...values)
            }
            return { run, get: statement.get.bind(statement), all: statement.all.bind(statement) }
          },
          close: () => real.close(),
        }))
        const { change } = await fill(store.sessions)
        const before = await everything(store.sessions)
        let failures = 0
        for (; failures < 100; failures++) {
          countdown = failures
          const outcome = await store.sessions
            .commit(T, [{ counts: [['count', 1]] }, change])
            .catch((error) => error)
          countdown = Number.POSITIVE_INFINITY
          if (Array.isArray(outcome)) break
          expect(outcome.code).toBe('store.failed')
          expect(await everything(store.sessions)).toEqual(before)
        }
        expect(failures).toBeGreaterThan(12)
        expect((await store.sessions.read(T, 's'))?.revision).toBe(2)
        expect(() => database.exec('BEGIN; ROLLBACK')).not.toThrow()
      })
    })

    it('a store that is closed says so, and can be closed again', async () => {
      const { store } = openStore()
      await store.close()
      await store.close()
      expect((await errorOf(store.sessions.read(T, 's'))).code).toBe('store.closed')
      expect((await errorOf(store.contents.put('h', 'text'))).code).toBe('store.closed')
    })

    it('a list does not go on from what is no place in it', async () => {
      const { store } = openStore()
      for (const call of [
        store.sessions.list(T, { after: 'nowhere' }),
        store.sessions.list(T, { after: '5' }),
        store.sessions.log(T, { after: 'nowhere' }),
        store.sessions.deadLetters(T, { after: 'x' }),
      ]) {
        expect((await errorOf(call)).code).toBe('list.badPage')
      }
    })

    it('a limit below 1 asks for nothing', async () => {
      const { store } = openStore()
      await fill(store.sessions)
      for (const limit of [0, -1, Number.NaN]) {
        expect(await store.sessions.outbox(T, 0, limit)).toEqual([])
        expect(await store.sessions.due(T, 1e15, limit)).toEqual([])
      }
    })
  })
}
