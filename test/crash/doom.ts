import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { SqliteDatabase } from '../../src/adapters/sqlite/index.ts'
import type { DiskWatch } from './disk.ts'
import type { KillPlan, Place } from './places.ts'

const noteOf = (file: string) => `${file}.death`

/** In the child: kills it when its time has come. */
export class Doom {
  readonly #file: string
  readonly #plan: KillPlan | undefined
  #left: number

  constructor(file: string, plan: KillPlan | undefined) {
    this.#file = file
    this.#plan = plan
    this.#left = plan?.hits ?? 0
  }

  /** The child has come to a place; where it is its last, this never returns. */
  reach(place: Place): void {
    if (this.#plan?.place !== place || --this.#left > 0) return
    writeFileSync(noteOf(this.#file), JSON.stringify(this.#plan))
    process.kill(process.pid, 'SIGKILL')
    // The signal arrives at once; should a system take its time, nothing happens meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }

  /** The database, with the places of each transaction in it. */
  over(database: SqliteDatabase, disk: DiskWatch): SqliteDatabase {
    return {
      exec: (sql) => {
        if (sql.startsWith('BEGIN')) this.reach('before the write')
        if (sql !== 'COMMIT') return database.exec(sql)
        // Without loss of power nothing tells a write that is not synced from one that is: it ends before the write.
        if (this.#plan?.power !== true) this.reach('between write and sync')
        const done = database.exec(sql)
        // With it, the log has been written, and as far as the disk goes COMMIT has not come to its sync.
        if (this.#plan?.power === true) this.reach('between write and sync')
        disk.committed()
        this.reach('after commit')
        return done
      },
      prepare: (sql) => database.prepare(sql),
      close: () => database.close(),
    }
  }
}

/** In the parent: how a child has died; `undefined` where it was not by its plan. */
export function readDeath(file: string): KillPlan | undefined {
  try {
    return JSON.parse(readFileSync(noteOf(file), 'utf8')) as KillPlan
  } catch {
    return undefined
  } finally {
    rmSync(noteOf(file), { force: true })
  }
}
