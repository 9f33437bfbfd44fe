import type { LossEntry } from '../../importer.ts'
import { reach, waysOf } from './reach.ts'
import type { StudioFlow, StudioState } from './studio-flow.ts'

/**
 * The states that count: the first of those that share a name, and those that some path leads to. A widget that was
 * left standing does nothing in Studio; here it would be an error that keeps the flow from running.
 */
export function ownStates({ states, initial_state: initial }: StudioFlow, loss: LossEntry[]): StudioState[] {
  const named = new Map<string, StudioState>()
  for (const state of states) {
    if (!named.has(state.name)) named.set(state.name, state)
    else
      loss.push({
        severity: 'error',
        code: 'import.repeated',
        where: state.name,
        message: 'A second widget has this name; it is left out',
      })
  }
  // Studio begins at one state and no other.
  const first = named.has(initial)
    ? initial
    : [...named.values()].find(({ type }) => type === 'trigger')?.name
  const ways = [...named.values()].flatMap(({ name, transitions }) =>
    transitions.map(({ next }) => [name, next || undefined] as const),
  )
  const reached = reach(first === undefined ? [] : [first], waysOf(ways))
  return [...named.values()].filter(({ name }) => {
    if (reached.has(name)) return true
    const message = 'Nothing leads to this widget; it is left out'
    loss.push({ severity: 'warning', code: 'import.unreachable', where: name, message })
    return false
  })
}
