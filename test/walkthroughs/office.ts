import { expect } from 'vitest'
import { createEditor, type Editor, type EditorOptions, type SaveAnswer } from '../../src/editor/index.ts'
import type { Diagnostic, FlowDocument, SessionEvent } from '../../src/index.ts'
import { link, type Program, type Run, resume, type Session } from '../../src/interpreter/index.ts'
import type { NodeTypes } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import {
  type Command,
  type FlowRow,
  type FlowState,
  labelOf,
  listFlows,
  type Permission,
  type Policy,
  type PresetName,
  type Refusal,
  type ReleaseAnswers,
  type ReleasePlan,
  type Route,
  type RoutedContact,
  type RouteRefusal,
  route,
  type SlotName,
  statusOf,
  type Version,
} from '../../src/releases/index.ts'
import {
  type Asking,
  type Census,
  type Outcome,
  openWorkspace,
  type Workspace,
} from '../../src/runtime/index.ts'
import { Play, type PlayOptions } from '../support/play.ts'

type Done = Outcome & { readonly ok: true }
type Extra = Partial<Asking>

/** Which release is spoken of; `ada`, and the official slot, unless given. */
interface Wish {
  readonly slot?: SlotName
  readonly answers?: ReleaseAnswers
  readonly by?: string
}

/** A Tuesday at ten in the morning. */
const OPENS = Date.UTC(2025, 5, 3, 10)
const A_MINUTE = 60_000

/** A workspace under the policy of a product, as people of that product use it; each thing that they do takes a minute. */
export class Office {
  readonly workspace: Workspace
  now = OPENS

  private constructor(id: string, nodes: NodeTypes, census: Census | undefined) {
    this.workspace = openWorkspace({
      id,
      nodes,
      clock: { now: () => this.now },
      ...(census === undefined ? {} : { census }),
    })
  }

  /** Opened by ada, who may do everything. */
  static async open(
    policy: PresetName | Policy,
    {
      id = 'acme',
      nodes = palette,
      census,
    }: { readonly id?: string; readonly nodes?: NodeTypes; readonly census?: Census } = {},
  ): Promise<Office> {
    const office = new Office(id, nodes, census)
    await office.send({ type: 'createWorkspace', name: id, policy })
    return office
  }

  async hire(member: string, ...permissions: Permission[]): Promise<void> {
    await this.send({ type: 'addMember', member, permissions: ['view', ...permissions] })
  }

  /** Sends a command that is accepted. */
  async send(command: Command, extra: Extra = {}): Promise<Done> {
    this.now += A_MINUTE
    const outcome = await this.workspace.execute(command, { by: 'ada', ...extra })
    if (!outcome.ok) throw new Error(`${command.type} is refused as ${outcome.code}: ${outcome.reason}`)
    return outcome
  }

  /** Sends a command that is refused, and changes nothing. */
  async refused(command: Command, extra: Extra = {}): Promise<Refusal> {
    const before = await this.#everything()
    const asking = { by: 'ada', ...extra }
    const outcome = await this.workspace.execute(command, asking)
    if (outcome.ok) throw new Error(`${command.type} is accepted`)
    expect(await this.workspace.can(command, asking)).toEqual(outcome)
    expect(await this.#everything()).toEqual(before)
    return outcome
  }

  async #everything() {
    return [await this.workspace.state(), await this.workspace.flows()]
  }

  /** Adds a flow; gives what was found wrong with it. */
  async add(document: FlowDocument, by = 'ada'): Promise<readonly Diagnostic[]> {
    const { diagnostics = [] } = await this.send({ type: 'createFlow', flow: document.id }, { by, document })
    return diagnostics
  }

  /** Makes a version from another one, and gives its id. */
  async branch(flow: string, from: string, extra: { over?: boolean; by?: string } = {}): Promise<string> {
    const { over, ...asking } = extra
    const command: Command = { type: 'branch', flow, from, ...(over === undefined ? {} : { over }) }
    return (await this.send(command, asking)).version!.id
  }

