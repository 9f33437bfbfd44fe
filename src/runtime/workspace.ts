import type { Json } from '../base/json.ts'
import { type Clock, systemClock } from '../base/ports.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import type { ExpressionLanguage } from '../expressions/types.ts'
import type { Executable } from '../interpreter/executable.ts'
import type { NodeTypes } from '../nodes/registry.ts'
import type { Command } from '../releases/command.ts'
import type { Context } from '../releases/context.ts'
import { can, decide, type Permit } from '../releases/decide.ts'
import type { Event } from '../releases/event.ts'
import { evolve } from '../releases/evolve.ts'
import { itemOf } from '../releases/lookup.ts'
import { parseCommand } from '../releases/parse-command.ts'
import { planRelease } from '../releases/plan/plan-release.ts'
import type { ReleasePlan, ReleaseRequest } from '../releases/plan/release-plan.ts'
import { referenceDiagnostics } from '../releases/reference-diagnostics.ts'
import { type Refusal, refuse } from '../releases/refusal.ts'
import type { FlowState, State, WorkspaceState } from '../releases/state.ts'
import { type Census, EMPTY_CENSUS } from './census.ts'
import { type ContentStore, memoryContentStore } from './content-store.ts'
import { type EventStore, memoryEventStore } from './event-store.ts'
import { Inspector } from './inspector.ts'
import { ContextSource } from './workspace-context.ts'
import { WorkspaceStreams } from './workspace-streams.ts'

/** How often a command is decided anew because another one was faster, before it is refused as stale. */
const MAX_ATTEMPTS = 16

export interface WorkspaceOptions {
  /** The tenant. */
  readonly id: string
  /** The node types on offer. */
  readonly nodes: NodeTypes
  /** Expression languages beside CEL. */
  readonly languages?: readonly ExpressionLanguage[]
  /** Where events are kept; in memory unless given. */
  readonly events?: EventStore
  /** Where documents and executables are kept; in memory unless given. */
  readonly contents?: ContentStore
  /** What runs, who is in a segment, what is linked; nothing unless given. */
  readonly census?: Census
  readonly clock?: Clock
}

/** Who asks, and what belongs to the command. */
export interface Asking {
  /** Id of the member. */
  readonly by: string
  /** The document that `createFlow` and `saveDraft` speak of. */
  readonly document?: FlowDocument
  /** Revisions that the command was made for: refused as `stream.stale` where a stream has moved on. */
  readonly expected?: Context['expected']
}

/** What a command came to. */
export type Outcome =
  | {
      readonly ok: true
      readonly events: readonly Event[]
      readonly state: State
      /**
       * With commands about content: the errors and warnings of it, those of a draft with what it lacks in the workspace.
       * Draft or not, what is saved is saved.
       */
      readonly diagnostics?: readonly Diagnostic[]
    }
  | Refusal

/**
 * A workspace with its stores around it: reads the state, finds out what a command needs to know, decides, and stores what
 * was decided. Several processes may open the same workspace; each sees what the others have stored.
 *
 * @example
 * const workspace = openWorkspace({ id: 'acme', nodes: palette })
 * await workspace.execute({ type: 'createWorkspace', name: 'ACME', policy: 'contact-centre' }, { by: 'ada' })
 * await workspace.execute({ type: 'createFlow', flow: flow.id }, { by: 'ada', document: flow })
 * const plan = await workspace.plan({ flow: flow.id, version: 'v1', slot: 'official' }, { by: 'ada' })
 */
export function openWorkspace(options: WorkspaceOptions): Workspace {
  return new Workspace(options)
}

export class Workspace {
  readonly #streams: WorkspaceStreams
  readonly #inspector: Inspector
  readonly #source: ContextSource
  readonly #contents: ContentStore
  readonly #clock: Clock

  constructor({
    id,
    nodes,
    languages,
    events = memoryEventStore(),
    contents = memoryContentStore(),
    census = EMPTY_CENSUS,
    clock = systemClock,
  }: WorkspaceOptions) {
    this.#streams = new WorkspaceStreams(events, id)
    this.#inspector = new Inspector({ contents, nodes, languages })
    this.#source = new ContextSource(this.#inspector, census)
    this.#contents = contents
    this.#clock = clock
  }

