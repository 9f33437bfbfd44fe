import type { Json, JsonObject } from '../base/json.ts'
import type { LimitName } from '../base/limits.ts'
import type { Audience, DataType, FlowOutcome, FlowRole, Logbook, Medium } from '../document/flow-document.ts'
import type { PromptPart } from '../nodes/prompt.ts'

/** The version of the executable format that this release writes. Older ones stay readable for ever. */
export const EXECUTABLE_FORMAT = 1

/**
 * A flow that has been checked, with its nodes numbered and its sources turned into checked trees: plain JSON,
 * made and stored at release. What it means does not change when a parser does.
 */
export interface Executable {
  readonly format: 1
  /** Names this executable; covers every other member. Drawing the flow anew without changing what it does keeps it. */
  readonly hash: string
  /** Id of the flow that it was made from, and the hash of what that document does. */
  readonly flow: string
  readonly behaviourHash: string
  readonly role: FlowRole
  readonly medium: Medium
  readonly audience: Audience
  /** Index of the start node. */
  readonly start: number
  readonly nodes: readonly ExecutableNode[]
  readonly variables: readonly ExecutableVariable[]
  /** What some expression reads of the contact, and of the trigger beside its data: only this is kept. */
  readonly reads: {
    readonly contact: readonly string[]
    readonly trigger: readonly string[]
    /** True where nothing may be left out, because some expression reads the whole. */
    readonly wholeContact?: true
    readonly wholeTrigger?: true
  }
  /** Fields of the contact and of the trigger's data that are never logged. */
  readonly sensitive: { readonly contact: readonly string[]; readonly data: readonly string[] }
  /** True where sessions keep every output that is read anywhere, because saying more would take too much space. */
  readonly keepsOutputs?: true
  readonly outcomes: readonly Pick<FlowOutcome, 'code' | 'kind'>[]
  readonly logbooks: readonly Logbook[]
  /** What tells sessions apart, where duplicates are prevented. */
  readonly duplicates?: { readonly identifier: ExecutableSource }
  /** Trigger data without which no session starts. */
  readonly required: readonly string[]
  /** The language that sessions start in and texts fall back to. */
  readonly language: string
  /** Limits that differ from the defaults. */
  readonly limits: { readonly [Name in LimitName]?: number }
  readonly stopWords: readonly string[]
  /** Flows that it calls in a pinned version. */
  readonly subflows: readonly string[]
}

export interface ExecutableVariable {
  readonly name: string
  readonly type: DataType
  readonly default?: Json
  readonly sensitive?: true
  readonly askAtRelease?: boolean
}

export interface ExecutableNode {
  readonly id: string
  /** The pin of its type, as in `menu@1`. */
  readonly type: string
  /** The config with defaults filled in; `null` where a linked source goes. */
  readonly config: JsonObject
  readonly links?: readonly Link[]
  readonly outcomes: readonly string[]
  /** Index of the node that each outcome leads to; -1 where it leads nowhere. */
  readonly targets: readonly number[]
  readonly onEnter?: readonly ExecutableAction[]
  /** By index of the outcome. */
  readonly onLeave?: { readonly [outcome: string]: readonly ExecutableAction[] }
  /** True where visits are counted: every cycle passes at least one such node. */
  readonly counted?: true
  /** True where some expression reads its output. */
  readonly output?: true
  /** Nodes whose outputs can still be read once this node waits. */
  readonly live?: readonly string[]
  /** True where a sensitive value may flow into its effects. */
  readonly sensitive?: true
}

/** What is linked into a config, and where. */
export type Link =
  | {
      readonly kind: 'expression' | 'template'
      readonly path: LinkPath
      readonly tree: Json
      readonly language?: string
      /** True for an expression that reads something sensitive. */
      readonly sensitive?: true
    }
  | { readonly kind: 'pattern'; readonly path: LinkPath; readonly pattern: string }
  | {
      readonly kind: 'prompt'
      readonly path: LinkPath
      readonly audio?: string
      readonly parts: readonly LinkPromptPart[]
    }
  /** An object that the node sees as entries in order. */
  | { readonly kind: 'record'; readonly path: LinkPath }

export type LinkPath = readonly (string | number)[]

export interface LinkPromptPart {
  readonly part: PromptPart
  /** `''` for every language. */
  readonly text: string
  readonly tree: Json
  /** The expression language of the template, where it is not CEL. */
  readonly language?: string
}

/** A checked expression of a transition action. */
export interface ExecutableSource {
  readonly tree: Json
  readonly language?: string
  readonly sensitive?: true
}

export type ExecutableAction =
  | { readonly set: string; readonly to: ExecutableSource }
  | { readonly log: string; readonly fields: readonly (ExecutableSource & { readonly name: string })[] }
