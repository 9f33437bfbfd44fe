import { nearest } from '../base/nearest.ts'
import type { TextRange } from '../diagnostics/diagnostic.ts'
import type { Details } from '../diagnostics/entry.ts'
import { isPresent } from './guards.ts'
import type { Syntax } from './parse.ts'
import type { Tree } from './tree.ts'
import type { Environment, ExpressionFault, Read, RegexEngine, Scope, ValueType } from './types.ts'

/** A part of a source after checking. */
export interface Typed {
  readonly tree: Tree
  readonly type: ValueType
  /** Where it is a constant path from a root: not yet among the reads, because the path may go on. */
  readonly path?: Read['path']
}

/** The variable of a macro around. */
export interface LoopVariable {
  readonly name: string
  readonly slot: number
  readonly type: ValueType
  readonly outer: LoopVariable | undefined
}

/** What checking one source gathers. */
export interface CheckContext {
  readonly scope: Scope
  readonly regex: RegexEngine | undefined
  /** Position of the source within the text that ranges speak of. */
  readonly offset: number
  readonly faults: ExpressionFault[]
  readonly reads: Read[]
  /** Paths that a condition around has found to be there. */
  present: readonly Read['path'][]
  loop: LoopVariable | undefined
  depth: number
  /** Checks a part that may be the beginning of a longer path; `checkPart`, which the parts of it need in turn. */
  readonly checkPart: (node: Syntax, cx: CheckContext) => Typed
}

/** Stands for a part that has a fault: fits everywhere, so that one slip is reported once. */
export const BROKEN: Typed = { tree: null, type: 'any' }

export function rangeOf(node: Syntax, cx: CheckContext): TextRange {
  return { start: node.start + cx.offset, end: node.end + cx.offset }
}

/** Notes a fault at a node, or at `range` where only a part of the node is at fault. */
export function report(cx: CheckContext, at: Syntax | TextRange, code: string, details: Details = {}): Typed {
  const range = { start: at.start + cx.offset, end: at.end + cx.offset }
  cx.faults.push({ code: `expression.${code}`, range, details })
  return BROKEN
}

/** Details with the nearest of the candidates as `suggestion`, where one is near. */
export function suggest(details: Details, name: string, candidates: Iterable<string>): Details {
  const suggestion = nearest(name, candidates)
  return suggestion === undefined ? details : { ...details, suggestion }
}

/** Enters the path of a part among the reads: it goes no further. `asked` where it need not be there. */
export function settle(part: Typed, node: Syntax, cx: CheckContext, asked = false): Typed {
  const { path } = part
  if (path === undefined) return part
  const guarded = asked || isPresent(path, cx.present)
  cx.reads.push({ path, range: rangeOf(node, cx), ...(guarded ? { guarded } : {}) })
  return part
}

/** Checks a part whose value is used; enters what it reads. */
export function check(node: Syntax, cx: CheckContext): Typed {
  return settle(cx.checkPart(node, cx), node, cx)
}

/** Checks a part that is asked whether it is there: where it is a path, it may be missing. */
export function checkAsked(node: Syntax, cx: CheckContext): Typed {
  return settle(cx.checkPart(node, cx), node, cx, true)
}

/** Checks a part that is evaluated only where the paths are there. */
export function checkWhere<T>(present: readonly Read['path'][], cx: CheckContext, checkPart: () => T): T {
  const outer = cx.present
  cx.present = [...outer, ...present]
  const part = checkPart()
  cx.present = outer
  return part
}

/** The path one member further. */
export function extend(path: Read['path'] | undefined, name: string): Pick<Typed, 'path'> {
  return path === undefined
    ? {}
    : { path: [...path, name] as unknown as readonly [keyof Environment, ...string[]] }
}
