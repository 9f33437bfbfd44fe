import type { JsonObject } from '../base/json.ts'
import type { Limits } from '../base/limits.ts'
import type { Expression } from '../expressions/types.ts'
import type { NodeRuntime } from '../nodes/node-runtime.ts'
import type { Executable } from './executable.ts'

/**
 * An executable in memory, with its closures linked. Immutable, so that any number of sessions share one.
 * Made by `link` or `compile`.
 */
export interface Program {
  /** Id of the flow. */
  readonly flow: string
  /** Hash of the executable: sessions pin it. */
  readonly hash: string
  readonly executable: Executable
  readonly start: number
  readonly nodes: readonly ProgramNode[]
  readonly nodesById: ReadonlyMap<string, ProgramNode>
  readonly limits: Limits
  /** Variables that do not start as null. */
  readonly defaults: JsonObject
  /** Test of the declared type, by variable. */
  readonly variables: ReadonlyMap<string, TypeTest>
  /** Sensitive variables. */
  readonly secrets: ReadonlySet<string>
  /** True where even scalars and short texts could make a session pass its size limit, so that it is always measured. */
  readonly mayGrow: boolean
  /** What tells sessions apart, where duplicates are prevented; see `identifierOf`. */
  readonly identifier: Expression | undefined
  /** Folded stop words. */
  readonly stopWords: ReadonlySet<string>
  /** What sessions that start here are pinned to: this program, subflows of any depth, the exception flow. */
  readonly pins: { readonly [flow: string]: string }
  /** Flow that sessions enter when they fail. */
  readonly exception: string | undefined
  /** The programs of `pins`, by hash. */
  readonly programs: ReadonlyMap<string, Program>
  /** Members of contact and trigger that some program of `pins` reads; `undefined` for all. */
  readonly contactReads: readonly string[] | undefined
  readonly triggerReads: readonly string[] | undefined
}

/** True for a value that a variable may hold; null always may. */
export type TypeTest = (value: unknown) => boolean

export interface ProgramNode {
  readonly index: number
  readonly id: string
  readonly runtime: NodeRuntime
  /** Of the runtime; taken out so that running a node looks up nothing. */
  readonly enter: NodeRuntime['enter']
  readonly on: NodeRuntime['on']
  /** The config with its sources linked. */
  readonly config: unknown
  readonly outcomes: readonly string[]
  readonly targets: readonly number[]
  readonly counted: boolean
  readonly output: boolean
  readonly live: readonly string[] | undefined
  readonly sensitive: boolean
  /** The expressions of the config that read something sensitive. */
  readonly secrets: ReadonlySet<Expression> | undefined
  readonly onEnter: readonly LinkedAction[] | undefined
  /** By index of the outcome. */
  readonly onLeave: readonly (readonly LinkedAction[] | undefined)[] | undefined
}

export type LinkedAction =
  | { readonly kind: 'set'; readonly variable: string; readonly value: Expression }
  | { readonly kind: 'log'; readonly logbook: string; readonly fields: readonly LinkedLogField[] }

export interface LinkedLogField {
  readonly name: string
  readonly value: Expression
  readonly sensitive: boolean
}
