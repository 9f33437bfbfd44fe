import { expect } from 'vitest'
import { hashJson } from '../../src/base/canonical.ts'
import type { Json } from '../../src/base/json.ts'
import { standsIn } from '../../src/releases/evolve.ts'
import {
  type Command,
  type Context,
  can,
  type Decision,
  decide,
  EVENT_STREAMS,
  type Event,
  emptyWorkspace,
  evolve,
  evolveFlow,
  evolveWorkspace,
  type FlowState,
  type Inspection,
  NOTHING_RUNS,
  type Policy,
  PRESETS,
  planRelease,
  type Refusal,
  type ReleaseAnswers,
  type ReleasePlan,
  type ReleaseRequest,
  readEvents,
  type SlotName,
  type State,
  type WorkspaceState,
  type World,
} from '../../src/releases/index.ts'
import { plannedVersion } from '../../src/releases/rollback-target.ts'
import { deepFreeze } from '../support/deep-freeze.ts'

/** What a made-up document says; everything else is left to what a flow without faults says. */
export type Content = Partial<Omit<Inspection, 'flow' | 'contentHash' | 'behaviourHash'>> & {
  /** Stands for the behaviour; documents with the same one differ in layout alone. */
  readonly does?: string
  /** Stands for the layout. */
  readonly drawn?: string
}

/** Asks the decider as a host does, and holds every answer against the laws of deciding. */
export class Desk {
  workspace: WorkspaceState = deepFreeze(emptyWorkspace('acme'))
  readonly flows = new Map<string, FlowState>()
  readonly events: Event[] = []
  readonly #contents = new Map<string, Inspection>()
  world: World = { running: NOTHING_RUNS, links: {}, segmentMembers: {} }
  now = 1_000
  by = 'ada'

  constructor(policy: Policy = PRESETS.open) {
    this.send({ type: 'createWorkspace', name: 'ACME', policy })
  }

  /** What is known of a document. */
  inspection(flow: string, content: Content = {}): Inspection {
    const { does = 'first', drawn: _layout, ...says } = content
    const inspection: Inspection = {
      behaviourHash: hashJson({ does }),
      contentHash: hashJson(content as Json),
      flow,
      name: flow,
      role: 'main',
      medium: 'voice',
      audience: 'interaction',
      diagnostics: [],
      trigger: { kind: 'manual' },
      channels: [],
      references: [],
      nodeTypes: [],
      asked: [],
      outcomes: ['done'],
      ...says,
    }
    this.#contents.set(`${flow} ${inspection.contentHash}`, inspection)
    return inspection
  }

  /** What is known of a document that was inspected before. */
  contentOf(flow: string, contentHash: string): Inspection {
    return this.#contents.get(`${flow} ${contentHash}`)!
  }

  state(flow?: string): State {
    const found = flow === undefined ? undefined : this.flows.get(flow)
    return found === undefined ? { workspace: this.workspace } : { workspace: this.workspace, flow: found }
  }

  /** The context that a host would gather for a command. */
  context(flow?: string, version?: string, over: Partial<Context> = {}): Context {
    const current = flow && version ? this.flows.get(flow)?.versions[version]?.revisions.at(-1) : undefined
    const inspection = current && this.#contents.get(`${flow} ${current.contentHash}`)
    return {
      by: this.by,
      now: this.now,
      world: this.world,
      ...(inspection === undefined ? {} : { inspection, executable: executableOf(inspection) }),
      ...over,
    }
  }

  /** As `context`, for a release to a slot: with the comparison to what is there. */
  releaseContext(flow: string, version: string, slot: SlotName, over: Partial<Context> = {}): Context {
    const context = this.context(flow, version, over)
    const entry = this.workspace.flows[flow]
    const base = slot === 'gray' ? (entry?.gray ?? entry?.official) : entry?.official
    if (base === undefined || context.inspection === undefined || over.comparison !== undefined)
      return context
    const { contentHash: to } = context.inspection
    return { ...context, comparison: { from: base.contentHash, to, changes: ['~ something'] } }
  }

  /** Sends a command, whatever comes of it. */
  attempt(command: Command, over: Partial<Context> = {}): Decision {
    const { flow, context } = this.#gather(command, over)
    const state = deepFreeze(this.state(flow))
    const decision = decide(state, command, context)
    if (decision.ok) for (const event of decision.events) this.#store(event, flow)
    this.now += 1_000
    return decision
  }