  /** Opens a version in an editor that saves into the workspace. */
  async editor(
    flow: string,
    version: string,
    { by = 'ada', ...options }: Partial<EditorOptions> & { by?: string } = {},
  ): Promise<Editor> {
    const document = await this.workspace.document(flow, version)
    return createEditor(document!, {
      nodes: palette,
      clock: { now: () => this.now },
      revision: (await this.version(flow, version)).revisions.length,
      save: async ({ document: edited, revision }): Promise<SaveAnswer> => {
        this.now += A_MINUTE
        const command: Command = { type: 'saveDraft', flow, version, revision }
        const outcome = await this.workspace.execute(command, { by, document: edited })
        return outcome.ok ? { ok: true, revision: outcome.version!.revisions.length } : outcome
      },
      ...options,
    })
  }

  /** Edits a version, and saves it. */
  async edit(
    flow: string,
    version: string,
    commands: Parameters<Editor['apply']>[0][],
    by = 'ada',
  ): Promise<void> {
    const editor = await this.editor(flow, version, { by })
    for (const command of commands) accepted(editor.apply(command))
    accepted(await editor.save())
  }

  async plan(flow: string, version: string, { slot = 'official', answers = {}, by = 'ada' }: Wish = {}) {
    const plan = await this.workspace.plan({ flow, version, slot, answers }, { by })
    if (!('gates' in plan)) throw new Error(`no plan: ${plan.code}: ${plan.reason}`)
    return plan
  }

  /** The command that confirms a plan. */
  confirmation({ flow, version, slot, hash, answers }: ReleasePlan): Command {
    return { type: 'release', flow, version, slot, plan: hash, ...answers }
  }

  /** Plans a release, and confirms the plan. */
  async release(flow: string, version: string, wish: Wish = {}): Promise<Done> {
    return this.send(this.confirmation(await this.plan(flow, version, wish)), { by: wish.by ?? 'ada' })
  }

  /** The gates that keep a release back. */
  async closedGates(flow: string, version: string, wish: Wish = {}): Promise<readonly string[]> {
    const { gates } = await this.plan(flow, version, wish)
    return gates.filter(({ passed }) => !passed).map(({ gate }) => gate)
  }

  async flow(id: string): Promise<FlowState> {
    return (await this.workspace.flow(id))!
  }

  async version(flow: string, id: string): Promise<Version> {
    return (await this.flow(flow)).versions[id]!
  }

  /** What people read for the number of a version. */
  async label(flow: string, id: string): Promise<string | undefined> {
    const { number } = await this.version(flow, id)
    const { policy } = await this.workspace.state()
    return number === undefined ? undefined : labelOf(number, policy.numbering.labels)
  }

  /** What the product calls the state of a version. */
  async status(flow: string, id: string): Promise<string> {
    const { policy, flows } = await this.workspace.state()
    return statusOf(await this.version(flow, id), policy, flows[flow])
  }

  /** A flow as the list of flows shows it. */
  async row(flow: string): Promise<FlowRow> {
    const { items } = listFlows(await this.workspace.state(), await this.workspace.flows())
    return items.find((row) => row.flow === flow)!
  }

  async route(flow: string, contact: RoutedContact = {}): Promise<Route | RouteRefusal> {
    return route(await this.workspace.state(), { flow, contact })
  }

  /** The label of the version that a contact comes to, or the code by which nobody lets them in. */
  async reach(flow: string, number?: string): Promise<string> {
    const answer = await this.route(flow, number === undefined ? {} : { number })
    return answer.ok ? (await this.label(flow, answer.version))! : answer.code
  }

  /** The program that a hash names, made of the executable that was stored. */
  async program(hash: string): Promise<Program> {
    return link((await this.workspace.executable(hash))!, { nodes: palette })
  }

  /** Starts a session on the version that a contact comes to. */
  async start(flow: string, options: PlayOptions = {}): Promise<Play> {
    const answer = await this.route(flow)
    if (!answer.ok) throw new Error(answer.reason)
    return new Play(await this.program(answer.executable), {
      now: this.now,
      variables: answer.values,
      ...options,
    })
  }

  /** Goes on with a session, on the executable that it is pinned to. */
  async resume(flow: string, session: Session, event: SessionEvent): Promise<Run> {
    return resume(await this.program(session.pins[flow]!), session, event, { now: this.now })
  }
}

/** Takes what a call came to, which must not be a refusal. */
export function accepted<Result extends { readonly ok: boolean }>(
  result: Result,
): Result & { readonly ok: true } {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result as Result & { readonly ok: true }
}

/** Codes, each once, sorted. */
export function codes(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))].sort()
}
