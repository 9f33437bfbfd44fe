import { readFileSync } from 'node:fs'
import type { FlowDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import type { Command, Refusal, ReleaseAnswers } from '../../src/releases/index.ts'
import {
  type Asking,
  type ContentStore,
  type EventBatch,
  type EventStore,
  memoryContentStore,
  memoryEventStore,
  type Outcome,
  openWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../src/runtime/index.ts'

const SUPPORT = readFileSync(new URL('../../examples/support/support.json', import.meta.url), 'utf8')

/** The support flow as somebody may have edited it: another first sentence, other variables that are asked for. */
export function support(
  id = 'support',
  greeting = 'Welcome.',
  edit: Partial<FlowDocument> = {},
): FlowDocument {
  const document = JSON.parse(SUPPORT) as FlowDocument
  const nodes = document.nodes.map((node) =>
    node.id === 'welcome' ? { ...node, config: { prompt: greeting } } : node,
  )
  return { ...document, id, nodes, ...edit }
}

/** Stores that several workspaces share, with whatever is to come in between. */
export class Lab {
  readonly events: EventStore = memoryEventStore()
  readonly contents: ContentStore = memoryContentStore()
  now = 1_000

  open(options: Partial<WorkspaceOptions> = {}): Workspace {
    const { events, contents } = this
    return openWorkspace({
      id: 'acme',
      nodes: palette,
      clock: { now: () => this.now++ },
      events,
      contents,
      ...options,
    })
  }

  /** A store over the same events, with some of its parts changed. */
  withEvents(change: Partial<EventStore>): EventStore {
    return { ...this.events, ...change }
  }

  /** A workspace before whose appends something else happens, so long as there is something left. */
  late(between: (() => Promise<unknown>)[]): Workspace {
    return this.open({
      events: this.withEvents({
        append: async (batches: readonly EventBatch[]) => {
          await between.shift()?.()
          return this.events.append(batches)
        },
      }),
    })
  }
}

/** A lab with a workspace in it, and a flow. */
export async function labWith(document: FlowDocument | undefined = support()): Promise<[Lab, Workspace]> {
  const lab = new Lab()
  const workspace = lab.open()
  await done(workspace, { type: 'createWorkspace', name: 'ACME', policy: 'open' })
  await done(workspace, { type: 'createFlow', flow: document.id }, document)
  return [lab, workspace]
}

/** Sends a command, which must be accepted. */
export async function done(
  workspace: Workspace,
  command: Command,
  document?: FlowDocument,
  asking: Partial<Asking> = {},
): Promise<Outcome & { readonly ok: true }> {
  const outcome = await workspace.execute(command, {
    by: 'ada',
    ...(document === undefined ? {} : { document }),
    ...asking,
  })
  if (!outcome.ok) throw new Error(`${command.type} is refused as ${outcome.code}: ${outcome.reason}`)
  return outcome
}

/** Plans a release and confirms it. */
export async function release(
  workspace: Workspace,
  flow: string,
  version: string,
  answers: ReleaseAnswers = {},
): Promise<Outcome & { readonly ok: true }> {
  return done(workspace, await confirmation(workspace, flow, version, answers))
}

/** The command that confirms a plan. */
export async function confirmation(
  workspace: Workspace,
  flow: string,
  version: string,
  answers: ReleaseAnswers = {},
): Promise<Command> {
  const plan = await workspace.plan({ flow, version, slot: 'official', answers }, { by: 'ada' })
  if (!('gates' in plan)) throw new Error((plan as Refusal).reason)
  return { type: 'release', flow, version, slot: 'official', plan: plan.hash, ...plan.answers }
}

export const save = (flow: string, revision: number, version = 'v1'): Command => ({
  type: 'saveDraft',
  flow,
  version,
  revision,
})
