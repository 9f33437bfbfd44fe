import type { Json, JsonObject } from '../base/json.ts'
import { advanceRandom, readRandom } from '../base/random.ts'
import { isFault } from '../expressions/fault.ts'
import type { Environment, EvaluationFault, Expression, Template } from '../expressions/types.ts'
import {
  type Effect,
  type EffectRequest,
  MASK,
  mayStartSessions,
  type PromptContent,
} from '../nodes/effects.ts'
import { type NodeContext, NodeFault } from '../nodes/node-runtime.ts'
import type { Prompt } from '../nodes/prompt.ts'
import { journeyOf } from './journey.ts'
import { isLight } from './json-size.ts'
import { LimitBreach, limitFault } from './limit-breach.ts'
import type { LinkedAction, Program } from './program.ts'
import { type Mutable, type ProgramLookup, RunState } from './run-state.ts'
import type { Session } from './session.ts'
import { RECORD, Trace } from './trace.ts'

/**
 * The state of a run as its nodes see it, and as expressions read it: one object, so that entering a node
 * allocates nothing. Also takes the effects that nodes ask for.
 */
export class RunContext extends RunState implements NodeContext<unknown>, Environment {
  readonly effects: Effect[] = []
  readonly trace: Trace
  /** The last message made for a node: an effect already but for its key, which need not be copied. */
  private draft: Mutable<Effect> | undefined = undefined

  constructor(before: Session, main: Program, programs: ProgramLookup, now: number) {
    super(before, main, programs, now)
    this.trace = new Trace(before.id, this.effects, now, this.program, this.current.index)
  }

  get config(): unknown {
    return this.current.config
  }

  get node(): string {
    return this.current.id
  }

  get language(): string {
    return this.before.language ?? this.main.executable.language
  }

  get count(): number {
    return this.counts?.[this.current.id] ?? 0
  }

  get session(): JsonObject {
    const { id } = this.before
    return { id, language: this.language, flow: this.program.flow, journey: journeyOf(this.before) }
  }

  evaluate(expression: Expression, output?: JsonObject): Json {
    const value = output === undefined ? expression(this) : this.evaluateOver(expression, output)
    return typeof value === 'object' && isFault(value) ? this.raise(value) : value
  }

  masked(expression: Expression): Json {
    return this.frame.sensitive === true || this.current.secrets?.has(expression) === true
      ? MASK
      : this.evaluate(expression)
  }

  text(template: Template): string {
    const text = template(this)
    return typeof text === 'string' ? text : this.raise(text)
  }

  prompt(prompt: Prompt): PromptContent {
    const content = prompt.render(this, this.language)
    return isFault(content) ? this.raise(content) : content
  }

  message(prompt: Prompt, extra?: JsonObject): EffectRequest {
    const content = this.prompt(prompt)
    const { text, speech, audio, media } = content
    if (extra !== undefined || speech !== undefined || audio !== undefined || media !== undefined) {
      return { type: 'message.send', ...content, ...extra }
    }
    this.checkSize(text)
    this.draft = { type: 'message.send', text, key: '', node: this.current.id, flow: this.program.flow }
    return this.draft
  }

  random(): number {
    this.randomState = advanceRandom(this.randomState)
    return readRandom(this.randomState)
  }

  private evaluateOver(expression: Expression, output: JsonObject): ReturnType<Expression> {
    const { nodes } = this
    this.nodes = { ...nodes, [this.current.id]: output }
    try {
      return expression(this)
    } finally {
      this.nodes = nodes
    }
  }

  private raise({ code, message }: EvaluationFault): never {
    if (code === 'evaluation.cost') throw limitFault('maxExpressionCost', this.limits)
    throw new NodeFault(code, message)
  }

  /** Takes requests for effects; `awaits` says that the node goes on to wait, which comes next in the count. */
  protected request(requests: readonly EffectRequest[], awaits: boolean): void {
    if (!isList(requests)) throw this.badReaction('asks for effects that are no list')
    const { id, journey } = this.before
    const waitNumber = this.seq + requests.length + 1
    for (let i = 0; i < requests.length; i++) {
      if (this.effects.length >= this.limits.maxEffectsPerEvent) throw new LimitBreach('maxEffectsPerEvent')
      const request = requests[i]!
      const effect = request === this.draft ? this.draft : this.effectOf(request)
      this.draft = undefined
      effect.key = `${id}:${++this.seq}`
      if (awaits && request.awaited === true) effect.waitId = `${id}:${waitNumber}`
      if (this.current.sensitive || this.frame.sensitive === true) effect.sensitive = true
      // What a node says itself stands: host's own node types may name another journey.
      if (journey !== undefined && effect.journey === undefined && mayStartSessions(effect.type))
        effect.journey = journey
      this.trace.record(RECORD.effect, this.effects.length)
      this.effects.push(effect)
    }
  }

  /** The members of a request, without those that only the engine sets. */
  private effectOf(request: EffectRequest): Mutable<Effect> {
    const effect = {} as Mutable<Effect>
    const wasHeavy = this.heavy
    let bulky = false
    for (const member in request) {
      const value = request[member] as Json | undefined
      if (value === undefined || member === 'waitId' || member === 'sensitive') continue
      bulky ||= !isLight(value)
      effect[member] = this.admit(value)
    }
    // Effects leave the session; what they weigh is theirs alone.
    this.heavy = wasHeavy
    if (typeof effect.type !== 'string') throw this.badReaction('asks for an effect without a type')
    if (bulky) this.checkSize(effect as Json)
    effect.node = this.current.id
    effect.flow = this.program.flow
    return effect
  }

  protected badReaction(what: string): NodeFault {
    return new NodeFault('node.badReaction', `The node type ${this.current.runtime.type} ${what}`)
  }

  /** Carries out what is to be done on the way into or out of a node. */
  protected act(actions: readonly LinkedAction[]): void {
    for (const action of actions) {
      if (action.kind === 'set') {
        this.setVariable(action.variable, this.evaluate(action.value))
        continue
      }
      const fields: { [name: string]: Json } = {}
      for (const { name, value, sensitive } of action.fields) {
        fields[name] = sensitive || this.frame.sensitive === true ? MASK : this.evaluate(value)
      }
      this.request([{ type: 'log.write', logbook: action.logbook, fields }], false)
    }
  }
}

/** Asked of what a node returned, which need not be what its type says; narrows nothing. */
function isList(value: unknown): boolean {
  return Array.isArray(value)
}
