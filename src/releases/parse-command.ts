import type { JsonLimits } from '../base/check-json.ts'
import { isJsonObject } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Command } from './command.ts'
import { COMMAND_SCHEMAS, COMMAND_TYPES, REQUEST_SCHEMA } from './command-schema.ts'
import { checkForm, readPlain } from './form-fault.ts'
import type { ReleaseRequest } from './plan/release-plan.ts'
import { type Refusal, refuse } from './refusal.ts'

/**
 * How large a command may be; the longest one defines a gray rule that lists numbers, the deepest one sends a stored rule
 * back with the tree of its condition.
 */
const COMMAND_LIMITS: JsonLimits = { maxDepth: 512, maxValues: 1_000_000, maxStringLength: 100_000 }

/** A type that nobody knows is quoted so far. */
const MAX_QUOTED = 64

/**
 * Reads a command from outside, as the body of a request: a copy of it, of a form that `decide` can rely on. Whether it
 * may be carried out is for `decide` to say; so is what a gray rule holds. Never throws.
 *
 * Ids are texts of 1 to 128 characters other than `__proto__`, `constructor` and `prototype`, for they become keys.
 *
 * @example
 * const command = parseCommand(await request.json())
 * if (!command.ok) return Response.json(command.error, { status: 400 })
 */
export function parseCommand(value: unknown): Result<Command, Refusal> {
  const plain = readPlain(value, COMMAND_LIMITS, 'the command')
  if (!plain.ok) return bad({ ...plain.error })
  const type = isJsonObject(plain.value) ? plain.value.type : undefined
  if (typeof type !== 'string') return bad({ fault: 'it has no type' })
  if (!Object.hasOwn(COMMAND_SCHEMAS, type)) {
    const suggestion = nearest(type, COMMAND_TYPES)
    return bad({ fault: `there is no command ${type.slice(0, MAX_QUOTED)}`, suggestion })
  }
  const fault = checkForm(plain.value, COMMAND_SCHEMAS[type as Command['type']], 'the command')
  return fault === undefined ? ok(plain.value as unknown as Command) : bad({ ...fault })
}

/** Reads what a release is asked for, as `parseCommand` reads a command. */
export function parseRequest(value: unknown): Result<ReleaseRequest, Refusal> {
  const plain = readPlain(value, COMMAND_LIMITS, 'the request')
  if (!plain.ok) return bad({ ...plain.error })
  const fault = checkForm(plain.value, REQUEST_SCHEMA, 'the request')
  return fault === undefined ? ok(plain.value as unknown as ReleaseRequest) : bad({ ...fault })
}

function bad(details: Parameters<typeof refuse>[1]): Result<never, Refusal> {
  return err(refuse('command.bad', details))
}
