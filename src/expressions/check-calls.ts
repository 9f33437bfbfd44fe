import { type CheckContext, check, checkAsked, report, suggest, type Typed } from './check-context.ts'
import { checkMacro, isMacroCall } from './check-macros.ts'
import type { Syntax } from './parse.ts'
import { aliasOf, type FunctionSignature, findSignature, MACROS, SIGNATURES } from './signatures.ts'
import type { Tree } from './tree.ts'
import type { ValueType } from './types.ts'
import { accepts, typeWord } from './value-types.ts'

/** `name(…)` */
export function checkCall(node: Syntax, name: string, args: readonly Syntax[], cx: CheckContext): Typed {
  if (name === 'has') return checkHas(node, args, cx)
  const signature = findSignature(name)
  if (signature === undefined || signature.form === 'method') {
    for (const arg of args) check(arg, cx)
    const at = { start: node.start, end: node.start + name.length }
    return reportUnknown(
      cx,
      at,
      name,
      signature !== undefined || MACROS.includes(name) ? 'method' : undefined,
    )
  }
  return checkArguments(node, signature, args, cx)
}

/** `receiver.name(…)` */
export function checkMethod(
  node: Syntax,
  name: string,
  receiver: Syntax,
  args: readonly Syntax[],
  cx: CheckContext,
): Typed {
  if (isMacroCall(name)) return checkMacro(node, name, receiver, args, cx)
  const signature = findSignature(name)
  if (signature === undefined || signature.form === 'function') {
    check(receiver, cx)
    for (const arg of args) check(arg, cx)
    const start = node.input.indexOf(name, receiver.end)
    return reportUnknown(
      cx,
      { start, end: start + name.length },
      name,
      signature === undefined ? undefined : 'function',
    )
  }
  return checkArguments(node, signature, [receiver, ...args], cx)
}

function reportUnknown(
  cx: CheckContext,
  at: { start: number; end: number },
  name: string,
  form: FunctionSignature['form'] | undefined,
): Typed {
  if (form !== undefined) return report(cx, at, 'functionForm', { name, form })
  const alias = aliasOf(name)
  if (alias !== undefined) return report(cx, at, 'unknownFunction', { name, suggestion: alias })
  const names = [...SIGNATURES.map((signature) => signature.name), ...MACROS]
  return report(cx, at, 'unknownFunction', suggest({ name }, name, names))
}

function checkArguments(
  node: Syntax,
  signature: FunctionSignature,
  nodes: readonly Syntax[],
  cx: CheckContext,
): Typed {
  const { name, parameters, result } = signature
  const parts = nodes.map((arg, i) => (name === 'default' && i === 0 ? checkAsked(arg, cx) : check(arg, cx)))
  const required = parameters.filter((parameter) => !parameter.optional).length
  const most = parameters.at(-1)?.rest ? Number.POSITIVE_INFINITY : parameters.length
  if (parts.length < required || parts.length > most) {
    const hidden = node.op === 'rcall' ? 1 : 0
    return report(cx, node, 'argumentCount', {
      name,
      least: required - hidden,
      most: most === Number.POSITIVE_INFINITY ? null : most - hidden,
      got: parts.length - hidden,
    })
  }
  let fits = true
  for (const [i, part] of parts.entries()) {
    const parameter = parameters[Math.min(i, parameters.length - 1)]!
    if (
      parameter.types.some((type) => accepts(type, part.type)) &&
      !(part.type === 'null' && !takesAny(parameter.types))
    )
      continue
    fits = false
    const details = {
      name,
      parameter: parameter.name,
      wanted: parameter.types.map(typeWord),
      got: typeWord(part.type),
    }
    report(cx, nodes[i]!, 'argumentType', details)
  }
  if (!fits) return { tree: null, type: typeof result === 'function' ? 'any' : result }
  if (name === 'matches') checkPattern(nodes[1]!, parts[1]!.tree, cx)
  const trees = parts.map((part) => part.tree)
  const tree: Tree = name === 'default' ? ['default', trees[0]!, trees[1]!] : ['call', name, ...trees]
  return { tree, type: typeof result === 'function' ? result(parts.map((part) => part.type)) : result }
}

function takesAny(types: readonly ValueType[]): boolean {
  return types.includes('any')
}

function checkPattern(node: Syntax, pattern: Tree, cx: CheckContext): void {
  if (typeof pattern !== 'string' || cx.regex === undefined) return
  try {
    cx.regex.compile(pattern)
  } catch (error) {
    report(cx, node, 'pattern', { pattern, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** `has(x.name)`: whether a member is there and not null. Names that are not declared stay faults. */
function checkHas(node: Syntax, args: readonly Syntax[], cx: CheckContext): Typed {
  if (args.length !== 1)
    return report(cx, node, 'argumentCount', { name: 'has', least: 1, most: 1, got: args.length })
  const arg = args[0]!
  const before = cx.faults.length
  const part = checkAsked(arg, cx)
  const { tree } = part
  if (Array.isArray(tree) && (tree[0] === 'get' || tree[0] === 'need')) {
    return { tree: ['has', tree[1] as Tree, tree[2] as string], type: 'boolean' }
  }
  return cx.faults.length > before ? { tree: null, type: 'boolean' } : report(cx, arg, 'hasArgument')
}
