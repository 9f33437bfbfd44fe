import ts from 'typescript'

/** The page of numbered rules, as far as the check needs it. */
export interface RulePage {
  /** Every rule with a sentence of its own, in order; one that stands twice is in here twice. */
  readonly rules: readonly string[]
  /** Rules that need no test yet. */
  readonly later: readonly string[]
}

/** A test whose name begins with a rule. */
export interface TestQuote {
  readonly rule: string
  readonly file: string
  /** Counted from 1. */
  readonly line: number
}

const RULE = /^- ([A-Z]{2,4}-\d+) \S/
const LATER_LINE = /^- ([A-Z]{2,4}): (\d+(?:, \d+)*)$/
const LATER_HEADING = '## Later'

/** Reads the page; throws for a line of the list "Later" that it cannot read, since that would hide rules. */
export function parseRules(markdown: string): RulePage {
  const rules: string[] = []
  const later: string[] = []
  let inLater = false
  for (const line of markdown.split('\n')) {
    if (line.startsWith('## ')) inLater = line.trim() === LATER_HEADING
    if (!line.startsWith('- ')) continue
    if (inLater) {
      const [, area, numbers] = LATER_LINE.exec(line) ?? []
      if (!area || !numbers) throw new Error(`cannot read this line of the list "Later": ${line}`)
      later.push(...numbers.split(', ').map((number) => `${area}-${number}`))
    } else {
      const [, rule] = RULE.exec(line) ?? []
      if (rule) rules.push(rule)
    }
  }
  return { rules, later }
}

/**
 * The rules that the tests of one file prove: calls of `it` or `test`, plain or with modifiers, whose name begins with
 * `[RULE-1]`, or with several of them. A test that is skipped or still to be written proves nothing.
 */
export function quotedRules(file: string, source: string): TestQuote[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext)
  const quotes: TestQuote[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const name = node.arguments[0]
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
      for (const rule of rulesOf(name ? textOf(name) : '')) quotes.push({ rule, file, line })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return quotes
}

/** True for `it`, `test`, `it.only`, `it.each(table)` and the like. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'it' || callee.text === 'test'
  if (ts.isPropertyAccessExpression(callee)) {
    return callee.name.text !== 'skip' && callee.name.text !== 'todo' && isTest(callee.expression)
  }
  if (ts.isCallExpression(callee)) return isTest(callee.expression)
  return ts.isTaggedTemplateExpression(callee) && isTest(callee.tag)
}

/** The text of a name, up to its first substitution. */
function textOf(name: ts.Expression): string {
  if (ts.isStringLiteralLike(name)) return name.text
  return ts.isTemplateExpression(name) ? name.head.text : ''
}

function rulesOf(name: string): string[] {
  const [quoted = ''] = /^(?:\[[A-Z]{2,4}-\d+\]\s*)+/.exec(name) ?? []
  return [...quoted.matchAll(/[A-Z]{2,4}-\d+/g)].map(([rule]) => rule)
}

/** One line for each way in which the page and the tests disagree; empty where they agree. */
export function checkRules({ rules, later }: RulePage, quotes: readonly TestQuote[]): string[] {
  const known = new Set(rules)
  const waiting = new Set(later)
  const proved = new Map<string, TestQuote>()
  for (const quote of quotes) if (!proved.has(quote.rule)) proved.set(quote.rule, quote)

  return [
    ...repeated(rules).map((rule) => `${rule} stands twice on the page`),
    ...repeated(later).map((rule) => `${rule} stands twice in the list "Later"`),
    ...[...waiting]
      .filter((rule) => !known.has(rule))
      .map((rule) => `${rule} is in the list "Later" but is no rule`),
    ...[...known]
      .filter((rule) => !waiting.has(rule) && !proved.has(rule))
      .map((rule) => `${rule} has no test`),
    ...quotes
      .filter(({ rule }) => !known.has(rule))
      .map(({ rule, file, line }) => `${file}:${line} quotes ${rule}, which does not exist`),
    ...[...proved.values()]
      .filter(({ rule }) => waiting.has(rule))
      .map(
        ({ rule, file, line }) =>
          `${rule} is in the list "Later" but has a test (${file}:${line}): take it off the list`,
      ),
  ]
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))]
}
