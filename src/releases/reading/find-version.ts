import { itemOf, versionsOf } from '../lookup.ts'
import type { Policy } from '../policy.ts'
import type { FlowState, Version } from '../state.ts'
import { labelOf } from '../version-number.ts'

/** What people read for the number of a version; `undefined` on a draft that has none yet. */
export function labelOfVersion({ number }: Version, { numbering }: Policy): string | undefined {
  return number === undefined ? undefined : labelOf(number, numbering.labels)
}

/**
 * What opens by default (VER-3): the draft that was made last, else the version that was made last and is neither
 * deleted nor set aside. `undefined` where nothing of the kind is left.
 */
export function latestVersion(flow: FlowState): Version | undefined {
  const newestFirst = [...versionsOf(flow)].reverse()
  return (
    newestFirst.find(({ state }) => state === 'new') ??
    newestFirst.find(({ state }) => state !== 'deleted' && state !== 'setAside')
  )
}

/**
 * A version by its id, or by its label as the policy shows it: `V1.10`. Deleted ones are found as well, for the history
 * lists them.
 */
export function versionAt(flow: FlowState, wanted: string, policy: Policy): Version | undefined {
  return (
    itemOf(flow.versions, wanted) ??
    Object.values(flow.versions).find((version) => labelOfVersion(version, policy) === wanted)
  )
}