  /** Sends a command that is accepted; gives what happened. */
  send(command: Command, over: Partial<Context> = {}): readonly Event[] {
    const { flow, context } = this.#gather(command, over)
    const state = deepFreeze(this.state(flow))
    const decision = decide(state, command, context)
    if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.code}: ${decision.reason}`)
    expect(can(state, command, context)).toEqual({ ok: true })
    // What is stored is what was decided: events are plain JSON.
    const events = JSON.parse(JSON.stringify(decision.events)) as Event[]
    expect(events).toStrictEqual(decision.events)
    for (const event of events) this.#store(event, flow)
    this.now += 1_000
    return events
  }

  /** Sends a command that is refused; gives why. */
  refused(command: Command, over: Partial<Context> = {}): Refusal {
    const { flow, context } = this.#gather(command, over)
    const state = deepFreeze(this.state(flow))
    const decision = decide(state, command, context)
    if (decision.ok) throw new Error(`${command.type} was accepted`)
    expect(can(state, command, context)).toEqual(decision)
    expect(decision.reason).toMatch(/[.?]$/)
    expect(decision.lift).toMatch(/\.$/)
    return decision
  }

  /** Makes a flow with its first version. */
  create(flow: string, content: Content = {}): void {
    this.send({ type: 'createFlow', flow }, { inspection: this.inspection(flow, content) })
  }

  /** Saves a draft at the revision that it is at. */
  save(flow: string, version: string, content: Content): readonly Event[] {
    const revision = this.flows.get(flow)!.versions[version]!.revisions.length
    const inspection = this.inspection(flow, content)
    return this.send({ type: 'saveDraft', flow, version, revision }, { inspection })
  }

  plan(request: ReleaseRequest, over: Partial<Context> = {}): ReleasePlan {
    const plan = this.tryPlan(request, over)
    if (!plan.ok) throw new Error(`no plan: ${plan.code}: ${plan.reason}`)
    expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan)
    return plan
  }

  tryPlan(request: ReleaseRequest, over: Partial<Context> = {}): ReleasePlan | Refusal {
    const { flow, slot } = request
    const version = plannedVersion(this.flows.get(flow), request) ?? ''
    const state = deepFreeze(this.state(flow))
    return planRelease(state, request, this.releaseContext(flow, version, slot, over))
  }

  /** Plans, and confirms the plan. */
  release(
    flow: string,
    version: string,
    slot: SlotName = 'official',
    answers: ReleaseAnswers = {},
  ): readonly Event[] {
    const plan = this.plan({ flow, version, slot, answers })
    return this.send({ type: 'release', flow, version, slot, ...plan.answers, plan: plan.hash })
  }

  /** The gates that a release does not pass. */
  failedGates(
    flow: string,
    version: string,
    slot: SlotName = 'official',
    answers: ReleaseAnswers = {},
  ): string[] {
    const { gates } = this.plan({ flow, version, slot, answers })
    return gates.filter(({ passed }) => !passed).map(({ gate }) => gate)
  }

  /** A gray rule of the workspace. */
  rule(id = 'pilot'): void {
    const match = { kind: 'numbers', prefixes: ['+4915'] } as const
    this.send({ type: 'define', kind: 'grayRule', item: { id, name: 'Pilot', match } })
  }

  versionState(flow: string, version: string): string {
    return this.flows.get(flow)!.versions[version]!.state
  }

  /** The state that the events make, from the first of them. */
  rebuilt(): { workspace: WorkspaceState; flows: Map<string, FlowState> } {
    let workspace = emptyWorkspace('acme')
    const flows = new Map<string, FlowState>()
    for (const event of this.events) {
      const streams: readonly string[] = EVENT_STREAMS[event.type]
      if (streams.includes('workspace')) workspace = evolveWorkspace(workspace, event)
      if (streams.includes('flow') && 'flow' in event && typeof event.flow === 'string') {
        flows.set(event.flow, evolveFlow(flows.get(event.flow), event))
      }
    }
    return { workspace, flows }
  }

  /** The events of the stream of the workspace. */
  workspaceEvents(): readonly Event[] {
    return this.events.filter((event) => standsIn(event, 'workspace'))
  }

  /** The events of the stream of a flow. */
  flowEvents(flow: string): readonly Event[] {
    return this.events.filter((event) => standsIn(event, 'flow') && 'flow' in event && event.flow === flow)
  }

  #gather(command: Command, over: Partial<Context>): { flow: string | undefined; context: Context } {
    const flow = 'flow' in command && command.flow !== null ? command.flow : undefined
    const version = 'version' in command ? command.version : undefined
    if (command.type === 'release' || command.type === 'rollBack') {
      const rollBack = command.type === 'rollBack'
      const target = plannedVersion(this.flows.get(command.flow), { ...command, rollBack })
      return { flow, context: this.releaseContext(command.flow, target ?? '', command.slot, over) }
    }
    return { flow, context: this.context(flow, version, over) }
  }

  #store(event: Event, flow: string | undefined): void {
    expect(readEvents([event])).toEqual({ ok: true, value: [event] })
    this.events.push(event)
    const after = deepFreeze(evolve(this.state(flow), event))
    this.workspace = after.workspace
    if (flow !== undefined && after.flow !== undefined) this.flows.set(flow, after.flow)
  }
}

function executableOf({ behaviourHash }: Inspection) {
  return { hash: `made-of-${behaviourHash}`, behaviourHash }
}

/** The open policy with some parts of it changed. */
export function policyWith(changes: { readonly [Part in keyof Policy]?: Partial<Policy[Part]> }): Policy {
  const { open } = PRESETS
  return {
    numbering: { ...open.numbering, ...changes.numbering },
    drafts: { ...open.drafts, ...changes.drafts },
    release: { ...open.release, ...changes.release },
    approvals: { ...open.approvals, ...changes.approvals },
    validation: { ...open.validation, ...changes.validation },
    words: { ...open.words, ...changes.words },
  }
}

/** Has somebody else approve what a version does, and releases it. */
export function approveAndRelease(desk: Desk, version: string, flow = 'support'): void {
  approve(desk, version, 'ben', flow)
  desk.release(flow, version)
}

/** Has a member, made one where they are none, approve what a version does. */
export function approve(desk: Desk, version: string, by = 'ben', flow = 'support'): void {
  if (desk.workspace.members[by] === undefined) {
    desk.send({ type: 'addMember', member: by, permissions: ['edit', 'approve'] })
  }
  const { behaviourHash } = desk.flows.get(flow)!.versions[version]!.revisions.at(-1)!
  desk.send({ type: 'approve', flow, version, behaviourHash }, { by })
}
