import { canonicalJson } from '../../base/canonical.ts'
import type { JsonObject } from '../../base/json.ts'
import { type Run, resume } from '../../interpreter/interpreter.ts'
import type { Program } from '../../interpreter/program.ts'
import type { Session, SessionError } from '../../interpreter/session.ts'
import type { Effect } from '../../nodes/effects.ts'
import { type Coverage, createCoverage } from '../coverage.ts'
import { EPOCH } from '../virtual-clock.ts'
import { EventsToTry, topOf } from './events-to-try.ts'
import { Frontier } from './frontier.ts'
import { type Demands, gatherDemands } from './gather-demands.ts'
import { looksAtTime } from './instants.ts'
import { eventOf, startScript } from './replay-script.ts'
import type { Script, ScriptedEvent } from './script.ts'
import { type Start, startsOf } from './starts.ts'
import { explainMissed, type SearchFacts, type UnreachedOutcome } from './unreached.ts'

export interface ExploreOptions {
  /** When sessions start, in milliseconds since 1970: 2026-01-01T00:00:00Z unless given. */
  readonly now?: number
  readonly seed?: string
  /** Events tried at most before the search gives up. Default 30,000; for flows with over 1,000 outcomes more, up to 100,000. */
  readonly maxEvents?: number
}

/** What a walk through a program found. */
export interface Exploration {
  readonly outcomes: {
    /** Outcomes that lead somewhere, over all flows of the program. */
    readonly total: number
    /** How many of them some session took. */
    readonly covered: number
    readonly unreachable: readonly UnreachedOutcome[]
  }
  /** Sessions that together take every outcome that was covered. */
  readonly scripts: readonly Script[]
  /** Sessions that failed, one for each error and node. */
  readonly failures: readonly ExplorationFailure[]
  /** Events that were tried. */
  readonly events: number
  readonly coverage: Coverage
}

export interface ExplorationFailure {
  readonly script: Script
  readonly error: SessionError
}

/**
 * Walks a program until every outcome is taken or nothing new can be tried: starts sessions and gives them inputs,
 * results, timeouts and signals, all through `start` and `resume`, never by setting a node. Which values it tries
 * follows from what the conditions of the flow ask for. Equal calls give equal results.
 *
 * @example
 * const { outcomes, scripts } = explore(program)
 * console.log(`${outcomes.covered} of ${outcomes.total}`, outcomes.unreachable)
 */
export function explore(program: Program, options: ExploreOptions = {}): Exploration {
  return new Explorer(program, options).run()
}

/** How a session came to where it is: the step before, and the event that led on. */
interface Way {
  readonly start: Start
  readonly before: Way | undefined
  readonly event: ScriptedEvent | undefined
  readonly length: number
}

/** A session that waits, with the events that are still to be tried on it. */
export interface Site {
  readonly session: Session
  readonly now: number
  readonly way: Way
  readonly awaited: Effect | undefined
  /** Found out when it has its first turn: by then more is known of where events lead. */
  events: readonly ScriptedEvent[] | undefined
  next: number
}

const MAX_EVENTS = 30_000
const MAX_EVENTS_PER_OUTCOME = 30
/** However many outcomes there are. */
const MOST_EVENTS = 100_000
/** Events tried on one session before another has its turn. */
const TURN = 8
/** Inputs that a session may keep for later: one tells as much as many. */
const MAX_KEPT = 1
/** Events that one session may take. */
const MAX_LENGTH = 1_000

class Explorer {
  readonly #program: Program
  readonly #flows: ReadonlyMap<string, Program>
  readonly #demands: Demands
  readonly #coverage: Coverage
  readonly #frontier: Frontier<Site>
  readonly #options: Required<ExploreOptions>
  readonly #entered = new Set<string>()
  readonly #seen = new Set<string>()
  readonly #useful: Way[] = []
  readonly #failures = new Map<string, ExplorationFailure>()
  readonly #tries: EventsToTry
  readonly #looksAtTime: boolean
  /** True where a session was not gone on with for its length. */
  #cutShort = false
  #events = 0

