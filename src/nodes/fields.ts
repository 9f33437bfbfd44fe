import type { Json } from '../base/json.ts'
import type { DataField, DataType, Source } from '../document/flow-document.ts'
import type { Expression, Template, ValueType } from '../expressions/types.ts'
import type { Prompt, PromptSource } from './prompt.ts'

/** What every field may say about itself. */
export interface FieldOptions {
  /** The name that people read. */
  readonly label?: string
  readonly help?: string
  /** True where the field may be left out. */
  readonly optional?: boolean
  /** What stands in for a missing value; makes the field optional. */
  readonly default?: Json
  /** True for credentials: the value never leaves with an export or a shared view. */
  readonly secret?: boolean
}

/**
 * One field of a node's config. `Linked` is the type that the running node sees: a duration is milliseconds,
 * an expression is a function. `Authored` is what an author writes. Fields are plain data, made by `f`; the members
 * for both types are never there.
 */
export type Field<Linked = unknown, Authored = unknown> = FieldOptions &
  FieldShape & { readonly linked?: Linked; readonly authored?: Authored }

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

/**
 * A text that names something of the flow or of its workspace, so that tools can offer and check it. A `channel` is one
 * that a release needs an app or number for.
 */
export type TextRole = 'outcome' | 'flowOutcome' | 'event' | 'logbook' | 'channel'

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

/** The config as an author writes it: what flows in TypeScript are checked against. */
export type AuthoredConfig<F extends Fields> = Flat<
  {
    readonly [Name in keyof F as IsOptional<F[Name]> extends true ? never : Name]: Authored<F[Name]>
  } & {
    readonly [Name in keyof F as IsOptional<F[Name]> extends true ? Name : never]?: Authored<F[Name]>
  }
>

type Authored<Each extends Field> = Each extends { readonly authored?: infer Written } ? Written : unknown

/** As `isOptional` sees it. */
type IsOptional<Each extends Field> = Each extends { readonly optional: true }
  ? true
  : Each extends { readonly default: Json }
    ? true
    : false

/** One object type in place of two; it has no name, so that an editor shows its members. */
type Flat<Parts> = Parts extends infer All ? { readonly [Name in keyof All]: All[Name] } : never

/** One member of a linked record. */
export interface Entry<Linked> {
  readonly name: string
  readonly value: Linked
}

const make =
  <Linked, Authored>() =>
  <const Options extends FieldOptions>(
    shape: FieldShape,
    options: Options,
  ): Field<Linked, Authored> & Options =>
    ({ ...shape, ...options }) as Field<Linked, Authored> & Options

interface TextOptions extends FieldOptions {
  readonly maxLength?: number
  readonly pattern?: string
  /** What the text names, where it names something of the flow or of its workspace. */
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
  text: <const O extends TextOptions>(options: O = {} as O) =>
    make<string, string>()({ kind: 'text' }, options),
  /** A plain number. */
  number: <const O extends NumberOptions>(options: O = {} as O) =>
    make<number, number>()({ kind: 'number' }, options),
  boolean: <const O extends FieldOptions>(options: O = {} as O) =>
    make<boolean, boolean>()({ kind: 'boolean' }, options),
  /** One of some words. */
  options: <const Word extends string, const O extends FieldOptions>(
    words: readonly Word[],
    options: O = {} as O,
  ) => make<Word, Word>()({ kind: 'options', options: words }, options),
  /** A span of time such as `10s` or `1h30m`; the node sees milliseconds. */
  duration: <const O extends FieldOptions>(options: O = {} as O) =>
    make<number, string>()({ kind: 'duration' }, options),
  /** A text with expressions in double braces. */
  template: <const O extends FieldOptions>(options: O = {} as O) =>
    make<Template, Source>()({ kind: 'template' }, options),
  /** An expression whose value has the given type. */
  expression: <const O extends FieldOptions & { readonly forVariable?: string; readonly masked?: boolean }>(
    type: ValueType = 'any',
    options: O = {} as O,
  ) => make<Expression, Source>()({ kind: 'expression', type }, options),
  /** What is said to a contact, in one or several languages. */
  prompt: <const O extends FieldOptions>(options: O = {} as O) =>
    make<Prompt, PromptSource>()({ kind: 'prompt' }, options),
  /** The name of a variable of the flow that the node writes, or with `access: 'read'` reads. */
  variable: <const O extends FieldOptions & { readonly access?: 'write' | 'read' }>(options: O = {} as O) =>
    make<string, string>()({ kind: 'variable', access: options.access ?? 'write' }, options),
  /** A regular expression in RE2 syntax, which matches in linear time; the node sees a test of a text. */
  pattern: <const O extends FieldOptions>(options: O = {} as O) =>
    make<(text: string) => boolean, string>()({ kind: 'pattern' }, options),
  /** The id of another flow. */
  flowRef: <const O extends FieldOptions>(options: O = {} as O) =>
    make<string, string>()({ kind: 'flowRef' }, options),
  /** Any JSON value, taken as it stands. */
  json: <const O extends FieldOptions>(options: O = {} as O) => make<Json, Json>()({ kind: 'json' }, options),
  /** Declarations of data that comes from outside. */
  dataFields: <const O extends FieldOptions>(options: O = {} as O) =>
    make<
      readonly { name: string; type: DataType; required?: boolean; sensitive?: boolean }[],
      readonly DataField[]
    >()({ kind: 'dataFields' }, options),
  /** Several values of one kind, in order. */
  list: <Linked, Authored, const O extends FieldOptions & { readonly min?: number; readonly max?: number }>(
    of: Field<Linked, Authored>,
    options: O = {} as O,
  ) => make<readonly Linked[], readonly Authored[]>()({ kind: 'list', of }, options),
  /** Several named fields as one value. */
  object: <F extends Fields, const O extends FieldOptions>(fields: F, options: O = {} as O) =>
    make<LinkedConfig<F>, AuthoredConfig<F>>()({ kind: 'object', fields }, options),
  /** Values under names that the author chooses; the node sees entries in order. */
  record: <
    Linked,
    Authored,
    const O extends FieldOptions & { readonly max?: number; readonly names?: RecordNames },
  >(
    of: Field<Linked, Authored>,
    options: O = {} as O,
  ) =>
    make<readonly Entry<Linked>[], { readonly [name: string]: Authored }>()({ kind: 'record', of }, options),
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
