import type { FlowDocument } from '../document/flow-document.ts'
import { serialiseDocument } from '../document/serialise-document.ts'
import type { Command } from '../releases/command.ts'
import { type ContentComparison, type Context, NOTHING_RUNS, type World } from '../releases/context.ts'
import { currentRevision, itemOf } from '../releases/lookup.ts'
import type { ReleaseRequest } from '../releases/plan/release-plan.ts'
import { rollbackTarget } from '../releases/rollback-target.ts'
import type { State, Version } from '../releases/state.ts'
import type { Census } from './census.ts'
import type { Inspector } from './inspector.ts'

/** A text to store under its hash. */
export interface Content {
  readonly hash: string
  readonly text: string
}

/** What a command is decided with, and what is stored where it is accepted. */
export interface Gathered {
  readonly context: Context
  readonly contents: readonly Content[]
}

/** Who asks, when, and with which document. */
export interface Request extends Pick<Context, 'by' | 'now'> {
  readonly expected?: Context['expected'] | undefined
  readonly document?: FlowDocument | undefined
}

/** Finds out what commands need to know: each gets what it is decided on, and nothing is read that it does not need. */
export class ContextSource {
  readonly #inspector: Inspector
  readonly #census: Census

  constructor(inspector: Inspector, census: Census) {
    this.#inspector = inspector
    this.#census = census
  }

  /** For a command. */
  async forCommand(state: State, command: Command, request: Request): Promise<Gathered> {
    const head = headOf(request)
    switch (command.type) {
      case 'createFlow':
      case 'saveDraft':
        return this.#withDocument(state, head, request.document)
      case 'compileVoice': {
        const version = itemOf(state.flow?.versions ?? {}, command.version)
        if (version === undefined) return bare(head)
        const document = await this.#inspector.document(currentRevision(version).contentHash)
        return bare({ ...head, inspection: this.#inspector.inspect(document, state.workspace.policy) })
      }
      case 'release':
        return this.#withExecutable(state, command, head)
      case 'rollBack': {
        const { flow, slot } = command
        const target = state.flow === undefined ? undefined : rollbackTarget(state.flow, slot)
        const version = command.version ?? target?.id
        return version === undefined
          ? bare(head)
          : this.#withExecutable(state, { flow, version, slot, rollBack: true }, head)
      }
      case 'deleteVersion':
      case 'deleteFlow':
        return bare({ ...head, world: { running: await this.#census.running(command.flow) } })
      case 'remove':
        return command.kind === 'application'
          ? bare({ ...head, world: { running: NOTHING_RUNS, links: await this.#census.links() } })
          : bare(head)
      default:
        return bare(head)
    }
  }

  /** For the plan of a release. */
  async forRelease(state: State, request: ReleaseRequest, asking: Request): Promise<Context> {
    return (await this.#gatherRelease(state, request, headOf(asking))).context
  }

  #withDocument({ workspace }: State, head: Context, document: FlowDocument | undefined): Gathered {
    if (document === undefined) return bare(head)
    const inspection = this.#inspector.inspect(document, workspace.policy)
    const content = { hash: inspection.contentHash, text: serialiseDocument(document) }
    return { context: { ...head, inspection }, contents: [content] }
  }

  async #withExecutable(state: State, request: ReleaseRequest, head: Context): Promise<Gathered> {
    const { context, document } = await this.#gatherRelease(state, request, head)
    const executable =
      document === undefined ? undefined : this.#inspector.prepare(document, state.workspace.policy)
    if (executable === undefined) return bare(context)
    const { hash, behaviourHash } = executable
    return {
      context: { ...context, executable: { hash, behaviourHash } },
      contents: [{ hash, text: JSON.stringify(executable) }],
    }
  }

  async #gatherRelease(
    state: State,
    request: ReleaseRequest,
    head: Context,
  ): Promise<{ readonly context: Context; readonly document?: FlowDocument }> {
    const version = itemOf(state.flow?.versions ?? {}, request.version)
    if (version === undefined) return { context: head }
    const { contentHash } = currentRevision(version)
    const document = await this.#inspector.document(contentHash)
    const inspection = this.#inspector.inspect(document, state.workspace.policy)
    const segment = inspection.trigger?.segment
    const world: World = {
      running: await this.#census.running(request.flow),
      ...(segment === undefined
        ? {}
        : { segmentMembers: { [segment]: await this.#census.segmentMembers(segment) } }),
    }
    const comparison = await this.#comparison(state, request, version)
    return {
      context: { ...head, inspection, world, ...(comparison === undefined ? {} : { comparison }) },
      document,
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

function headOf({ by, now, expected }: Request): Context {
  return { by, now, ...(expected === undefined ? {} : { expected }) }
}

function bare(context: Context): Gathered {
  return { context, contents: [] }
}
