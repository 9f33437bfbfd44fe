/*
 * What the compiler knows of outcomes. Most node types need nothing of this file: `defineNode` takes the outcomes from
 * what `runtime.outcomes` returns, and a node type whose outcomes it cannot tell takes any. A node type whose outcomes
 * follow from its config says how by a rule, as the return type of `runtime.outcomes`; a test holds the rules of the
 * palette against what `runtime.outcomes` really returns.
 */

/**
 * How outcomes follow from a config. A rule extends this and says `outcomes` by `this['config']`, the type of the config
 * that an author has written.
 *
 * @example
 * interface WaitOutcomes extends OutcomeRule {
 *   readonly outcomes: ['received', ...When<IsGiven<this['config'], 'timeout'>, ['timeout']>]
 * }
 */
export interface OutcomeRule {
  readonly config: unknown
  readonly outcomes: readonly string[]
}

/** The return type of `runtime.outcomes` of a node type that has a rule; any list of names is one. */
export type OutcomesBy<Rule extends OutcomeRule> = readonly string[] & { readonly rule?: Rule }

/** The rule in what `runtime.outcomes` returns, or the list itself where there is none. */
export type RuleIn<Returned extends readonly string[]> = 'rule' extends keyof Returned
  ? Returned extends OutcomesBy<infer Rule>
    ? Rule
    : Returned
  : Returned

/** The outcomes that a config leads to by a rule, or by a list as it stands. */
export type OutcomesOf<Rule, Config> = Rule extends OutcomeRule
  ? (Rule & { readonly config: Config })['outcomes']
  : Rule extends readonly string[]
    ? Rule
    : readonly string[]

/** The outcomes that the entries of a list name in one of their members. */
export type ListedOutcomes<Config, List extends string, Member extends string> = List extends keyof Config
  ? Config[List] extends infer Entries extends readonly unknown[]
    ? { [Index in keyof Entries]: NameIn<Entries[Index], Member> }
    : string[]
  : []

type NameIn<Entry, Member extends string> = Entry extends {
  readonly [Name in Member]: infer Name extends string
}
  ? Name
  : string

/** `Then` or `Else`; both where the test cannot tell. */
export type When<Test extends boolean, Then, Else = []> = Test extends true ? Then : Else

/**
 * True where a config has something in a field, false where it has nothing or what a form leaves behind in a field that
 * was cleared, and `boolean` where its type does not tell.
 */
export type IsGiven<Config, Name extends string> = Name extends keyof Config ? IsThere<Config[Name]> : false

type IsThere<Value> = Value extends '' | null | undefined ? false : true

/** The same for whether a field holds a certain value. */
export type Holds<Config, Name extends string, Value> = Name extends keyof Config
  ? Is<Config[Name], Value>
  : false

type Is<Found, Value> = Found extends Value ? true : Value extends Found ? boolean : false
