import { EVENT_STREAMS, type Event, type StreamKind } from './event.ts'
import { evolveFlow } from './evolve-flow.ts'
import { evolveWorkspace } from './evolve-workspace.ts'
import type { State } from './state.ts'

/**
 * The state after an event. Pure: the same events give the same state, whether it is rebuilt from the first of them or
 * goes on from a snapshot. Events that `decide` returned for this state never fail here.
 */
export function evolve(state: State, event: Event): State {
  return {
    workspace: standsIn(event, 'workspace') ? evolveWorkspace(state.workspace, event) : state.workspace,
    ...flowAfter(state, event),
  }
}

/** True where an event belongs to a stream of that kind. */
export function standsIn({ type }: Event, kind: StreamKind): boolean {
  const streams: readonly StreamKind[] = EVENT_STREAMS[type]
  return streams.includes(kind)
}

function flowAfter({ flow }: State, event: Event): Pick<State, 'flow'> {
  if (standsIn(event, 'flow')) return { flow: evolveFlow(flow, event) }
  return flow === undefined ? {} : { flow }
}
