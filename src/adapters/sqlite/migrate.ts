import { SluiceError } from '../../base/sluice-error.ts'
import type { Connection } from './connection.ts'
import { MIGRATIONS, type Migration } from './schema.ts'
import { isNoDatabase } from './store-errors.ts'

/**
 * Brings the schema of a database up to date, all of it or nothing. A second process that opens the file meanwhile waits,
 * and then finds nothing to do.
 */
export function migrate(connection: Connection, migrations: readonly Migration[] = MIGRATIONS): void {
  // Looked at before the lock is asked for: most files are up to date.
  if (schemaOf(connection) === migrations.length) return
  connection.transaction(() => {
    const reached = schemaOf(connection)
    if (reached > migrations.length) throw newer(reached, migrations.length)
    if (reached === 0) {
      connection.exec('CREATE TABLE sluice_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)')
    }
    for (const { number, name, sql } of migrations.slice(reached)) {
      connection.exec(sql)
      connection.prepare('INSERT INTO sluice_migrations VALUES (?, ?)').run(number, name)
    }
  })
}

/** Throws unless a database has the schema that this release works with; changes nothing. */
export function requireSchema(connection: Connection, migrations: readonly Migration[] = MIGRATIONS): void {
  const reached = schemaOf(connection)
  if (reached === 0) throw foreign('there is nothing in it')
  if (reached > migrations.length) throw newer(reached, migrations.length)
  if (reached < migrations.length) throw older(reached, migrations.length)
}

/** How many steps of the schema a file has; 0 for one with nothing in it. */
function schemaOf(connection: Connection): number {
  const tables = tablesOf(connection)
  if (tables.includes('sluice_migrations')) {
    return Number(connection.prepare('SELECT max(number) AS reached FROM sluice_migrations').get()?.reached)
  }
  if (tables.length === 0) return 0
  throw foreign(`it has a table ${tables[0]}`)
}

function tablesOf(connection: Connection): readonly string[] {
  try {
    return connection
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !/^(sqlite|libsql)_/.test(name))
  } catch (error) {
    throw isNoDatabase(error) ? foreign('it is no database of SQLite', error) : error
  }
}

function foreign(why: string, cause?: unknown): SluiceError {
  return new SluiceError({
    code: 'store.foreign',
    problem: `The file was not made by Sluice: ${why}`,
    next: 'Open a file of its own for the store; it makes one that does not exist',
    cause,
  })
}

function older(reached: number, needed: number): SluiceError {
  return new SluiceError({
    code: 'store.older',
    problem: `The database has schema ${reached}, and this release of Sluice reads schema ${needed}`,
    next: 'Let a host of this release open it first, or read it with the release that has written to it',
  })
}

function newer(reached: number, known: number): SluiceError {
  return new SluiceError({
    code: 'store.newer',
    problem: `The database has schema ${reached}, and this release of Sluice knows those up to ${known}`,
    next: 'Install the release of Sluice that has written to it last, or a later one',
  })
}
