import { seededRandom } from '../../src/base/random.ts'
import { type Diagnostic, type FlowDocument, type Program, tryCompile } from '../../src/index.ts'
import type { NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { frozen } from '../support/flow.ts'
import { type Conversation, checkRun, type Report, Violation } from './check-run.ts'
import { generateEvent, type TimedEvent } from './generate-event.ts'
import { Dice, type GeneratedFlow, generateFlow } from './generate-flow.ts'

const EPOCH = 1_700_000_000_000
const MAX_EVENTS = 14

// biome-ignore lint/suspicious/noExplicitAny: node types of every config stand side by side
export type AnyNodeType = NodeType<any>

/** What one seed came to. */
export interface SeedRun extends Report {
  readonly program: Program
}

/** Generates the flow and the events of a seed, and checks the conversation. Throws a `Violation`. */
export function runSeed(seed: string, nodes: readonly AnyNodeType[] = palette): SeedRun {
  const dice = new Dice(seededRandom(seed))
  const flow = generateFlow(dice)
  const program = build(flow, nodes)
  const hashes = [...program.programs.keys()]
  const report = checkRun({
    ...conversationOf(program, flow),
    next: (session, now, count) =>
      count < MAX_EVENTS ? generateEvent(dice, session, now, hashes) : undefined,
  })
  return { ...report, program }
}

/** The flow of a seed, for people who look at a failure. */
export function flowOf(seed: string): GeneratedFlow {
  return generateFlow(new Dice(seededRandom(seed)))
}

/**
 * Makes the events of a failing seed fewer: leaves one out after the other for as long as the same law is
 * broken. Events were recorded up to the one that broke it, so that what is left is the shortest prefix already.
 */
export function shrink(seed: string, found: Violation, nodes: readonly AnyNodeType[] = palette): Violation {
  const flow = flowOf(seed)
  const program = build(flow, nodes)
  let smallest = found
  for (let at = found.events.length - 1; at >= 0; at--) {
    const fewer = smallest.events.filter((_, index) => index !== at)
    const violation = replay(program, flow, fewer)
    if (violation?.law === found.law) smallest = violation
  }
  return smallest
}

function replay(program: Program, flow: GeneratedFlow, events: readonly TimedEvent[]): Violation | undefined {
  try {
    checkRun({ ...conversationOf(program, flow), next: (_session, _now, count) => events[count] })
    return undefined
  } catch (error) {
    if (error instanceof Violation) return error
    throw error
  }
}

function conversationOf(program: Program, { trigger, options }: GeneratedFlow): Omit<Conversation, 'next'> {
  return { program, trigger, options: { ...options, id: 's', now: EPOCH, seed: 'fuzz' } }
}

function build({ main, subflows, exception }: GeneratedFlow, nodes: readonly AnyNodeType[]): Program {
  const linked = subflows.map((document) => must(document, nodes))
  return must(main, nodes, linked, exception === undefined ? undefined : must(exception, nodes))
}

function must(
  document: FlowDocument,
  nodes: readonly AnyNodeType[],
  subflows: readonly Program[] = [],
  exception?: Program,
): Program {
  const compiled = tryCompile(document, {
    nodes,
    subflows,
    ...(exception === undefined ? {} : { exception }),
  })
  if (compiled.ok) return frozen(compiled.value)
  throw new Error(
    `The generator made a flow with errors: ${describe(compiled.error)}\n${JSON.stringify(document)}`,
  )
}

function describe(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ code, location, message }) => `${code} at ${location.node}.${location.path?.join('.')}: ${message}`,
    )
    .join('; ')
}
