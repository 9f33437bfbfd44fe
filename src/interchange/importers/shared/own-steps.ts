import type { LossEntry } from '../../importer.ts'
import { reach, waysOf } from './reach.ts'
import type { Step } from './step.ts'

/**
 * The steps that count: the first of those that share a name, and those that some path leads to from `first`. A step
 * that was left standing does nothing there; here it would be an error that keeps the flow from running. `noun` is what
 * the format calls a step.
 */
export function ownSteps<S extends Step>(
  steps: readonly S[],
  first: (named: ReadonlyMap<string, S>) => string | undefined,
  noun: string,
  loss: LossEntry[],
): readonly S[] {
  const named = new Map<string, S>()
  for (const step of steps) {
    if (!named.has(step.name)) named.set(step.name, step)
    else
      loss.push({
        severity: 'error',
        code: 'import.repeated',
        where: step.name,
        message: `A second ${noun} has this name; it is left out`,
      })
  }
  const start = first(named)
  const ways = [...named.values()].flatMap(({ name, transitions }) =>
    transitions.map(({ next }) => [name, next || undefined] as const),
  )
  const reached = reach(start === undefined ? [] : [start], waysOf(ways))
  return [...named.values()].filter(({ name }) => {
    if (reached.has(name)) return true
    const message = `Nothing leads to this ${noun}; it is left out`
    loss.push({ severity: 'warning', code: 'import.unreachable', where: name, message })
    return false
  })
}
