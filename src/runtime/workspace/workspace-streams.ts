import type { Json } from '../../base/json.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { Context } from '../../releases/context.ts'
import type { Event, StreamKind } from '../../releases/event.ts'
import { standsIn } from '../../releases/evolve.ts'
import { evolveFlow } from '../../releases/evolve-flow.ts'
import { replayWorkspace } from '../../releases/evolve-workspace.ts'
import { isId } from '../../releases/is-id.ts'
import { readEvents } from '../../releases/read-events.ts'
import type { FlowState, State, WorkspaceState } from '../../releases/state.ts'
import type { AppendAnswer, EventBatch, EventStore } from '../stores/event-store.ts'
import { FlowReplay, streamOf, WorkspaceReplay } from './replay.ts'
import { StreamReader } from './stream-reader.ts'

/** How many streams of flows are read at the same time. */
const READ_AT_ONCE = 32

/** How often something is decided anew because somebody else was faster, before it is refused as stale. */
export const MAX_ATTEMPTS = 16

/** What became of an append: the state after it, or the stream that has moved on. */
export type Appended =
  | { readonly ok: true; readonly state: State }
  | { readonly ok: false; readonly stream: StreamKind; readonly revision: number; readonly expected: number }

/** A flow that is about to be there, with the events that make it. */
export interface NewFlow {
  readonly flow: string
  readonly events: readonly Event[]
}

type WorkspaceReader = StreamReader<Event, WorkspaceReplay>
type FlowReader = StreamReader<Event, FlowReplay>

/** The streams of one workspace: read once, then only what is new. */
export class WorkspaceStreams {
  readonly #store: EventStore
  readonly #id: string
  readonly #name: string
  #workspace: WorkspaceReader
  #flows = new Map<string, FlowReader>()

  constructor(store: EventStore, id: string) {
    this.#store = store
    this.#id = id
    this.#name = streamOf(id)
    this.#workspace = this.#workspaceReader()
  }

  /** The workspace as it is stored now. */
  async workspace(): Promise<WorkspaceState> {
    const reader = this.#workspace
    await reader.refresh()
    return reader.made.state
  }

