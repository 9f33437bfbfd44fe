/**
 * An open SQLite database of whatever driver, as far as the store needs it. Those of `libsql`, `better-sqlite3` and of
 * Node's own `node:sqlite` (`DatabaseSync`) have this shape; the store imports none of them.
 */
export interface SqliteDatabase {
  /** Runs statements that take no parameters and give no rows. */
  exec(sql: string): unknown
  prepare(sql: string): SqliteStatement
  close(): unknown
}

/** A prepared statement; parameters are given by position. */
export interface SqliteStatement {
  /** Answers with how many rows changed. */
  run(...parameters: never[]): unknown
  /** The first row as an object, if there is one. */
  get(...parameters: never[]): unknown
  all(...parameters: never[]): unknown
}
