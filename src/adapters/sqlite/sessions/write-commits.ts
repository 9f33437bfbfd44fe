import type {
  Claim,
  Commit,
  CommitAnswer,
  NextRevision,
  SessionHead,
} from '../../../runtime/stores/session-store.ts'
import type { Connection, Value } from '../connection.ts'
import { Numbers } from '../numbers.ts'
import { BulkInsert } from './bulk-insert.ts'
import { HEAD_COLUMNS, headValues } from './head-columns.ts'
import type { Place, Places } from './places.ts'

/**
 * Applies commits inside of one transaction. Whatever can turn a commit down is read before any of it is written, so that
 * a commit which is turned down has nothing to take back.
 */
export function writeCommits(
  connection: Connection,
  tenant: number,
  commits: readonly Commit[],
  places: Places,
): readonly CommitAnswer[] {
  const writer = new CommitWriter(connection, tenant, places)
  const answers = commits.map((commit) => writer.apply(commit))
  writer.finish()
  return answers
}

class CommitWriter {
  readonly #connection: Connection
  readonly #tenant: number
  readonly #places: Places
  readonly #numbers: Numbers
  readonly #history: BulkInsert
  readonly #outbox: BulkInsert
  /** Counts are mostly the same few, so they are added up before they are written. */
  readonly #counts = new Map<string, number>()
  #settled: number[] = []

  constructor(connection: Connection, tenant: number, places: Places) {
    this.#connection = connection
    this.#tenant = tenant
    this.#places = places
    this.#numbers = new Numbers(connection)
    this.#history = new BulkInsert(connection, 'history', 4)
    this.#outbox = new BulkInsert(connection, 'outbox', 5)
  }

  apply(commit: Commit): CommitAnswer {
    const { next, claims, unclaim } = commit
    let place: Place | undefined
    if (next !== undefined) {
      place = this.#placeOf(next.session, next.expected)
      const revision = place?.revision ?? 0
      if (revision !== next.expected) return { ok: false, reason: 'revision', revision }
    }
    const held = claims && this.#heldOf(claims, unclaim)
    const remembered = next !== undefined && this.#places.get(this.#tenant, next.session) === place
    if (held !== undefined) return remembered && place !== undefined ? this.#applyAnew(commit) : held
    // Nothing of the commit has been written yet, should somebody else have changed the session.
    if (next !== undefined && !this.#advance(next, place)) return this.#applyAnew(commit)
    this.#hold(commit)
    this.#record(commit)
    return this.#work(commit)
  }

  /** What was remembered of the session has to be looked up: another handle may have written it. */
  #applyAnew(commit: Commit): CommitAnswer {
    this.#places.drop(this.#tenant, commit.next!.session)
    return this.apply(commit)
  }

