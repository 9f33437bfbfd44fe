import type { LifecycleState } from '../lifecycle.ts'
import { itemOf, versionsOf } from '../lookup.ts'
import type { Policy } from '../policy.ts'
import type { FlowEntry, FlowState, SlotName, Version, VersionComment } from '../state.ts'
import { labelOfVersion } from './find-version.ts'
import { statusOf } from './status.ts'

/** A version in the tree of its flow. */
export interface LineageRow {
  /** Its id. */
  readonly version: string
  /** The version that it was branched from. */
  readonly parent?: string
  /** 0 for versions without a parent, and one more for each step down. */
  readonly depth: number
  /** Absent on a draft that has no number yet. */
  readonly label?: string
  readonly state: LifecycleState
  /** What the workspace calls that state. */
  readonly word: string
  /** The slot that it stands in. */
  readonly slot?: SlotName
  readonly comments: readonly VersionComment[]
  /** Who made it, and when: milliseconds since 1970-01-01T00:00:00Z. */
  readonly by: string
  readonly at: number
}

/**
 * The versions of a flow as a tree: each stands behind its parent, with those that were made from it behind itself, in
 * the order in which they were made. A list, for a chain of thousands of versions would nest too deep; `depth` says how
 * far each row is indented. Deleted versions hold their place.
 */
export function lineage(flow: FlowState, policy: Policy, entry?: FlowEntry): readonly LineageRow[] {
  const children = childrenOf(flow)
  const rows: LineageRow[] = []
  const stack = rootsOf(flow).map((version) => ({ version, depth: 0 }))
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { version, depth } = next
    rows.push(rowOf(version, depth, policy, entry))
    for (const child of [...(children.get(version.id) ?? [])].reverse()) {
      stack.push({ version: child, depth: depth + 1 })
    }
  }
  return rows
}

/** The versions to begin with, the first one last. */
function rootsOf(flow: FlowState): readonly Version[] {
  return versionsOf(flow)
    .filter(({ parent }) => parent === undefined || itemOf(flow.versions, parent) === undefined)
    .reverse()
}

function childrenOf(flow: FlowState): ReadonlyMap<string, readonly Version[]> {
  const children = new Map<string, Version[]>()
  for (const version of versionsOf(flow)) {
    if (version.parent === undefined) continue
    const siblings = children.get(version.parent)
    if (siblings === undefined) children.set(version.parent, [version])
    else siblings.push(version)
  }
  return children
}

function rowOf(version: Version, depth: number, policy: Policy, entry?: FlowEntry): LineageRow {
  const { id, parent, state, comments, createdBy, createdAt } = version
  const label = labelOfVersion(version, policy)
  const slot = entry?.official?.version === id ? 'official' : entry?.gray?.version === id ? 'gray' : undefined
  return {
    version: id,
    ...(parent === undefined ? {} : { parent }),
    depth,
    ...(label === undefined ? {} : { label }),
    state,
    word: statusOf(version, policy, entry),
    ...(slot === undefined ? {} : { slot }),
    comments,
    by: createdBy,
    at: createdAt,
  }
}
