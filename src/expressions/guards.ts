import type { Tree } from './tree.ts'
import type { Environment, Read } from './types.ts'

type Path = Read['path']

/** What a tree reads, where it is a constant path and nothing else. */
export function pathOf(tree: Tree): Path | undefined {
  if (!Array.isArray(tree)) return undefined
  if (tree[0] === 'root') return [tree[1] as keyof Environment]
  if (tree[0] !== 'get' && tree[0] !== 'need') return undefined
  const base = pathOf(tree[1] as Tree)
  return base === undefined ? undefined : [...base, tree[2] as string]
}

/**
 * The paths that are certainly there and not null where a condition comes out as `holds` says: of `x != null`, of
 * `has(vars.x)`, and of these put together by `!`, `&&` and `||`. Where it cannot tell, there are none.
 */
export function presentWhere(condition: Tree, holds: boolean): readonly Path[] {
  if (!Array.isArray(condition)) return []
  const [operator, ...operands] = condition as readonly Tree[]
  const [left = null, right = null] = operands
  switch (operator) {
    case '!=':
    case '==': {
      const compared = right === null ? left : left === null ? right : null
      return (operator === '!=') === holds ? listOf(pathOf(compared)) : []
    }
    case 'has':
      return holds ? listOf(pathOf(['get', left, right as string])) : []
    case 'not':
      return presentWhere(left, !holds)
    case 'and':
    case 'or':
      return (operator === 'and') === holds ? operands.flatMap((operand) => presentWhere(operand, holds)) : []
    default:
      return []
  }
}

/** A root is always there, and says nothing of its members. */
function listOf(path: Path | undefined): readonly Path[] {
  return path === undefined || path.length < 2 ? [] : [path]
}

/** True where a path begins with one that is known to be there, or is the beginning of one. */
export function isPresent(path: Path, present: readonly Path[]): boolean {
  return present.some((known) => path.every((name, i) => i >= known.length || known[i] === name))
}
