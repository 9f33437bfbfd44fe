import type { Json } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Event } from '../releases/event.ts'
import { standsIn } from '../releases/evolve.ts'
import { evolveFlow } from '../releases/evolve-flow.ts'
import { emptyWorkspace, evolveWorkspace } from '../releases/evolve-workspace.ts'
import { readEvents } from '../releases/read-events.ts'
import type { FlowState, WorkspaceState } from '../releases/state.ts'
import type { AppendAnswer, EventBatch, EventStore } from './event-store.ts'

/** The streams of one workspace: read once, then only what is new. */
export class WorkspaceStreams {
  readonly #store: EventStore
  readonly #name: string
  #workspace: WorkspaceState
  readonly #flows = new Map<string, FlowState>()

  constructor(store: EventStore, id: string) {
    this.#store = store
    this.#name = `workspace/${encodeURIComponent(id)}`
    this.#workspace = emptyWorkspace(id)
  }

  /** The workspace as it is stored now. */
  async workspace(): Promise<WorkspaceState> {
    const before = this.#workspace
    const after = (await this.#read(this.#name, before.revision)).reduce(evolveWorkspace, before)
    // Another reader may have been faster.
    if (after.revision > this.#workspace.revision) this.#workspace = after
    return this.#workspace
  }

  /** A flow as it is stored now; `undefined` where there was never one. */
  async flow(id: string): Promise<FlowState | undefined> {
    const before = this.#flows.get(id)
    const events = await this.#read(this.#flowStream(id), before?.revision ?? 0)
    const after = events.reduce<FlowState | undefined>(evolveFlow, before)
    if (after !== undefined && after.revision > (this.#flows.get(id)?.revision ?? 0)) {
      this.#flows.set(id, after)
    }
    return this.#flows.get(id)
  }

  /** Every flow that has not been deleted. */
  async flows(): Promise<readonly FlowState[]> {
    const { flows } = await this.workspace()
    const found = await Promise.all(Object.keys(flows).map((id) => this.flow(id)))
    return found.filter((flow) => flow !== undefined)
  }

  /** All events of the workspace, or of one flow. */
  events(flow?: string): Promise<readonly Event[]> {
    return this.#read(flow === undefined ? this.#name : this.#flowStream(flow), 0)
  }

  /** Adds what was decided on a workspace and a flow to their streams, or nothing where either has moved on. */
  append(
    events: readonly Event[],
    decidedOn: { readonly workspace: WorkspaceState; readonly flow?: FlowState | undefined },
    flow: string | undefined,
  ): Promise<AppendAnswer> {
    const batches: EventBatch[] = [
      {
        stream: this.#name,
        expected: decidedOn.workspace.revision,
        events: events.filter((event) => standsIn(event, 'workspace')) as unknown as Json[],
      },
    ]
    if (flow !== undefined) {
      batches.push({
        stream: this.#flowStream(flow),
        expected: decidedOn.flow?.revision ?? 0,
        events: events.filter((event) => standsIn(event, 'flow')) as unknown as Json[],
      })
    }
    return this.#store.append(batches.filter((batch) => batch.events.length > 0))
  }

  #flowStream(flow: string): string {
    return `${this.#name}/flow/${encodeURIComponent(flow)}`
  }

  async #read(stream: string, after: number): Promise<readonly Event[]> {
    const events = readEvents(await this.#store.read(stream, after))
    if (events.ok) return events.value
    const { code, position, reason, lift } = events.error
    throw new SluiceError({
      code,
      problem: `The stream ${stream} cannot be read at revision ${after + position + 1}: ${reason.replace(/\.$/, '')}`,
      next: lift.replace(/\.$/, ''),
    })
  }
}
