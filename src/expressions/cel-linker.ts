import type { Json } from '../base/json.ts'
import { COST } from './fault.ts'
import { type LinkContext, unknownTree } from './link-context.ts'
import { linkParts } from './link-template.ts'
import { link } from './link-tree.ts'
import { createMeter } from './meter.ts'
import type { Tree } from './tree.ts'
import type { ExpressionLinker, LinkOptions } from './types.ts'

/**
 * Turns trees that `cel` made into closures. Loads no parser. Throws a `SluiceError` with the code
 * `expression.unknownTree` for what is not such a tree; what it links never throws.
 *
 * @example
 * const { checked } = cel.checkExpression('contact.balance > 100', scope)
 * const condition = celLinker.linkExpression(checked.tree)
 * condition(environment) // true, false or a fault
 */
export const celLinker: ExpressionLinker = {
  id: 'cel',
  linkExpression(tree, options) {
    const cx = createContext(options)
    const run = link(tree as Tree, cx)
    if (!cx.spends) return run
    const { meter } = cx
    return (env) => {
      meter.left = meter.max
      const value = run(env)
      // Asked last, because `||`, `has` and the like must not take a spent budget for an answer.
      return meter.left < 0 ? COST : value
    }
  },
  linkTemplate(tree, options) {
    if (!isTemplate(tree)) throw unknownTree(tree)
    return linkParts(tree.slice(1) as Tree[], createContext(options))
  },
}

function isTemplate(tree: Json): tree is readonly Json[] {
  return Array.isArray(tree) && tree[0] === 'text'
}

function createContext({ regex, maxCost }: LinkOptions = {}): LinkContext {
  return { meter: createMeter(maxCost), regex, slots: [], spends: false }
}
