import { checkJson } from '../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import { seedRandom } from '../base/random.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Program } from './program.ts'
import type { Mutable } from './run-state.ts'
import type { Session } from './session.ts'

/** What sets a session going. Members beside `contact` are what expressions read as `trigger.<name>`. */
export interface Trigger {
  /** The kind of trigger, as the start node names it: `manual`, `message`, `call` and so on. */
  readonly type: string
  /** What is known of the contact, as plain JSON; only fields that the flow reads are kept. */
  readonly contact?: object | undefined
  /** Data that the start node declares, as plain JSON. */
  readonly data?: object | undefined
  readonly [member: string]: unknown
}

export interface StartOptions {
  /** Unique for ever; keys of effects and ids of waits begin with it. */
  readonly id: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  /** Determines the session's random numbers. */
  readonly seed: string
  /** Values for variables that differ from their defaults. */
  readonly variables?: JsonObject | undefined
  /** BCP 47 tag of the contact's language, where it is not the flow's default. */
  readonly language?: string | undefined
  /** The journey of the session that made the host start this one, as `journeyOf` tells it; a new one unless given. */
  readonly journey?: string | undefined
}

/** The longest name of a journey; every effect that may start another session carries it. */
const MAX_JOURNEY = 256

/** The session before its first step. Throws for arguments that no session can start with; see `start`. */
export function firstSession(program: Program, trigger: Trigger, options: StartOptions): Session {
  const { id, seed, language, variables, journey } = options
  if (typeof id !== 'string' || id === '') {
    throw misuse('session.id', 'A session needs an id', 'Pass a text that no other session has')
  }
  if (typeof seed !== 'string') {
    throw misuse(
      'session.seed',
      'A session needs a seed',
      'Pass a text; the id will do where randomness does not matter',
    )
  }
  if (
    journey !== undefined &&
    (typeof journey !== 'string' || journey === '' || journey.length > MAX_JOURNEY)
  ) {
    throw misuse(
      'session.journey',
      `A journey is named by a text of 1 to ${MAX_JOURNEY} characters`,
      'Pass what journeyOf returned, or leave it out',
    )
  }
  const contact = keepContact(program, trigger)
  const kept = keepTrigger(program, trigger)
  const session: Mutable<Session> = {
    v: 1,
    id,
    status: 'waiting',
    pins: program.pins,
    frames: [
      {
        flow: program.flow,
        node: program.nodes[program.start]!.id,
        vars: startVariables(program, variables),
      },
    ],
    seq: 0,
    steps: 0,
    random: seedRandom(seed),
  }
  if (contact !== undefined) session.contact = contact
  if (kept !== undefined) session.trigger = kept
  if (program.exception !== undefined) session.exception = program.exception
  if (typeof language === 'string' && language !== program.executable.language) session.language = language
  if (journey !== undefined && journey !== id) session.journey = journey
  return session
}

function keepContact({ contactReads }: Program, trigger: Trigger): JsonObject | undefined {
  const contact = trigger?.contact
  if (contact === undefined) return undefined
  if (!isJsonObject(contact)) {
    const next = 'Pass an object with the fields of the contact, or leave it out'
    throw misuse('session.contact', 'The contact is no object', next)
  }
  return pick(contact, contactReads ?? Object.keys(contact), 'contact')
}

function keepTrigger({ triggerReads, executable }: Program, trigger: Trigger): JsonObject | undefined {
  if (typeof trigger?.type !== 'string') {
    throw misuse('session.trigger', 'A trigger needs a type', 'Pass { type: "manual" } or another kind')
  }
  for (const name of executable.required) {
    const given = (trigger.data as JsonObject | undefined)?.[name]
    if (given === undefined || given === null) {
      throw misuse(
        'session.dataMissing',
        `The flow needs data.${name} to start`,
        'Pass it in the data of the trigger',
      )
    }
  }
  return pick(trigger, triggerReads ?? Object.keys(trigger).filter((name) => name !== 'contact'), 'trigger')
}

/** The members of an object that some expression reads, as JSON text would carry them. */
function pick(from: object, names: readonly string[], what: string): JsonObject | undefined {
  const kept: { [name: string]: Json } = {}
  let any = false
  for (const name of names) {
    const value = Object.hasOwn(from, name) ? (from as JsonObject)[name] : undefined
    if (value === undefined || value === null) continue
    if (typeof value === 'string' || typeof value === 'boolean') kept[name] = value
    else if (checkJson(value) === undefined) kept[name] = normaliseJson(value)
    else {
      const next = 'Pass texts, finite numbers, true, false, lists and objects'
      throw misuse(`session.${what}`, `${what}.${name} is not plain JSON`, next)
    }
    any = true
  }
  return any ? kept : undefined
}

function startVariables({ defaults, variables, flow }: Program, given: JsonObject | undefined): JsonObject {
  if (given === undefined) return defaults
  if (!isJsonObject(given))
    throw misuse('session.variables', 'The variables are no object', 'Pass values by variable')
  const values: { [name: string]: Json } = { ...defaults } as { [name: string]: Json }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const fits = variables.get(name)
    if (fits === undefined || (value !== null && !(fits(value) && checkJson(value) === undefined))) {
      const problem = `The flow ${flow} has no variable ${name} that can hold this value`
      throw misuse('session.variables', problem, 'Pass values of declared variables')
    }
    if (value === null) delete values[name]
    else values[name] = normaliseJson(value)
  }
  return values
}

/** The error for a call that no host should make. */
export function misuse(code: string, problem: string, next: string): SluiceError {
  return new SluiceError({ code, problem, next })
}
