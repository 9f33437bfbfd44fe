import type { Json } from '../base/json.ts'
import { LIMITS } from '../base/limits.ts'
import { type InputEvent, implicitOutcome, type SessionEvent } from '../nodes/events.ts'
import {
  type CallRequest,
  isNodeFault,
  type JumpRequest,
  NodeFault,
  type NodeRuntime,
  type Reaction,
  type WaitFor,
  type WaitRequest,
} from '../nodes/node-runtime.ts'
import { errorOutcome, findConnected, isConnected } from './connections.ts'
import { contentOf, inputKind, plainInput } from './event-content.ts'
import { isLargerThan, isLight } from './json-size.ts'
import { LimitBreach, limitFault, limitMessage } from './limit-breach.ts'
import type { RefusalCode } from './refusal.ts'
import { RunContext } from './run-context.ts'
import type { Mutable } from './run-state.ts'
import type { Session, SessionError, Wait } from './session.ts'
import { EVENT_TYPES, RECORD } from './trace.ts'

/** In place of the index of the node to enter next. */
const STOP = -1
/** The event at hand goes to the current node. */
const DELIVER = -2
/** The current node is left by the outcome at hand. */
export const LEAVE = -3

/** One call of `start` or `resume` at work: goes from node to node until a wait or the end. */
export class Runner extends RunContext {
  private stepsHere = 0
  private event: SessionEvent | undefined = undefined
  /** The place in the inbox that the event at hand came from; -1 where it came from outside. */
  private keptAt = -1
  protected outcome = ''
  /** True while a node is left because of an error: another error on the way is not led back to it. */
  private leavingByError = false
  /** True once a node had use for the event of this call. */
  private taken = false

  /** Begins the first run. */
  begin(): void {
    for (const values of [this.contact, this.trigger, this.vars]) {
      for (const name in values) this.heavy ||= !isLight(values[name] ?? null)
    }
    this.trace.recordProgram(RECORD.begin, this.program, this.program.start)
    this.proceed(this.program.start)
  }

  /** Gives an input to the wait that is open, or keeps it for a later one. */
  takeInput(event: InputEvent, kind: WaitFor): RefusalCode | undefined {
    return this.wait!.for.includes(kind) && this.deliver(event) ? undefined : this.keep(event)
  }

  /** Gives an answer to the wait that is open; its id has been checked. */
  takeAnswer(event: SessionEvent): RefusalCode | undefined {
    return this.deliver(event) ? undefined : 'event.notAccepted'
  }

  /** Leads a signal to the innermost node on the stack that connects it, else ends the session. */
  takeSignal(name: string): void {
    this.trace.record(RECORD.event, EVENT_TYPES.indexOf('signal'))
    this.wait = undefined
    const outcome = implicitOutcome(name)
    const level = this.findLevel((node) => isConnected(node, outcome))
    if (level === undefined) {
      this.endSession(`signal.${name}`)
      return
    }
    this.returnTo(level)
    this.outcome = outcome
    this.proceed(LEAVE)
  }

  /** The session after this call. */
  finish(): Session {
    const session = this.compose()
    if (!this.heavy || !isLargerThan(session as unknown as Json, this.limits.maxSessionBytes)) return session
    this.fail('limit.session', limitMessage('maxSessionBytes', this.limits))
    // What made it too large stays out: runs, contact and inbox are those of before this call, and where even they are
    // too large, as at the start, what the contact and the trigger brought goes as well.
    const { frames, contact, inbox } = this.before
    const { contact: _changed, inbox: _dropped, ...rest } = this.compose()
    const failed: Session = {
      ...rest,
      frames,
      ...(contact === undefined ? {} : { contact }),
      ...(inbox === undefined ? {} : { inbox }),
    }
    if (!isLargerThan(failed as unknown as Json, this.limits.maxSessionBytes)) return failed
    const { contact: _contact, trigger: _trigger, inbox: _inbox, ...bare } = failed
    return { ...bare, frames: frames.map((frame) => ({ ...frame, vars: {} })) }
  }

  protected proceed(first: number): void {
    let next = first
    for (;;) {
      try {
        while (next !== STOP) {
          next = next >= 0 ? this.enter(next) : next === DELIVER ? this.wake() : this.leave(this.outcome)
        }
        return
      } catch (thrown) {
        next = this.recover(thrown)
      }
    }
  }

  private enter(index: number): number {
    const node = this.program.nodes[index]!
    this.current = node
    if (++this.stepsHere > this.limits.maxStepsPerEvent) throw new LimitBreach('maxStepsPerEvent')
    if (++this.steps > this.limits.maxSteps) throw new LimitBreach('maxSteps')
    if (node.counted) this.countVisit()
    if (node.onEnter !== undefined) this.act(node.onEnter)
    const reaction = node.enter(this)
    return typeof reaction === 'string' ? this.leave(reaction) : this.apply(reaction)
  }