  finish(): void {
    this.#history.flush()
    this.#outbox.flush()
    this.#flushSettled()
    for (const [name, by] of this.#counts) {
      if (by !== 0) {
        this.#run(
          `INSERT INTO counts VALUES (?, ?, ?)
           ON CONFLICT (tenant, name) DO UPDATE SET value = value + excluded.value`,
          this.#tenant,
          name,
          by,
        )
      }
    }
    this.#numbers.save()
  }

  /** What was known when this handle wrote the session last; where that does not fit, what is stored. */
  #placeOf(session: string, expected: number): Place | undefined {
    const known = this.#places.get(this.#tenant, session)
    if (known?.revision === expected) return known
    return this.#connection
      .prepare(
        `SELECT n, revision, past FROM sessions
         WHERE n = (SELECT n FROM heads WHERE tenant = ? AND session = ?)`,
      )
      .get(this.#tenant, session) as Place | undefined
  }

  /** The first key that is held already, by what is stored or by an earlier claim of the same commit. */
  #heldOf(claims: readonly Claim[], unclaim: readonly string[] = []): CommitAnswer | undefined {
    const taken = new Map<string, string>()
    for (const { key, session, now } of claims) {
      const holder = taken.get(key) ?? (unclaim.includes(key) ? undefined : this.#holderOf(key, now))
      if (holder !== undefined) return { ok: false, reason: 'claimed', key, session: holder }
      taken.set(key, session)
    }
    return undefined
  }

  #holderOf(key: string, now: number): string | undefined {
    const row = this.#connection.prepare(HOLDER).get(this.#tenant, key, now)
    return row && String(row.session)
  }

  /** False where the session is not where it was believed to be, and nothing was written. */
  #advance({ session, expected, text, head, timer, history }: NextRevision, place?: Place): boolean {
    const revision = expected + 1
    const n = place?.n ?? this.#numbers.next()
    const entry = history === undefined ? undefined : this.#numbers.next()
    const past = entry ?? place?.past ?? null
    if (place === undefined) {
      this.#run('INSERT INTO sessions VALUES (?, ?, ?, ?)', n, revision, past, text)
      this.#insertHead(n, session, head!)
    } else {
      const sql = 'UPDATE sessions SET revision = ?, past = ?, text = ? WHERE n = ? AND revision = ?'
      if (this.#run(sql, revision, past, text, n, expected) === 0) return false
      if (head !== undefined) {
        this.#run(
          `UPDATE heads SET (${HEAD_COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE n = ?`,
          ...headValues(head),
          n,
        )
      }
    }
    if (entry !== undefined) this.#history.add(entry, place?.past ?? null, revision, history!)
    this.#places.set(this.#tenant, session, { n, revision, past })
    if (timer?.from !== undefined)
      this.#run('DELETE FROM timers WHERE session = ? AND due = ?', n, timer.from)
    if (timer?.to !== undefined)
      this.#run('INSERT OR IGNORE INTO timers VALUES (?, ?, ?)', n, timer.to, this.#tenant)
    return true
  }

  #insertHead(n: number, session: string, head: SessionHead): void {
    this.#run(
      `INSERT INTO heads (n, tenant, session, ${HEAD_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      n,
      this.#tenant,
      session,
      ...headValues(head),
    )
  }

  /** Claims and marks. */
  #hold({ unclaim, claims, unmark, mark }: Commit): void {
    const tenant = this.#tenant
    for (const key of unclaim ?? [])
      this.#run('DELETE FROM claims WHERE tenant = ? AND name = ?', tenant, key)
    for (const { key, session, until } of claims ?? [])
      this.#run('INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?)', tenant, key, session, until ?? null)
    for (const each of unmark ?? []) {
      const sql = 'DELETE FROM marks WHERE tenant = ? AND mark = ? AND session = ?'
      this.#run(sql, tenant, each.mark, each.session)
    }
    for (const each of mark ?? [])
      this.#run('INSERT OR IGNORE INTO marks VALUES (?, ?, ?)', tenant, each.mark, each.session)
  }

  /** Dead letters, log, counts and cursors. */
  #record({ dead, revived, log, counts, cursors }: Commit): void {
    const tenant = this.#tenant
    for (const { session, type, at, text } of dead ?? []) {
      const sql = 'INSERT INTO dead_letters VALUES (?, ?, ?, ?, ?, ?)'
      this.#run(sql, this.#numbers.next(), tenant, session, type, at, text)
    }
    for (const number of revived ?? [])
      this.#run('DELETE FROM dead_letters WHERE n = ? AND tenant = ?', number, tenant)
    for (const { logbook, session, at, text } of log ?? []) {
      const sql = 'INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)'
      this.#run(sql, this.#numbers.next(), tenant, logbook, session, at, text)
    }
    for (const [name, by] of counts ?? []) this.#counts.set(name, (this.#counts.get(name) ?? 0) + by)
    for (const [name, to] of cursors ?? [])
      this.#run('INSERT OR REPLACE INTO cursors VALUES (?, ?, ?)', tenant, name, to)
  }

  /** The outbox: what was in it before, then what is new. */
  #work({ settled, postponed, work }: Commit): CommitAnswer {
    for (const number of settled ?? []) this.#settled.push(number)
    for (const { number, text, at } of postponed ?? []) {
      this.#meet(number)
      const sql = 'UPDATE outbox SET text = ?, at = ? WHERE tenant = ? AND n = ?'
      this.#run(sql, text, at, this.#tenant, number)
    }
    if (work === undefined) return { ok: true }
    const entry = this.#numbers.next()
    this.#outbox.add(this.#tenant, entry, work.session, work.text, 0)
    return { ok: true, entry }
  }

  /** An entry that this call has made may not be written yet. */
  #meet(number: number): void {
    if (number > this.#numbers.before) this.#outbox.flush()
  }

  /** Many at a time, once everything is there that is to go. */
  #flushSettled(): void {
    const settled = this.#settled
    for (let i = 0; i < settled.length; i += SETTLED_AT_ONCE) {
      const page = settled.slice(i, i + SETTLED_AT_ONCE)
      while (page.length < SETTLED_AT_ONCE) page.push(page[0]!)
      this.#run(SETTLE, this.#tenant, ...page)
    }
  }

  #run(sql: string, ...values: Value[]): number {
    return this.#connection.prepare(sql).run(...values)
  }
}

const SETTLED_AT_ONCE = 32
const SETTLE = `DELETE FROM outbox WHERE tenant = ? AND n IN (${Array(SETTLED_AT_ONCE).fill('?').join()})`

/** The session that holds a key at an instant. */
export const HOLDER =
  'SELECT session FROM claims WHERE tenant = ? AND name = ? AND (until IS NULL OR until > ?)'
