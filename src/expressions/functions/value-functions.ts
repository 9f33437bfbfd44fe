import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { CONVERSION, NOT_FINITE, TYPE, type Value } from '../fault.ts'
import { type Meter, spend, textCost } from '../meter.ts'
import { toText } from '../to-text.ts'
import type { EvaluationFault } from '../types.ts'
import { define } from './implementation.ts'
import { codePoints } from './text-functions.ts'

const NUMERAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

function readNumber(value: Json): Value {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return TYPE
  if (!NUMERAL.test(value)) return CONVERSION
  const number = Number(value)
  return Number.isFinite(number) ? number : NOT_FINITE
}

const test = (is: (value: Json) => boolean) => define('*', (_, value: Json) => is(value))

/** Half of a character, which has no encoding. */
const LONE_SURROGATE = /\p{Surrogate}/gu

/** What is no character is written as the replacement character, as addresses do. */
function urlEncode(value: Json): Value {
  if (typeof value === 'number') return encodeURIComponent(value)
  return typeof value === 'string' ? encodeURIComponent(value.replace(LONE_SURROGATE, '\ufffd')) : TYPE
}

/**
 * Pays for every entry and text within a value, as long as there is something left: a list that holds another one
 * many times over is small here and huge as text.
 */
function payFor(meter: Meter, value: Json | undefined): EvaluationFault | undefined {
  if (typeof value === 'string') return spend(meter, 1 + textCost(value.length))
  if (Array.isArray(value)) return payForAll(meter, value)
  if (isJsonObject(value))
    return payForAll(meter, Object.keys(value)) ?? payForAll(meter, Object.values(value))
  return spend(meter, 1)
}

function payForAll(meter: Meter, values: readonly (Json | undefined)[]): EvaluationFault | undefined {
  for (const value of values) {
    const broke = payFor(meter, value)
    if (broke) return broke
  }
  return spend(meter, 1)
}

/** Members that are `undefined` count as absent. */
export function presentKeys(object: JsonObject): string[] {
  return Object.keys(object).filter((key) => object[key] !== undefined)
}

export const valueFunctions = {
  size: define('*', (_, value: Json) => {
    if (typeof value === 'string') return codePoints(value)
    if (Array.isArray(value)) return value.length
    return isJsonObject(value) ? presentKeys(value).length : TYPE
  }),
  first: define('l', (_, list: readonly Json[]) => list[0] ?? null),
  last: define('l', (_, list: readonly Json[]) => list.at(-1) ?? null),
  keys: define('o', (_, object: JsonObject) => presentKeys(object)),
  dyn: define('*', (_, value: Json) => value),
  string: define('*', (_, value: Json) => toText(value)),
  json: define('*', (meter, value: Json) => payFor(meter, value) ?? JSON.stringify(value)),
  urlEncode: define('*', (_, value: Json) => urlEncode(value)),
  double: define('*', (_, value: Json) => readNumber(value)),
  number: define('*?n', (_, value: Json, fallback?: number) => {
    const number = readNumber(value)
    return typeof number !== 'number' && fallback !== undefined ? fallback : number
  }),
  int: define('*', (_, value: Json) => {
    if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) return CONVERSION
    const number = readNumber(value)
    return typeof number === 'number' ? Math.trunc(number) : number
  }),
  bool: define('*', (_, value: Json) => {
    if (typeof value === 'boolean') return value
    if (typeof value !== 'string') return TYPE
    return value === 'true' || value === 'false' ? value === 'true' : CONVERSION
  }),
  isNumber: test((value) => typeof value === 'number'),
  isText: test((value) => typeof value === 'string'),
  isBoolean: test((value) => typeof value === 'boolean'),
  isList: test((value) => Array.isArray(value)),
  isObject: test(isJsonObject),
}
