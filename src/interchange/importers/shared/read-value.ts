import type * as z from 'zod/mini'
import { checkJson } from '../../../base/check-json.ts'
import { err, ok, type Result } from '../../../base/result.ts'
import { createDiagnostic } from '../../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'

/** Refuses what is no plain, bounded JSON, before anybody looks into it. */
export function readPlain(value: unknown): Result<unknown, readonly Diagnostic[]> {
  const unsafe = checkJson(value)
  if (unsafe === undefined) return ok(value)
  const at = unsafe.path.length === 0 ? 'the document' : unsafe.path.join('.')
  return err([
    createDiagnostic('document.json', { path: unsafe.path }, { at, reason: unsafe.code, got: unsafe.got }),
  ])
}

/** Reads a value by a shape; what is not as the shape says is told with the place and what stands there. */
export function readShape<T extends z.core.$ZodType>(
  shape: T & { safeParse(value: unknown): z.core.util.SafeParseResult<z.output<T>> },
  given: unknown,
): Result<z.output<T>, readonly Diagnostic[]> {
  const parsed = shape.safeParse(given)
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
