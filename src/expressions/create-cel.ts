import { checkPart } from './check.ts'
import { type CheckContext, check, report, type Typed } from './check-context.ts'
import { isSyntax, parseSource } from './parse.ts'
import { MAX_TEMPLATE_LENGTH, splitTemplate } from './templates.ts'
import type { Tree } from './tree.ts'
import type { CheckOutcome, ExpressionLanguage, RegexEngine, Scope, ValueType } from './types.ts'
import { accepts, isListType, isObjectType, typeWord } from './value-types.ts'

/** What an authoring half of CEL is made with. */
export interface CelOptions {
  /** Proves patterns that are written out; without it they are first read when the flow is linked. */
  readonly regex?: RegexEngine | undefined
}

/**
 * The authoring half of CEL: checks sources and makes trees for `celLinker`. Use `cel` unless the engine for
 * regular expressions should stay out of a bundle.
 */
export function createCel({ regex }: CelOptions = {}): ExpressionLanguage {
  return {
    id: 'cel',
    checkExpression(source, scope, expected = 'any') {
      const cx = createContext(scope, regex)
      const part = checkSource(source, expected, cx)
      return outcome(part, cx)
    },
    checkTemplate(source, scope) {
      const cx = createContext(scope, regex)
      const tree = checkTemplate(source, cx)
      return outcome({ tree, type: 'text' }, cx)
    },
  }
}

function createContext(scope: Scope, regex: RegexEngine | undefined): CheckContext {
  return { scope, regex, offset: 0, faults: [], reads: [], present: [], loop: undefined, depth: 0, checkPart }
}

function outcome({ tree, type }: Typed, { scope, faults, reads }: CheckContext): CheckOutcome {
  if (faults.length > 0) return { faults }
  const sensitive = reads.some((read) => scope.isSensitive(read.path))
  return { checked: { tree, type, reads, sensitive }, faults }
}

function checkSource(source: string, expected: ValueType, cx: CheckContext): Typed {
  const syntax = parseSource(source)
  if (!isSyntax(syntax)) {
    const { start, end } = syntax.range
    cx.faults.push({ ...syntax, range: { start: start + cx.offset, end: end + cx.offset } })
    return { tree: null, type: 'any' }
  }
  const part = check(syntax, cx)
  if (!accepts(expected, part.type)) {
    report(cx, syntax, 'wrongType', { wanted: typeWord(expected), got: typeWord(part.type) })
  }
  return part
}

function checkTemplate(source: string, cx: CheckContext): Tree {
  if (source.length > MAX_TEMPLATE_LENGTH) {
    report(cx, { start: 0, end: source.length }, 'tooLong', {
      length: source.length,
      max: MAX_TEMPLATE_LENGTH,
    })
    return null
  }
  const { parts, unclosed } = splitTemplate(source)
  const trees: Tree[] = []
  for (const { kind, source: text, range } of parts) {
    if (kind === 'text') {
      trees.push(text)
      continue
    }
    if (text.trim() === '') {
      report(cx, { start: range.start - 2, end: range.end + 2 }, 'emptyHole')
      continue
    }
    trees.push(checkHole(text, { ...cx, offset: range.start }))
  }
  if (unclosed !== undefined) report(cx, unclosed, 'unclosedHole')
  return ['text', ...trees]
}

/** The context shares its lists with that of the template, so that faults and reads come together. */
function checkHole(source: string, cx: CheckContext): Tree {
  const { tree, type } = checkSource(source, 'any', cx)
  if (isListType(type) || isObjectType(type)) {
    report(cx, { start: 0, end: source.length }, 'notText', { got: typeWord(type) })
  }
  return tree
}
