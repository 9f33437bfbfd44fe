import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { type Limits, resolveLimits } from '../base/limits.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { FITS_TYPE } from '../document/data-type.ts'
import { celLinker } from '../expressions/cel-linker.ts'
import type { ExpressionLinker, RegexEngine } from '../expressions/types.ts'
import type { NodeRuntime } from '../nodes/node-runtime.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { runtimesByPin } from '../nodes/registry.ts'
import { checkExecutable } from './check-executable.ts'
import type { Executable } from './executable.ts'
import { Linker, linkNode } from './link-node.ts'
import type { Program } from './program.ts'

/** What an executable is linked with. */
export interface LinkProgramOptions {
  /** Node types, or their running halves alone. */
  // biome-ignore lint/suspicious/noExplicitAny: node types of every config stand side by side
  readonly nodes: Iterable<NodeRuntime | NodeType<any>>
  /** Programs of the flows that this one calls. */
  readonly subflows?: readonly Program[] | undefined
  /** Program that sessions enter when they fail. */
  readonly exception?: Program | undefined
  /** Engine for `matches` and patterns; without one they fail with `evaluation.noRegexEngine`. */
  readonly regex?: RegexEngine | undefined
  /** Expression languages beside CEL. */
  readonly languages?: readonly ExpressionLinker[] | undefined
}

/**
 * Turns an executable into a program: closures in place of trees, nodes found by number. Reads no source and
 * needs no parser. Throws `executable.format` for a format that this release does not know, `executable.shape`
 * for one that is damaged, `executable.sensitive` where one of the programs would say what another keeps secret,
 * `executable.nodeType` where a node type is not among `nodes`, and `executable.pins` where two of the programs
 * passed are pinned to different versions of one flow.
 *
 * @example
 * const program = link(JSON.parse(stored), { nodes: palette })
 */
export function link(executable: Executable, options: LinkProgramOptions): Program {
  checkExecutable(executable)
  const { regex, subflows = [], exception } = options
  const runtimes = runtimesByPin(options.nodes)
  const linkers = new Map([celLinker, ...(options.languages ?? [])].map((linker) => [linker.id, linker]))
  const limits = resolveLimits(executable.limits)
  const linker = new Linker(linkers, { regex, maxCost: limits.maxExpressionCost }, executable.language)
  const called = exception === undefined ? subflows : [...subflows, exception]
  checkSecrets([
    executable,
    ...called.flatMap((each) => [...each.programs.values()].map((one) => one.executable)),
  ])
  const nodes = executable.nodes.map((node, index) => linkNode(node, index, runtimes, linker))
  const program: { -readonly [Member in keyof Program]: Program[Member] } = {
    flow: executable.flow,
    hash: executable.hash,
    executable,
    start: executable.start,
    nodes,
    nodesById: new Map(nodes.map((node) => [node.id, node])),
    limits,
    defaults: defaultsOf(executable),
    variables: new Map(executable.variables.map(({ name, type }) => [name, FITS_TYPE[type]])),
    secrets: new Set(
      executable.variables.filter(({ sensitive }) => sensitive === true).map(({ name }) => name),
    ),
    mayGrow: lightestBound(executable, limits, called.length > 0) > limits.maxSessionBytes,
    identifier: executable.duplicates && linker.source(executable.duplicates.identifier),
    stopWords: new Set(executable.stopWords.map(foldStopWord)),
    pins: mergePins(executable, called),
    exception: exception?.flow,
    programs: new Map(),
    contactReads: mergeReads(
      executable.reads.wholeContact ? undefined : executable.reads.contact,
      called.map((each) => each.contactReads),
    ),
    triggerReads: mergeReads(
      executable.reads.wholeTrigger ? undefined : executable.reads.trigger,
      called.map((each) => each.triggerReads),
    ),
  }
  program.programs = new Map([...called.flatMap((each) => [...each.programs]), [executable.hash, program]])
  return program
}

/** What one flow marks sensitive of the contact or the trigger must not be read by another that does not know. */
function checkSecrets(executables: readonly Executable[]): void {
  const contact = new Set(executables.flatMap(({ sensitive }) => sensitive.contact))
  const data = new Set(executables.flatMap(({ sensitive }) => sensitive.data))
  for (const executable of executables) {
    const { flow, reads, sensitive } = executable
    const read = reads.wholeContact === true ? [...contact] : reads.contact
    const field = read.find((name) => contact.has(name) && !sensitive.contact.includes(name))
    const datum = declaredData(executable).find((name) => data.has(name) && !sensitive.data.includes(name))
    const said = field === undefined ? datum && `trigger.data.${datum}` : `contact.${field}`
    if (said === undefined) continue
    throw new SluiceError({
      code: 'executable.sensitive',
      problem: `The flow ${flow} reads ${said} as if it were not sensitive, and a flow beside it keeps it secret`,
      next: 'Mark the field sensitive in both',
    })
  }
}

/** Names of the trigger's data that a flow declares, and so may read. */
function declaredData({ nodes, start }: Executable): readonly string[] {
  const data = nodes[start]?.config.data
  return Array.isArray(data)
    ? data.flatMap((field) => (isJsonObject(field) && typeof field.name === 'string' ? [field.name] : []))
    : []
}

function mergePins({ flow, hash }: Executable, called: readonly Program[]): Program['pins'] {
  const pins = new Map([[flow, hash]])
  for (const program of called) {
    for (const [each, pinned] of Object.entries(program.pins)) {
      if ((pins.get(each) ?? pinned) !== pinned) {
        throw new SluiceError({
          code: 'executable.pins',
          problem: `The flow ${each} would be pinned to two versions, ${pins.get(each)} and ${pinned}`,
          next: 'Link all programs with the same version of it',
        })
      }
      pins.set(each, pinned)
    }
  }
  return Object.fromEntries(pins)
}

/** Bytes that a session can come to while only scalars and short texts go into it; a generous estimate. */
function lightestBound({ nodes, variables }: Executable, limits: Limits, calls: boolean): number {
  const outputs = nodes.filter(({ output }) => output === true).length
  const counted = nodes.filter((node) => node.counted === true).length
  const frame = 300 + 250 * variables.length + 1_000 * outputs + 90 * counted
  return 3_000 + 200 * limits.maxInbox + frame * (calls ? limits.maxDepth + 1 : 1)
}

/** The form in which stop words are compared. */
export function foldStopWord(text: string): string {
  return text.trim().toLowerCase()
}

function defaultsOf({ variables }: Executable): JsonObject {
  const defaults: { [name: string]: Json } = {}
  for (const { name, default: value } of variables) {
    if (value !== undefined && value !== null) defaults[name] = freeze(value)
  }
  return Object.freeze(defaults)
}

function mergeReads(
  own: readonly string[] | undefined,
  others: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined {
  const merged = new Set(own)
  if (own === undefined) return undefined
  for (const reads of others) {
    if (reads === undefined) return undefined
    for (const name of reads) merged.add(name)
  }
  return [...merged]
}

/** Sessions share the defaults of their program, so that nobody may change them. */
function freeze(value: Json): Json {
  if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) freeze(member ?? null)
  return Object.freeze(value) as Json
}
