import type { Json, JsonObject } from '../base/json.ts'
import type { TextRange } from '../diagnostics/diagnostic.ts'
import type { Details } from '../diagnostics/entry.ts'
import type { CompletionList, Hover } from './assist.ts'

/**
 * What is known of a value while authoring. Every declared value may also be null. `any` is checked when the
 * expression runs. Instants are numbers (milliseconds since 1970-01-01T00:00:00Z), durations are numbers of
 * milliseconds, calendar dates are text (`2026-11-21`).
 */
export type ValueType = 'any' | 'null' | 'number' | 'text' | 'boolean' | ListType | ObjectType

export interface ListType {
  readonly list: ValueType
}

export interface ObjectType {
  /** Members that are known by name; one that is absent at run time reads as null. */
  readonly fields: { readonly [name: string]: ValueType }
  /** True where other members may exist; those are `any`, and reading one that is absent is a fault. */
  readonly open?: boolean
}

/** What an expression reads from while a session runs. Roots are fixed so that access compiles to direct reads. */
export interface Environment {
  readonly vars: JsonObject
  readonly contact: JsonObject
  readonly trigger: JsonObject
  /** Outputs by node id. */
  readonly nodes: JsonObject
  readonly session: JsonObject
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
}

/** What a bare name stands for. */
export interface ScopeEntry {
  /** One root of the environment, or a root and one member of it: `retries` is `['vars', 'retries']`. */
  readonly path: readonly [keyof Environment] | readonly [keyof Environment, string]
  readonly type: ValueType
}

/** The names that an expression may use. */
export interface Scope {
  resolve(name: string): ScopeEntry | undefined
  /** Every name, for suggestions and completion. */
  names(): Iterable<string>
  /** False where nothing at all is sensitive. */
  readonly hasSecrets: boolean
  /** True where the value found at a path from the roots, as in `['contact', 'pin']`, must not be logged. */
  isSensitive(path: readonly string[]): boolean
}

/** What is wrong with a source text; `code` stands in the diagnostics table. */
export interface ExpressionFault {
  readonly code: string
  readonly range: TextRange
  readonly details: Details
}

/** One place where a source reads the environment: the longest constant path, as in `['nodes', 'http', 'body']`. */
export interface Read {
  readonly path: readonly [keyof Environment, ...string[]]
  readonly range: TextRange
  /**
   * True where the source has provided for nothing being there: it is what `has` or `default` ask for, is compared
   * with null, or stands where such a question has found it, or what it is a member of.
   */
  readonly guarded?: true
}

/** A source that passed: plain JSON to store, and what is known of it. */
export interface Checked {
  /** Belongs to the language that made it; plain JSON, linked by the same language. */
  readonly tree: Json
  readonly type: ValueType
  readonly reads: readonly Read[]
  /** True where it reads something sensitive. */
  readonly sensitive: boolean
}

/** Why an evaluation has no value. Faults are returned, never thrown; `isFault` tells them from values. */
export interface EvaluationFault {
  readonly fault: true
  /** Stable code, such as `evaluation.noSuchMember`. */
  readonly code: string
  /** One sentence for the author of the flow; never holds a value of the session. */
  readonly message: string
}

/** A linked expression: reads the environment, returns a JSON value or a fault, has no effect. */
export type Expression = (env: Environment) => Json | EvaluationFault

/** A linked template. */
export type Template = (env: Environment) => string | EvaluationFault

/** A linear-time engine for regular expressions: `compile` throws for a pattern that it does not support. */
export interface RegexEngine {
  /** A test whether some part of a text matches the pattern. */
  compile(pattern: string): (text: string) => boolean
}

/** What linking needs from outside. */
export interface LinkOptions {
  readonly regex?: RegexEngine | undefined
  /** Operations that one evaluation may take; see LIMITS.maxExpressionCost. */
  readonly maxCost?: number | undefined
}

/** Which grammar a source follows. */
export type SourceKind = 'expression' | 'template'

/** New names by old ones. All change at once, so that two names can be swapped. */
export interface Renaming {
  readonly variables?: ReadonlyMap<string, string>
  /** Ids of nodes, in what reads their outputs. */
  readonly nodes?: ReadonlyMap<string, string>
}

/**
 * The half of an expression language that reads sources; needed while authoring and by `prepare`. What only editors need
 * may be left out: then nothing is renamed in its sources, and nothing is offered while they are typed.
 */
export interface ExpressionLanguage {
  readonly id: string
  checkExpression(source: string, scope: Scope, expected?: ValueType): CheckOutcome
  checkTemplate(source: string, scope: Scope): CheckOutcome
  /**
   * The source with new names wherever it reads a variable or the outputs of a node, and else character for character
   * as it was. What only looks alike stays: texts, members of other objects, names that the source gives itself. A
   * source that is half typed and does not parse is renamed as far as its words tell, so that no reference is lost.
   */
  rename?(kind: SourceKind, source: string, names: Renaming): string
  /** What may be typed at an offset, also in a source that is half typed. Never throws. */
  complete?(kind: SourceKind, source: string, offset: number, scope: Scope): CompletionList
  /** What the name at an offset stands for; nothing where there is none, or none that is known. Never throws. */
  hover?(kind: SourceKind, source: string, offset: number, scope: Scope): Hover | undefined
}

/** `checked` is there where `faults` is empty. */
export interface CheckOutcome {
  readonly checked?: Checked
  readonly faults: readonly ExpressionFault[]
}

/** The half that turns stored trees into closures; loads without a parser. */
export interface ExpressionLinker {
  readonly id: string
  linkExpression(tree: Json, options?: LinkOptions): Expression
  linkTemplate(tree: Json, options?: LinkOptions): Template
}
