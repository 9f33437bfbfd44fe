import { SluiceError } from '../../base/sluice-error.ts'
import type { ExpressionLinker, RegexEngine } from '../../expressions/types.ts'
import type { Executable } from '../../interpreter/executable.ts'
import { link } from '../../interpreter/link.ts'
import type { Program } from '../../interpreter/program.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import { Recent } from '../workspace/recent.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { SessionRecord } from './session-record.ts'

/** Executables and programs kept linked; what waits for weeks is linked again when it goes on. */
const KEPT = 200

export interface ProgramsOptions {
  readonly workspace: Workspace
  readonly nodes: NodeTypes
  readonly languages?: readonly ExpressionLinker[] | undefined
  readonly regex?: RegexEngine | undefined
}

/** What a session is pinned to: the flow that it begins with, all that it may run, and what it enters when it fails. */
export interface Pins {
  readonly main: string
  readonly pins: { readonly [flow: string]: string }
  readonly exception?: string | undefined
}

/** Finds the programs of sessions: loads what is stored, links it, and keeps what is used often. */
export class Programs {
  readonly #options: ProgramsOptions
  readonly #executables = new Recent<Promise<Executable>>(KEPT)
  readonly #programs = new Recent<Promise<Program>>(KEPT)

  constructor(options: ProgramsOptions) {
    this.#options = options
  }

  /** The executable of a hash. Throws `session.executableMissing` where the content store does not have it. */
  executable(hash: string): Promise<Executable> {
    return this.#executables.get(hash, () => this.#kept(this.#executables, hash, this.#load(hash)))
  }

  /** The program of a session: its main flow linked with every other one that it is pinned to. */
  get({ main, pins, exception }: Pins): Promise<Program> {
    const key = JSON.stringify([main, exception, Object.entries(pins).sort()])
    return this.#programs.get(key, () =>
      this.#kept(this.#programs, key, this.#link({ main, pins, exception })),
    )
  }

  /** The program that a session runs, and the ones chosen on its way. */
  async of({ session, chosen = {} }: SessionRecord): Promise<{
    readonly program: Program
    readonly programs: ReadonlyMap<string, Program> | undefined
  }> {
    const { pins, exception } = session
    const program = await this.get({ main: session.main ?? session.frames[0]!.flow, pins, exception })
    const hashes = new Set(session.frames.flatMap(({ hash }) => (hash === undefined ? [] : [hash])))
    if (hashes.size === 0) return { program, programs: undefined }
    const programs = new Map<string, Program>()
    for (const [hash, pins] of Object.entries(chosen)) {
      // What was chosen for runs that are over is not needed any more.
      const runs = hashes.has(hash) || Object.values(pins).some((pinned) => hashes.has(pinned))
      if (!runs) continue
      for (const [each, found] of (await this.chosen(hash, pins)).programs) programs.set(each, found)
    }
    return { program, programs }
  }

  /** The program of an official version that was chosen on the way, with what it is pinned to. */
  async chosen(hash: string, pins: Pins['pins']): Promise<Program> {
    const { flow } = await this.executable(hash)
    return this.get({ main: flow, pins: { ...pins, [flow]: hash } })
  }

  async #load(hash: string): Promise<Executable> {
    const executable = await this.#options.workspace.executable(hash)
    if (executable !== undefined) return executable
    throw new SluiceError({
      code: 'session.executableMissing',
      problem: `The executable ${hash} is not in the content store`,
      next: 'Restore the content store from a copy',
    })
  }

  async #link({ main, pins, exception }: Pins): Promise<Program> {
    const { nodes, languages, regex } = this.#options
    const options = { nodes, languages, regex }
    const linked = new Map<string, Program>()
    for (const [flow, hash] of Object.entries(pins)) {
      if (flow !== main) linked.set(flow, knowing(pins, link(await this.executable(hash), options)))
    }
    const failing = exception === undefined ? undefined : linked.get(exception)
    const subflows = [...linked.values()].filter((program) => program !== failing)
    return link(await this.executable(pins[main]!), { ...options, subflows, exception: failing })
  }

  /** What could not be made is tried again by the next one who asks. */
  #kept<Value>(recent: Recent<Promise<Value>>, key: string, value: Promise<Value>): Promise<Value> {
    value.catch(() => recent.drop(key))
    return value
  }
}

/** A program that knows what the flows are pinned to that it calls in turn, as one that is linked with them does. */
function knowing(pins: Pins['pins'], program: Program): Program {
  const knows: { -readonly [Member in keyof Program]: Program[Member] } = { ...program, pins }
  knows.programs = new Map([[program.hash, knows]])
  return knows
}