  /**
   * Does what a command asks for, or refuses it and changes nothing. Where somebody else was faster the command is decided
   * anew on what they have left; one that says which revisions it was made for is refused then.
   */
  async execute(command: Command, asking: Asking): Promise<Outcome> {
    const asked = read(command, asking)
    if (!asked.ok) return asked
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const state = await this.#state(asked.flow)
      const { context, contents } = await this.#source.forCommand(state, asked.command, {
        ...asked.asking,
        now: this.#clock.now(),
      })
      const decision = decide(state, asked.command, context)
      if (!decision.ok) return decision
      for (const { hash, text } of contents) await this.#contents.put(hash, text)
      const stored = await this.#streams.append(decision.events, state, asked.flow)
      if (stored.ok) {
        const after = decision.events.reduce(evolve, state)
        return { ok: true, events: decision.events, state: after, ...foundIn(after, context) }
      }
    }
    throw new SluiceError({
      code: 'workspace.busy',
      problem: `Other commands were faster ${MAX_ATTEMPTS} times in a row`,
      next: 'Send the command again later',
    })
  }

  /** Whether a command would be accepted now, with the reason where not; decided by the same code. */
  async can(command: Command, asking: Asking): Promise<Permit> {
    const asked = read(command, asking)
    if (!asked.ok) return asked
    const state = await this.#state(asked.flow)
    const request = { ...asked.asking, now: this.#clock.now() }
    const { context } = await this.#source.forCommand(state, asked.command, request)
    return can(state, asked.command, context)
  }

  /** The plan of a release. To confirm it, send `release` with its hash and its answers. */
  async plan(request: ReleaseRequest, { by }: Pick<Asking, 'by'>): Promise<ReleasePlan | Refusal> {
    const state = await this.#state(request.flow)
    const context = await this.#source.forRelease(state, request, { by, now: this.#clock.now() })
    return planRelease(state, request, context)
  }

  /** The workspace as it is stored now: members, policy, catalog, slots. */
  state(): Promise<WorkspaceState> {
    return this.#streams.workspace()
  }

  /** A flow with its versions as it is stored now; `undefined` where there is none. */
  flow(id: string): Promise<FlowState | undefined> {
    return this.#streams.flow(id)
  }

  /** Every flow. */
  flows(): Promise<readonly FlowState[]> {
    return this.#streams.flows()
  }

  /** The document of a version as it was saved last, or as the hash of one of its revisions names it. */
  async document(flow: string, version: string, contentHash?: string): Promise<FlowDocument | undefined> {
    const found = itemOf((await this.flow(flow))?.versions ?? {}, version)
    const revision = found?.revisions.findLast(
      (each) => contentHash === undefined || each.contentHash === contentHash,
    )
    return revision === undefined ? undefined : this.#inspector.document(revision.contentHash)
  }

  /** The executable that was stored at release, for `link`. */
  async executable(hash: string): Promise<Executable | undefined> {
    const text = await this.#contents.get(hash)
    return text === undefined ? undefined : (JSON.parse(text) as Executable)
  }

  /** Everything that has happened in the workspace, or to one flow; `auditTrail` puts it into words. */
  events(flow?: string): Promise<readonly Event[]> {
    return this.#streams.events(flow)
  }

  async #state(flow: string | undefined): Promise<State> {
    const workspace = await this.#streams.workspace()
    const found = flow === undefined ? undefined : await this.#streams.flow(flow)
    return found === undefined ? { workspace } : { workspace, flow: found }
  }
}

/** What a command about content has found in it (VAL-11, VAL-13). */
function foundIn(
  { workspace }: State,
  { inspection }: Context,
): { readonly diagnostics?: readonly Diagnostic[] } {
  if (inspection === undefined) return {}
  return { diagnostics: [...inspection.diagnostics, ...referenceDiagnostics(workspace, inspection, 'draft')] }
}

/** What comes from outside, read: the command, the flow that it names, the document that goes with it. */
type Asked = {
  readonly ok: true
  readonly command: Command
  readonly flow: string | undefined
  readonly asking: Asking
}

function read(value: Command, asking: Asking): Asked | Refusal {
  const parsed = parseCommand(value)
  if (!parsed.ok) return parsed.error
  const command = parsed.value
  const flow = 'flow' in command && command.flow !== null ? command.flow : undefined
  if (asking.document === undefined) return { ok: true, command, flow, asking }
  const document = parseDocument(asking.document)
  if (!document.ok) return refuse('document.bad', { faults: document.error as unknown as Json })
  return { ok: true, command, flow, asking: { ...asking, document: document.value } }
}
