import { checkJson } from '../../src/base/check-json.ts'
import {
  type Program,
  type Run,
  resume,
  type Session,
  type StartOptions,
  start,
  type TraceEntry,
  type Trigger,
} from '../../src/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import type { TimedEvent } from './generate-event.ts'
import { SECRET } from './generate-flow.ts'

/** A law that a run broke. */
export class Violation extends Error {
  readonly law: string
  /** The events given so far, the one that broke it included. */
  readonly events: readonly TimedEvent[]

  constructor(law: string, detail: string, events: readonly TimedEvent[]) {
    super(`${law}: ${detail}`)
    this.name = 'Violation'
    this.law = law
    this.events = events
  }
}

export interface Conversation {
  readonly program: Program
  readonly trigger: Trigger
  readonly options: StartOptions
  /** What comes next, while the session waits; `undefined` when nobody says anything more. */
  next(session: Session, now: number, count: number): TimedEvent | undefined
}

/** What the runs of one conversation came to. */
export interface Report {
  readonly session: Session
  readonly events: readonly TimedEvent[]
  readonly entries: readonly TraceEntry[]
}

/** Faults that a flow or an event may rightly cause; any other in a valid flow is a fault of the engine. */
const LEGITIMATE = [
  /^evaluation\./,
  /^limit\./,
  /^(variable\.type|flow\.missing|flow\.notResolved|http\.badUrl|link\.badAddress|loop\.\w+|http\.badHeader|delay\.noInstant)$/,
]

