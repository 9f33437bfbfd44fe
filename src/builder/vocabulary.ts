import type { JsonObject } from '../base/json.ts'
import type { AuthoredConfig, Fields } from '../nodes/fields.ts'
import type { RuleIn } from '../nodes/outcome-types.ts'

/** A node type as the builder looks at it. */
export interface BuilderNodeType {
  readonly fields: Fields
  readonly runtime: {
    readonly type: string
    readonly major: number
    outcomes(this: void, config: JsonObject): readonly string[]
  }
}

/** What the compiler knows of a node type. */
export interface KnownType<Config, CodeFields, Rule> {
  /** What an author writes. */
  readonly config: Config
  /** The names of those of its fields that hold flow outcomes. */
  readonly codeFields: CodeFields
  /** The rule that its outcomes follow, or the list of them. */
  readonly rule: Rule
}

/** Node types by the name that flows call them by: `menu` for the first major version, `menu@2` for the second. */
export type Vocabulary<Types extends BuilderNodeType> = {
  readonly [Each in Types as NameOf<Each['runtime']>]: KnownType<
    AuthoredConfig<Each['fields']>,
    CodeFields<Each['fields']>,
    RuleIn<ReturnType<Each['runtime']['outcomes']>>
  >
}

type NameOf<Runtime extends BuilderNodeType['runtime']> = Runtime['major'] extends 1
  ? Runtime['type']
  : number extends Runtime['major']
    ? Runtime['type']
    : `${Runtime['type']}@${Runtime['major']}`

type CodeFields<F extends Fields> = {
  [Name in keyof F]: F[Name] extends { readonly role: 'flowOutcome' } ? Name : never
}[keyof F]

/** The pin for the name of a node type: `menu@1` for `menu`. */
export function pinFor(name: string): string {
  return name.includes('@') ? name : `${name}@1`
}

/** The name by which a flow calls the node type of a pin; `undefined` for a pin that no name stands for. */
export function nameFor(pin: string): string | undefined {
  if (!pin.includes('@')) return undefined
  const name = pin.replace(/@1$/, '')
  return pinFor(name) === pin ? name : pin
}
