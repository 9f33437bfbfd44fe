import type { FlowDocument } from '../../src/document/index.ts'
import { type CompileOptions, compile, type Program } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { explore, replayScript, type Script } from '../../src/testing/index.ts'
import { routesOf } from './routes.ts'

/** What became of a walk through a flow. */
export interface Walk {
  readonly total: number
  readonly taken: number
  readonly sessions: number
  /** Transitions that no session took, with the reason. */
  readonly left: readonly string[]
}

/**
 * Takes every transition that an event can take. Routes answer each effect with what the branches behind it ask for; what
 * they do not take is left to `explore`. Every transition that counts was taken by a session.
 */
export function walk(flow: FlowDocument, languages: NonNullable<CompileOptions['languages']> = []): Walk {
  const program = compile(flow, { nodes: palette, languages })
  const left = new Map(
    flow.connectors.flatMap(({ from, to }) =>
      to === undefined ? [] : [[`${from.node}.${from.outcome}`, '']],
    ),
  )
  const total = left.size
  let sessions = 0
  for (const { transition, script } of routesOf(flow)) {
    if (!left.has(transition)) continue
    sessions++
    for (const taken of transitionsOf(program, script)) left.delete(taken)
  }
  if (left.size > 0) {
    const { outcomes, scripts } = explore(program)
    sessions += scripts.length
    const why = new Map(outcomes.unreachable.map((each) => [`${each.node}.${each.outcome}`, each.why]))
    for (const transition of [...left.keys()]) {
      const reason = why.get(transition)
      if (reason === undefined) left.delete(transition)
      else left.set(transition, reason)
    }
  }
  return {
    total,
    taken: total - left.size,
    sessions,
    left: [...left].map(([transition, why]) => `${transition}: ${why}`).sort(),
  }
}

function transitionsOf(program: Program, script: Script): readonly string[] {
  return [...replayScript(program, script)].flatMap(({ run }) =>
    run.trace
      .entries()
      .flatMap((entry) => (entry.type === 'leave' ? [`${entry.node}.${entry.outcome}`] : [])),
  )
}
