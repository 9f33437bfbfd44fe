import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { sqliteStore } from '../src/adapters/sqlite/index.ts'
import type { palette as builtInPalette } from '../src/palette/index.ts'
import type { confirmPlan, ReleasePlan } from '../src/releases/index.ts'
import type { createHost, Host, openWorkspace, Store } from '../src/runtime/index.ts'

/** How many sessions take part in a conversation at the same time. */
const IN_FLIGHT = 64
/** What each of them says from its start to its end. */
const SCRIPT = ['hello', '1', '2', '9', '1', '3', 'AB-1234']
/** Sessions that are written at once while others are parked. */
const BATCH = 500

/** What the host did over one number of parked sessions. */
export interface DurableFigures {
  readonly parked: number
  /** Inputs a second, each with the acknowledgement of its effects. */
  readonly inputsPerSecond: number
  /** Commits of a single row a second, by the driver alone, on the same disk. */
  readonly rowsPerSecond: number
  /** Milliseconds to open a host. */
  readonly openMs: number
  /** Milliseconds to find 64 timers that are due, and when the next one is. */
  readonly timersMs: number
  /** Microseconds of one input, one at a time. */
  readonly inputUs: number
  /** Bytes of heap beside those before the host was opened. */
  readonly heapBytes: number
}

interface Modules {
  readonly palette: typeof builtInPalette
  readonly confirmPlan: typeof confirmPlan
  readonly createHost: typeof createHost
  readonly openWorkspace: typeof openWorkspace
  readonly sqliteStore: typeof sqliteStore
  readonly Database: new (file: string) => Parameters<typeof sqliteStore>[0]
}

/** The built package with a driver; why not, where there is none. */
async function loadModules(): Promise<Modules | { readonly missing: string }> {
  const at = (room: string) => new URL(`../dist/${room}/index.js`, import.meta.url)
  if (!existsSync(at('sqlite'))) return { missing: 'the package is not built' }
  const [palette, releases, runtime, sqlite] = await Promise.all(
    ['palette', 'releases', 'runtime', 'sqlite'].map((room) => import(at(room).href)),
  )
  const driver = await import('libsql').catch(() => undefined)
  if (driver === undefined) return { missing: 'libsql is not installed' }
  return { ...palette, ...releases, ...runtime, ...sqlite, Database: driver.default as never }
}

