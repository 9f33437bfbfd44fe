import { LIMITS } from '../../base/limits.ts'
import { ARGUMENT, CONVERSION, COST, TYPE } from '../../expressions/fault.ts'
import type { Environment, EvaluationFault, LinkOptions } from '../../expressions/types.ts'
import { render } from './engine.ts'
import { Halt, Meter } from './meter.ts'
import type { ReadTemplate } from './read-template.ts'

/** A linked text. */
export type TextOf = (env: Environment) => string | EvaluationFault

const ROOTS: readonly (keyof Environment)[] = ['vars', 'contact', 'trigger', 'nodes', 'session', 'now']

/** Never throws: what goes wrong while rendering comes back as a fault, without a value of the session in it. */
export function linkText({ templates, survey }: ReadTemplate, { regex, maxCost }: LinkOptions = {}): TextOf {
  const names = [...new Set(survey.references.map(({ name }) => name))]
  const cost = maxCost ?? LIMITS.maxExpressionCost.default
  return (env) => {
    try {
      return render(templates, namesOf(env, names), new Meter(cost, env.now, regex))
    } catch (error) {
      return faultOf(error)
    }
  }
}

/** What the template names and nothing else, without a prototype: roots, and variables by bare name. */
function namesOf(env: Environment, names: readonly string[]): object {
  const scope = Object.create(null) as { [name: string]: unknown }
  for (const name of names) {
    if ((ROOTS as readonly string[]).includes(name)) scope[name] = env[name as keyof Environment]
    else if (Object.hasOwn(env.vars, name)) scope[name] = env.vars[name]
  }
  return scope
}

function faultOf(error: unknown): EvaluationFault {
  let cause = error
  while (cause instanceof Error && 'originalError' in cause) cause = cause.originalError
  if (cause instanceof Halt) return cause.fault
  if (cause instanceof RangeError) return COST
  if (cause instanceof URIError) return CONVERSION
  return cause instanceof Error && cause.name === 'AssertionError' ? ARGUMENT : TYPE
}
