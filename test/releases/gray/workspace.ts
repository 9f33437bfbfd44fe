import { checkGrayRule } from '../../../src/releases/gray/check-gray-rule.ts'
import type { GrayRule } from '../../../src/releases/gray/gray-rule.ts'
import type { Policy } from '../../../src/releases/policy.ts'
import type { FlowEntry, GraySlot, Slot, WorkspaceState } from '../../../src/releases/state.ts'
import { deepFreeze } from '../../support/deep-freeze.ts'

/** What a workspace of a test has; slots are named by the id of their version. */
export interface Given {
  readonly flows?: { readonly [id: string]: FlowSpec }
  readonly rules?: readonly GrayRule[]
  readonly exceptionFlows?: WorkspaceState['exceptionFlows']
}

export interface FlowSpec {
  readonly official?: string
  readonly gray?: string
  /** `pilot` unless given. */
  readonly rule?: string
  readonly paused?: true
}

/** A workspace with these flows and rules, frozen. Routing reads no policy, so that there is none. */
export function workspaceOf({ flows = {}, rules = [], exceptionFlows = {} }: Given): WorkspaceState {
  return deepFreeze({
    schema: 1,
    id: 'acme',
    revision: 1,
    name: 'ACME',
    policy: {} as Policy,
    members: {},
    catalog: {
      group: {},
      team: {},
      service: {},
      testContact: {},
      segment: {},
      application: {},
      mediaFolder: {},
      integration: {},
      grayRule: Object.fromEntries(rules.map((rule) => [rule.id, rule])),
    },
    exceptionFlows,
    flows: Object.fromEntries(Object.entries(flows).map(([id, spec]) => [id, flowOf(id, spec)])),
    lastAccessCode: 0,
    applicationKeys: {},
  })
}

function flowOf(id: string, { official, gray, rule = 'pilot', paused }: FlowSpec): FlowEntry {
  return {
    id,
    labels: [],
    ...(paused && { paused }),
    ...(official && { official: slotOf(official) }),
    ...(gray && { gray: { ...slotOf(gray), rule } satisfies GraySlot }),
  }
}

export function slotOf(version: string): Slot {
  return {
    version,
    number: '1.0.0',
    contentHash: `content of ${version}`,
    behaviourHash: `behaviour of ${version}`,
    executable: `executable of ${version}`,
    at: 0,
    by: 'ada',
    name: 'Support',
    role: 'main',
    medium: 'voice',
    audience: 'interaction',
    references: [],
    applications: { voice: `app of ${version}` },
    values: { greeting: `greeting of ${version}` },
    sensitive: ['greeting'],
  }
}

/** The rule `pilot`, as `checkGrayRule` has passed it. */
export function pilot(match: GrayRule['match']): GrayRule {
  const rule = checkGrayRule({ id: 'pilot', name: 'Pilot', match })
  if (!rule.ok) throw new Error(JSON.stringify(rule.error))
  return rule.value
}

/** A workspace with the flow `support`, official and gray, and the rule `pilot` by which it is gray. */
export function withPilot(
  match: GrayRule['match'],
  spec: FlowSpec = { official: 'v1', gray: 'v2' },
): WorkspaceState {
  return workspaceOf({ flows: { support: spec }, rules: [pilot(match)] })
}
