import Libsql from 'libsql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Ledger } from './messages.ts'
import { firstCallFails, type Mishap } from './receiver.ts'
import { openWorkshop, type Workshop } from './workshop.ts'
import { World, type WorldOptions } from './world.ts'

/*
 * What goes wrong around a host, other than its death. What is played comes to the same in the end.
 */

const STORIES_PLAYED = 18
const TIMEOUT_MS = 120_000

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop(STORIES_PLAYED)
}, TIMEOUT_MS)
afterAll(() => workshop?.close())

/** Plays all stories while something goes wrong, and compares; tells what is stored, and who was in it. */
async function play(
  options: Partial<WorldOptions>,
  trouble: (world: World, file: string, isOver: () => boolean) => Promise<void> = async () => {},
): Promise<{ readonly world: World; readonly ledger: Ledger | undefined }> {
  const file = workshop.newFile()
  const { program, expected } = workshop
  const world = new World({ program, file, expected, receiver: { mishap: firstCallFails }, ...options })
  let number = 0
  let isOver = false
  try {
    const played = world
      .play(() => (number < STORIES_PLAYED ? number++ : undefined), 6)
      .finally(() => {
        isOver = true
      })
    await Promise.all([played, trouble(world, file, () => isOver)])
    const ledger = await world.settle()
    expect(world.findings).toEqual([])
    return { world, ledger }
  } finally {
    await world.close()
  }
}

/** Looks at something that changes in another process until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

it(
  '[RUN-16] a full disk turns everybody away, and loses nothing',
  async () => {
    const { world } = await play({ mayFail: ['store.full'] }, async (world, _file, isOver) => {
      for (let times = 0; times < 4; times++) {
        const { turnedAway } = world.traffic
        await world.lives.insist({ type: 'fill', full: true })
        await until(() => isOver() || world.traffic.turnedAway > turnedAway + 3)
        await world.lives.insist({ type: 'fill', full: false })
        const { steps } = world
        await until(() => isOver() || world.steps > steps + 3)
      }
    })
    expect(world.traffic.turnedAway).toBeGreaterThan(10)
  },
  TIMEOUT_MS,
)

it(
  '[RUN-16] a database that somebody else holds locked turns everybody away, and loses nothing',
  async () => {
    const next = () => ({ busyTimeoutMs: 10 })
    const { world } = await play({ mayFail: ['store.busy'], next }, async (world, file, isOver) => {
      await world.lives.insist({ type: 'jump', byMs: 0 })
      const other = new Libsql(file)
      other.exec('PRAGMA busy_timeout = 5000')
      for (let times = 0; times < 4; times++) {
        const { turnedAway } = world.traffic
        other.exec('BEGIN IMMEDIATE')
        await until(() => isOver() || world.traffic.turnedAway > turnedAway + 3)
        other.exec('ROLLBACK')
        const { steps } = world
        await until(() => isOver() || world.steps > steps + 3)
      }
      other.close()
    })
    expect(world.traffic.turnedAway).toBeGreaterThan(10)
  },
  TIMEOUT_MS,
)

/** What a flow waits for is tried again; what it does not wait for is given up, and lies there until an operator wants it done. */
const AWAITED = 'price'
const GIVEN_UP = new Set(['again', 'thanks'])

it.each<{ how: string; first: Mishap; second: Mishap }>([
  { how: 'throws', first: 'throws', second: 'throws afterwards' },
  { how: 'hangs', first: 'hangs', second: 'hangs afterwards' },
  { how: 'answers late', first: 'late', second: 'late' },
])(
  '[RUN-16] a handler that $how is tried again, and does nothing twice',
  async ({ how, first, second }) => {
    const { world, ledger } = await play(
      {
        next: () => ({ effectTimeoutMs: 150 }),
        receiver: {
          lateMs: 400,
          mishap: (handed, nth) => {
            const { node } = handed.effect
            if (node === AWAITED && nth <= 2) return nth === 1 ? first : second
            return GIVEN_UP.has(node) && nth === 1 ? first : firstCallFails(handed, nth)
          },
        },
      },
      async (world, _file, isOver) => {
        while (!isOver()) {
          const { problem } = await world.lives.insist({ type: 'revive' })
          expect(problem).toBe(undefined)
          const { attempts } = world.receiver
          await until(() => isOver() || world.receiver.attempts > attempts)
        }
      },
    )
    expect(world.receiver.repeated).toBe(0)
    expect(world.receiver.absorbed).toBeGreaterThan(0)
    // What was done and answered too late looks like what was not done: it stays for an operator to judge.
    if (how !== 'answers late') expect(ledger?.deadLetters).toBe(0)
  },
  TIMEOUT_MS,
)

it(
  '[RUN-16] a clock that is set forward and back, at a restart and in between, changes no transcript',
  async () => {
    // Less far than the deadlines that stand beside every wait, and in the end as far forward as ever.
    const starts = [0, 10_000, -20_000, 30_000, 0, 60_000]
    let life = 0
    const next = () => ({ aheadMs: starts[Math.min(life++, starts.length - 1)]! })
    await play({ next }, async (world, _file, isOver) => {
      for (let times = 1; times < starts.length; times++) {
        const { steps } = world
        await until(() => isOver() || world.steps > steps + 3)
        await world.lives.insist({ type: 'jump', byMs: 5_000 })
        await until(() => isOver() || world.steps > steps + 6)
        await world.lives.restart()
      }
    })
  },
  TIMEOUT_MS,
)
