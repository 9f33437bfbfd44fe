import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import type { SqliteDatabase } from '../../src/adapters/sqlite/index.ts'

/*
 * A model of a disk that loses its power.
 *
 * SIGKILL takes nothing back that the operating system has been given, so a process that is killed cannot show whether the
 * store waits for the disk. What the loss of power would leave is therefore worked out from what SQLite documents of its
 * write-ahead log: with `synchronous = FULL` the log is synced by each COMMIT before it returns; with `NORMAL` it is
 * synced when a checkpoint begins, and by no COMMIT. The child asks its own handle which of them holds, and notes after
 * each COMMIT how much of the log is safe; the note is written to a file, which outlives the child. After a death with
 * loss of power the parent cuts the log: all that is safe is kept, and of the rest as many bytes as chance leaves, so that
 * frames are torn.
 *
 * Modelled: writes to the log that are lost or torn. Not modelled: writes that a disk does in another order, or
 * acknowledges without having done them; writes to the database file, which SQLite syncs in each checkpoint; the loss of
 * the file's entry in its folder.
 */

/** Bytes 16 to 20 of the log's index are how many frames it has, 32 to 40 its salts, 96 to 100 what is checkpointed. */
const INDEX_BYTES = 136
const FRAMES_AT = 16
const SALTS_AT = 32
const CHECKPOINTED_AT = 96
/** Of the log itself: the header, the page size and the salts in it, and what stands before the page in each frame. */
const HEADER_BYTES = 32
const PAGE_SIZE_AT = 8
const LOG_SALTS_AT = 16
const FRAME_BYTES = 24
const FRAME_SALTS_AT = 8
const FULL = 2

/** Where the child notes what is safe: the salts of the log, then how many of its frames. */
const noteOf = (file: string) => `${file}.safe`
/** Where the parent notes how the frame began that a loss of power tore first. */
const tornOf = (file: string) => `${file}.torn`

/** In the child: notes after each COMMIT what the loss of power could not take. */
export class DiskWatch {
  readonly #file: string
  readonly #database: SqliteDatabase
  readonly #index = Buffer.alloc(INDEX_BYTES)
  readonly #note: number
  readonly #safe = Buffer.alloc(12)
  #log: number | undefined

  constructor(file: string, database: SqliteDatabase) {
    this.#file = file
    this.#database = database
    if (existsSync(noteOf(file))) readFileSync(noteOf(file)).copy(this.#safe)
    else writeFileSync(noteOf(file), this.#safe)
    this.#note = openSync(noteOf(file), 'r+')
  }

  /** A COMMIT has returned. */
  committed(): void {
    // There is none before the first write in the mode of the write-ahead log.
    if (this.#log === undefined && !existsSync(`${this.#file}-shm`)) return
    this.#log ??= openSync(`${this.#file}-shm`, 'r')
    readSync(this.#log, this.#index, 0, INDEX_BYTES, 0)
    const salts = this.#index.subarray(SALTS_AT, SALTS_AT + 8)
    const before = salts.equals(this.#safe.subarray(0, 8)) ? this.#safe.readUInt32LE(8) : 0
    const { synchronous } = this.#database.prepare('PRAGMA synchronous').get() as { synchronous: number }
    // The index is written in the byte order of the machine, which is this one on all that Node runs on but s390x.
    const safe = this.#index.readUInt32LE(synchronous >= FULL ? FRAMES_AT : CHECKPOINTED_AT)
    salts.copy(this.#safe)
    this.#safe.writeUInt32LE(Math.max(before, safe), 8)
    writeSync(this.#note, this.#safe, 0, this.#safe.length, 0)
  }
}

/** In the parent, when the child is dead: takes what the loss of power takes, and tells how many bytes. `chance` gives numbers from 0 up to 1. */
export function losePower(file: string, chance: () => number): number {
  rmSync(`${file}-shm`, { force: true })
  if (!existsSync(`${file}-wal`)) return 0
  const log = openSync(`${file}-wal`, 'r+')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    if (readSync(log, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return 0
    const safe = existsSync(noteOf(file)) ? readFileSync(noteOf(file)) : Buffer.alloc(0)
    const salts = header.subarray(LOG_SALTS_AT, LOG_SALTS_AT + 8)
    const frames = safe.length === 12 && salts.equals(safe.subarray(0, 8)) ? safe.readUInt32LE(8) : 0
    const end = HEADER_BYTES + frames * (FRAME_BYTES + header.readUInt32BE(PAGE_SIZE_AT))
    const rest = fstatSync(log).size - end
    if (rest <= 0) return 0
    // Only what this log has written counts: not frames of the log before, nor torn ones that the last loss has left here.
    const frame = Buffer.alloc(FRAME_BYTES)
    readSync(log, frame, 0, FRAME_BYTES, end)
    const left = existsSync(tornOf(file)) ? readFileSync(tornOf(file)) : Buffer.alloc(0)
    const isWritten = frame.subarray(FRAME_SALTS_AT, FRAME_SALTS_AT + 8).equals(salts) && !frame.equals(left)
    const kept = Math.floor(chance() * rest)
    ftruncateSync(log, end + kept)
    writeFileSync(tornOf(file), frame)
    return isWritten ? rest - kept : 0
  } finally {
    closeSync(log)
  }
}
