import { SluiceError } from '../../base/sluice-error.ts'
import type { Event } from '../../releases/event.ts'
import { standsIn } from '../../releases/evolve.ts'
import { replayFlow } from '../../releases/evolve-flow.ts'
import { emptyWorkspace, replayWorkspace } from '../../releases/evolve-workspace.ts'
import type { FlowState, WorkspaceState } from '../../releases/state.ts'
import type { Replay } from './stream-reader.ts'

/** The state of a workspace, made of the events of its stream. */
export class WorkspaceReplay implements Replay<Event> {
  #state: WorkspaceState
  readonly #shared = new Map<string, number>()
  readonly #stream: string

  constructor(id: string, stream: string) {
    this.#state = emptyWorkspace(id)
    this.#stream = stream
  }

  get state(): WorkspaceState {
    return this.#state
  }

  get revision(): number {
    return this.#state.revision
  }

  /** How many of the events stand in the stream of a flow as well. */
  shared(flow: string): number {
    return this.#shared.get(flow) ?? 0
  }

  take(events: readonly Event[]): void {
    // Flows that came and went among these events.
    const changed = new Map<string, boolean>()
    for (const [index, event] of events.entries()) {
      const fault = this.#misplaced(event, this.revision + index, changed)
      if (fault !== undefined) throw misplaced(this.#stream, this.revision + index + 1, fault)
      if (event.type === 'flowCreated' || event.type === 'flowDeleted')
        changed.set(event.flow, event.type === 'flowCreated')
    }
    this.#state = this.#follow(events)
    for (const event of events) {
      const flow = sharedFlow(event)
      if (flow !== undefined) this.#shared.set(flow, this.shared(flow) + 1)
    }
  }

  #follow(events: readonly Event[]): WorkspaceState {
    try {
      return replayWorkspace(this.#state, events)
    } catch (error) {
      // One by one takes longer, and tells which.
      const revision = firstFault(this.#state, events, (state, event) => replayWorkspace(state, [event]))
      throw misplaced(this.#stream, this.revision + revision, 'it cannot follow what is before it', error)
    }
  }

  #misplaced(event: Event, before: number, changed: ReadonlyMap<string, boolean>): string | undefined {
    if (!standsIn(event, 'workspace')) return `${event.type} belongs into the stream of a flow`
    if ((event.type === 'workspaceCreated') !== (before === 0)) return notFirst('workspaceCreated', event)
    if (event.type === 'workspaceCreated') {
      return event.workspace === this.#state.id ? undefined : `it is of the workspace ${event.workspace}`
    }
    const flow = sharedFlow(event)
    if (flow === undefined) return undefined
    const known = changed.get(flow) ?? Object.hasOwn(this.#state.flows, flow)
    if (known === (event.type !== 'flowCreated')) return undefined
    return known ? `there is a flow ${flow} already` : `there is no flow ${flow}`
  }
}

/** The state of a flow, made of the events of its stream. */
export class FlowReplay implements Replay<Event> {
  #state: FlowState | undefined
  #shared = 0
  readonly #id: string
  readonly #stream: string

  constructor(id: string, stream: string) {
    this.#id = id
    this.#stream = stream
  }

  /** `undefined` where the stream is empty. */
  get state(): FlowState | undefined {
    return this.#state
  }

  get revision(): number {
    return this.#state?.revision ?? 0
  }

  /** How many of the events stand in the stream of the workspace as well. */
  get shared(): number {
    return this.#shared
  }

  take(events: readonly Event[]): void {
    // Versions that came among these events.
    const made = new Set<string>()
    for (const [index, event] of events.entries()) {
      const fault = this.#misplaced(event, this.revision + index, made)
      if (fault !== undefined) throw misplaced(this.#stream, this.revision + index + 1, fault)
      if (event.type === 'flowCreated' || event.type === 'branched') made.add(event.version)
    }
    this.#state = this.#follow(events)
    this.#shared += events.filter((event) => standsIn(event, 'workspace')).length
  }

  #follow(events: readonly Event[]): FlowState | undefined {
    try {
      return replayFlow(this.#state, events)
    } catch (error) {
      // One by one takes longer, and tells which.
      const revision = firstFault(this.#state, events, (state, event) => replayFlow(state, [event]))
      throw misplaced(this.#stream, this.revision + revision, 'it cannot follow what is before it', error)
    }
  }

  #misplaced(event: Event, before: number, made: ReadonlySet<string>): string | undefined {
    if (!standsIn(event, 'flow')) return `${event.type} belongs into the stream of the workspace`
    if ((event.type === 'flowCreated') !== (before === 0)) return notFirst('flowCreated', event)
    if ('flow' in event && event.flow !== this.#id) return `it is of the flow ${event.flow}`
    if (event.type === 'flowCreated' || event.type === 'branched') return undefined
    const version =
      event.type === 'released' ? event.pin.version : 'version' in event ? event.version : undefined
    return version === undefined || made.has(version) || Object.hasOwn(this.#state?.versions ?? {}, version)
      ? undefined
      : `there is no version ${version}`
  }
}

/** The flow whose stream an event of the workspace stands in as well. */
function sharedFlow(event: Event): string | undefined {
  return standsIn(event, 'flow') && 'flow' in event && event.flow !== null ? event.flow : undefined
}

function notFirst(wanted: Event['type'], { type }: Event): string {
  return type === wanted ? `${type} can only be the first` : `it is ${type}, and the first is ${wanted}`
}

/** The place of the first event that cannot follow, from 1. */
function firstFault<State>(
  start: State,
  events: readonly Event[],
  evolve: (state: State, event: Event) => State,
): number {
  let state = start
  for (const [index, event] of events.entries()) {
    try {
      state = evolve(state, event)
    } catch {
      return index + 1
    }
  }
  return events.length
}

function misplaced(stream: string, revision: number, why: string, cause?: unknown): SluiceError {
  return new SluiceError({
    code: 'event.misplaced',
    problem: `The event at revision ${revision} of the stream ${stream} does not belong there: ${why}`,
    next: 'Restore the event store from a copy, or run eventStoreContract where the store is your own',
    cause,
  })
}

/** Name of the streams of a workspace and, below it, of its flows. */
export function streamOf(workspace: string, flow?: string): string {
  const name = `workspace/${encode(workspace)}`
  return flow === undefined ? name : `${name}/flow/${encode(flow)}`
}

/** As part of an address; JSON escapes half a surrogate pair, which no address can hold. */
function encode(id: string): string {
  return encodeURIComponent(JSON.stringify(id).slice(1, -1))
}
