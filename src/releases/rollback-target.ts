import type { ReleaseRequest } from './plan/release-plan.ts'
import type { FlowState, SlotName, Version } from './state.ts'

/** The version that a release is planned for: the one that was named, or for a rollback the one that it returns to. */
export function plannedVersion(
  flow: FlowState | undefined,
  { version, slot, rollBack }: Pick<ReleaseRequest, 'version' | 'slot' | 'rollBack'>,
): string | undefined {
  if (version !== undefined || flow === undefined || rollBack !== true) return version
  return rollbackTarget(flow, slot)?.id
}

/**
 * The version that a rollback returns to: of those retired, the one that was replaced last in the slot. One that somebody
 * took out of service is returned to where it is named.
 */
export function rollbackTarget({ versions }: FlowState, slot: SlotName): Version | undefined {
  let target: Version | undefined
  let latest = 0
  for (const version of Object.values(versions)) {
    const replaced = version.state === 'retired' ? replacedIn(slot, version) : 0
    if (replaced > latest) [target, latest] = [version, replaced]
  }
  return target
}

/** When it was replaced in the slot, as a revision of the flow; 0 where it was not. */
function replacedIn(slot: SlotName, { releases }: Version): number {
  return releases.findLast((release) => release.slot === slot)?.replaced ?? 0
}