/** Measures a host on SQLite with fsync on, over so many parked sessions. */
async function measureDurable(
  parked: number,
  seconds: number,
): Promise<DurableFigures | { readonly missing: string }> {
  const modules = await loadModules()
  if ('missing' in modules) return modules
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  try {
    return await measureIn(folder, parked, seconds, modules)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureIn(
  folder: string,
  parked: number,
  seconds: number,
  modules: Modules,
): Promise<DurableFigures> {
  const file = join(folder, 'host.db')
  const now = Date.now()
  await park(file, parked, now, modules)
  const store = modules.sqliteStore(new modules.Database(file))
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const opened = performance.now()
  const host = await open(store, modules)
  const openMs = performance.now() - opened
  await converse(host, seconds / 4)
  const inputsPerSecond = await converse(host, seconds)
  const inputUs = await oneAtATime(host)
  globalThis.gc?.()
  const heapBytes = process.memoryUsage().heapUsed - before
  const timersMs = await findTimers(store)
  await host.close()
  await store.close()
  const rowsPerSecond = singleRows(join(folder, 'rows.db'), seconds / 4, modules)
  return { parked, inputsPerSecond, rowsPerSecond, openMs, timersMs, inputUs, heapBytes }
}

const numberOf = (person: number) => `+49151${String(1_000_000 + person)}`

const CHANNEL = {
  name: 'sms',
  capabilities: { effects: ['message.send'], inputs: ['text' as const] },
  deliver: async () => undefined,
}

async function open(store: Store, { palette, openWorkspace, createHost }: Modules): Promise<Host> {
  const workspace = openWorkspace({ id: 'bench', nodes: palette, ...store })
  return createHost({ workspace, nodes: palette, store, channels: [CHANNEL] })
}

/** A file with a released flow, and with sessions that wait at its menu: one is played, the others are copies of it. */
async function park(file: string, count: number, now: number, modules: Modules): Promise<void> {
  const { sqliteStore, Database, openWorkspace, confirmPlan, palette, createHost } = modules
  const store = sqliteStore(new Database(file), { durability: 'relaxed' })
  const workspace = openWorkspace({ id: 'bench', nodes: palette, ...store })
  const send = async (command: object, document?: object) => {
    const outcome = await workspace.execute(
      command as never,
      { by: 'ada', ...(document && { document }) } as never,
    )
    if (!outcome.ok) throw new Error(outcome.reason)
  }
  const text = readFileSync(new URL('../examples/support/support.json', import.meta.url), 'utf8')
  // A menu that people answer in hours, so that timers are set and none is due.
  const start = '"trigger": "message", "channel": "sms"'
  const flow = JSON.parse(text.replace('"trigger": "manual"', start).replace('"10s"', '"8h"'))
  await send({ type: 'createWorkspace', name: 'Bench', policy: 'open' })
  await send({ type: 'define', kind: 'application', item: { id: 'app', name: 'App', channel: 'sms' } })
  await send({ type: 'createFlow', flow: flow.id }, flow)
  const answers = { applications: { sms: 'app' } }
  const plan = await workspace.plan(
    { flow: flow.id, version: 'v1', slot: 'official', answers },
    { by: 'ada' },
  )
  await send(confirmPlan(plan as ReleasePlan) as object)
  const host = await createHost({ workspace, nodes: palette, store, channels: [CHANNEL] })
  const received = await host.receive({ channel: 'sms', from: '+4900', text: 'hello' })
  if (!received.ok) throw new Error(received.reason)
  await host.settled()
  await host.close()
  for (let person = 0; person < IN_FLIGHT; person++) {
    const fields = { name: 'Ada', balance: 150, tier: 'gold' }
    await store.contacts.put('bench', { id: `person-${person}`, addresses: [numberOf(person)], fields })
  }
  const { sessions } = store
  const { session: played } = received
  const stored = (await sessions.read('bench', played))!
  const [timer] = await sessions.due('bench', Number.MAX_SAFE_INTEGER, 1)
  for (let from = 0; from < count; from += BATCH) {
    const commits = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => {
      const id = `parked-${(from + i).toString(36).padStart(15, '0')}`
      const due = timer!.due + ((from + i) % 3_600_000)
      return {
        next: {
          session: id,
          expected: 0,
          text: stored.text.replaceAll(played, id).replaceAll(String(timer!.due), String(due)),
          head: { ...stored.head, startedAt: now - from - i },
          timer: { to: due },
        },
        mark: [{ mark: `at/sms/parked-${from + i}`, session: id }],
      }
    })
    await sessions.commit('bench', commits)
  }
  await store.close()
}

/** Conversations from their start to their end, 64 at a time: inputs a second until all of it is acknowledged. */
async function converse(host: Host, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1_000
  let inputs = 0
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async (_, person) => {
      const from = numberOf(person)
      while (performance.now() < end) {
        for (const text of SCRIPT) {
          const received = await host.receive({ channel: 'sms', from, text })
          if (!received.ok) throw new Error(received.reason)
          inputs++
        }
      }
    }),
  )
  await host.settled()
  return inputs / ((performance.now() - begun) / 1_000)
}

async function oneAtATime(host: Host): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 30; n++) {
    for (const text of SCRIPT) {
      const begun = performance.now()
      await host.receive({ channel: 'sms', from: numberOf(0), text })
      times.push(performance.now() - begun)
    }
  }
  await host.settled()
  return times.sort((a, b) => a - b)[times.length >> 1]! * 1_000
}

/** What a host asks when it looks for timers. */
async function findTimers(store: Store): Promise<number> {
  const begun = performance.now()
  for (let i = 0; i < 64; i++) {
    await store.sessions.due('bench', Number.MAX_SAFE_INTEGER, 64)
    await store.sessions.nextDue('bench')
  }
  return (performance.now() - begun) / 64
}

/** The yardstick: rows of the size of a session, each in a transaction of its own. */
function singleRows(file: string, seconds: number, { Database }: Modules): number {
  const database = new Database(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('CREATE TABLE parked (id INTEGER PRIMARY KEY, text TEXT)')
  const sql = 'INSERT INTO parked (text) VALUES (?)'
  const insert = database.prepare(sql) as unknown as { run(text: string): unknown }
  const text = 'x'.repeat(600)
  const end = performance.now() + seconds * 1_000
  const begun = performance.now()
  let rows = 0
  for (; performance.now() < end; rows++) insert.run(text)
  return rows / ((performance.now() - begun) / 1_000)
}

process.once('message', ({ parked, seconds }: { parked: number; seconds: number }) => {
  measureDurable(parked, seconds).then(
    (result) => {
      process.send?.(result, () => process.disconnect())
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    },
  )
})
