import type * as z from 'zod/mini'
import { checkJson } from '../../base/check-json.ts'
import type { Json } from '../../base/json.ts'
import { normaliseJson } from '../../base/normalise-json.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Details } from '../../diagnostics/entry.ts'
import { explain } from '../../document/parse-document.ts'
import { type GrayFault, grayFault } from './gray-faults.ts'

type ShapeCode = 'grayRule.shape' | 'guards.shape'
type Faults = readonly GrayFault[]

/** A copy of a value from outside that is plain, bounded JSON. */
export function readJson(value: unknown, code: ShapeCode): Result<Json, Faults> {
  const unsafe = checkJson(value)
  if (unsafe === undefined) return ok(normaliseJson(value as Json))
  const { path, code: reason, got } = unsafe
  return err([shapeFault('document.json', path, { reason, got }, code)])
}

/** The value where it has the form of a schema; else what is wrong, in the words of documents. */
export function readShape<Schema extends z.ZodMiniType>(
  value: Json,
  schema: Schema,
  code: ShapeCode,
): Result<z.output<Schema>, Faults> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  return err(
    explain(parsed.error, value, schema).map((found) =>
      shapeFault(found.code, found.location.path ?? [], found.details ?? {}, code),
    ),
  )
}

function shapeFault(found: string, path: GrayFault['path'], details: Details, code: ShapeCode): GrayFault {
  const said = { ...details, at: path.length === 0 ? 'the value' : path.join('.') }
  return grayFault(code, path, { ...said, problem: createDiagnostic(found, {}, said).message })
}
