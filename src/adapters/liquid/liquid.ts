import { unknownTree } from '../../expressions/link-context.ts'
import type {
  CheckOutcome,
  Environment,
  ExpressionLanguage,
  ExpressionLinker,
  LinkOptions,
  Scope,
  ValueType,
} from '../../expressions/types.ts'
import { accepts, typeWord } from '../../expressions/value-types.ts'
import { checkNames } from './check-names.ts'
import { completeTemplate } from './complete.ts'
import { readTemplate } from './read-template.ts'
import { renameTemplate } from './rename.ts'
import { linkText, type TextOf } from './render-text.ts'
import { toBoolean, toNumber } from './to-value.ts'

/** What a rendered text is taken for. */
type Kind = 'text' | 'boolean' | 'number'

/**
 * Liquid as a second language of expressions and templates, for flows that come from products which speak it. A
 * template is a Liquid text; an expression is one too, and its value is the text, or `true` and a number where the
 * field asks for these. Never throws for a source; whatever is wrong with it comes back as faults with their ranges.
 *
 * The stored tree is the source, read again when it is linked: what it means is pinned by the major version of liquidjs.
 *
 * @example
 * import { liquid } from 'sluice/liquid'
 * compile(flow, { nodes: palette, languages: [liquid] })
 * // in the flow: { "language": "liquid", "source": "Hello {{ contact.name | capitalize }}" }
 */
export const liquid: ExpressionLanguage &
  ExpressionLinker &
  Pick<Required<ExpressionLanguage>, 'rename' | 'complete'> = {
  id: 'liquid',
  checkExpression(source, scope, expected = 'any') {
    const kind: Kind = expected === 'boolean' || expected === 'number' ? expected : 'text'
    const range = { start: 0, end: source.length }
    if (kind !== 'text' && source.trim() === '')
      return { faults: [{ code: 'expression.empty', range, details: {} }] }
    if (!accepts(expected, kind)) {
      const details = { wanted: typeWord(expected), got: typeWord(kind) }
      return { faults: [{ code: 'expression.wrongType', range, details }] }
    }
    return check(source, scope, kind)
  },
  checkTemplate: (source, scope) => check(source, scope, 'text'),
  complete: (_kind, source, offset, scope) => completeTemplate(source, offset, scope),
  rename: (_kind, source, names) => renameTemplate(source, names),
  linkExpression(tree, options) {
    const { source, kind } = read(tree)
    const text = textOf(source, options)
    if (kind === 'boolean') return (env: Environment) => toBoolean(text(env))
    return kind === 'number' ? (env: Environment) => toNumber(text(env)) : text
  },
  linkTemplate: (tree, options) => textOf(read(tree).source, options),
}

function check(source: string, scope: Scope, kind: Kind & ValueType): CheckOutcome {
  const template = readTemplate(source)
  if ('code' in template) return { faults: [template] }
  const { reads, faults } = checkNames(template.survey, scope)
  if (faults.length > 0) return { faults }
  const sensitive = reads.some(({ path }) => scope.isSensitive(path))
  return { checked: { tree: ['liquid', 1, source, kind], type: kind, reads, sensitive }, faults }
}

/** The parts of a stored tree: `["liquid", 1, source, kind]`. */
function read(tree: unknown): { readonly source: string; readonly kind: Kind } {
  const [name, version, source, kind] = Array.isArray(tree) ? (tree as readonly unknown[]) : []
  const known = kind === 'text' || kind === 'boolean' || kind === 'number'
  if (name !== 'liquid' || version !== 1 || typeof source !== 'string' || !known) throw unknownTree(name)
  return { source, kind }
}

function textOf(source: string, options: LinkOptions | undefined): TextOf {
  const template = readTemplate(source)
  if ('code' in template) throw unknownTree('liquid')
  return linkText(template, options)
}