  private apply({ effects, set, output, count, contact, state, then }: Reaction): number {
    if (set !== undefined) this.setVariables(set)
    if (output !== undefined && this.current.output) this.keepOutput(output)
    if (count !== undefined) this.keepCount(count)
    if (contact !== undefined) this.changeContact(contact)
    if (effects !== undefined) this.request(effects, typeof then === 'object' && then.kind === 'wait')
    if (typeof then === 'string') return this.leave(then)
    switch (then.kind) {
      case 'wait':
        return this.suspend(then, state)
      case 'end':
        return this.end(then.outcome)
      case 'call':
        return this.call(then)
      case 'jump':
        return this.jump(then)
      default:
        throw this.badReaction('goes on to something that is no outcome, wait, call, jump or end')
    }
  }

  private leave(outcome: string): number {
    const node = this.current
    const index = findConnected(node, outcome)
    if (index === undefined) {
      throw node.outcomes.includes(outcome)
        ? new NodeFault('outcome.unconnected', `The outcome ${outcome} leads nowhere`)
        : new NodeFault(
            'outcome.unknown',
            `The node type ${node.runtime.type} left by ${outcome}, which is no outcome of it`,
          )
    }
    const actions = node.onLeave?.[index]
    if (actions !== undefined) this.act(actions)
    this.leavingByError = false
    this.trace.pairs.push(node.index, index)
    return node.targets[index]!
  }

  // Events and waits.

  /** Gives an event to the current node. False where the node has no use for it. */
  private deliver(event: SessionEvent): boolean {
    this.event = event
    this.proceed(DELIVER)
    return this.taken
  }

  private wake(): number {
    const event = this.event!
    const { on, runtime } = this.current
    this.checkPayload(event)
    this.trace.record(RECORD.event, EVENT_TYPES.indexOf(event.type as (typeof EVENT_TYPES)[number]))
    const reaction = on?.(event, this.waitState(runtime), this)
    if (reaction === undefined) {
      // The node goes on waiting, as if nothing had come; of kept inputs the next one has its turn.
      this.trace.pairs.length -= 2
      return this.keptAt < 0 ? STOP : this.takeKept(this.wait!.for, this.keptAt + 1)
    }
    this.closeWait()
    return typeof reaction === 'string' ? this.leave(reaction) : this.apply(reaction)
  }

  /** The event at hand is used up, and with it the wait. */
  private closeWait(): void {
    this.taken = true
    this.wait = undefined
    if (this.keptAt < 0) return
    const inbox = this.inbox!.filter((_, index) => index !== this.keptAt)
    this.inbox = inbox.length === 0 ? undefined : inbox
    this.keptAt = -1
  }

  private waitState({ stateVersion = 1, upgradeState }: NodeRuntime): Json | undefined {
    const { state, stateVersion: written = 1 } = this.wait!
    if (written === stateVersion || state === undefined) return state
    if (upgradeState === undefined) {
      throw new NodeFault('node.stateVersion', `The node waits with state of version ${written}`)
    }
    return upgradeState(state, written)
  }

  private suspend({ for: waitFor, until, timeoutMs }: WaitRequest, state: Json | undefined): number {
    const dueAt = until ?? (timeoutMs === undefined ? undefined : this.now + timeoutMs)
    if (!Array.isArray(waitFor)) throw this.badReaction('waits and does not say for what')
    if (dueAt === undefined ? waitFor.length === 0 : !Number.isFinite(dueAt)) {
      throw this.badReaction('waits for nothing, or until an instant that is no number')
    }
    const { stateVersion = 1 } = this.current.runtime
    const number = ++this.seq
    const wait: Mutable<Wait> = { id: `${this.before.id}:${number}`, for: waitFor }
    if (dueAt !== undefined) wait.dueAt = dueAt
    if (state !== undefined) {
      wait.state = this.admit(state)
      if (stateVersion !== 1) wait.stateVersion = stateVersion
    }
    this.wait = wait
    this.trace.record(RECORD.wait, number)
    this.dropDeadOutputs()
    return this.inbox === undefined ? STOP : this.takeKept(waitFor, 0)
  }

  /** The oldest input kept that the wait accepts, from an index on, is taken at once. */
  private takeKept(waitFor: readonly WaitFor[], from: number): number {
    const { inbox = [] } = this
    this.keptAt = inbox.findIndex((event, index) => index >= from && waitFor.includes(inputKind(event)))
    if (this.keptAt < 0) return STOP
    this.event = inbox[this.keptAt]
    return DELIVER
  }

  private keep(event: InputEvent): RefusalCode | undefined {
    const { inbox = [] } = this
    if (inbox.length >= this.limits.maxInbox) return 'limit.inbox'
    const content = contentOf(event)
    if (isLargerThan(content, this.limits.maxPayloadBytes)) {
      this.proceed(this.recover(limitFault('maxPayloadBytes', this.limits)))
      return undefined
    }
    this.heavy ||= !isLight(content)
    this.inbox = [...inbox, plainInput(event)]
    this.trace.record(RECORD.kept, EVENT_TYPES.indexOf(event.type))
    return undefined
  }

