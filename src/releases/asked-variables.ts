import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Variable } from '../document/flow-document.ts'
import type { Analysis } from '../validation/analysis.ts'
import { writtenBy } from '../validation/node-facts.ts'
import type { AskedVariable } from './inspection.ts'

/**
 * The variables that a release gives values to (REL-9): all that are not switched off. Each is proposed; only some have
 * to be answered. A variable with a default needs no answer, and neither does a working variable, which the flow always
 * sets before it reads it: asking for it would teach people to type anything. An answer is required
 *
 * - where the variable says so itself, with `askAtRelease: true`;
 * - where some path reads it before it has been set, as the warning `variable.readBeforeSet` tells (VAL-10);
 * - where it is read and nothing in the flow ever sets it: then the release alone can. Callers can as well where it is
 *   an input of a subflow, which is left to them.
 */
export function askedVariables(analysis: Analysis, found: readonly Diagnostic[]): readonly AskedVariable[] {
  const { read, written } = usesOf(analysis)
  const early = new Set(
    found.flatMap(({ code, details }) => (code === 'variable.readBeforeSet' ? [details!.name] : [])),
  )
  const fromCaller = ({ input }: Variable) => analysis.flow.role === 'subflow' && input === true
  const isRequired = (variable: Variable): boolean => {
    const { name, default: preset, askAtRelease } = variable
    if ((preset ?? null) !== null) return false
    if (askAtRelease === true || early.has(name)) return true
    return read.has(name) && !written.has(name) && !fromCaller(variable)
  }
  return [...analysis.variables.values()]
    .filter(({ name, askAtRelease }) => name !== '' && askAtRelease !== false)
    .map((variable) => ({
      name: variable.name,
      type: variable.type,
      required: isRequired(variable),
      ...(variable.label === undefined ? {} : { label: variable.label }),
      ...((variable.default ?? null) === null ? {} : { default: variable.default! }),
      ...(variable.sensitive === true ? { sensitive: true as const } : {}),
    }))
}

/** Names of the variables that anything in the flow reads, and of those that anything sets. */
function usesOf({ nodes, settingsSources }: Analysis) {
  const read = new Set<string>()
  const written = new Set<string>()
  for (const { checked } of [...settingsSources, ...nodes.flatMap(({ sources }) => sources)]) {
    for (const { path } of checked?.reads ?? []) {
      if (path[0] === 'vars' && path[1] !== undefined) read.add(path[1])
    }
  }
  for (const facts of nodes) {
    for (const name of writtenBy(facts)) written.add(name)
    for (const naming of facts.namings) {
      if (naming.of === 'variable' && !naming.written) read.add(naming.name)
    }
    const { onEnter = [], onLeave = {} } = facts.node
    for (const action of [...onEnter, ...Object.values(onLeave).flat()]) {
      if ('set' in action) written.add(action.set)
    }
  }
  return { read, written }
}
