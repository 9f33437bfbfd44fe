import * as z from 'zod/mini'
import { checkJson } from '../../../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import { err, ok, type Result } from '../../../base/result.ts'
import { createDiagnostic } from '../../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { definitionOf, upgradeDefinition } from './older-exports.ts'

const list = <T extends z.core.$ZodType>(entry: T) => z.pipe(z.nullish(z.array(entry)), orEmpty<T>())

function orEmpty<T extends z.core.$ZodType>() {
  return z.transform((value: z.output<T>[] | null | undefined): z.output<T>[] => value ?? [])
}

const condition = z.object({
  type: z.pipe(
    z.nullish(z.string()),
    z.transform((type): string => type ?? ''),
  ),
  friendly_name: z.nullish(z.string()),
  arguments: list(z.unknown()),
  value: z.optional(z.unknown()),
})

const transition = z.object({
  event: z.string(),
  next: z.nullish(z.string()),
  conditions: list(condition),
})

const state = z.object({
  name: z.string(),
  type: z.string(),
  transitions: list(transition),
  properties: z._default(z.record(z.string(), z.unknown()), {}),
})

const flow = z.object({
  description: z.nullish(z.string()),
  initial_state: z.string(),
  states: z.array(state).check(z.minLength(1), z.maxLength(10_000)),
  flags: z.optional(z.unknown()),
})

/** One flow as Studio writes it. */
export type StudioFlow = z.infer<typeof flow>
/** A widget. */
export type StudioState = z.infer<typeof state>
export type StudioCondition = z.infer<typeof condition>

/** True for a flow definition of any age, alone or inside what the API returns. */
export function looksLikeStudio(value: unknown): boolean {
  const definition = definitionOf(value)
  if (definition === undefined) return false
  const { states, initial_state: initial } = definition
  if (typeof initial === 'string' && Array.isArray(states)) return true
  if (typeof initial === 'string' && isJsonObject(states))
    return Object.values(states).some((each) => isJsonObject(each) && typeof each.type === 'string')
  return Array.isArray(states) && states.some((each) => isJsonObject(each) && each.type === 'InitialState')
}

/** Reads a flow definition; whatever nobody looks at is left alone. */
export function parseStudioFlow(value: unknown): Result<StudioFlow, readonly Diagnostic[]> {
  const unsafe = checkJson(value)
  if (unsafe !== undefined) {
    const at = unsafe.path.length === 0 ? 'the document' : unsafe.path.join('.')
    return err([
      createDiagnostic('document.json', { path: unsafe.path }, { at, reason: unsafe.code, got: unsafe.got }),
    ])
  }
  const definition = definitionOf(value)
  const given = definition === undefined ? value : upgradeDefinition(definition)
  const parsed = flow.safeParse(given)
  if (parsed.success) return ok(parsed.data)
  return err(
    parsed.error.issues.slice(0, 20).map((issue) => {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
      return createDiagnostic(
        'document.shape',
        { path },
        {
          at: path.length === 0 ? 'the document' : path.join('.'),
          expected: EXPECTED[issue.code === 'invalid_type' ? issue.expected : issue.code] ?? 'something else',
          got: wordFor(valueAt(given, path)),
        },
      )
    }),
  )
}

/** What a flow has in a place, by what zod calls it. */
const EXPECTED: { readonly [code: string]: string } = {
  string: 'a text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  too_small: 'a list with something in it',
  too_big: 'a list of at most 10,000',
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as { readonly [part: string]: unknown })[part]
  }
  return value
}

function wordFor(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** A property as text: numbers and booleans as they print, anything else as `undefined`. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Pairs of `key` and `value`, as parameters and variables are written. */
export function pairsOf(value: unknown): readonly { readonly key: string; readonly value: string }[] {
  if (!Array.isArray(value)) return []
  return value
    .filter((each: Json) => isJsonObject(each))
    .map((each: JsonObject) => ({ key: textOf(each.key) ?? '', value: textOf(each.value) ?? '' }))
}
