import type { TransitionAction } from '../../../document/flow-document.ts'
import type { Names } from '../shared/names.ts'
import { quote } from '../shared/reference.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { MAX_EXPRESSION } from './texts.ts'

/** What goes along into another flow: an attribute by its name there, anything else as `$.External` and the like. */
export interface Carried {
  readonly name: string
  readonly variable: string
}

/**
 * The one variable that every flow of Connect has here, and takes all in that another hands over: a flow cannot be given
 * variables that it does not have, and nobody knows which those are.
 */
export function declareHandedOver(names: Names): string {
  return names.own('HandedOver', { any: true })
}

/** A node that goes on in another flow, with what it hands over; more than an expression can hold is put together before. */
export function handOver(
  step: (inputs: { readonly [variable: string]: string }) => TranslatedStep,
  node: string,
  carried: readonly Carried[],
  names: Names,
): TranslatedStep {
  if (carried.length === 0) return step({})
  const handed = declareHandedOver(names)
  const parts: string[][] = [[]]
  let length = 0
  for (const { name, variable } of carried) {
    const member = `${quote(name)}: ${variable}`
    if (length + member.length > MAX_EXPRESSION - 200 && length > 0) {
      parts.push([])
      length = 0
    }
    parts.at(-1)!.push(member)
    length += member.length + 2
  }
  const lists = parts.map((members) => `[{${members.join(', ')}}]`)
  if (lists.length === 1) return step({ [handed]: lists[0]! })
  const ids = lists.map(() => names.freshNode(`${node}_inputs`))
  const { beside = [], ...last } = step({ [handed]: handed })
  const gathering = lists.map((list, index) => ({
    type: 'set-variables@1',
    config: { assignments: [{ variable: handed, value: index === 0 ? list : `${handed} + ${list}` }] },
    targets: { next: { node: ids[index + 1] ?? ids[0]! } },
  }))
  const [first, ...others] = gathering
  return {
    ...first!,
    beside: [
      ...others.map((each, index) => ({ id: ids[index + 1]!, ...each })),
      { id: ids[0]!, ...last },
      ...beside,
    ],
  }
}

/** What a flow takes of what is handed over to it; `given` are other places that a variable may come from first. */
export function takeOver(
  carried: readonly Carried[],
  given: ReadonlyMap<string, string>,
  names: Names,
): readonly TransitionAction[] {
  const handed = declareHandedOver(names)
  return carried.map(({ name, variable }) => {
    const key = quote(name)
    const found = `first(${handed}.filter(part, ${key} in part).map(part, part[${key}]))`
    const kept = `default(${found}, ${variable})`
    const first = given.get(variable)
    return { set: variable, to: first === undefined ? kept : `default(${first}, ${kept})` }
  })
}
