import type { LifecycleState } from '../../../src/releases/lifecycle.ts'
import { PRESETS } from '../../../src/releases/presets/presets.ts'

/** Every state of a version. */
export const LIFECYCLE_STATES = Object.keys(PRESETS.open.words).filter(
  (state) => state !== 'paused',
) as LifecycleState[]