  constructor(program: Program, { now = EPOCH, seed = 'explore', maxEvents }: ExploreOptions) {
    this.#program = program
    this.#flows = new Map([...program.programs.values()].map((each) => [each.flow, each]))
    this.#demands = gatherDemands(program)
    this.#looksAtTime = looksAtTime(program, this.#demands)
    this.#coverage = createCoverage(program)
    const enough = Math.min(Math.max(MAX_EVENTS, MAX_EVENTS_PER_OUTCOME * this.#coverage.total), MOST_EVENTS)
    this.#options = { now, seed, maxEvents: maxEvents ?? enough }
    this.#frontier = new Frontier(this.#flows, this.#coverage)
    this.#tries = new EventsToTry(program, this.#flows, this.#demands)
  }

  run(): Exploration {
    for (const each of startsOf(this.#program, this.#demands, this.#options.now)) {
      if (this.#events++ >= this.#options.maxEvents) break
      const run = startScript(this.#program, { ...each, seed: this.#options.seed })
      this.#take(run, each.now, { start: each, before: undefined, event: undefined, length: 0 }, undefined)
    }
    let exhausted = false
    while (this.#events < this.#options.maxEvents && this.#coverage.taken < this.#coverage.total) {
      const site = this.#frontier.take()
      if (site === undefined) {
        exhausted = !this.#frontier.dropped && !this.#cutShort
        break
      }
      this.#try(site)
    }
    const { total, taken, missed } = this.#coverage
    const failures = [...this.#failures.values()]
    const facts: SearchFacts = {
      entered: (flow, node) => this.#entered.has(nodeKey(flow, node)),
      failedWith: (flow, node) =>
        failures.flatMap(({ error }) => (error.flow === flow && error.node === node ? [error.code] : [])),
      exhausted,
    }
    return {
      outcomes: {
        total,
        covered: taken,
        unreachable: explainMissed(this.#program, missed, facts),
      },
      scripts: longest(this.#useful).map((way) => scriptOf(way, this.#options.seed)),
      failures,
      events: this.#events,
      coverage: this.#coverage,
    }
  }

  #try(site: Site): void {
    site.events ??= this.#tries.of(site.session, site.awaited)
    const { events } = site
    const end = Math.min(site.next + TURN, events.length)
    while (site.next < end && this.#events < this.#options.maxEvents) {
      const scripted = events[site.next++]!
      const { wait } = site.session
      const event = eventOf(scripted, wait!.id)
      const now = scripted.type === 'timeout' ? Math.max(site.now, wait!.dueAt!) : site.now
      this.#events++
      const run = resume(this.#program, site.session, event, { now })
      if (run.refused !== undefined) continue
      this.#tries.learn(site.session, scripted, run.trace.entries())
      const way = { start: site.way.start, before: site.way, event: scripted, length: site.way.length + 1 }
      this.#take(run, now, way, site.awaited)
    }
    if (site.next < events.length) this.#frontier.add(site, topOf(site.session))
  }

  /** Counts what a call did, and keeps the session where something new may come of it. */
  #take({ session, effects, trace }: Run, now: number, way: Way, before: Effect | undefined): void {
    const taken = this.#coverage.taken
    const entries = trace.entries()
    this.#coverage.add(entries)
    for (const { flow, node } of entries) this.#entered.add(nodeKey(flow, node))
    if (this.#coverage.taken > taken) {
      this.#useful.push(way)
      this.#frontier.refresh()
    }
    if (session.status === 'failed') this.#noteFailure(session, way)
    if (session.status !== 'waiting') return
    if (way.length >= MAX_LENGTH) {
      this.#cutShort = true
      return
    }
    if ((session.inbox?.length ?? 0) > MAX_KEPT) return
    const key = `${this.#looksAtTime ? way.start.now : ''} ${abstractOf(session)}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    const { wait } = session
    const awaited = wait!.for.includes('result')
      ? (effects.find((effect) => effect.waitId === wait!.id) ?? before)
      : undefined
    const site: Site = { session, now, way, awaited, events: undefined, next: 0 }
    this.#frontier.add(site, topOf(session))
  }

  #noteFailure({ error }: Session, way: Way): void {
    const key = `${error!.code} ${error!.flow} ${error!.node}`
    if (!this.#failures.has(key))
      this.#failures.set(key, { script: scriptOf(way, this.#options.seed), error: error! })
  }
}

function nodeKey(flow: string, node: string): string {
  return JSON.stringify([flow, node])
}

/** What makes two sessions that wait worth telling apart: where they stand and what they hold, not how they got there. */
function abstractOf({ frames, wait, contact, trigger, inbox }: Session): string {
  return canonicalJson({
    frames: frames.map(({ flow, node, vars, outputs, failures }) => ({
      flow,
      node,
      vars,
      outputs,
      failures,
    })),
    for: wait!.for,
    state: wait!.state,
    contact,
    trigger,
    inbox,
  } as unknown as JsonObject)
}

/** Without those that others begin with. */
function longest(ways: readonly Way[]): readonly Way[] {
  const prefixes = new Set<Way>()
  for (const way of ways)
    for (let before = way.before; before !== undefined; before = before.before) prefixes.add(before)
  return ways.filter((way) => !prefixes.has(way))
}

function scriptOf(way: Way, seed: string): Script {
  const events: ScriptedEvent[] = []
  for (let at: Way | undefined = way; at?.event !== undefined; at = at.before) events.push(at.event)
  return { trigger: way.start.trigger, now: way.start.now, seed, events: events.reverse() }
}
