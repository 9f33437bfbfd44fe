import type { LifecycleState } from '../lifecycle.ts'
import type { Policy } from '../policy.ts'
import type { FlowEntry, FlowState, Version } from '../state.ts'
import { labelOf } from '../version-number.ts'
import { latestVersion } from './find-version.ts'

/** How a flow stands as a whole. */
export interface FlowStatus {
  /** Label of the version in the official slot, as `V1.0`. */
  readonly official?: string
  /** Label of the version in the gray slot. */
  readonly gray?: string
  /** True while it is live and takes no new sessions. */
  readonly paused: boolean
  /** The state that `word` is for. */
  readonly state: LifecycleState | 'paused'
  /** What the workspace calls that state. */
  readonly word: string
}

/**
 * The word of the policy for where a version stands (REL-17): `Official Release` in one product, `Published` in another.
 * With the entry of its flow, a released version of a paused flow reads paused.
 */
export function statusOf(version: Version, policy: Policy, entry?: FlowEntry): string {
  const { id, state } = version
  const isLive = entry?.official?.version === id || entry?.gray?.version === id
  return policy.words[isLive && entry?.paused === true ? 'paused' : state]
}

/**
 * How a flow stands: which slots are filled, and one word for it. That is the word for paused where it is, else for the
 * official slot, else for the gray one, else for its latest version.
 */
export function flowStatus(entry: FlowEntry, flow: FlowState, policy: Policy): FlowStatus {
  const state = stateOfFlow(entry, flow)
  const { labels } = policy.numbering
  return {
    ...(entry.official === undefined ? {} : { official: labelOf(entry.official.number, labels) }),
    ...(entry.gray === undefined ? {} : { gray: labelOf(entry.gray.number, labels) }),
    paused: state === 'paused',
    state,
    word: policy.words[state],
  }
}

function stateOfFlow({ official, gray, paused }: FlowEntry, flow: FlowState): FlowStatus['state'] {
  if (official === undefined && gray === undefined) return latestVersion(flow)?.state ?? idleState(flow)
  if (paused === true) return 'paused'
  return official === undefined ? 'gray' : 'official'
}

/** Of a flow of which no version can be opened: a draft that was set aside can still be restored. */
function idleState({ versions }: FlowState): LifecycleState {
  return Object.values(versions).some(({ state }) => state === 'setAside') ? 'setAside' : 'deleted'
}
