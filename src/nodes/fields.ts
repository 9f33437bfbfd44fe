import type { Json } from '../base/json.ts'
import type { DataType } from '../document/flow-document.ts'
import type { Expression, Template, ValueType } from '../expressions/types.ts'
import type { Prompt } from './prompt.ts'

/** What every field may say about itself. */
export interface FieldOptions {
  /** The name that people read. */
  readonly label?: string
  readonly help?: string
  /** True where the field may be left out. */
  readonly optional?: boolean
  /** What stands in for a missing value; makes the field optional. */
  readonly default?: Json
}

/**
 * One field of a node's config. `Linked` is the type that the running node sees: a duration is milliseconds,
 * an expression is a function. Fields are plain data, made by `f`.
 */
export type Field<Linked = unknown> = FieldOptions & FieldShape & { readonly linked?: Linked }

/** The kinds of fields, each with what it needs to know. */
export type FieldShape =
  | {
      readonly kind: 'text'
      readonly maxLength?: number
      readonly pattern?: string
      readonly role?: TextRole
    }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly integer?: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'options'; readonly options: readonly string[] }
  | { readonly kind: 'duration' }
  | { readonly kind: 'template' }
  /**
   * `forVariable` names the field beside it that holds the variable which takes the value. `masked` is for values that
   * the node asks for with `NodeContext.masked` alone: a sensitive one among them does not mask the whole effect.
   */
  | {
      readonly kind: 'expression'
      readonly type: ValueType
      readonly forVariable?: string
      readonly masked?: boolean
    }
  | { readonly kind: 'prompt' }
  | { readonly kind: 'variable'; readonly access: 'write' | 'read'; readonly sensitive?: boolean }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'flowRef' }
  | { readonly kind: 'json' }
  | { readonly kind: 'dataFields' }
  | { readonly kind: 'list'; readonly of: Field; readonly min?: number; readonly max?: number }
  | { readonly kind: 'object'; readonly fields: Fields }
  /** `names` says what the names are, where they are those of something declared. */
  | { readonly kind: 'record'; readonly of: Field; readonly max?: number; readonly names?: RecordNames }

/** A text that names something of the flow, so that tools can offer and check it. */
export type TextRole = 'outcome' | 'flowOutcome' | 'event' | 'logbook'

/** Fields of the contact, or of the logbook that the text field with the role `logbook` beside it names. */
export type RecordNames = 'contact' | 'logbook'

export interface Fields {
  readonly [name: string]: Field
}

/** The config that a running node sees. */
export type LinkedConfig<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer Linked>
    ? F[Name] extends { readonly optional: true }
      ? Linked | undefined
      : Linked
    : never
}

/** One member of a linked record. */
export interface Entry<Linked> {
  readonly name: string
  readonly value: Linked
}

const make =
  <Linked>() =>
  <const Options extends FieldOptions>(shape: FieldShape, options: Options): Field<Linked> & Options =>
    ({ ...shape, ...options }) as Field<Linked> & Options

interface TextOptions extends FieldOptions {
  readonly maxLength?: number
  readonly pattern?: string
  /** What the text names, where it names something of the flow. */
  readonly role?: TextRole
}

interface NumberOptions extends FieldOptions {
  readonly min?: number
  readonly max?: number
  readonly integer?: boolean
}

/** Constructors of fields. Everything that is known of a config follows from them. */
export const f = {
  /** A plain text that is taken as it stands. */
  text: <const O extends TextOptions>(options: O = {} as O) => make<string>()({ kind: 'text' }, options),
  /** A plain number. */
  number: <const O extends NumberOptions>(options: O = {} as O) =>
    make<number>()({ kind: 'number' }, options),
  boolean: <const O extends FieldOptions>(options: O = {} as O) =>
    make<boolean>()({ kind: 'boolean' }, options),
  /** One of some words. */
  options: <const Word extends string, const O extends FieldOptions>(
    words: readonly Word[],
    options: O = {} as O,
  ) => make<Word>()({ kind: 'options', options: words }, options),
  /** A span of time such as `10s` or `1h30m`; the node sees milliseconds. */
  duration: <const O extends FieldOptions>(options: O = {} as O) =>
    make<number>()({ kind: 'duration' }, options),
  /** A text with expressions in double braces. */
  template: <const O extends FieldOptions>(options: O = {} as O) =>
    make<Template>()({ kind: 'template' }, options),
  /** An expression whose value has the given type. */
  expression: <const O extends FieldOptions & { readonly forVariable?: string; readonly masked?: boolean }>(
    type: ValueType = 'any',
    options: O = {} as O,
  ) => make<Expression>()({ kind: 'expression', type }, options),
  /** What is said to a contact, in one or several languages. */
  prompt: <const O extends FieldOptions>(options: O = {} as O) => make<Prompt>()({ kind: 'prompt' }, options),
  /** The name of a variable of the flow that the node writes, or with `access: 'read'` reads. */
  variable: <const O extends FieldOptions & { readonly access?: 'write' | 'read' }>(options: O = {} as O) =>
    make<string>()({ kind: 'variable', access: options.access ?? 'write' }, options),
  /** A regular expression in RE2 syntax, which matches in linear time; the node sees a test of a text. */
  pattern: <const O extends FieldOptions>(options: O = {} as O) =>
    make<(text: string) => boolean>()({ kind: 'pattern' }, options),
  /** The id of another flow. */
  flowRef: <const O extends FieldOptions>(options: O = {} as O) =>
    make<string>()({ kind: 'flowRef' }, options),
  /** Any JSON value, taken as it stands. */
  json: <const O extends FieldOptions>(options: O = {} as O) => make<Json>()({ kind: 'json' }, options),
  /** Declarations of data that comes from outside. */
  dataFields: <const O extends FieldOptions>(options: O = {} as O) =>
    make<readonly { name: string; type: DataType; required?: boolean; sensitive?: boolean }[]>()(
      { kind: 'dataFields' },
      options,
    ),
  /** Several values of one kind, in order. */
  list: <Linked, const O extends FieldOptions & { readonly min?: number; readonly max?: number }>(
    of: Field<Linked>,
    options: O = {} as O,
  ) => make<readonly Linked[]>()({ kind: 'list', of }, options),
  /** Several named fields as one value. */
  object: <F extends Fields, const O extends FieldOptions>(fields: F, options: O = {} as O) =>
    make<LinkedConfig<F>>()({ kind: 'object', fields }, options),
  /** Values under names that the author chooses; the node sees entries in order. */
  record: <Linked, const O extends FieldOptions & { readonly max?: number; readonly names?: RecordNames }>(
    of: Field<Linked>,
    options: O = {} as O,
  ) => make<readonly Entry<Linked>[]>()({ kind: 'record', of }, options),
}

/** The field of the contact that takes the value at a path of the config; `undefined` where none does. */
export function contactFieldAt(fields: Fields, path: readonly (string | number)[]): string | undefined {
  const [first, name] = path
  const field = first === undefined ? undefined : fields[first]
  return path.length === 2 && field?.kind === 'record' && field.names === 'contact' ? String(name) : undefined
}

/** True where a config may leave the field out. */
export function isOptional(field: Field): boolean {
  return field.optional === true || field.default !== undefined
}

/** True for what a form leaves behind in a field that nobody has filled in. A `json` field may hold either. */
export function isBlank(field: Field, value: Json): boolean {
  return (value === null || value === '') && field.kind !== 'json'
}
