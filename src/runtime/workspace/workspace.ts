import { type Clock, type Ids, randomIds, systemClock } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { compareDocuments, type DocumentComparison } from '../../document/compare-documents.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import type { ExpressionLanguage } from '../../expressions/types.ts'
import type { ExchangeRefusal } from '../../interchange/bundle/exchange-refusals.ts'
import type { Exported } from '../../interchange/bundle/export-bundle.ts'
import type { Executable } from '../../interpreter/executable.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import type { Command } from '../../releases/command.ts'
import type { Context } from '../../releases/context.ts'
import type { Permit } from '../../releases/decide.ts'
import type { Event } from '../../releases/event.ts'
import { isId } from '../../releases/is-id.ts'
import { itemOf } from '../../releases/lookup.ts'
import { planRelease } from '../../releases/plan/plan-release.ts'
import type { ReleasePlan, ReleaseRequest } from '../../releases/plan/release-plan.ts'
import { type HistoryEntry, historyOf } from '../../releases/reading/history.ts'
import { type FlowQuery, type FlowRow, listFlows } from '../../releases/reading/list-flows.ts'
import { mergeStreams } from '../../releases/reading/merge-streams.ts'
import type { Page } from '../../releases/reading/pages.ts'
import { auditTrail, type TrailEntry } from '../../releases/reading/trail.ts'
import { referenceDiagnostics } from '../../releases/reference-diagnostics.ts'
import { type Refusal, refuse } from '../../releases/refusal.ts'
import type { FlowState, State, Version, WorkspaceState } from '../../releases/state.ts'
import { type ContentStore, memoryContentStore } from '../stores/content-store.ts'
import { type EventStore, memoryEventStore } from '../stores/event-store.ts'
import { type Asked, type Asking, readAsked, readRequest } from './asked.ts'
import { type Census, EMPTY_CENSUS } from './census.ts'
import type { ExportFlows, ImportFlows } from './exchange-requests.ts'
import { type ExportParts, exportFlows } from './export-flows.ts'
import { type ImportOutcome, type ImportParts, importFlows } from './import-flows.ts'
import { Inspector } from './inspector.ts'
import { Turns } from './turns.ts'
import { ContextSource, type Decided } from './workspace-context.ts'
import { type Appended, MAX_ATTEMPTS, WorkspaceStreams } from './workspace-streams.ts'

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
  /** Where ids of imported flows come from; random ones unless given. */
  readonly ids?: Ids
}

