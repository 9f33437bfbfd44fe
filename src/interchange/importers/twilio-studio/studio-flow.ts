import * as z from 'zod/mini'
import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import type { Result } from '../../../base/result.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { readPlain, readShape } from '../shared/read-value.ts'
import { textOf } from '../shared/values.ts'
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
  const plain = readPlain(value)
  if (!plain.ok) return plain
  const definition = definitionOf(plain.value)
  return readShape(flow, definition === undefined ? plain.value : upgradeDefinition(definition))
}

/** Pairs of `key` and `value`, as parameters and variables are written. */
export function pairsOf(value: unknown): readonly { readonly key: string; readonly value: string }[] {
  if (!Array.isArray(value)) return []
  return value
    .filter((each: Json) => isJsonObject(each))
    .map((each: JsonObject) => ({ key: textOf(each.key) ?? '', value: textOf(each.value) ?? '' }))
}
