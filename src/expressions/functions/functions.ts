import { dateFunctions } from './date-functions.ts'
import { formatFunctions } from './format-functions.ts'
import type { Implementation } from './implementation.ts'
import { numberFunctions } from './number-functions.ts'
import { textFunctions } from './text-functions.ts'
import { valueFunctions } from './value-functions.ts'

/**
 * What the functions of the list do, by name; `SIGNATURES` says what authors need to know of them. `matches`
 * and `default` are not among them: one needs an engine, the other does not evaluate all of its arguments.
 */
export const IMPLEMENTATIONS: Readonly<Record<string, Implementation>> = {
  ...textFunctions,
  ...valueFunctions,
  ...numberFunctions,
  ...dateFunctions,
  ...formatFunctions,
}
