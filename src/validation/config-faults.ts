import type { Json, JsonObject } from '../base/json.ts'
import { MAX_PATTERN_LENGTH, re2Engine } from '../expressions/re2.ts'
import { checkConfig } from '../nodes/check-config.ts'
import type { Field, Fields } from '../nodes/fields.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { type ConfigPath, visitConfig } from '../nodes/visit-config.ts'

/** A fault of one node, to be worded by the diagnostics table. */
export interface NodeFaultFound {
  readonly code: string
  /** From the node. */
  readonly path: ConfigPath
  readonly details: { readonly [name: string]: Json }
}

/** What is wrong with a config by itself: its fields, what its node type says of it, and its patterns. */
export function configFaults(
  type: NodeType,
  written: JsonObject,
  config: JsonObject,
): readonly NodeFaultFound[] {
  const faults: NodeFaultFound[] = []
  for (const { code, path, details } of checkConfig(type.fields, written)) {
    faults.push({ code, path: ['config', ...path], details: { ...details, type: type.runtime.type } })
  }
  type.check?.(config, (code, path, details = {}) =>
    faults.push({ code, path: ['config', ...path], details }),
  )
  if (hasPatterns(type.fields))
    visitConfig(type.fields, config, (field, value, path) => {
      if (field.kind !== 'pattern' || typeof value !== 'string' || value.length > MAX_PATTERN_LENGTH) return
      const problem = patternProblem(value)
      if (problem !== undefined) {
        faults.push({
          code: 'expression.pattern',
          path: ['config', ...path],
          details: { pattern: value, problem },
        })
      }
    })
  return faults
}

const HAVE_PATTERNS = new WeakMap<Fields, boolean>()

/** True for fields that may hold a pattern, at whatever depth; most node types have none. */
function hasPatterns(fields: Fields): boolean {
  let has = HAVE_PATTERNS.get(fields)
  if (has === undefined) {
    has = Object.values(fields).some(mayHoldPattern)
    HAVE_PATTERNS.set(fields, has)
  }
  return has
}

function mayHoldPattern(field: Field): boolean {
  if (field.kind === 'list' || field.kind === 'record') return mayHoldPattern(field.of)
  return field.kind === 'pattern' || (field.kind === 'object' && hasPatterns(field.fields))
}

/** What keeps a regular expression from being read. */
function patternProblem(pattern: string): string | undefined {
  try {
    re2Engine.compile(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
