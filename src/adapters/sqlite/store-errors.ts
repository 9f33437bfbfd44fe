import { SluiceError } from '../../base/sluice-error.ts'

/** Result codes of SQLite, of which the lower eight bits say what kind of failure it is. */
const BUSY = 5
const LOCKED = 6
const READ_ONLY = 8
const FULL = 13
const NOT_A_DATABASE = 26

/** What a driver throws, as an error with a code and a next step; the driver's own is its cause. */
export function storeError(cause: unknown): unknown {
  if (cause instanceof SluiceError) return cause
  if (isBusy(cause)) {
    return new SluiceError({
      code: 'store.busy',
      problem: 'The database is locked by somebody else, and nothing was stored',
      next: 'Try again; raise busyTimeoutMs where several processes write to one file',
      cause,
    })
  }
  if (kindOf(cause) === FULL) {
    return new SluiceError({
      code: 'store.full',
      problem: 'The database has no room left, and nothing was stored',
      next: 'Make room on the disk, or raise the limit of the database, then try again',
      cause,
    })
  }
  if (kindOf(cause) === READ_ONLY) {
    return new SluiceError({
      code: 'store.readOnly',
      problem: 'The database or its folder cannot be written, and nothing was stored',
      next: 'See who may write there, which SQLite needs in the folder even to read, or whether readOnly was asked for',
      cause,
    })
  }
  return new SluiceError({
    code: 'store.failed',
    problem: `A call of the store has failed and changed nothing: ${cause instanceof Error ? cause.message : String(cause)}`,
    next: 'See the cause, which is what the driver threw',
    cause,
  })
}

export function isBusy(error: unknown): boolean {
  const kind = kindOf(error)
  return kind === BUSY || kind === LOCKED
}

export function isNoDatabase(error: unknown): boolean {
  return kindOf(error) === NOT_A_DATABASE
}

const NAMES: readonly (readonly [name: string, kind: number])[] = [
  ['SQLITE_BUSY', BUSY],
  ['SQLITE_LOCKED', LOCKED],
  ['SQLITE_READONLY', READ_ONLY],
  ['SQLITE_FULL', FULL],
  ['SQLITE_NOTADB', NOT_A_DATABASE],
]

/** node:sqlite gives a number, libsql a name and a number, better-sqlite3 a name that may be longer. */
function kindOf(error: unknown): number | undefined {
  const { errcode, rawCode, code } = (error ?? {}) as Readonly<Record<string, unknown>>
  for (const number of [errcode, rawCode]) if (typeof number === 'number') return number & 0xff
  if (typeof code !== 'string') return undefined
  return NAMES.find(([name]) => code.startsWith(name))?.[1]
}
