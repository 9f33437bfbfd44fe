import type { JsonObject } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { type Run, resume } from '../interpreter/interpreter.ts'
import type { Program } from '../interpreter/program.ts'
import type { Refusal } from '../interpreter/refusal.ts'
import type { ProgramLookup } from '../interpreter/run-state.ts'
import type { Session, SessionError, Wait } from '../interpreter/session.ts'
import type { Step, TraceEntry } from '../interpreter/trace.ts'
import type { Effect } from '../nodes/effects.ts'
import type { SessionEvent } from '../nodes/events.ts'
import type { Coverage } from './coverage.ts'
import { describeSimulation } from './describe-simulation.ts'
import { type EffectMocker, type EffectResult, resultEvent } from './effect-mocks.ts'
import { Expectations } from './expectations.ts'
import { SimulationRecord } from './simulation-record.ts'
import { toMilliseconds, type VirtualClock } from './virtual-clock.ts'

/** What a simulation runs with. */
export interface SimulationParts {
  readonly program: Program
  readonly programs: ProgramLookup | undefined
  readonly clock: VirtualClock
  readonly mocker: EffectMocker
  readonly coverage: Coverage | undefined
  readonly roundTrip: boolean
  readonly maxEvents: number
}

/**
 * A session in virtual time. Acts (`say`, `digits`, `wait` …) drive it and expectations look at it; both return
 * the simulation, so that a scenario reads as one sentence. Acts throw `SluiceError` where a test asks for what
 * makes no sense, such as talking to a session that has ended; a failed expectation throws an `Error` that shows
 * the conversation, the path and the open wait.
 *
 * An event that the session refuses must be followed by `expectRefused`; any other call throws.
 */
export class Simulation extends Expectations {
  readonly #parts: SimulationParts
  readonly #record = new SimulationRecord()
  #session: Session
  #awaited: Effect | undefined
  #refusal: Refusal | undefined

  constructor(run: Run, parts: SimulationParts) {
    super()
    this.#parts = parts
    this.#session = run.session
    this.#take(run)
    this.#answerMocked()
  }

  // What a test can read.

  /** The session as it is now. */
  get session(): Session {
    return this.#session
  }

  get status(): Session['status'] {
    return this.#session.status
  }

  /** What the session came to, once it has ended. */
  get flowOutcome(): string | undefined {
    return this.#session.flowOutcome
  }

  get error(): SessionError | undefined {
    return this.#session.error
  }

  get openWait(): Wait | undefined {
    return this.#session.wait
  }

  /** The node that has control. */
  get node(): string {
    return this.#session.frames[this.#session.frames.length - 1]!.node
  }

  /** Texts of all messages so far. */
  get said(): readonly string[] {
    return this.#record.said
  }

  /** Texts of the messages since the last act. */
  get saidSince(): readonly string[] {
    return this.#record.saidSince
  }

  /** All effects so far, messages included. */
  get effects(): readonly Effect[] {
    return this.#record.effects
  }

  /** The effect that the open wait is for; `undefined` where none is awaited. */
  get awaited(): Effect | undefined {
    return this.#awaited
  }

  /** Node transitions so far. */
  get steps(): readonly Step[] {
    return this.#record.steps
  }

  /** Everything that happened, as the trace tells it. */
  get entries(): readonly TraceEntry[] {
    return this.#record.entries
  }

  /** Virtual time, in milliseconds since 1970. */
  get now(): number {
    return this.#parts.clock.now()
  }

  /** Why the last event was refused; `undefined` where it was taken. */
  get refusal(): Refusal | undefined {
    return this.#refusal
  }

  /** Who said what, the path and the open wait, for people. */
  toString(): string {
    const { session, now } = this
    const { conversation, steps } = this.#record
    return describeSimulation({ session, now, conversation, steps })
  }

  // Acts of the contact and the host.

  /** The contact writes, or speech recognition has heard something. */
  say(text: string): this {
    return this.#act({ type: 'text', text })
  }

  /** The contact presses keys. */
  digits(digits: string): this {
    return this.#act({ type: 'digits', digits })
  }

  /** The contact chooses a button or list row of the message that the open wait belongs to. */
  press(value: string): this {
    this.#requireWaiting(`press ${value}`)
    return this.#act({ type: 'button', waitId: this.openWait!.id, value })
  }

  /** Something happens elsewhere. */
  send(name: string, data?: JsonObject): this {
    return this.#act({ type: 'event', name, ...(data === undefined ? {} : { data }) })
  }

  /** A signal such as `hangup`, `stop` or `cancel`. */
  signal(name: string): this {
    return this.#act({ type: 'signal', name })
  }

