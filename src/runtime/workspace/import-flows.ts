import type { Json } from '../../base/json.ts'
import type { Ids } from '../../base/ports.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { type ExchangeRefusal, refuseExchange } from '../../interchange/bundle/exchange-refusals.ts'
import { planImport } from '../../interchange/bundle/plan-import.ts'
import { type ReadBundle, readBundle } from '../../interchange/bundle/read-bundle.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import type { Context } from '../../releases/context.ts'
import type { Event } from '../../releases/event.ts'
import { standsIn } from '../../releases/evolve.ts'
import { replayWorkspace } from '../../releases/evolve-workspace.ts'
import { referenceDiagnostics } from '../../releases/reference-diagnostics.ts'
import { type Refusal, refuse } from '../../releases/refusal.ts'
import type { ContentStore } from '../stores/content-store.ts'
import { type CreateFlow, type ImportFlows, mayCreate, readAsking } from './exchange-requests.ts'
import { KeptIds } from './kept-ids.ts'
import type { Turns } from './turns.ts'
import type { Content, ContextSource } from './workspace-context.ts'
import { MAX_ATTEMPTS, type NewFlow, type WorkspaceStreams } from './workspace-streams.ts'

/** What an import came to: all of the flows, or none. */
export type ImportOutcome =
  | {
      readonly ok: true
      /** In the order of the bundle: the one that was asked for stands first. */
      readonly flows: readonly ImportedFlow[]
      /** What was made harmless, and what the flows name that the workspace does not have. */
      readonly warnings: readonly Diagnostic[]
    }
  | ExchangeRefusal
  | Refusal

export interface ImportedFlow {
  readonly id: string
  /** Id that it had where it comes from. */
  readonly from: string
  /** Id of its version, a draft. */
  readonly version: string
  /** The errors and warnings of the draft, with what it lacks in the workspace. */
  readonly diagnostics: readonly Diagnostic[]
}

/** What an import needs of its workspace. */
export interface ImportParts {
  readonly nodes: NodeTypes
  readonly streams: WorkspaceStreams
  readonly source: ContextSource
  readonly contents: ContentStore
  readonly ids: Ids
  readonly turns: Turns
  readonly now: () => number
  readonly tell: (events: readonly Event[]) => void
}

/** Brings the flows of a bundle into a workspace: all of them, or none. */
export async function importFlows(
  parts: ImportParts,
  input: unknown,
  asking: ImportFlows,
): Promise<ImportOutcome> {
  const command = readAsking(asking)
  if ('ok' in command) return command
  const { streams, turns, ids, now } = parts
  // Whoever may not is told so before anything of theirs is read.
  const barred = mayCreate(await streams.workspace(), command, { by: asking.by, now: now() })
  if (barred !== undefined) return barred
  const read = readBundle(input)
  if (!read.ok) return refuseExchange('import.unreadable', { faults: read.error as unknown as Json })
  const job: Job = { ...read.value, asking, command, ids: new KeptIds(ids), stored: new Set() }
  if (!turns.busy) {
    const outcome = await attempt(parts, job)
    if (!('conflict' in outcome)) return outcome
  }
  return turns.take(() => insist(parts, job))
}

async function insist(parts: ImportParts, job: Job): Promise<ImportOutcome> {
  for (let tries = 2; ; tries++) {
    const outcome = await attempt(parts, job)
    if (!('conflict' in outcome)) return outcome
    if (tries >= MAX_ATTEMPTS) return refuse('stream.stale', outcome.conflict)
  }
}

/** Plans, decides and stores once: every flow is decided before the first text is stored. */
async function attempt(parts: ImportParts, job: Job): Promise<ImportOutcome | Conflict> {
  const { streams, source, nodes, contents, now, tell } = parts
  const { bundle, asking, command, ids, stored } = job
  const { by, name, remark, service, missing } = asking
  const workspace = await streams.workspace()
  const head: Context = { by, now: now() }
  const barred = mayCreate(workspace, command, head)
  if (barred !== undefined) return barred
  const names = { name, remark }
  const plan = planImport(bundle, { workspace, nodes, ids: ids.again(), names, service, missing })
  if (!plan.ok) return plan

  const created: NewFlow[] = []
  const texts: Content[] = []
  const inspections: NonNullable<Context['inspection']>[] = []
  let after = workspace
  for (const { document } of plan.flows) {
    const flow = document.id
    const decided = await source.decide({ workspace: after }, { ...command, flow }, head, document)
    if (!decided.decision.ok) return decided.decision
    const { events } = decided.decision
    after = replayWorkspace(
      after,
      events.filter((event) => standsIn(event, 'workspace')),
    )
    created.push({ flow, events })
    texts.push(...decided.contents)
    inspections.push(decided.context.inspection!)
  }
  // What events speak of is there before they are.
  for (const { hash, text } of texts) {
    if (!stored.has(hash)) await contents.put(hash, text)
    stored.add(hash)
  }
  const appended = await streams.appendNew(created, workspace)
  if (!appended.ok) {
    const { stream, revision, expected } = appended
    // The id belongs to a flow that was deleted, which the workspace does not tell.
    if (stream === 'flow') ids.forget()
    return { conflict: { stream, revision, expected } }
  }
  tell(created.flatMap(({ events }) => events))
  const renamed = new Map(plan.flows.map(({ from, document }) => [from, document.id]))
  return {
    ok: true,
    flows: plan.flows.map(({ from, document }, index) => ({
      id: document.id,
      from,
      version: 'v1',
      diagnostics: [
        ...inspections[index]!.diagnostics,
        ...referenceDiagnostics(after, inspections[index]!, 'draft'),
      ],
    })),
    warnings: [...job.warnings.map((each) => inFlow(each, renamed)), ...plan.warnings],
  }
}

/** One import, over all of its attempts. */
interface Job extends ReadBundle {
  readonly asking: ImportFlows
  readonly command: CreateFlow
  readonly ids: KeptIds
  /** Hashes of the contents that an earlier attempt has stored. */
  readonly stored: Set<string>
}

/** An attempt that came to nothing, because a stream had moved on. */
interface Conflict {
  readonly conflict: { readonly stream: string; readonly revision: number; readonly expected: number }
}

/** A warning about a flow of the bundle, as one about the flow that was made of it. */
function inFlow(diagnostic: Diagnostic, ids: ReadonlyMap<string, string>): Diagnostic {
  const flow = ids.get(diagnostic.location.flow ?? '')
  return flow === undefined ? diagnostic : { ...diagnostic, location: { ...diagnostic.location, flow } }
}
