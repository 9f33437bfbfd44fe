import { emptyWorkspace } from '../../src/releases/evolve-workspace.ts'
import { PRESETS } from '../../src/releases/presets/presets.ts'
import type { FlowEntry, Slot, SlotName, WorkspaceState } from '../../src/releases/state.ts'

/** What the workspace of an example has in it. */
export interface WorkspaceExample {
  readonly exceptionFlows?: WorkspaceState['exceptionFlows']
  /** Flows beside that of the example, each with the slots in which it has a version. */
  readonly flows?: { readonly [id: string]: readonly SlotName[] }
  /** True unless given. */
  readonly needsExceptionFlow?: boolean
}

/** A workspace that asks for an exception flow, as far as it has to do with other flows than the one at hand. */
export function exampleWorkspace({
  exceptionFlows = {},
  flows = {},
  needsExceptionFlow = true,
}: WorkspaceExample): WorkspaceState {
  const empty = emptyWorkspace('example')
  const policy = PRESETS['contact-centre']
  return {
    ...empty,
    policy: { ...policy, release: { ...policy.release, needsExceptionFlow } },
    exceptionFlows,
    flows: Object.fromEntries(Object.entries(flows).map(([id, slots]) => [id, entryOf(id, slots)])),
  }
}

function entryOf(id: string, slots: readonly SlotName[]): FlowEntry {
  const slot: Slot = {
    version: 'v1',
    number: '1.0.0',
    contentHash: 'c',
    behaviourHash: 'b',
    executable: 'e',
    at: 0,
    by: 'ada',
    name: id,
    role: 'subflow',
    medium: 'any',
    audience: 'interaction',
    references: [],
    applications: {},
    values: {},
    sensitive: [],
  }
  return {
    id,
    labels: [],
    ...(slots.includes('official') ? { official: slot } : {}),
    ...(slots.includes('gray') ? { gray: { ...slot, rule: 'pilot' } } : {}),
  }
}
