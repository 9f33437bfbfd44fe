import type { LossEntry } from '../../importer.ts'
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
  const reached = new Set<string>()
  const queue = [initial]
  for (const { name, type } of named.values()) if (type === 'trigger') queue.push(name)
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    for (const { next } of named.get(name)?.transitions ?? []) if (next) queue.push(next)
  }
  return [...named.values()].filter(({ name }) => {
    if (reached.has(name)) return true
    const message = 'Nothing leads to this widget; it is left out'
    loss.push({ severity: 'warning', code: 'import.unreachable', where: name, message })
    return false
  })
}
