import ts from 'typescript'

/** A step of a walkthrough that says which sentence it proves. */
export interface NamedSentence {
  readonly sentence: string
  readonly file: string
  /** Counted from 1. */
  readonly line: number
}

/**
 * The sentences that the steps of one file name: `step('001.42', …)` or `step(['001.42', '001.43'], …)`, plain or with
 * modifiers. A step that is skipped or still to be written proves nothing. Names have to be plain texts; throws for
 * others, since they would be overlooked.
 */
export function namedSentences(file: string, source: string): NamedSentence[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext)
  const found: NamedSentence[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isStep(node.expression)) {
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
      const names = namesIn(node.arguments[0])
      if (names === undefined) throw new Error(`${file}:${line}: a step names its sentences as plain texts`)
      for (const sentence of names) found.push({ sentence, file, line })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** True for `step` and `step.only`; not for `step.skip` and `step.todo`. */
function isStep(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'step'
  if (!ts.isPropertyAccessExpression(callee)) return false
  return callee.name.text !== 'skip' && callee.name.text !== 'todo' && isStep(callee.expression)
}

function namesIn(argument: ts.Expression | undefined): readonly string[] | undefined {
  if (argument === undefined) return undefined
  if (ts.isStringLiteralLike(argument)) return [argument.text]
  if (!ts.isArrayLiteralExpression(argument) || argument.elements.length === 0) return undefined
  const names = argument.elements.filter((element) => ts.isStringLiteralLike(element))
  return names.length === argument.elements.length ? names.map(({ text }) => text) : undefined
}
