import { SluiceError } from '../../base/sluice-error.ts'
import type { SqliteDatabase, SqliteStatement } from './sqlite-database.ts'
import { storeError } from './store-errors.ts'
import { decodeText, encodeText, KeptText } from './text-codec.ts'

export type Value = string | number | null
/** What a statement takes: texts are written as they are kept, unless they are so already. */
export type Parameter = Value | KeptText
export type Row = Readonly<Record<string, Value>>

/**
 * One handle of a database. What runs inside of `read` or `write` runs in one go, for drivers are synchronous: calls of
 * one process never come between each other, and those of other processes wait at the lock of the file.
 */
export class Connection {
  readonly #database: SqliteDatabase
  readonly #readOnly: boolean
  readonly #statements = new Map<string, Statement>()
  #closed = false

  constructor(database: SqliteDatabase, readOnly = false) {
    this.#database = database
    this.#readOnly = readOnly
  }

  /** The statement of an SQL text, prepared when it is first asked for. The texts are this adapter's own, and few. */
  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = new Statement(this.#database.prepare(sql))
      this.#statements.set(sql, statement)
    }
    return statement
  }

  /** Statements that take no parameters. */
  exec(sql: string): void {
    this.#database.exec(sql)
  }

  /** Whatever needs no transaction of its own, with the store’s errors. */
  async read<Result>(work: () => Result): Promise<Result> {
    try {
      this.#assertOpen()
      return work()
    } catch (error) {
      throw storeError(error)
    }
  }

  /** A transaction that resolves when it is on the disk; where anything throws, nothing of it is kept. */
  async write<Result>(work: () => Result): Promise<Result> {
    try {
      this.#assertOpen()
      return this.transaction(work)
    } catch (error) {
      throw storeError(error)
    }
  }

  /** The lock is taken at the beginning, so that nobody can write between what is read and what is written. */
  transaction<Result>(work: () => Result): Result {
    this.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.exec('COMMIT')
      return result
    } catch (error) {
      this.#rollBack()
      throw error
    }
  }

  /** To close it again does nothing. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (!this.#readOnly) this.#emptyLog()
    this.#statements.clear()
    this.#database.close()
  }

  /**
   * Takes what is in the log into the file, so that a copy of the file alone is whole. SQLite does so by itself when the last
   * handle goes, but libsql keeps its own until all statements have been collected. Whoever else uses the file is not waited for.
   */
  #emptyLog(): void {
    try {
      this.exec('PRAGMA busy_timeout = 0')
      this.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {}
  }

  #assertOpen(): void {
    if (!this.#closed) return
    throw new SluiceError({
      code: 'store.closed',
      problem: 'The store has been closed',
      next: 'Close it when nothing uses it any more',
    })
  }

  /** A full disk has rolled back already, and then there is nothing left to. */
  #rollBack(): void {
    try {
      this.exec('ROLLBACK')
    } catch {}
  }
}

interface DriverStatement {
  run(...parameters: readonly Value[]): { readonly changes: number | bigint }
  get(...parameters: readonly Value[]): Record<string, unknown> | undefined
  all(...parameters: readonly Value[]): Record<string, unknown>[]
  safeIntegers?(on: boolean): unknown
  setReadBigInts?(on: boolean): unknown
}

/** A prepared statement whose texts go in and come out as they are. */
export class Statement {
  readonly #statement: DriverStatement

  constructor(statement: SqliteStatement) {
    this.#statement = statement as unknown as DriverStatement
    // A host may have asked for bigints throughout; nothing that is kept here needs them.
    this.#statement.safeIntegers?.(false)
    this.#statement.setReadBigInts?.(false)
  }

  /** How many rows it changed. */
  run(...parameters: Parameter[]): number {
    return Number(this.#statement.run(...encoded(parameters)).changes)
  }

  get(...parameters: Parameter[]): Row | undefined {
    const row = this.#statement.get(...encoded(parameters))
    return row == null ? undefined : decoded(row)
  }

  all(...parameters: Parameter[]): readonly Row[] {
    return this.#statement.all(...encoded(parameters)).map(decoded)
  }
}

function encoded(parameters: Parameter[]): Value[] {
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i]!
    if (typeof parameter === 'string') parameters[i] = encodeText(parameter)
    else if (parameter instanceof KeptText) parameters[i] = parameter.text
  }
  return parameters as Value[]
}

function decoded(row: Record<string, unknown>): Row {
  for (const name in row) {
    const value = row[name]
    if (typeof value === 'string') row[name] = decodeText(value)
  }
  return row as Row
}
