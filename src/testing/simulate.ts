import type { Json, JsonObject } from '../base/json.ts'
import type { Trigger } from '../interpreter/first-session.ts'
import { start } from '../interpreter/interpreter.ts'
import type { Program } from '../interpreter/program.ts'
import type { ProgramLookup } from '../interpreter/run-state.ts'
import type { Coverage } from './coverage.ts'
import { createMocker, type EffectMocks } from './effect-mocks.ts'
import { Simulation } from './simulation.ts'
import { EPOCH, virtualClock } from './virtual-clock.ts'

/** How a simulated session begins; everything has a default, so that equal calls give equal sessions. */
export interface SimulateOptions {
  /** What is known of the contact. */
  readonly contact?: JsonObject
  /** Data that comes with the trigger. */
  readonly data?: JsonObject
  /** The kind of trigger, `manual` unless given, or the whole of it. */
  readonly trigger?: string | { readonly type: string; readonly [member: string]: Json | undefined }
  /** `simulation` unless given. */
  readonly id?: string
  readonly seed?: string
  /** Where virtual time begins, in milliseconds since 1970: 2026-01-01T00:00:00Z unless given. */
  readonly now?: number
  /** BCP 47 tag of the contact's language. */
  readonly language?: string
  /** Values for variables that differ from their defaults. */
  readonly variables?: JsonObject
  /** Results of awaited effects. One that is not mocked stays open until `answer`. */
  readonly effects?: EffectMocks
  /** Programs that the session may choose on the way, by hash. */
  readonly programs?: ProgramLookup
  /** Where the outcomes that the session takes are counted. */
  readonly coverage?: Coverage
  /** False to keep the session in memory; otherwise it is written to JSON and read back before every event. */
  readonly roundTrip?: boolean
  /** Events that the simulation delivers by itself in one call (mocked results, timers). Default 10,000. */
  readonly maxEvents?: number
}

/**
 * Starts a session in virtual time and returns it for a test to talk to. Nothing here waits, sleeps or does I/O.
 *
 * @example
 * simulate(program, { contact: { name: 'Ada' } }).say('9').timeout().expectEnd('abandoned')
 */
export function simulate(program: Program, options: SimulateOptions = {}): Simulation {
  const { id = 'simulation', seed = 'simulation', now = EPOCH, language, variables, programs } = options
  const run = start(program, triggerOf(options), {
    id,
    seed,
    now,
    ...(language === undefined ? {} : { language }),
    ...(variables === undefined ? {} : { variables }),
  })
  return new Simulation(run, {
    program,
    programs,
    clock: virtualClock(now),
    mocker: createMocker(options.effects),
    coverage: options.coverage,
    roundTrip: options.roundTrip ?? true,
    maxEvents: options.maxEvents ?? 10_000,
  })
}

function triggerOf({ trigger = 'manual', contact, data }: SimulateOptions): Trigger {
  return {
    ...(typeof trigger === 'string' ? { type: trigger } : trigger),
    ...(contact === undefined ? {} : { contact }),
    ...(data === undefined ? {} : { data }),
  } as Trigger
}