/** Runs one conversation and checks every law at every step. Throws a `Violation`. */
export function checkRun({ program, trigger, options, next }: Conversation): Report {
  const events: TimedEvent[] = []
  const entries: TraceEntry[] = []
  const fail = (law: string, detail: string): never => {
    throw new Violation(law, detail, events)
  }
  const attempt = (call: () => Run): Run => {
    try {
      return call()
    } catch (error) {
      return fail('never throws', error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  deepFreeze(trigger)
  let run = attempt(() => start(program, trigger, options))
  const again = attempt(() => start(program, JSON.parse(JSON.stringify(trigger)), options))
  compare(run, again, 'starts the same twice', fail)
  checkOne(run, undefined, program, fail, entries)
  let now = options.now
  while (run.session.status === 'waiting') {
    const before = deepFreeze(run.session)
    const upcoming = next(before, now, events.length)
    if (upcoming === undefined) break
    events.push(upcoming)
    now = upcoming.now
    const event = deepFreeze(upcoming.event)
    const copy = JSON.parse(JSON.stringify(before)) as Session
    run = attempt(() => resume(program, before, event, { now }))
    const other = attempt(() => resume(program, copy, event, { now }))
    compare(run, other, 'a snapshot round trip changes nothing', fail)
    if (run.refused !== undefined) {
      if (run.session !== before || other.session !== copy)
        fail('a refused event leaves the session as it was', run.refused.code)
      if (run.effects.length > 0 || run.trace.entries().length > 0)
        fail('a refused event does nothing', run.refused.code)
    } else {
      if (run.session === before) fail('an event that is taken gives another session', JSON.stringify(event))
      checkOne(run, before, program, fail, entries)
    }
  }
  return { session: run.session, events, entries }
}

type Fail = (law: string, detail: string) => never

function compare(a: Run, b: Run, law: string, fail: Fail): void {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  if (left === right) return
  let at = 0
  while (left[at] === right[at]) at++
  fail(
    law,
    `…${left.slice(Math.max(0, at - 80), at + 120)}… but …${right.slice(Math.max(0, at - 80), at + 120)}…`,
  )
}

function checkOne(
  run: Run,
  before: Session | undefined,
  program: Program,
  fail: Fail,
  all: TraceEntry[],
): void {
  const entries = readTrace(run, fail)
  checkShape(run.session, fail)
  checkErrors(run.session, entries, fail)
  checkNumbers(run, before, entries, fail)
  checkLimits(run, entries, program, fail)
  checkSecrets(run, fail)
  for (const entry of entries) all.push(entry)
}

function readTrace(run: Run, fail: Fail): TraceEntry[] {
  try {
    const entries = run.trace.entries()
    const nowhere = entries.find(({ flow, node }) => flow === '' || node === '')
    if (nowhere !== undefined) fail('every entry names flow and node', JSON.stringify(nowhere))
    const traced = entries.flatMap((entry) => (entry.type === 'effect' ? [entry.effect.key] : []))
    const keys = run.effects.map(({ key }) => key)
    if (traced.join() !== keys.join())
      fail('the trace holds every effect once, in order', `${traced} for ${keys}`)
    return entries
  } catch (error) {
    if (error instanceof Violation) throw error
    return fail('a trace can be read', String(error))
  }
}

const MEMBERS = new Set([
  ...[
    'v',
    'id',
    'status',
    'pins',
    'frames',
    'seq',
    'steps',
    'random',
    'wait',
    'contact',
    'trigger',
    'exception',
    'main',
  ],
  ...['language', 'inbox', 'flowOutcome', 'error'],
])
const INPUT_MEMBERS = new Set(['type', 'text', 'digits', 'channel', 'name', 'data'])
const FRAME_MEMBERS = new Set([
  'flow',
  'hash',
  'node',
  'vars',
  'outputs',
  'visits',
  'failures',
  'returns',
  'sensitive',
  'exception',
])

function checkShape(session: Session, fail: Fail): void {
  const law = 'a session has its shape'
  const fault = checkJson(session)
  if (fault !== undefined)
    fail('a session is plain JSON', `${fault.code} at ${fault.path.join('.')}: ${fault.got}`)
  const odd = Object.keys(session).find((member) => !MEMBERS.has(member))
  if (odd !== undefined) fail(law, `member ${odd}`)
  const { status, wait, flowOutcome, error, frames } = session
  if (session.v !== 1 || frames.length === 0) fail(law, 'version or frames')
  if ((status === 'waiting') !== (wait !== undefined))
    fail(law, `${status} with wait ${JSON.stringify(wait)}`)
  if ((status === 'ended') !== (typeof flowOutcome === 'string'))
    fail(law, `${status} with flow outcome ${flowOutcome}`)
  if (status === 'failed' && typeof error?.code !== 'string') fail(law, 'failed without error')
  if (wait !== undefined && wait.for.length === 0 && typeof wait.dueAt !== 'number')
    fail(law, 'a wait for nothing')
  if (session.inbox !== undefined && session.inbox.length === 0) fail(law, 'an empty inbox')
  for (const event of session.inbox ?? []) {
    const strange = Object.keys(event).find((member) => !INPUT_MEMBERS.has(member))
    if (strange !== undefined) fail(law, `member ${strange} of an input that is kept`)
  }
  for (const frame of frames) {
    const strange = Object.keys(frame).find((member) => !FRAME_MEMBERS.has(member))
    if (strange !== undefined) fail(law, `member ${strange} of a frame`)
    if (Object.values(frame.vars).includes(null)) fail(law, 'a variable that is null')
  }
}

function checkErrors(session: Session, entries: readonly TraceEntry[], fail: Fail): void {
  const errors = entries.flatMap((entry) => (entry.type === 'error' ? [entry.error] : []))
  for (const { code, message, node } of errors) {
    if (typeof code !== 'string' || typeof message !== 'string')
      fail('an error has a code and words', JSON.stringify(message))
    if (!LEGITIMATE.some((pattern) => pattern.test(code)))
      fail('a valid flow fails only by its own fault', `${code} at ${node}: ${message}`)
  }
  if (session.status === 'failed' && errors.length === 0)
    fail('nothing fails in silence', session.error!.code)
}

function checkNumbers(
  { session, effects }: Run,
  before: Session | undefined,
  entries: readonly TraceEntry[],
  fail: Fail,
): void {
  const prefix = `${session.id}:`
  const waits = entries.flatMap((entry) => (entry.type === 'wait' ? [entry.waitId] : []))
  let last = before?.seq ?? 0
  for (const entry of entries) {
    const name = entry.type === 'effect' ? entry.effect.key : entry.type === 'wait' ? entry.waitId : undefined
    if (name === undefined) continue
    const number = Number(name.slice(prefix.length))
    if (!name.startsWith(prefix) || !(number > last))
      fail('keys and waits are numbered in order', `${name} after ${last}`)
    last = number
  }
  if (session.seq < last) fail('keys and waits are numbered in order', `seq ${session.seq} after ${last}`)
  for (const { waitId, key, awaited } of effects) {
    if ((awaited === true) !== (waitId !== undefined))
      fail('an awaited effect has its wait', `${key} names none`)
    if (waitId !== undefined && !waits.includes(waitId))
      fail('an awaited effect has its wait', `${key} awaits ${waitId}`)
  }
  if (session.wait !== undefined && waits.length > 0 && waits.at(-1) !== session.wait.id)
    fail('the last wait is open', session.wait.id)
}

function checkLimits(
  { session, effects }: Run,
  entries: readonly TraceEntry[],
  { limits }: Program,
  fail: Fail,
): void {
  const law = 'a session stays within its limits'
  const entered = entries.filter(({ type }) => type === 'enter').length
  if (session.steps > limits.maxSteps + 1) fail(law, `${session.steps} steps`)
  // The entry that passes the limit is recorded with the error that follows.
  if (entered > limits.maxStepsPerEvent + 1) fail(law, `${entered} steps in one call`)
  if (effects.length > limits.maxEffectsPerEvent) fail(law, `${effects.length} effects`)
  if ((session.inbox?.length ?? 0) > limits.maxInbox) fail(law, `${session.inbox?.length} in the inbox`)
  for (const event of session.inbox ?? []) {
    const kept = event.type === 'text' ? event.text : event.type === 'digits' ? event.digits : event
    if (Buffer.byteLength(JSON.stringify(kept)) > limits.maxPayloadBytes)
      fail(law, `a large ${event.type} in the inbox`)
  }
  if (session.frames.length > limits.maxDepth + 1) fail(law, `${session.frames.length} frames`)
  for (const frame of session.frames) {
    for (const [node, visits] of Object.entries(frame.visits ?? {}))
      if (visits > limits.maxVisits) fail(law, `${visits} visits of ${node}`)
  }
  // Light values are not measured: a session may pass the limit by what its variables can hold of them.
  if (JSON.stringify(session).length > limits.maxSessionBytes + 4_000) fail(law, 'a large session')
}

function checkSecrets({ session, effects, trace }: Run, fail: Fail): void {
  const hasSecret = (value: unknown) => (JSON.stringify(value) ?? '').toUpperCase().includes(SECRET)
  if (hasSecret(trace)) fail('a trace holds no sensitive value', JSON.stringify(trace).slice(0, 2_000))
  if (hasSecret(session.error)) fail('an error holds no sensitive value', JSON.stringify(session.error))
  for (const effect of effects) {
    if (!hasSecret(effect)) continue
    if (effect.type === 'log.write') fail('a log holds no sensitive value', JSON.stringify(effect))
    if (effect.sensitive !== true) fail('an effect with a sensitive value says so', JSON.stringify(effect))
  }
}