  /** A flow as it is stored now; `undefined` where there was never one. */
  async flow(id: string): Promise<FlowState | undefined> {
    // What is no id names no stream of a flow: nothing at all would name the one of the workspace.
    return isId(id) ? (await this.#refreshFlow(id)).made.state : undefined
  }

  /**
   * The workspace and a flow as they were stored at one instant. An event of both streams that was appended between two
   * reads would show in one of them alone, and nothing should be decided on a release that has happened by half.
   */
  async state(flow: string | undefined): Promise<State> {
    if (flow === undefined) return { workspace: await this.workspace() }
    let seen = ''
    let forgot = false
    for (;;) {
      const reader = this.#workspace
      await reader.refresh()
      const { made } = await this.#refreshFlow(flow)
      const { state } = made
      const { state: workspace } = reader.made
      const shared = reader.made.shared(flow)
      if (shared === made.shared) return state === undefined ? { workspace } : { workspace, flow: state }
      const now = `${workspace.revision} ${made.revision}`
      if (now === seen) {
        // Nobody is writing, so that reading on never helps. A store that was restored from a copy has to be read anew.
        if (forgot) throw this.#torn(flow, shared, made.shared)
        this.#forget()
        forgot = true
      }
      seen = now
    }
  }

  /** Every flow that has not been deleted. Reads the streams that have moved on since they were read. */
  async flows(): Promise<readonly FlowState[]> {
    const ids = Object.keys((await this.workspace()).flows)
    const heads = await this.#store.list(`${this.#name}/flow/`)
    const revisions = new Map(heads.map(({ stream, revision }) => [stream, revision]))
    const known = (id: string) => this.#flows.get(id)?.made
    const behind = ids.filter((id) => known(id)?.revision !== revisions.get(streamOf(this.#id, id)))
    await someAtOnce(behind, (id) => this.#refreshFlow(id))
    return ids.flatMap((id) => {
      const flow = known(id)?.state
      return flow === undefined || flow.deleted === true ? [] : [flow]
    })
  }

  /** The events of the workspace, or of one flow, after a revision. */
  events(flow?: string, after = 0): Promise<readonly Event[]> {
    return this.#read(streamOf(this.#id, flow), after)
  }

  /** All events of each flow that was ever there: one that was deleted keeps its history. */
  async eventsOfFlows(): Promise<readonly (readonly Event[])[]> {
    const heads = await this.#store.list(`${this.#name}/flow/`)
    return someAtOnce(heads, ({ stream }) => this.#read(stream, 0))
  }

  /**
   * Adds what was decided on a state to its streams, or nothing where one of them has moved on. Streams that nothing is
   * added to may move on as they like, but for those that the caller expects to be where they were.
   */
  async append(
    events: readonly Event[],
    state: State,
    id: string | undefined,
    expects: NonNullable<Context['expected']> = {},
  ): Promise<Appended> {
    const batches: EventBatch[] = []
    const add = (stream: string, kind: StreamKind, expected: number) => {
      const own = events.filter((event) => standsIn(event, kind)) as unknown as Json[]
      if (own.length > 0 || expects[kind] !== undefined) batches.push({ stream, expected, events: own })
    }
    add(this.#name, 'workspace', state.workspace.revision)
    if (id !== undefined) add(streamOf(this.#id, id), 'flow', state.flow?.revision ?? 0)
    if (batches.length === 0) return { ok: true, state }
    const answer = await this.#store.append(batches)
    return answer.ok ? { ok: true, state: this.#after(events, state, id) } : this.#movedOn(answer, batches)
  }

  /**
   * Adds flows that were decided on a workspace, one after the other: all of them at once, or none where the workspace has
   * moved on, or where a flow was there before. Their states are read when somebody asks for them.
   */
  async appendNew(flows: readonly NewFlow[], workspace: WorkspaceState): Promise<Appended> {
    const events = flows.flatMap((flow) => flow.events).filter((event) => standsIn(event, 'workspace'))
    const batches = [
      { stream: this.#name, expected: workspace.revision, events: events as unknown as Json[] },
      ...flows.map(({ flow, events: own }): EventBatch => {
        const ofFlow = own.filter((event) => standsIn(event, 'flow')) as unknown as Json[]
        return { stream: streamOf(this.#id, flow), expected: 0, events: ofFlow }
      }),
    ]
    const answer = await this.#store.append(batches)
    return answer.ok
      ? { ok: true, state: this.#after(events, { workspace }, undefined) }
      : this.#movedOn(answer, batches)
  }

  #movedOn(
    { stream, revision }: AppendAnswer & { readonly ok: false },
    batches: readonly EventBatch[],
  ): Appended & { readonly ok: false } {
    const { expected } = batches.find((batch) => batch.stream === stream) ?? batches[0]!
    // A store that has lost events, or was restored from a copy, has another history than the one that was read.
    if (revision < expected) this.#forget()
    return { ok: false, stream: stream === this.#name ? 'workspace' : 'flow', revision, expected }
  }

  /** The state after what was appended to it, and after nothing else. */
  #after(events: readonly Event[], { workspace, flow }: State, id: string | undefined): State {
    const ofWorkspace = events.filter((event) => standsIn(event, 'workspace'))
    const after = this.#workspace.add(ofWorkspace, workspace.revision)
      ? this.#workspace.made.state
      : replayWorkspace(workspace, ofWorkspace)
    const own = events.filter((event) => standsIn(event, 'flow'))
    if (id === undefined || own.length === 0)
      return { workspace: after, ...(flow === undefined ? {} : { flow }) }
    const reader = this.#flows.get(id)
    const added = reader?.add(own, flow?.revision ?? 0) === true ? reader.made.state : undefined
    return { workspace: after, flow: added ?? own.reduce<FlowState | undefined>(evolveFlow, flow)! }
  }

  async #refreshFlow(id: string): Promise<FlowReader> {
    const flows = this.#flows
    const reader = flows.get(id) ?? this.#flowReader(id)
    flows.set(id, reader)
    try {
      await reader.refresh()
    } finally {
      // Names that are asked for and do not exist leave nothing behind.
      if (reader.made.revision === 0 && flows.get(id) === reader) flows.delete(id)
    }
    return reader
  }

  #forget(): void {
    this.#workspace = this.#workspaceReader()
    this.#flows = new Map()
  }

  #workspaceReader(): WorkspaceReader {
    const replay = new WorkspaceReplay(this.#id, this.#name)
    return new StreamReader(replay, (after) => this.#read(this.#name, after))
  }

  #flowReader(id: string): FlowReader {
    const stream = streamOf(this.#id, id)
    return new StreamReader(new FlowReplay(id, stream), (after) => this.#read(stream, after))
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

  #torn(flow: string, workspace: number, own: number): SluiceError {
    return new SluiceError({
      code: 'stream.torn',
      problem: `The stream ${this.#name} tells ${workspace} events of the flow ${flow}, and the stream ${streamOf(this.#id, flow)} ${own} of them`,
      next: 'Restore both from the same copy; an event store has to append to several streams at once or to none',
    })
  }
}

/** Does something to each item, to not too many at the same time. */
async function someAtOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let i = 0; i < items.length; i += READ_AT_ONCE) {
    results.push(...(await Promise.all(items.slice(i, i + READ_AT_ONCE).map(work))))
  }
  return results
}
