import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { encode } from 'jose/base64url'
import { canonicalJson } from '../../base/canonical.ts'
import { checkJson } from '../../base/check-json.ts'
import { isJsonObject, isUnsafeKey, type Json, type JsonObject } from '../../base/json.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { FITS_TYPE } from '../../document/data-type.ts'
import type { DataField } from '../../document/flow-document.ts'
import { tellName } from '../tell-name.ts'
import type { Parameters } from './link.ts'

/** The name under which an address carries its token; no parameter has it. */
export const TOKEN_NAME = '_token'

const MAX_PARAMETERS = 50
const MAX_NAME = 128
const MAX_VALUE = 1_000

/** What is wrong with parameters, as the end of a sentence. */
type Fault = string

/**
 * Reads parameters as people write them, `&order=4711&city=K%C3%B6ln` with or without the first sign, or as an object of
 * texts.
 */
export function readParameters(given: string | Parameters | undefined): Result<Parameters, Fault> {
  if (given === undefined) return ok({})
  if (typeof given === 'string') return pairsOf(new URLSearchParams(given.replace(/^[?&]/, '')))
  if (!isJsonObject(given)) return err('they are neither a text nor an object')
  return pairsOf(Object.entries(given))
}

/** Parameters by name, out of pairs from outside: each name once, nothing too long, nothing that is no text. */
export function pairsOf(pairs: Iterable<readonly [string, unknown]>): Result<Parameters, Fault> {
  const found = new Map<string, string>()
  for (const [name, value] of pairs) {
    if (name === '' || name.length > MAX_NAME || isUnsafeKey(name) || name === TOKEN_NAME)
      return err(`${tellName(name)} cannot be that of one`)
    if (typeof value !== 'string') return err(`${tellName(name)} is no text`)
    if (value.length > MAX_VALUE) return err(`${tellName(name)} is longer than ${MAX_VALUE} characters`)
    if (!isWellFormed(name) || !isWellFormed(value))
      return err(`${tellName(name)} holds half of a character or a NUL`)
    if (found.has(name)) return err(`${tellName(name)} is there twice`)
    if (found.size >= MAX_PARAMETERS) return err(`there are more than ${MAX_PARAMETERS}`)
    found.set(name, value)
  }
  return ok(Object.fromEntries(found))
}

/** Not every database can keep a NUL, and half of a character comes back as another one. */
function isWellFormed(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text)
}

/** What a token says of parameters: equal for equal ones, in whatever order an address has them. */
export function digestOf(parameters: Parameters): string {
  return encode(sha256(utf8ToBytes(canonicalJson(parameters))))
}

/** What keeps parameters from starting a flow. */
export type DataFault =
  | {
      readonly code: 'link.missingParameters' | 'link.unknownParameters'
      readonly parameters: readonly string[]
    }
  | { readonly code: 'link.badParameters'; readonly fault: Fault }

/** The data that a flow starts with: parameters as the types that its start node declares. */
export function dataOf(parameters: Parameters, inputs: readonly DataField[]): Result<JsonObject, DataFault> {
  const unknown = Object.keys(parameters).filter((name) => inputs.every((input) => input.name !== name))
  if (unknown.length > 0) return err({ code: 'link.unknownParameters', parameters: unknown })
  const given = inputs.filter(({ name }) => Object.hasOwn(parameters, name))
  const missing = inputs.filter((input) => input.required === true && !isFilled(parameters, input.name))
  if (missing.length > 0)
    return err({ code: 'link.missingParameters', parameters: missing.map(({ name }) => name) })
  const data: { [name: string]: Json } = {}
  for (const { name, type } of given) {
    const value = typedValue(parameters[name]!, type)
    if (value === undefined) return err({ code: 'link.badParameters', fault: `${name} is no ${WORDS[type]}` })
    data[name] = value
  }
  return ok(data)
}

/** A required value that is empty says as much as one that is not there. */
function isFilled(parameters: Parameters, name: string): boolean {
  return Object.hasOwn(parameters, name) && parameters[name] !== ''
}

const WORDS: { readonly [Type in DataField['type']]: string } = {
  text: 'text',
  any: 'value',
  number: 'number that keeps all its digits',
  boolean: 'true or false',
  date: 'date such as 2026-11-30 or 2026-11-30T09:00:00Z',
  list: 'list in JSON',
  object: 'object in JSON',
}

/** A text as a type declares it; `undefined` where it cannot be. */
function typedValue(text: string, type: DataField['type']): Json | undefined {
  switch (type) {
    case 'number':
      return isNumber(text) ? Number(text) : undefined
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'date':
      return isDate(text) ? text : undefined
    case 'list':
    case 'object':
      return jsonOf(text, FITS_TYPE[type])
    default:
      return text
  }
}

/** An integer that would come out as another one is none: it may be somebody's number of an order. */
function isNumber(text: string): boolean {
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(Number(text))
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text))
}

/** `Date.parse` alone takes the 30th of February for the 2nd of March. */
function isDate(text: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(text) ?? []
  if (day === undefined || Number.isNaN(Date.parse(text))) return false
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

function jsonOf(text: string, fits: (value: unknown) => boolean): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return fits(value) && checkJson(value, { maxDepth: 16 }) === undefined ? (value as Json) : undefined
  } catch {
    return undefined
  }
}
