import type { Json, JsonObject } from '../base/json.ts'
import type { Limits } from '../base/limits.ts'
import type { Expression, Template } from '../expressions/types.ts'
import type { EffectRequest, PromptContent } from './effects.ts'
import type { SessionEvent } from './events.ts'
import type { Prompt } from './prompt.ts'

/** What a wait takes besides its timer and signals: kinds of inputs, results of effects, or an event by name. */
export type WaitFor = 'text' | 'digits' | 'button' | 'result' | `event:${string}`

/** A wait that a node goes into. */
export interface WaitRequest {
  readonly kind: 'wait'
  readonly for: readonly WaitFor[]
  /** Milliseconds from now until the timer, or */
  readonly timeoutMs?: number | undefined
  /** the instant of the timer, in milliseconds since 1970. Without either the wait has no deadline. */
  readonly until?: number | undefined
}

/** Ends the run with a flow outcome; a subflow returns to its caller, the first flow ends the session. */
export interface EndRequest {
  readonly kind: 'end'
  readonly outcome: string
}

/** Runs another flow as a child. The node is left by the child's flow outcome, when it returns. */
export interface CallRequest {
  readonly kind: 'call'
  /** Id of a flow in the session's pins, or */
  readonly flow: string
  /** the hash of the executable to run instead of the pinned one. */
  readonly hash?: string | undefined
  /** Variables of the child that start with these values. */
  readonly inputs: JsonObject
  /** Variables of the child, by the variable of the caller that takes their value on return. */
  readonly outputs: { readonly [variable: string]: string }
}

/** Goes on in another flow and does not come back: its run takes the place of this one. */
export interface JumpRequest {
  readonly kind: 'jump'
  /** Id of a flow in the session's pins. */
  readonly flow: string
  /** Variables of that flow that start with these values. */
  readonly inputs: JsonObject
}

/** Where a node goes on to: an outcome by name, a wait, another flow, or the end of the run. */
export type Next = string | WaitRequest | CallRequest | JumpRequest | EndRequest

/** What a node answers when it is entered or woken. An outcome alone may stand for `{ then: outcome }`. */
export interface Reaction {
  readonly effects?: readonly EffectRequest[] | undefined
  /** Variables to set; checked against their declared types. */
  readonly set?: JsonObject | undefined
  /** What expressions read as `nodes.<id>`; kept while some expression can still read it. */
  readonly output?: JsonObject | undefined
  /** The node's own state, given back to `on`; only kept while the node waits. */
  readonly state?: Json | undefined
  /** A number that the node keeps in this run, such as failures or rounds, until it sets it to 0; see `NodeContext`. */
  readonly count?: number | undefined
  /** Members of the contact that have changed; null takes one away. Kept where some expression can read them. */
  readonly contact?: JsonObject | undefined
  readonly then: Next
}

/** What a node sees. Valid during the call alone; hold on to nothing of it. */
export interface NodeContext<Config> {
  /** The node's config with sources linked: expressions, templates and prompts are ready to evaluate. */
  readonly config: Config
  /** Id of the node. */
  readonly node: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  /** The language of the session, as a BCP 47 tag. */
  readonly language: string
  /** What the node counts in this run; 0 until it has set it. */
  readonly count: number
  /** The limits of the session. */
  readonly limits: Limits
  /**
   * The value of an expression. Fails the node with the fault's code where there is none. With `output`, the expression
   * reads that as what this node has put out.
   */
  evaluate(expression: Expression, output?: JsonObject): Json
  /** The value as a log may show it: `***` in place of one that is sensitive, or may be. For fields that are `masked`. */
  masked(expression: Expression): Json
  /** The text of a template; fails the node as `evaluate` does. */
  text(template: Template): string
  /** A prompt in the language of the session; fails the node as `evaluate` does. */
  prompt(prompt: Prompt): PromptContent
  /** The request that says a prompt to the contact, with further members where given; for `effects`. */
  message(prompt: Prompt, extra?: JsonObject): EffectRequest
  /** A number in [0, 1), determined by the session's seed. */
  random(): number
}

/**
 * The half of a node type that runs: pure, synchronous, without a schema library. It does no I/O and reads no
 * clock; the same context and event give the same reaction. Its functions are called without `this`.
 */
export interface NodeRuntime<
  // biome-ignore lint/suspicious/noExplicitAny: a registry holds node types of every config
  Config = any,
  // biome-ignore lint/suspicious/noExplicitAny: and of every state
  State extends Json = any,
  Type extends string = string,
  Major extends number = number,
  Outcomes extends readonly string[] = readonly string[],
> {
  readonly type: Type
  readonly major: Major
  /** The ways out, in the order in which a canvas shows them. The config may be half filled in. */
  outcomes(this: void, config: JsonObject): Outcomes
  /** For an error outcome that the flow leaves unconnected: the outcome to take in its place. */
  readonly defaults?: { readonly [outcome: string]: string }
  enter(this: void, context: NodeContext<Config>): Reaction | string
  /** Answers an event while the node waits; `undefined` says that it is none of its business. */
  on?(
    this: void,
    event: SessionEvent,
    state: State,
    context: NodeContext<Config>,
  ): Reaction | string | undefined
  /** Chooses how to go on when a flow that the node called has ended with the given flow outcome. */
  returned?(this: void, flowOutcome: string, context: NodeContext<Config>): Reaction | string
  /** Version of `state`; 1 unless given. */
  readonly stateVersion?: number
  /** Turns the state of an older version into the current one. */
  upgradeState?(this: void, state: Json, fromVersion: number): State
}

/** A wait, for `then`. */
export function wait(request: Omit<WaitRequest, 'kind'>): WaitRequest {
  return { kind: 'wait', for: request.for, timeoutMs: request.timeoutMs, until: request.until }
}

/** The end of the run, for `then`. */
export function end(outcome: string): EndRequest {
  return { kind: 'end', outcome }
}

/** A subflow, for `then`. */
export function call(request: Omit<CallRequest, 'kind'>): CallRequest {
  return { kind: 'call', ...request }
}

/** A flow to go on in, for `then`. */
export function jump(request: Omit<JumpRequest, 'kind'>): JumpRequest {
  return { kind: 'jump', flow: request.flow, inputs: request.inputs }
}

// A registered symbol, so that a fault is known whichever build of the package made it.
const FAULT: unique symbol = Symbol.for('sluice.nodeFault') as never

/** Thrown inside a node to fail it: the run goes on as for any error in a node (RUN-8). No error, so that it is cheap. */
export class NodeFault {
  readonly [FAULT] = true
  readonly code: string
  readonly message: string

  constructor(code: string, message: string) {
    this.code = code
    this.message = message
  }
}

/** True for a fault that a node threw. */
export function isNodeFault(thrown: unknown): thrown is NodeFault {
  return typeof thrown === 'object' && thrown !== null && FAULT in thrown
}
