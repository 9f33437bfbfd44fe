import {
  type Effect,
  isMessage,
  type Json,
  type Program,
  type Run,
  resume,
  type Session,
  type SessionEvent,
  type StartOptions,
  start,
  type TraceEntry,
  type Trigger,
} from '../../src/index.ts'
import type { ProgramLookup } from '../../src/interpreter/index.ts'
import { deepFreeze } from './deep-freeze.ts'

export interface PlayOptions extends Partial<StartOptions> {
  readonly trigger?: Trigger
  /** Where programs are found that the program does not bring. */
  readonly programs?: ProgramLookup
}

/** The instant at which every conversation of the tests begins. */
export const EPOCH = 1_700_000_000_000

/** Starts a session that every event finds as it was read back from JSON. */
export function play(program: Program, options: PlayOptions = {}): Play {
  return new Play(program, options)
}

/** A session under test. Whatever goes in is frozen, and every event meets a copy that went through JSON. */
export class Play {
  readonly program: Program
  readonly #programs: ProgramLookup | undefined
  now: number
  /** What the last call of `start` or `resume` returned. */
  run: Run
  readonly #texts: string[] = []

  constructor(program: Program, options: PlayOptions) {
    const {
      trigger = { type: 'manual' },
      programs,
      id = 's',
      now = EPOCH,
      seed = 'seed',
      ...others
    } = options
    this.program = program
    this.#programs = programs
    this.now = now
    this.run = start(program, deepFreeze(trigger), deepFreeze({ id, now, seed, ...others }))
    this.#collect()
  }

  get session(): Session {
    return this.run.session
  }

  /** Texts of the messages of the last call. */
  get said(): string[] {
    return this.run.effects.filter(isMessage).map(({ text }) => text)
  }

  /** Texts of all messages so far. */
  get saidSoFar(): readonly string[] {
    return this.#texts
  }

  get effects(): readonly Effect[] {
    return this.run.effects
  }

  get entries(): TraceEntry[] {
    return this.run.trace.entries()
  }

  /** Code of the refusal of the last event. */
  get refused(): string | undefined {
    return this.run.refused?.code
  }

  get outcome(): string | undefined {
    return this.session.flowOutcome
  }

  /** Code of the error that the session carries. */
  get errorCode(): string | undefined {
    return this.session.error?.code
  }

  get node(): string {
    return this.session.frames.at(-1)!.node
  }

  get vars(): { readonly [name: string]: Json | undefined } {
    return this.session.frames.at(-1)!.vars
  }

  get waitId(): string {
    return this.session.wait!.id
  }

  /** Gives the session any event. A refused one must leave it the same object. */
  give(event: SessionEvent): this {
    const session = deepFreeze(JSON.parse(JSON.stringify(this.session)) as Session)
    const programs = this.#programs
    this.run = resume(this.program, session, deepFreeze(event), {
      now: this.now,
      ...(programs === undefined ? {} : { programs }),
    })
    if (this.run.refused !== undefined && this.run.session !== session)
      throw new Error('refused, but another session')
    this.#collect()
    return this
  }

  text(text: string): this {
    return this.give({ type: 'text', text })
  }

  digits(digits: string): this {
    return this.give({ type: 'digits', digits })
  }

  button(value: string, waitId = this.waitId): this {
    return this.give({ type: 'button', waitId, value })
  }

  result(
    result: { readonly status?: number; readonly body?: Json; readonly error?: string } = {},
    waitId = this.waitId,
  ): this {
    return this.give({ type: 'result', waitId, ...result })
  }

  event(name: string, data?: { readonly [member: string]: Json }): this {
    return this.give(data === undefined ? { type: 'event', name } : { type: 'event', name, data })
  }

  signal(name: string): this {
    return this.give({ type: 'signal', name })
  }

  /** Lets the time pass until the timer is due, and delivers it. */
  timeout(): this {
    this.now = this.session.wait?.dueAt ?? this.now
    return this.give({ type: 'timer', waitId: this.waitId })
  }

  #collect(): void {
    this.#texts.push(...this.said)
    deepFreeze(this.run.session)
    deepFreeze(this.run.effects)
  }
}
