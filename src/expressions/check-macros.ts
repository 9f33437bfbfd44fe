import { isUnsafeKey } from '../base/json.ts'
import { type CheckContext, check, report, type Typed } from './check-context.ts'
import { checkCondition } from './check-operators.ts'
import type { Syntax } from './parse.ts'
import type { Tree } from './tree.ts'
import type { ValueType } from './types.ts'
import { isListType, isObjectType, typeWord } from './value-types.ts'

const QUANTIFIERS = ['all', 'exists', 'exists_one', 'filter'] as const
type Quantifier = (typeof QUANTIFIERS)[number]

export function isMacroCall(name: string): name is Quantifier | 'map' {
  return name === 'map' || (QUANTIFIERS as readonly string[]).includes(name)
}

/** `range.all(x, test)` and its kin: over the entries of a list, or the names of the members of an object. */
export function checkMacro(
  node: Syntax,
  name: Quantifier | 'map',
  rangeNode: Syntax,
  args: readonly Syntax[],
  cx: CheckContext,
): Typed {
  const most = name === 'map' ? 3 : 2
  const range = check(rangeNode, cx)
  if (args.length < 2 || args.length > most) {
    return report(cx, node, 'argumentCount', { name, least: 2, most, got: args.length })
  }
  const entry = entryType(range.type)
  if (entry === undefined) {
    const details = { name, parameter: 'range', wanted: ['list', 'object'], got: typeWord(range.type) }
    return report(cx, rangeNode, 'argumentType', details)
  }
  const variable = args[0]!
  if (variable.op !== 'id' || isUnsafeKey(variable.args))
    return report(cx, variable, 'loopVariable', { found: '' })
  const outer = cx.loop
  const slot = outer === undefined ? 0 : outer.slot + 1
  cx.loop = { name: variable.args, slot, type: entry, outer }
  const body = checkBody(name, range.tree, slot, entry, args.slice(1), cx)
  cx.loop = outer
  return body
}

function checkBody(
  name: Quantifier | 'map',
  range: Tree,
  slot: number,
  entry: ValueType,
  args: readonly Syntax[],
  cx: CheckContext,
): Typed {
  if (name !== 'map') {
    const tree: Tree = [name, range, slot, checkCondition(args[0]!, name, cx)]
    return { tree, type: name === 'filter' ? { list: entry } : 'boolean' }
  }
  const test = args.length === 2 ? checkCondition(args[0]!, name, cx) : undefined
  const value = check(args.at(-1)!, cx)
  const tree: Tree =
    test === undefined ? ['map', range, slot, value.tree] : ['map', range, slot, test, value.tree]
  return { tree, type: { list: value.type } }
}

/** What a macro hands to its variable; `undefined` for what it cannot go through. */
export function entryType(range: ValueType): ValueType | undefined {
  if (range === 'any') return 'any'
  if (isListType(range)) return range.list
  return isObjectType(range) ? 'text' : undefined
}