  private checkPayload(event: SessionEvent): void {
    this.checkSize(contentOf(event))
  }

  // Runs within the run.

  private call({ flow, hash, inputs, outputs }: CallRequest): number {
    if (this.below.length + 2 > this.limits.maxDepth) throw limitFault('maxDepth', this.limits)
    // An official version chosen on the way brings the flows that it calls itself.
    const pinned = hash ?? this.before.pins[flow] ?? this.program.pins[flow] ?? ''
    const program = this.programs.get(pinned) ?? this.program.programs.get(pinned)
    if (program?.flow !== flow) {
      throw new NodeFault('flow.missing', `The flow ${flow} is not among those the session is pinned to`)
    }
    this.push(program, {
      ...(this.current.sensitive || this.frame.sensitive === true ? { sensitive: true as const } : {}),
      ...(pinned === this.before.pins[flow] ? {} : { hash: pinned }),
      ...(Object.keys(outputs).length === 0 ? {} : { returns: outputs }),
    })
    this.trace.recordProgram(RECORD.begin, program, program.start)
    this.setVariables(inputs)
    return program.start
  }

  private jump({ flow, inputs }: JumpRequest): number {
    // What only the flow that is left would bring could not be found again: with it gone, the host has to have it.
    const pinned = this.before.pins[flow] ?? this.program.pins[flow] ?? ''
    const program = this.programs.get(pinned)
    if (program?.flow !== flow) {
      throw new NodeFault('flow.missing', `The flow ${flow} is not among those the session is pinned to`)
    }
    this.replace(program, pinned === this.before.pins[flow] ? {} : { hash: pinned })
    this.trace.recordProgram(RECORD.begin, program, program.start)
    this.setVariables(inputs)
    return program.start
  }

  private end(outcome: string): number {
    if (typeof outcome !== 'string')
      throw this.badReaction('ends the run and does not say with which flow outcome')
    if (this.below.length === 0 || this.frame.exception === true) {
      this.endSession(outcome)
      return STOP
    }
    this.trace.recordEnd(outcome)
    const { vars, frame, program } = this
    this.returnTo(this.below.length - 1)
    const { returns = {} } = frame
    for (const name of Object.keys(returns)) {
      const from = returns[name]!
      this.setVariable(name, Object.hasOwn(vars, from) ? (vars[from] ?? null) : null)
      const secret = frame.sensitive === true || program.secrets.has(from)
      if (secret && !this.program.secrets.has(name)) this.frame = { ...this.frame, sensitive: true }
    }
    const reaction = this.current.runtime.returned?.(outcome, this) ?? outcome
    return typeof reaction === 'string' ? this.leave(reaction) : this.apply(reaction)
  }

  protected endSession(outcome: string): void {
    this.trace.recordEnd(outcome)
    this.status = 'ended'
    this.flowOutcome = outcome
  }

  private returnTo(level: number): void {
    if (level === this.below.length) return
    this.unwindTo(level)
    this.trace.recordProgram(RECORD.back, this.program, this.current.index)
  }

  // Errors.

  /** Decides how the run goes on after something was thrown in a node. */
  private recover(thrown: unknown): number {
    this.closeWait()
    if (thrown instanceof LimitBreach) {
      return this.fail(LIMITS[thrown.name].code, limitMessage(thrown.name, this.limits))
    }
    if (++this.stepsHere > this.limits.maxStepsPerEvent)
      return this.recover(new LimitBreach('maxStepsPerEvent'))
    const { code, message } = isNodeFault(thrown) ? thrown : this.describeThrown(thrown)
    const level = this.leavingByError ? undefined : this.findLevel((node) => errorOutcome(node) !== undefined)
    if (level !== undefined) {
      this.noteError(code, message)
      this.leavingByError = true
      this.returnTo(level)
      this.outcome = errorOutcome(this.current)!
      return LEAVE
    }
    const { exception, pins } = this.before
    const program =
      exception === undefined || this.inException() ? undefined : this.programs.get(pins[exception] ?? '')
    if (program === undefined) return this.fail(code, message)
    this.error = this.noteError(code, message)
    this.leavingByError = false
    this.push(program, { exception: true, ...(this.isMasked() ? { sensitive: true as const } : {}) })
    this.trace.recordProgram(RECORD.begin, program, program.start)
    return program.start
  }

  private fail(code: string, message: string): typeof STOP {
    this.error = this.noteError(code, message)
    this.status = 'failed'
    this.flowOutcome = undefined
    this.wait = undefined
    return STOP
  }

  /** A node type that throws has a fault of its own. What it says may hold values of the session, and stays outside. */
  private describeThrown(thrown: unknown): NodeFault {
    this.trace.recordThrown(thrown)
    const what = thrown instanceof Error ? thrown.name : 'something that is no error'
    return new NodeFault('node.threw', `The node type ${this.current.runtime.type} threw ${what}`)
  }

  private noteError(code: string, message: string): SessionError {
    const error = { code, message, flow: this.program.flow, node: this.current.id }
    this.trace.recordError(error)
    return error
  }
}