/** What a command came to. */
export type Outcome =
  | {
      readonly ok: true
      readonly events: readonly Event[]
      readonly state: State
      /** The version that was made or changed, as it is now. */
      readonly version?: Version
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
  /** The tenant. */
  readonly id: string
  readonly #streams: WorkspaceStreams
  readonly #inspector: Inspector
  readonly #source: ContextSource
  readonly #contents: ContentStore
  readonly #clock: Clock
  readonly #parts: ExportParts & ImportParts
  /** For commands that others were faster than: among themselves they do not race again. */
  readonly #turns = new Turns()
  readonly #listeners = new Set<(events: readonly Event[]) => void>()

  constructor({
    id,
    nodes,
    languages,
    events = memoryEventStore(),
    contents = memoryContentStore(),
    census = EMPTY_CENSUS,
    clock = systemClock,
    ids = randomIds,
  }: WorkspaceOptions) {
    if (!isId(id)) {
      throw new SluiceError({
        code: 'workspace.id',
        problem:
          'The id of a workspace is a text of 1 to 128 characters, and not a name that objects inherit',
        next: 'Pass the id of the tenant',
      })
    }
    this.id = id
    this.#streams = new WorkspaceStreams(events, id)
    this.#inspector = new Inspector({ contents, nodes, languages })
    this.#source = new ContextSource(this.#inspector, census)
    this.#contents = contents
    this.#clock = clock
    this.#parts = {
      id,
      nodes,
      ids,
      contents,
      streams: this.#streams,
      inspector: this.#inspector,
      source: this.#source,
      turns: this.#turns,
      now: () => this.#now(),
      tell: (events) => this.#tell(events),
    }
  }

  /**
   * Does what a command asks for, or refuses it and changes nothing. Where somebody else was faster the command is decided
   * anew on what they have left; one that says which revisions it was made for is refused then, and so is one that others
   * were faster than many times in a row, both as `stream.stale`.
   *
   * Rejects where a store fails. Then nothing has happened, unless the store was still writing when it gave up: a command
   * that is sent again finds out.
   */
  async execute(command: Command, asking: Asking): Promise<Outcome> {
    const asked = readAsked(command, asking)
    if (!asked.ok) return asked.error
    const stored = new Set<string>()
    if (!this.#turns.busy) {
      const outcome = await this.#attempt(asked.value, stored)
      if (!isConflict(outcome)) return outcome
    }
    return this.#turns.take(() => this.#insist(asked.value, stored))
  }

  /** Whether a command would be accepted now, with the reason where not; decided by the same code. */
  async can(command: Command, asking: Asking): Promise<Permit> {
    const asked = readAsked(command, asking)
    if (!asked.ok) return asked.error
    const { decision } = await this.#decide(asked.value)
    return decision.ok ? { ok: true } : decision
  }

  /** The plan of a release; `confirmPlan` makes the command that confirms it. */
  async plan(request: ReleaseRequest, asking: Pick<Asking, 'by'>): Promise<ReleasePlan | Refusal> {
    const read = readRequest(request, asking)
    if (!read.ok) return read.error
    const { by } = asking
    const state = await this.#streams.state(read.value.flow)
    const context = await this.#source.forRelease(state, read.value, { by, now: this.#now() })
    return planRelease(state, read.value, context)
  }

  /**
   * One JSON file of flows, to be imported here or elsewhere: of one flow, of one with its subflows, or of many. Needs the
   * permission view. Secrets stay behind; `removed` tells which. Throws where the content store has lost or changed a flow.
   *
   * @example
   * const exported = await workspace.exportBundle({ flows: [{ flow: 'support' }], withSubflows: true }, { by: 'ada' })
   * if (exported.ok) await writeFile('support.bundle.json', exported.text)
   */
  exportBundle(
    request: ExportFlows,
    asking: Pick<Asking, 'by'>,
  ): Promise<Exported | ExchangeRefusal | Refusal> {
    return exportFlows(this.#parts, request, asking)
  }

  /**
   * Brings the flows of a bundle in as drafts with fresh ids: all of them or, where something is in the way, none. Takes the
   * text of the file, or what came out of `JSON.parse`. Needs the permission edit. Rejects where a store fails: then nothing
   * has come in, unless the store was still writing when it gave up. Look at the flows before you import again, for each
   * import makes new ones. Throws `import.ids` where the source of ids gives none that can be used.
   *
   * @example
   * const imported = await workspace.importBundle(text, { by: 'ada', name: 'Support', remark: '' })
   * if (imported.ok) console.log(imported.flows[0]?.id, imported.warnings)
   */
  importBundle(bundle: unknown, asking: ImportFlows): Promise<ImportOutcome> {
    return importFlows(this.#parts, bundle, asking)
  }

  /** The workspace as it is stored now: members, policy, catalog, slots. */
  state(): Promise<WorkspaceState> {
    return this.#streams.workspace()
  }

  /** A flow with its versions as it is stored now, `deleted` ones too; `undefined` where there was never one. */
  flow(id: string): Promise<FlowState | undefined> {
    return this.#streams.flow(id)
  }

  /** Every flow that has not been deleted. Reads what has changed since the last call. */
  flows(): Promise<readonly FlowState[]> {
    return this.#streams.flows()
  }

  /**
   * The document of a version as it was saved last, or as the hash of one of its revisions names it; `undefined` where there
   * is no such version. Throws where the content store has lost or changed it.
   */
  async document(flow: string, version: string, contentHash?: string): Promise<FlowDocument | undefined> {
    const found = itemOf((await this.flow(flow))?.versions ?? {}, version)
    const revision = found?.revisions.findLast(
      (each) => contentHash === undefined || each.contentHash === contentHash,
    )
    return revision === undefined ? undefined : this.#inspector.document(revision.contentHash)
  }

  /**
   * The executable that was stored at release, for `link`; `undefined` where there is none. Throws where the text is not
   * what was stored.
   */
  executable(hash: string): Promise<Executable | undefined> {
    return this.#inspector.executable(hash)
  }

  /**
   * Makes the executable of a version as it was saved last and stores it, for test sessions of drafts; `undefined` where there
   * is no such version, or where it has errors.
   */
  async prepareVersion(flow: string, version: string): Promise<Executable | undefined> {
    const document = await this.document(flow, version)
    if (document === undefined) return undefined
    const { policy } = await this.state()
    const executable = this.#inspector.prepare(document, policy)
    if (executable !== undefined) await this.#contents.put(executable.hash, JSON.stringify(executable))
    return executable
  }

  /**
   * Everything that has happened in the workspace, or to one flow, after a revision of its stream; `auditTrail` puts it into
   * words.
   */
  events(flow?: string, after = 0): Promise<readonly Event[]> {
    return this.#streams.events(flow, after)
  }

  /** Calls back after each command of this object that has changed something; returns what ends it. */
  subscribe(listener: (events: readonly Event[]) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Flows by part of their name, status, kind and label, a page at a time, as they are stored now. */
  async list(query?: FlowQuery): Promise<Page<FlowRow>> {
    const flows = await this.flows()
    return listFlows(await this.state(), flows, query)
  }

  /** The versions of a flow, the newest first; none where there is no such flow. */
  async history(flow: string): Promise<readonly HistoryEntry[]> {
    const found = await this.flow(flow)
    if (found === undefined) return []
    const { policy, flows } = await this.state()
    return historyOf(found, policy, itemOf(flows, flow))
  }

  /**
   * Who did what, when, to which version, and why: in the whole workspace with the flows that have been deleted since, or to
   * one flow. Reads all events each time.
   */
  async trail(flow?: string): Promise<readonly TrailEntry[]> {
    if (flow !== undefined) {
      const { policy } = await this.state()
      return auditTrail(await this.events(flow), { labels: policy.numbering.labels })
    }
    const ofFlows = await this.#streams.eventsOfFlows()
    return auditTrail(mergeStreams(await this.events(), ofFlows))
  }

  /**
   * What differs between two versions of a flow (VER-9); `undefined` where one of them is missing.
   *
   * @example
   * const comparison = await workspace.compare('support', 'v1', 'v2')
   * if (comparison !== undefined) console.log(describeComparison(comparison))
   */
  async compare(flow: string, from: string, to: string): Promise<DocumentComparison | undefined> {
    const [before, after] = await Promise.all([this.document(flow, from), this.document(flow, to)])
    return before === undefined || after === undefined ? undefined : compareDocuments(before, after)
  }

  async #insist(asked: Asked, stored: Set<string>): Promise<Outcome> {
    for (let attempt = 2; ; attempt++) {
      const outcome = await this.#attempt(asked, stored)
      if (!isConflict(outcome)) return outcome
      if (attempt >= MAX_ATTEMPTS) {
        const { stream, revision, expected } = outcome
        return refuse('stream.stale', { stream, revision, expected })
      }
    }
  }

  /** Reads, decides and stores once. `stored` are the contents that an earlier attempt has stored. */
  async #attempt(asked: Asked, stored: Set<string>): Promise<Outcome | Conflict> {
    const { state, decision, context, contents } = await this.#decide(asked)
    if (!decision.ok) return decision
    const { events } = decision
    if (events.length === 0)
      return {
        ok: true,
        events,
        state,
        ...changedIn(asked.command, events, state),
        ...foundIn(state, context),
      }
    // What events speak of is there before they are.
    for (const { hash, text } of contents) {
      if (!stored.has(hash)) await this.#contents.put(hash, text)
      stored.add(hash)
    }
    const appended = await this.#streams.append(events, state, asked.flow, asked.expected)
    if (!appended.ok) return { ...appended, conflict: true }
    this.#tell(events)
    return {
      ok: true,
      events,
      state: appended.state,
      ...changedIn(asked.command, events, appended.state),
      ...foundIn(appended.state, context),
    }
  }

  async #decide({
    command,
    flow,
    by,
    document,
    expected,
  }: Asked): Promise<Decided & { readonly state: State }> {
    const state = await this.#streams.state(flow)
    const head: Context = { by, now: this.#now(), ...(expected === undefined ? {} : { expected }) }
    return { state, ...(await this.#source.decide(state, command, head, document)) }
  }

  #tell(events: readonly Event[]): void {
    for (const listener of this.#listeners) listener(events)
  }

  /** An event without an instant could not be read again. */
  #now(): number {
    const now = this.#clock.now()
    if (Number.isFinite(now)) return now
    throw new SluiceError({
      code: 'clock.instant',
      problem: `The clock says ${String(now)}, which is no instant`,
      next: 'Pass a clock that tells milliseconds since 1970',
    })
  }
}

/** An attempt that came to nothing, because a stream had moved on. */
type Conflict = Appended & { readonly ok: false; readonly conflict: true }

function isConflict(outcome: Outcome | Conflict): outcome is Conflict {
  return 'conflict' in outcome
}

/** What a command about content has found in it (VAL-11, VAL-13). */
function foundIn(
  { workspace }: State,
  { inspection }: Context,
): { readonly diagnostics?: readonly Diagnostic[] } {
  if (inspection === undefined) return {}
  return { diagnostics: [...inspection.diagnostics, ...referenceDiagnostics(workspace, inspection, 'draft')] }
}

/** The version that a command has made or changed, or meant where nothing was to change. */
function changedIn(
  command: Command,
  events: readonly Event[],
  { flow }: State,
): { readonly version?: Version } {
  const [event] = events
  const named =
    event === undefined
      ? 'version' in command
        ? command.version
        : undefined
      : event.type === 'released'
        ? event.pin.version
        : 'version' in event
          ? event.version
          : undefined
  const version = flow === undefined || named === undefined ? undefined : itemOf(flow.versions, named)
  return version === undefined ? {} : { version }
}
