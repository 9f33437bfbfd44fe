import { createCel } from './create-cel.ts'
import { re2Engine } from './re2.ts'
import type { ExpressionLanguage } from './types.ts'

/**
 * The language of conditions and templates: the Common Expression Language with one number type, checked
 * against a scope. Never throws; whatever is wrong with a source comes back as faults with their ranges.
 *
 * @example
 * const scope = createScope({ vars: { retries: 'number' } })
 * cel.checkExpression('retries < 3', scope, 'boolean').checked?.type // 'boolean'
 * cel.checkExpression('retires < 3', scope).faults[0]?.details       // { name: 'retires', suggestion: 'retries' }
 */
export const cel: ExpressionLanguage = /* @__PURE__ */ createCel({ regex: re2Engine })
