import { KeyedTurns } from '../../base/keyed-turns.ts'
import type { Activity } from './activity.ts'

/** Lets a piece of work pause in its lane: it keeps its place, and nobody waits for it meanwhile. */
export type Pause = (sleep: (woken: () => void) => Promise<void>) => Promise<void>

interface Lane {
  /** Pieces of work under way or behind it. */
  size: number
  asleep: boolean
}

/** Work in lanes, each of them in order. Counts as under way, but for lanes whose first piece of work pauses. */
export class Lanes {
  readonly #activity: Activity
  readonly #turns = new KeyedTurns()
  readonly #lanes = new Map<string, Lane>()

  constructor(activity: Activity) {
    this.#activity = activity
  }

  async run(name: string, work: (pause: Pause) => Promise<void>): Promise<void> {
    const lane = this.#laneOf(name)
    lane.size++
    if (!lane.asleep) this.#activity.enter()
    const pause: Pause = async (sleep) => {
      lane.asleep = true
      for (let i = 0; i < lane.size; i++) this.#activity.leave()
      await sleep(() => {
        lane.asleep = false
        for (let i = 0; i < lane.size; i++) this.#activity.enter()
      })
    }
    try {
      await this.#turns.take(name, () => work(pause))
    } finally {
      if (--lane.size === 0) this.#lanes.delete(name)
      this.#activity.leave()
    }
  }

  #laneOf(name: string): Lane {
    let lane = this.#lanes.get(name)
    if (lane === undefined) {
      lane = { size: 0, asleep: false }
      this.#lanes.set(name, lane)
    }
    return lane
  }
}
