import type { TransitionAction } from '../document/flow-document.ts'
import type { OutcomesOf } from '../nodes/outcome-types.ts'
import type { KnownType } from './vocabulary.ts'
import type { FlowFrame, NodeFrame, UncheckedNode, Way } from './written-flow.ts'

/*
 * What the compiler holds a flow against. The nodes as they are written go in, and what they ought to be comes out:
 * where the two differ is where the error stands. A wrong outcome ought to be a sentence that says so, because the
 * compiler then quotes that sentence.
 */

/** A flow whose nodes are checked against the node types that are known. */
export interface CheckedFlow<Known, Nodes, Code extends string> extends FlowFrame<Code> {
  /** By id. */
  readonly nodes: CheckedNodes<Known, Nodes, Code>
}

// The first branch is never taken; it is where the compiler learns what was written.
type CheckedNodes<Known, Nodes, Code extends string> = [Nodes] extends [never]
  ? Nodes
  : { readonly [Id in keyof Nodes]: CheckedNode<Known, Nodes[Id], keyof Nodes & string, Code> }

type CheckedNode<Known, Written, Ids extends string, Code extends string> = Written extends {
  readonly unchecked: unknown
}
  ? UncheckedNode<Ids>
  : Written extends { readonly type: infer Type extends keyof Known & string }
    ? Known[Type] extends KnownType<infer Config, infer CodeFields, infer Rule>
      ? NodeOfType<
          Type,
          WithCodes<Config, CodeFields, Code>,
          Written,
          OutcomesOf<Rule, Member<Written, 'config'>>,
          Ids
        >
      : never
    : NodeOfNoType<keyof Known>

type NodeOfType<
  Type extends string,
  Config,
  Written,
  Outcomes extends readonly string[],
  Ids extends string,
> =
  Partial<Config> extends Config
    ? BareNode<Type, Config, Ways<Type, Written, Outcomes, Ids>, Leaving<Type, Written, Outcomes>>
    : Node<Type, Config, Ways<Type, Written, Outcomes, Ids>, Leaving<Type, Written, Outcomes>>

/** A node of a type that needs a config. */
interface Node<Type, Config, Ways, Leaving> extends NodeFrame {
  readonly type: Type
  readonly config: Config
  /** Where its outcomes lead: the id of a node, or an object that says more about the way. */
  readonly to?: Ways
  /** Done when the node is left, by outcome. */
  readonly onLeave?: Leaving
}

/** A node of a type that can do without a config. */
interface BareNode<Type, Config, Ways, Leaving> extends Omit<Node<Type, Config, Ways, Leaving>, 'config'> {
  readonly config?: Config
}

/** A node whose type is misspelt: nothing else of it can be judged. */
interface NodeOfNoType<Types> extends NodeFrame {
  readonly type: Types
  readonly config?: unknown
  readonly to?: unknown
  readonly onLeave?: unknown
}

type WithCodes<Config, CodeFields, Code extends string> = [CodeFields] extends [never]
  ? Config
  : { readonly [Name in keyof Config]: Name extends CodeFields ? DeclaredCode<Code> : Config[Name] }

type DeclaredCode<Code extends string> = [Code] extends [never]
  ? 'settings.outcomes declares no flow outcome'
  : Code

type Ways<Type extends string, Written, Outcomes extends readonly string[], Ids extends string> = {
  readonly [Outcome in keyof Member<Written, 'to'>]: Text<Outcome> extends Leave<Outcomes>
    ? Member<Written, 'to'>[Outcome] extends string
      ? Ids
      : Way<Ids>
    : NoOutcome<Type, Text<Outcome>, Outcomes>
} & { readonly [Outcome in Exclude<Offered<Outcomes>, Text<keyof Member<Written, 'to'>>>]?: Ids }

type Leaving<Type extends string, Written, Outcomes extends readonly string[]> = {
  readonly [Outcome in keyof Member<Written, 'onLeave'>]: Text<Outcome> extends Leave<Outcomes>
    ? readonly TransitionAction[]
    : NoOutcome<Type, Text<Outcome>, Outcomes>
} & {
  readonly [Outcome in Exclude<
    Offered<Outcomes>,
    Text<keyof Member<Written, 'onLeave'>>
  >]?: readonly TransitionAction[]
}

/** The outcomes that may be named: those of the node, and any signal. */
type Leave<Outcomes extends readonly string[]> = Outcomes[number] | `on:${string}`

/** The outcomes that an editor offers. */
type Offered<Outcomes extends readonly string[]> =
  | Outcomes[number]
  | 'on:error'
  | 'on:hangup'
  | 'on:stop'
  | 'on:cancel'

type NoOutcome<Type extends string, Name extends string, Outcomes extends readonly string[]> = [
  Outcomes,
] extends [readonly []]
  ? `${Type} has no outcomes`
  : `${Type} has no outcome ${Name}, only ${Joined<Outcomes>}`

type Joined<Names extends readonly string[], Before extends string = ''> = Names extends readonly [
  infer First extends string,
  ...infer Rest extends readonly string[],
]
  ? Joined<Rest, Before extends '' ? First : `${Before}, ${First}`>
  : Before

/** A member of what was written; nothing where it is not there. */
type Member<Written, Name extends string> = Written extends { readonly [Each in Name]: infer Given }
  ? Given
  : object

/** A key as text: `1` and `'1'` are one outcome. */
type Text<Key> = Key extends string | number ? `${Key}` : never
