import type { Json, JsonObject } from '../base/json.ts'
import type { Medium } from '../document/flow-document.ts'
import type { ValueType } from '../expressions/types.ts'
import type { Fields, LinkedConfig } from './fields.ts'
import type { NodeRuntime } from './node-runtime.ts'

/** The groups of a palette. */
export type Category = 'flow' | 'messaging' | 'voice' | 'data' | 'integration'

/** What a node type's own check has to say about a config. */
export type ConfigReport = (
  code: string,
  path: readonly (string | number)[],
  details?: { readonly [name: string]: Json },
) => void

/**
 * A node type: the half that runs, and the half that people and tools author with. `defineNode` finds out what the
 * compiler can know of it beside its fields: its name, its major version, and what `runtime.outcomes` returns.
 */
export interface NodeType<
  F extends Fields = Fields,
  Type extends string = string,
  Major extends number = number,
  Outcomes extends readonly string[] = readonly string[],
> {
  // biome-ignore lint/suspicious/noExplicitAny: each node type has a state of its own
  readonly runtime: NodeRuntime<LinkedConfig<F>, any, Type, Major, Outcomes>
  readonly title: string
  readonly category: Category
  /** One or two sentences for the author of a flow. */
  readonly help: string
  /** Name of an icon; the host maps it to a picture. */
  readonly icon: string
  readonly fields: F
  /** Semver within the major, so that an import can ask for a later one; `<major>.0.0` unless given. */
  readonly version?: string
  /** Id of the integration that it belongs to. Flows travel with such a node only where that is available. */
  readonly integration?: string
  /** The media that it can stand in; any unless given. */
  readonly media?: readonly Medium[]
  /** `start` for the node that a flow begins at, `end` for nodes that nothing follows. */
  readonly place?: 'start' | 'end'
  /** Outcomes that a policy may let a flow leave unconnected. */
  optionalOutcomes?(config: JsonObject): readonly string[]
  /** What expressions may read as `nodes.<id>.<name>`. */
  outputs?(config: JsonObject): { readonly [name: string]: ValueType }
  /** True where the outputs carry the value of a sensitive variable that the config names. */
  readonly outputsFollowVariables?: boolean
  /** True where outputs, and variables that the config names, carry what its expressions read. */
  readonly valuesFollowExpressions?: boolean
  /** The outcomes on which the variables that the config names are set; all of them unless given. */
  setsVariablesOn?(config: JsonObject): readonly string[]
  /** True where every way through the node waits, errors aside, so that it may stand in a cycle. */
  pauses?(config: JsonObject): boolean
  /** Outcomes taken only so often, until the node has taken another one: a cycle through them comes to its end. */
  boundedOutcomes?(config: JsonObject): readonly string[]
  /**
   * Channels that the node opens though no field with the role `channel` names them, as a call that it places opens
   * `voice`. A node that speaks on the session's own channel names none: what starts the flow brings it along.
   */
  channels?(config: JsonObject): readonly string[]
  /** True where the run goes on in another flow and does not come back, so that the node is as good as an end. */
  leavesFlow?(config: JsonObject): boolean
  /** What fields alone cannot say about a config. */
  check?(config: JsonObject, report: ConfigReport): void
}

/** Types a node type from its fields; returns it unchanged. */
export function defineNode<
  const F extends Fields,
  const Type extends string = string,
  const Major extends number = number,
  const Outcomes extends readonly string[] = readonly string[],
>(type: NodeType<F, Type, Major, Outcomes>): NodeType<F, Type, Major, Outcomes> {
  return type
}

/** `menu@1`: the name under which documents pin a node type. */
export function pinOf({ type, major }: Pick<NodeRuntime, 'type' | 'major'>): string {
  return `${type}@${major}`
}
