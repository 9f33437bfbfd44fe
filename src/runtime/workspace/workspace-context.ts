import type { FlowDocument } from '../../document/flow-document.ts'
import { serialiseDocument } from '../../document/serialise-document.ts'
import type { Command } from '../../releases/command.ts'
import { type ContentComparison, type Context, NOTHING_RUNS, type World } from '../../releases/context.ts'
import { type Decision, decide } from '../../releases/decide.ts'
import { currentRevision, itemOf } from '../../releases/lookup.ts'
import type { ReleaseRequest } from '../../releases/plan/release-plan.ts'
import { plannedVersion, rollbackTarget } from '../../releases/rollback-target.ts'
import type { State, Version } from '../../releases/state.ts'
import type { Census } from './census.ts'
import type { Inspector } from './inspector.ts'

/** A text to store under its hash. */
export interface Content {
  readonly hash: string
  readonly text: string
}

/** What a command came to, with what it was decided with, and what has to be stored before it is. */
export interface Decided {
  readonly decision: Decision
  readonly context: Context
  readonly contents: readonly Content[]
}

/** Finds out what commands need to know: nothing is read that a decision does not ask for. */
export class ContextSource {
  readonly #inspector: Inspector
  readonly #census: Census

  constructor(inspector: Inspector, census: Census) {
    this.#inspector = inspector
    this.#census = census
  }

  /**
   * Decides a command. Facts are gathered where the decision wants them: whoever may not send it, or sends it too late, is
   * told so before a document is inspected.
   */
  async decide(state: State, command: Command, head: Context, document?: FlowDocument): Promise<Decided> {
    let facts: Pick<Decided, 'context' | 'contents'> = { context: head, contents: [] }
    let decision = decide(state, command, head)
    if (wants(decision, 'inspection.wanted', 'world.wanted')) {
      facts = await this.#gather(state, command, head, document)
      decision = decide(state, command, facts.context)
    }
    if (wants(decision, 'executable.wanted')) {
      facts = await this.#withExecutable(state, facts.context)
      decision = decide(state, command, facts.context)
    }
    return { decision, ...facts }
  }

  /** For the plan of a release. */
  async forRelease(state: State, request: ReleaseRequest, head: Context): Promise<Context> {
    const version = itemOf(state.flow?.versions ?? {}, plannedVersion(state.flow, request) ?? '')
    if (version === undefined) return head
    const { contentHash } = currentRevision(version)
    const inspection = await this.#inspector.inspectStored(contentHash, state.workspace.policy)
    const segment = inspection.trigger?.segment
    const world: World = {
      running: await this.#census.running(request.flow),
      ...(segment === undefined
        ? {}
        : { segmentMembers: { [segment]: await this.#census.segmentMembers(segment) } }),
    }
    const comparison = await this.#comparison(state, request, version)
    return { ...head, inspection, world, ...(comparison === undefined ? {} : { comparison }) }
  }

  async #gather(
    state: State,
    command: Command,
    head: Context,
    document: FlowDocument | undefined,
  ): Promise<Pick<Decided, 'context' | 'contents'>> {
    const { policy } = state.workspace
    switch (command.type) {
      case 'createFlow':
      case 'saveDraft': {
        if (document === undefined) return bare(head)
        const inspection = this.#inspector.inspect(document, policy)
        const text = serialiseDocument(document)
        return { context: { ...head, inspection }, contents: [{ hash: inspection.contentHash, text }] }
      }
      case 'compileVoice': {
        const version = itemOf(state.flow?.versions ?? {}, command.version)
        if (version === undefined) return bare(head)
        const { contentHash } = currentRevision(version)
        return bare({ ...head, inspection: await this.#inspector.inspectStored(contentHash, policy) })
      }
      case 'release':
        return bare(await this.forRelease(state, command, head))
      case 'rollBack': {
        const { flow, slot } = command
        const version =
          command.version ?? (state.flow === undefined ? undefined : rollbackTarget(state.flow, slot)?.id)
        return bare(
          version === undefined ? head : await this.forRelease(state, { flow, version, slot }, head),
        )
      }
      case 'deleteVersion':
      case 'deleteFlow':
        return bare({ ...head, world: { running: await this.#census.running(command.flow) } })
      case 'remove':
        return bare({ ...head, world: { running: NOTHING_RUNS, links: await this.#census.links() } })
      default:
        return bare(head)
    }
  }

  /** With the executable of the document that was inspected, which goes to the store before its release is recorded. */
  async #withExecutable(
    { workspace }: State,
    context: Context,
  ): Promise<Pick<Decided, 'context' | 'contents'>> {
    const document = await this.#inspector.document(context.inspection!.contentHash)
    const executable = this.#inspector.prepare(document, workspace.policy)
    if (executable === undefined) return bare(context)
    const { hash, behaviourHash } = executable
    return {
      context: { ...context, executable: { hash, behaviourHash } },
      contents: [{ hash, text: JSON.stringify(executable) }],
    }
  }

  /** With the version that the release replaces, or with the official one beside a first gray one. */
  async #comparison(
    { workspace }: State,
    { flow, slot }: ReleaseRequest,
    version: Version,
  ): Promise<ContentComparison | undefined> {
    const entry = itemOf(workspace.flows, flow)
    const base = slot === 'gray' ? (entry?.gray ?? entry?.official) : entry?.official
    const { contentHash } = currentRevision(version)
    if (base === undefined || base.contentHash === contentHash) return undefined
    return this.#inspector.compare(base.contentHash, contentHash)
  }
}

function wants(decision: Decision, ...codes: readonly string[]): boolean {
  return !decision.ok && codes.includes(decision.code)
}

function bare(context: Context): Pick<Decided, 'context' | 'contents'> {
  return { context, contents: [] }
}
