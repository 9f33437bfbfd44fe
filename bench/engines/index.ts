import type { EngineEntry } from './engine.ts'
import { robot3 } from './robot3.ts'
import { loadSluice } from './sluice.ts'
import { xstateActor } from './xstate-actor.ts'
import { yardstick } from './yardstick.ts'

/** Every engine of the bench, the yardstick first: all figures are given as multiples of it. */
export async function loadEngines(): Promise<readonly EngineEntry[]> {
  return [yardstick, await loadSluice(), robot3, xstateActor]
}
