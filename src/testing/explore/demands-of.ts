import { equalJson, type Json } from '../../base/json.ts'
import { compare, order } from './comparisons.ts'
import { type Demand, MAX_DEMANDS } from './demand.ts'
import { constantOf, read } from './read-path.ts'
import { sampleTexts } from './sample-text.ts'
import { combine, loosened, NOTHING, settle, type Wish, type Wishes } from './wish.ts'

/**
 * Demands that would make a checked condition true, or false. None says that nothing does. It understands comparisons,
 * tests of texts and lists, and their logical combinations; about the rest it says nothing, which is one demand that
 * asks for nothing.
 */
export function demandsOf(tree: Json, wanted: boolean, flow: string): readonly Demand[] {
  return solve(tree, wanted, flow)
    .flatMap((wishes) => (wishes.size === 0 ? [new Map<string, Json>()] : settle(wishes)))
    .slice(0, MAX_DEMANDS)
}

function solve(tree: Json, wanted: boolean, flow: string): readonly Wishes[] {
  if (typeof tree === 'boolean') return tree === wanted ? [NOTHING] : []
  if (!Array.isArray(tree)) return [NOTHING]
  const [operator, ...parts] = tree as unknown as readonly [string, ...Json[]]
  const each = (want: boolean) => parts.map((part) => solve(part, want, flow))
  switch (operator) {
    case 'not':
      return solve(parts[0]!, !wanted, flow)
    case 'and':
      return wanted ? combine(each(true)) : each(false).flat()
    case 'or':
      return wanted ? each(true).flat() : combine(each(false))
    case 'if':
      return [true, false].flatMap((way) =>
        combine([solve(parts[0]!, way, flow), solve(parts[way ? 1 : 2]!, wanted, flow)]),
      )
    case 'default':
      return [
        ...loosened(solve(parts[0]!, wanted, flow)),
        ...(parts[1] === wanted ? read(parts[0]!, flow, { values: [null], accepts: () => undefined }) : []),
      ]
    case 'has':
      return read(['get', ...parts], flow, {
        values: [wanted ? 'x' : null],
        accepts: (value) => (value !== null) === wanted,
        only: !wanted,
      })
    case '==':
    case '!=':
      return equality(parts[0]!, parts[1]!, (operator === '==') === wanted, flow)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(parts[0]!, operator, parts[1]!, wanted, flow)
    case 'in':
      return isIn(parts[0]!, parts[1]!, wanted, flow)
    case 'exists':
    case 'exists_one':
    case 'all':
      return quantified(operator, parts, wanted, flow)
    case 'call':
      if (TESTS.has(parts[0] as string))
        return test(parts as unknown as readonly [string, ...Json[]], wanted, flow)
      return loosened(isTrue(tree, wanted, flow))
    default:
      return isTrue(tree, wanted, flow)
  }
}

/** A choice is equal to something where what it chooses is. */
function equality(left: Json, right: Json, equal: boolean, flow: string): readonly Wishes[] {
  if (isChoice(right) && !isChoice(left)) return equality(right, left, equal, flow)
  if (isChoice(left)) {
    const [, condition, yes, no] = left
    return [true, false].flatMap((way) =>
      combine([solve(condition, way, flow), equality(way ? yes : no, right, equal, flow)]),
    )
  }
  const [a, b] = [constantOf(left), constantOf(right)]
  if (a !== undefined && b !== undefined) return equalJson(a, b) === equal ? [NOTHING] : []
  return compare(left, right, equal, flow)
}

function isChoice(tree: Json): tree is readonly [string, Json, Json, Json] {
  return Array.isArray(tree) && tree[0] === 'if' && tree.length === 4
}

/** What is read is itself true or false. */
function isTrue(tree: Json, wanted: boolean, flow: string): readonly Wishes[] {
  return read(tree, flow, { values: [wanted], accepts: (value) => value === wanted, only: true })
}

/** A value in a list of constants, or a constant in a list that is read. */
function isIn(value: Json, list: Json, wanted: boolean, flow: string): readonly Wishes[] {
  if (Array.isArray(list) && list[0] === 'list') {
    const entries = list.slice(1) as readonly Json[]
    const each = entries.map((entry) => compare(value, entry, wanted, flow))
    return wanted ? each.flat() : combine(each)
  }
  const sought = constantOf(value)
  if (sought === undefined) return [NOTHING]
  const values: readonly Json[] = wanted
    ? [[sought], ...(typeof sought === 'string' ? [{ [sought]: 'x' }] : [])]
    : [[], ['x', 'y']]
  return loosened(read(list, flow, { values, accepts: () => undefined }))
}

/** A list of one entry that passes its test, or fails it; an empty one where that will do. */
function quantified(
  operator: string,
  [range, variable, condition]: readonly Json[],
  wanted: boolean,
  flow: string,
): readonly Wishes[] {
  const entry = ['at', range!, 0] as const
  const some = loosened(solve(withVariable(condition!, variable!, entry), wanted, flow))
  const anyOf = (values: readonly Json[]) => read(range!, flow, { values, accepts: () => undefined })
  return (operator === 'all') === wanted ? [...some, ...loosened(anyOf([[]]))] : some
}

/** A tree in which the variable of a macro is an expression. */
function withVariable(tree: Json, variable: Json, entry: Json): Json {
  if (!Array.isArray(tree)) return tree
  if (tree[0] === 'loop') return tree[1] === variable ? entry : tree
  return tree.map((part: Json) => withVariable(part, variable, entry))
}

const TESTS = new Set(['contains', 'startsWith', 'endsWith', 'matches'])

function test(
  [name, subject, given]: readonly [string, ...Json[]],
  wanted: boolean,
  flow: string,
): readonly Wishes[] {
  if (typeof given !== 'string') return [NOTHING]
  return read(subject!, flow, wanted ? passes(name, given) : fails(name, given))
}

function passes(name: string, given: string): Wish {
  if (name === 'matches') {
    const samples = sampleTexts(given)
    return {
      values: samples,
      accepts: (value) => samples.some((sample) => sample === value) || undefined,
      text: {},
    }
  }
  const text =
    name === 'startsWith' ? { begin: given } : name === 'endsWith' ? { end: given } : { part: given }
  return { values: [given], accepts: (value) => holds(name, value, given), text }
}

function fails(name: string, given: string): Wish {
  const values = ['', `not ${given}`]
  if (name === 'matches') return { values, accepts: () => undefined }
  return { values, accepts: (value) => typeof value === 'string' && !holds(name, value, given) }
}

function holds(name: string, value: Json, given: string): boolean {
  if (typeof value !== 'string') return false
  if (name === 'startsWith') return value.startsWith(given)
  return name === 'endsWith' ? value.endsWith(given) : value.includes(given)
}
