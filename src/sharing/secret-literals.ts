import { isMacroCall } from '../expressions/check-macros.ts'
import type { Syntax } from '../expressions/parse.ts'

/**
 * The literals that an expression may come to: itself, what it chooses between or falls back to, and all from which it
 * computes where it reads nothing. With `joined` also what it joins to something that it reads, as in `"key-" + id`.
 * Empty texts, null, true and false are no secrets.
 */
export function secretLiterals(syntax: Syntax, joined = false): readonly Syntax[] {
  const found: Syntax[] = []
  collect(syntax, joined, found)
  return found
}

function collect(node: Syntax, joined: boolean, found: Syntax[]): void {
  const each = (nodes: readonly Syntax[]) => {
    for (const child of nodes) collect(child, joined, found)
  }
  if (node.op === 'value') {
    if (isTelling(node.args)) found.push(node)
  } else if (node.op === '?:') each([node.args[1], node.args[2]])
  else if (node.op === 'call' && node.args[0] === 'default') each(node.args[1])
  else if (node.op === 'rcall' && node.args[0] === 'default') each([node.args[1], ...node.args[2]])
  else if (node.op === 'list') each(node.args)
  else if (node.op === 'map') each(node.args.map(([, value]) => value))
  else if (node.op === '+' && joined) each(node.args)
  else if (readsNothing(node, new Set())) found.push(...tellingLeaves(node))
}

function isTelling(value: unknown): boolean {
  return value !== '' && value !== null && typeof value !== 'boolean'
}

function tellingLeaves(node: Syntax): Syntax[] {
  if (node.op === 'value') return isTelling(node.args) ? [node] : []
  return childrenOf(node).flatMap(tellingLeaves)
}

/** True where no name stands in it but those that a macro gives to its entries. */
function readsNothing(node: Syntax, own: ReadonlySet<string>): boolean {
  if (node.op === 'id') return own.has(node.args)
  if (node.op === 'rcall' && isMacroCall(node.args[0])) {
    const [, range, [variable, ...bodies]] = node.args
    const inner = variable?.op === 'id' ? new Set([...own, variable.args]) : own
    return readsNothing(range, own) && bodies.every((body) => readsNothing(body, inner))
  }
  return childrenOf(node).every((child) => readsNothing(child, own))
}

/** What an expression is made of, in order. */
export function childrenOf(node: Syntax): readonly Syntax[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case '!_':
    case '-_':
      return [node.args]
    case 'map':
      return node.args.flat()
    default:
      return node.args
  }
}
