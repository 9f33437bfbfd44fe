import { existsSync, readdirSync, readFileSync } from 'node:fs'
import {
  compile,
  type Effect,
  type Json,
  type JsonObject,
  type Program,
  type SessionEvent,
} from '../../src/index.ts'
import { createRegistry, type NodeType, withDefaults } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { type Play, play } from '../support/play.ts'

/** What a contact or the host does, as scripts of the command line write it. */
export type FixtureEvent = string | { readonly type: string; readonly [member: string]: Json | undefined }

/** One conversation through the flow of a fixture, with all that comes of it. */
export interface FixtureCase {
  readonly name: string
  readonly contact?: JsonObject
  /** Data that comes with the trigger. */
  readonly data?: JsonObject
  readonly variables?: JsonObject
  readonly language?: string
  readonly events: readonly FixtureEvent[]
  /** Outcomes by which nodes of the type are left, in order; for ends, the flow outcomes. */
  readonly takes: readonly string[]
  readonly said: readonly string[]
  /** Members of every effect that nodes of the type ask for. */
  readonly effects?: readonly JsonObject[]
  readonly flowOutcome?: string
  /** Code of the error that the session fails with. */
  readonly error?: string
  /** Milliseconds from the start to the last event. */
  readonly lasts?: number
}

/** A flow that holds the node type, and conversations that take all of its outcomes. */
export interface FixtureFlow {
  readonly name?: string
  readonly flow: JsonObject
  readonly subflows?: readonly JsonObject[]
  readonly cases: readonly FixtureCase[]
}

/** `test/fixtures/nodes/<type>.json`: what the page of a node type says, and what its tests play. */
export interface NodeFixture {
  /** What the node type does, for the page; Markdown. */
  readonly about: string
  /** When each outcome is taken. `<…>` stands for names that the author chooses, an N at the end for a number. */
  readonly outcomes: readonly { readonly name: string; readonly when: string }[]
  readonly flows: readonly FixtureFlow[]
}

const FIXTURES = new URL('../fixtures/nodes/', import.meta.url)

/** Types for which there is a fixture. */
export function fixtureTypes(): string[] {
  return readdirSync(FIXTURES)
    .map((file) => file.replace(/\.json$/, ''))
    .sort()
}

/** The fixture of a node type; `undefined` where there is none. A fixture of one flow need not wrap it in a list. */
export function readFixture(type: string): NodeFixture | undefined {
  const file = new URL(`${type}.json`, FIXTURES)
  if (!existsSync(file)) return undefined
  const { flow, subflows, cases, ...fixture } = JSON.parse(readFileSync(file, 'utf8'))
  return flow === undefined ? fixture : { ...fixture, flows: [{ flow, subflows, cases }] }
}

/** The nodes of a flow that are of a type. */
export function nodesOf(
  flow: JsonObject,
  type: string,
): { readonly id: string; readonly config: JsonObject }[] {
  const nodes = flow.nodes as unknown as {
    readonly id: string
    readonly type: string
    readonly config?: JsonObject
  }[]
  return nodes
    .filter((node) => node.type.startsWith(`${type}@`))
    .map(({ id, config = {} }) => ({ id, config }))
}

const REGISTRY = createRegistry(palette)

/** A node type of the palette. */
export function paletteType(type: string): NodeType {
  return REGISTRY.get(`${type}@1`)!
}

/** The ways in which the nodes of a type can be left, as `<node>:<outcome>`; an end is left by its flow outcome. */
export function waysOut(flow: JsonObject, type: string): string[] {
  const { fields, place, runtime } = paletteType(type)
  return nodesOf(flow, type).flatMap(({ id, config }) => {
    const outcomes =
      place === 'end' ? [String(config.outcome)] : runtime.outcomes(withDefaults(fields, config))
    return outcomes.map((outcome) => `${id}:${outcome}`)
  })
}

/** A line of a conversation: what the flow says or asks of the host, and what is done to it. */
export interface FixtureLine {
  readonly by: 'flow' | 'event'
  readonly text: string
}

/** What came of a case. */
export interface CaseResult {
  readonly play: Play
  /** How nodes of the type were left, in order. */
  readonly steps: readonly { readonly node: string; readonly outcome: string }[]
  /** What nodes of the type asked for, in order. */
  readonly effects: readonly Effect[]
  readonly lines: readonly FixtureLine[]
  readonly lasts: number
}

/** Compiles a flow of a fixture with the palette. */
export function compileFixture({ flow, subflows = [] }: FixtureFlow): Program {
  const called = subflows.map((subflow) => compile(subflow, { nodes: palette }))
  return compile(flow, { nodes: palette, subflows: called })
}

/** Plays a case; the session goes through JSON before every event. */
export function playCase(program: Program, type: string, given: FixtureCase): CaseResult {
  const { contact, data, variables, language } = given
  const run = play(program, {
    trigger: { type: 'manual', ...(contact && { contact }), ...(data && { data }) },
    ...(variables && { variables }),
    ...(language && { language }),
    programs: program.programs,
  })
  const begun = run.now
  const under = new Set(
    nodesOf({ nodes: program.executable.nodes as unknown as Json }, type).map(({ id }) => id),
  )
  const isUnder = ({ flow, node }: { flow: string; node: string }) => flow === program.flow && under.has(node)
  const steps: { node: string; outcome: string }[] = []
  const effects: Effect[] = []
  const lines: FixtureLine[] = []
  const collect = () => {
    steps.push(...run.run.trace.steps().filter(isUnder))
    effects.push(...run.effects.filter(isUnder))
    lines.push(...run.effects.map((effect): FixtureLine => ({ by: 'flow', text: describeEffect(effect) })))
  }
  collect()
  for (const event of given.events) {
    lines.push({ by: 'event', text: describeEvent(event) })
    if (run.session.status !== 'waiting')
      throw new Error(`${given.name}: ${JSON.stringify(event)} finds no open wait`)
    if (typeof event === 'object' && event.type === 'timeout') run.timeout()
    else run.give(toSessionEvent(event, run, program))
    if (run.refused !== undefined)
      throw new Error(`${given.name}: ${JSON.stringify(event)} was refused, ${run.refused}`)
    collect()
  }
  return { play: run, steps, effects, lines, lasts: run.now - begun }
}

function toSessionEvent(event: FixtureEvent, run: Play, program: Program): SessionEvent {
  if (typeof event === 'string') {
    const digits = !run.session.wait!.for.includes('text')
    return digits ? { type: 'digits', digits: event } : { type: 'text', text: event }
  }
  const isAnswer = event.type === 'result' || event.type === 'button'
  return withHashes({ ...event, ...(isAnswer && { waitId: run.waitId }) }, program) as unknown as SessionEvent
}

/** `$hash:<flow>` in an event stands for the hash of a flow that the program knows. */
function withHashes(event: JsonObject, program: Program): JsonObject {
  return JSON.parse(JSON.stringify(event), (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith('$hash:') ? program.pins[value.slice(6)] : value,
  )
}

function describeEffect(effect: Effect): string {
  if (effect.type === 'message.send') return `> ${String(effect.text)}`
  const { key: _key, node: _node, flow: _flow, waitId: _waitId, awaited: _awaited, type, ...members } = effect
  return `\`${type}\` ${JSON.stringify(members)}`
}

function describeEvent(event: FixtureEvent): string {
  if (typeof event === 'string') return `“${event}”`
  const { type, ...members } = event
  if (type === 'timeout') return 'the time runs out'
  return Object.keys(members).length === 0 ? `\`${type}\`` : `\`${type}\` ${JSON.stringify(members)}`
}
