import { EVENT_SCHEMA, type Event, type EventBody } from '../../../src/releases/event.ts'
import { standsIn } from '../../../src/releases/evolve.ts'
import { evolveFlow } from '../../../src/releases/evolve-flow.ts'
import { emptyWorkspace, evolveWorkspace } from '../../../src/releases/evolve-workspace.ts'
import type { Policy } from '../../../src/releases/policy.ts'
import { PRESETS } from '../../../src/releases/presets/presets.ts'
import type { FlowEntry, FlowState, SlotName, WorkspaceState } from '../../../src/releases/state.ts'
import { pin, saved } from '../examples/events.ts'

/** What has happened in a workspace, as states and as streams. */
export interface Scene {
  readonly workspace: WorkspaceState
  readonly flows: readonly FlowState[]
  readonly events: readonly Event[]
  flow(id: string): FlowState
  entry(id: string): FlowEntry
}

/** Folds events into states. Each happens a second after the one before, unless it says when. */
export function play(
  bodies: readonly (EventBody & { at?: number; by?: string })[],
  policy: Policy = PRESETS.open,
): Scene {
  const created: EventBody = { type: 'workspaceCreated', workspace: 'acme', name: 'Acme', policy }
  const events = [created, ...bodies].map(
    (body, i): Event => ({ schema: EVENT_SCHEMA, at: i * 1_000, by: 'ana', ...body }),
  )
  const workspace = events
    .filter((event) => standsIn(event, 'workspace'))
    .reduce(evolveWorkspace, emptyWorkspace('acme'))
  const flows = new Map<string, FlowState>()
  for (const event of events) {
    if (!standsIn(event, 'flow') || !('flow' in event) || event.flow === null) continue
    flows.set(event.flow, evolveFlow(flows.get(event.flow), event))
  }
  return {
    workspace,
    flows: [...flows.values()],
    events,
    flow: (id) => flows.get(id)!,
    entry: (id) => workspace.flows[id]!,
  }
}

type Content = Partial<typeof saved>

export const create = (
  flow: string,
  content: Content & { number?: string; service?: string; labels?: string[]; comment?: string } = {},
) =>
  ({ type: 'flowCreated', flow, version: 'v1', number: '1.0.0', ...saved, name: flow, ...content }) as const

export const branch = (flow: string, version: string, from: string, number?: string) =>
  ({
    type: 'branched',
    flow,
    version,
    from,
    ...(number === undefined ? {} : { number }),
    contentHash: 'content-1',
    behaviourHash: 'behaviour-1',
    setAside: [],
  }) as const

export const save = (flow: string, version: string, revision: number, content: Content = {}) =>
  ({ type: 'draftSaved', flow, version, revision, ...saved, name: flow, ...content }) as const

export function release(
  flow: string,
  version: string,
  number: string,
  slot: SlotName = 'official',
  replaces?: string,
) {
  return {
    type: 'released',
    flow,
    kind: 'release',
    slot,
    pin: { ...pin, version, number, ...(slot === 'gray' ? { rule: 'pilot' } : {}) },
    ...(replaces === undefined ? {} : { replaces }),
    running: 'keep',
    plan: 'plan',
  } as const
}
