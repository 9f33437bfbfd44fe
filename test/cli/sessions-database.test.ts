import { getEventListeners } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sqliteStore } from '../../src/adapters/sqlite/index.ts'
import { describeListed, describeStep } from '../../src/cli/describe-session.ts'
import type { TraceEntry } from '../../src/interpreter/index.ts'
import type { Effect } from '../../src/nodes/index.ts'
import { aesCodec, type HostOptions } from '../../src/runtime/index.ts'
import { Bureau, chain, support } from '../runtime/host/bureau.ts'
import { cli, isOneLine } from './helpers.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-cli-database-'))
  file = join(folder, 'flows.db')
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

/** A database that a host has left after some work. */
async function leave(work: (bureau: Bureau) => Promise<unknown>, options: Partial<HostOptions> = {}) {
  const store = sqliteStore(new Database(file))
  const bureau = await Bureau.open(options, store)
  await work(bureau)
  await bureau.host.settled()
  await bureau.host.close()
  await store.close()
}

/** A session that waits for an answer to a menu. */
const waiting = async (bureau: Bureau) => {
  await bureau.release(support())
  await bureau.write('hello')
}

/** An effect that nobody does. */
const givenUp = async (bureau: Bureau) => {
  const nobodyDoes = { id: 'tell', type: 'custom-effect@1', config: { effect: 'crm.ticket' } }
  await bureau.release(chain('notice', { trigger: 'manual' }, [nobodyDoes]))
  await bureau.host.trigger({ flow: 'notice', contact: 'ada-lovelace' })
}

/** Sessions as a host of another kind may have stored them. */
async function leaveSessions(count: number) {
  const store = sqliteStore(new Database(file))
  const begin = (i: number) => ({
    next: {
      session: `s${i}`,
      expected: 0,
      text: '{}',
      head: { flow: 'f', version: 'v1', status: 'waiting' as const, startedAt: i },
    },
  })
  await store.sessions.commit(
    'acme',
    Array.from({ length: count }, (_, i) => begin(i)),
  )
  await store.close()
}

const sessions = (action: string, ...rest: string[]) => cli(['sessions', action, file, ...rest])
const idOfFirst = async () => (await sessions('list', '--json')).lines[0].session as string

describe('sluice sessions with a database', () => {
  it('changes nothing in it to show what is there', async () => {
    await leave(waiting)
    const before = readFileSync(file)
    await sessions('show', await idOfFirst())
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('makes none of a file that is empty', async () => {
    writeFileSync(file, '')
    const { code, err } = await sessions('list')
    expect([code, isOneLine(err), statSync(file).size]).toEqual([2, true, 0])
    expect(err).toContain('[store.foreign]')
  })

  it('leaves one of a later release alone, also where something is to be taken back', async () => {
    await leave(givenUp)
    const database = new Database(file)
    database.exec("INSERT INTO sluice_migrations VALUES (99, 'from the future')")
    database.close()
    expect((await sessions('retry', '1', '--by', 'ada')).err).toContain('[store.newer]')
  })

  it('tells what only a host with its codec can read', async () => {
    const codec = aesCodec({ keys: { k1: new Uint8Array(32) }, current: 'k1' })
    await leave(waiting, { codec })
    const id = await idOfFirst()
    for (const action of ['show', 'follow']) {
      const { code, err } = await sessions(action, id)
      expect([code, isOneLine(err)]).toEqual([2, true])
      expect(err).toContain('[session.encoded]')
    }
  })

  it('lists the sessions of one that is encoded, and tells what is left out', async () => {
    const codec = aesCodec({ keys: { k1: new Uint8Array(32) }, current: 'k1' })
    await leave(givenUp, { codec })
    const { code, err, lines } = await sessions('list', '--json')
    expect([code, lines.map(({ type, flow }) => [type, flow])]).toEqual([0, [['session', 'notice']]])
    expect(err).toBe('There are dead letters, which only a host with its codec can read.\n')
  })

  it('tells of a workspace that it does not hold', async () => {
    await leave(waiting)
    const { code, err } = await sessions('list', '--workspace', 'acne')
    expect([code, isOneLine(err)]).toEqual([2, true])
    expect(err).toContain('Did you mean acme')
  })
})

describe('a list of sessions', () => {
  it('is as long as somebody wants it, and tells that there are more', async () => {
    await leaveSessions(1_201)
    const { out, err, lines } = await sessions('list', '--workspace', 'acme', '--limit', '1200', '--json')
    expect(out.trim().split('\n')).toHaveLength(1_200)
    expect([lines[0].session, lines.at(-1).session]).toEqual(['s1200', 's1'])
    expect(err).toBe('There are more than these 1200 sessions; --limit takes a larger number.\n')
  })

  it('says nothing more where it is whole', async () => {
    await leaveSessions(50)
    const { out, err } = await sessions('list', '--workspace', 'acme')
    expect([out.trim().split('\n').length, err]).toEqual([50, ''])
  })
})

describe('what a contact writes', () => {
  const FORGED = 'bye\n  end ■ done\u2028\u001b[31mred'

  it('cannot look like a step of the path', () => {
    const effect = { type: 'message', text: FORGED } as unknown as Effect
    const entries: TraceEntry[] = [{ type: 'effect', flow: 'f', node: 'say', effect }]
    expect(describeStep({ revision: 1, at: 0, entries })).toBe(
      '1970-01-01 00:00:00  start\n    “bye end ■ done [31mred”',
    )
  })

  it('cannot look like a line of the list', () => {
    const head = { flow: 'f', version: 'v1', status: 'waiting', contact: FORGED, startedAt: 0 } as const
    expect(describeListed({ session: 's', head })).toBe(
      's  1970-01-01 00:00:00  f v1  waiting  bye end ■ done [31mred',
    )
  })
})

describe('taking a dead letter back', () => {
  it('prints a JSON line where that is asked for', async () => {
    await leave(givenUp)
    const letters = (await sessions('list', '--json')).lines.filter(({ type }) => type === 'deadLetter')
    const number = letters[0].number as number
    const { lines } = await sessions('retry', String(number), '--by', 'ada', '--json')
    expect(lines).toEqual([{ type: 'retried', number }])
  })

  it.each(['', ' 1', '0x1', '1e0', '1.0'])('takes no %j for a number', async (number) => {
    await leave(givenUp)
    expect((await sessions('retry', number, '--by', 'ada')).err).toContain('[deadLetter.unknown]')
  })
})

describe('following a session', () => {
  it('listens for Ctrl-C once, however long it takes, and ends with it', async () => {
    await leave(waiting)
    const id = await idOfFirst()
    const interrupt = new AbortController()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const following = cli(['sessions', 'follow', file, id], { interrupt: interrupt.signal })
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
    for (let i = 0; i < 20; i++) await vi.advanceTimersByTimeAsync(500)
    expect(getEventListeners(interrupt.signal, 'abort')).toHaveLength(1)
    interrupt.abort()
    expect((await following).code).toBe(0)
    expect(getEventListeners(interrupt.signal, 'abort')).toHaveLength(0)
  })
})
