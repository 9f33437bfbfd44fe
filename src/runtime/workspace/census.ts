import { NOTHING_RUNS, type RunningReport } from '../../releases/context.ts'
import type { ById } from '../../releases/state.ts'

/** What a workspace asks its host before a release or a deletion. */
export interface Census {
  /** What runs on the versions of a flow. */
  running(flow: string): Promise<RunningReport>
  /** How many contacts are in a segment. */
  segmentMembers(segment: string): Promise<number>
  /** Distribution links, by application id. */
  links(): Promise<ById<number>>
}

/** For a workspace without a host: nothing runs, segments are empty, nothing is linked. */
export const EMPTY_CENSUS: Census = {
  running: async () => NOTHING_RUNS,
  segmentMembers: async () => 0,
  links: async () => ({}),
}