  /**
   * Answers the effect that the open wait is for. With a name it must be of that node or type.
   *
   * @example .answer({ body: { order: 7 } }).answer('lookup', { error: 'timeout' })
   */
  answer(result: EffectResult): this
  answer(nodeOrType: string, result: EffectResult): this
  answer(first: string | EffectResult, second?: EffectResult): this {
    this.#requireWaiting('answer')
    const effect = this.#awaited
    if (effect === undefined) {
      throw misuse(
        'testing.notAwaited',
        `${this.node} waits for ${this.openWait!.for.join(', ') || 'its timer'}, not for the result of an effect`,
        'Call answer only while an awaited effect is open',
      )
    }
    if (typeof first !== 'string') return this.#act(resultEvent(effect.waitId!, first))
    if (first !== effect.node && first !== effect.type) {
      throw misuse(
        'testing.otherEffect',
        `The effect that is awaited is ${effect.type} of ${effect.node}, not ${first}`,
        'Name the node or the type of the effect that is open',
      )
    }
    return this.#act(resultEvent(effect.waitId!, second ?? {}))
  }

  /** Delivers an event as it stands, also to a session that has ended; for tests of what is refused. */
  deliver(event: SessionEvent): this {
    this.#begin()
    this.#resume(event)
    this.#answerMocked()
    return this
  }

  // Time.

  /** Lets time pass: milliseconds, or a duration such as `10s`. Timers that fall due go off in order. */
  wait(span: number | string): this {
    const target = this.now + toMilliseconds(span)
    this.#begin()
    for (let fired = 0; this.openWait?.dueAt !== undefined && this.openWait.dueAt <= target; fired++) {
      this.#requireBound(fired, 'timers went off in one wait')
      this.#fire(this.openWait)
    }
    this.#parts.clock.advanceTo(target)
    return this
  }

  /** Lets time pass until the deadline of the open wait. */
  timeout(): this {
    this.#requireWaiting('time out')
    const wait = this.openWait!
    if (wait.dueAt === undefined) {
      throw misuse(
        'testing.noDeadline',
        `${this.node} waits without a deadline`,
        'Give the node a timeout, or answer it',
      )
    }
    this.#begin()
    this.#fire(wait)
    return this
  }

  // Inside.

  protected override requireTaken(): void {
    if (this.#refusal === undefined || this.wasExpected(this.#refusal)) return
    const { code, message } = this.#refusal
    throw new Error(`The last event was refused: ${message} [${code}]\n${this}`)
  }

  #begin(): void {
    this.requireTaken()
    this.#record.mark()
  }

  #act(event: SessionEvent): this {
    this.#requireWaiting(`take the ${event.type} event`)
    return this.deliver(event)
  }

  #fire(wait: Wait): void {
    this.#parts.clock.advanceTo(wait.dueAt!)
    this.#resume({ type: 'timer', waitId: wait.id })
    this.#answerMocked()
  }

  #resume(event: SessionEvent): void {
    const { program, programs, roundTrip } = this.#parts
    const before = roundTrip ? (JSON.parse(JSON.stringify(this.#session)) as Session) : this.#session
    this.#record.addEvent(event)
    this.#take(
      resume(program, before, event, { now: this.now, ...(programs === undefined ? {} : { programs }) }),
    )
  }

  #take(run: Run): void {
    this.#session = run.session
    this.#refusal = run.refused
    if (run.refused !== undefined) return
    const entries = this.#record.addRun(run)
    this.#parts.coverage?.add(entries)
    const { wait } = run.session
    if (wait?.for.includes('result') !== true) this.#awaited = undefined
    else this.#awaited = run.effects.find((effect) => effect.waitId === wait.id) ?? this.#awaited
  }

  #answerMocked(): void {
    for (let answered = 0; this.#awaited !== undefined; answered++) {
      const result = this.#parts.mocker.next(this.#awaited)
      if (result === undefined) return
      this.#requireBound(answered, 'mocked effects were answered in a row')
      this.#resume(resultEvent(this.#awaited.waitId!, result))
      if (this.#refusal !== undefined) return
    }
  }

  #requireWaiting(what: string): void {
    if (this.status === 'waiting') return
    const how =
      this.status === 'ended' ? `has ended with ${this.flowOutcome}` : `has failed with ${this.error?.code}`
    throw misuse(
      'testing.notWaiting',
      `The session cannot ${what}: it ${how}\n${this}\n`,
      'Take the step out, or start another simulation',
    )
  }

  #requireBound(count: number, what: string): void {
    if (count < this.#parts.maxEvents) return
    throw misuse(
      'testing.maxEvents',
      `More than ${count} ${what}`,
      'Look for a circle in the flow, or raise maxEvents',
    )
  }
}

function misuse(code: string, problem: string, next: string): SluiceError {
  return new SluiceError({ code, problem, next })
}
