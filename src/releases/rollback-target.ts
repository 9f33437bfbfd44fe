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

/** The version that a rollback returns to: of those retired, the one that went into the slot last. */
export function rollbackTarget({ versions }: FlowState, slot: SlotName): Version | undefined {
  return Object.values(versions)
    .filter(({ state, releases }) => state === 'retired' && lastIn(slot, releases) !== undefined)
    .sort((a, b) => lastIn(slot, b.releases)!.at - lastIn(slot, a.releases)!.at)[0]
}

function lastIn(slot: SlotName, releases: Version['releases']): Version['releases'][number] | undefined {
  return releases.filter((release) => release.slot === slot).at(-1)
}
