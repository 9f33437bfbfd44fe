import type * as z from 'zod/mini'
import { checkJson } from '../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject, valueAt } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { err, ok, type Result } from '../base/result.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { documentSchema, MAX_FAULTS, partSchemas } from './document-schema.ts'
import type { Connector, FlowDocument } from './flow-document.ts'
import { CURRENT_SCHEMA, migrate } from './migrations.ts'

/** The longest text that is read as a document, in UTF-16 units. */
export const MAX_DOCUMENT_LENGTH = 64 * 1024 * 1024

/** How deep parts may nest, for a document may hold 64 levels (`checkJson`) and they begin at some of them. */
const MAX_PART_DEPTHS = { node: 62, connector: 62, note: 62, settings: 63, flow: 64 } as const

type Path = readonly (string | number)[]

/**
 * Reads a flow document from JSON text or from a value that came out of JSON, migrates an older schema, and
 * fills in what is left to defaults. Refuses whatever is not a document, with every fault named by its path.
 * A document that is read may still be incomplete: that is for `validate` to say.
 *
 * @example
 * const read = parseDocument(await readFile('flow.json', 'utf8'))
 * if (!read.ok) console.error(read.error[0]?.message)
 */
export function parseDocument(input: unknown): Result<FlowDocument, readonly Diagnostic[]> {
  const value = typeof input === 'string' ? parseText(input) : ok(input)
  if (!value.ok) return value
  const unsafe = checkJson(value.value)
  if (unsafe !== undefined)
    return refuse('document.json', unsafe.path, { reason: unsafe.code, got: unsafe.got })
  if (!isJsonObject(value.value)) return refuse('document.notAnObject', [], { got: kindOf(value.value) })
  const current = bringUpToDate(value.value)
  if (!current.ok) return current
  const parsed = documentSchema.safeParse(current.value)
  if (!parsed.success) return err(explain(parsed.error, current.value, documentSchema))
  const document = { ...parsed.data, connectors: parsed.data.connectors.map(nameConnector) } as FlowDocument
  const repeated = findRepeated(document)
  return repeated.length > 0 ? err(repeated) : ok(document)
}

/**
 * What keeps a value from standing as a part of a document: the same checks that `parseDocument` makes, for one part.
 * Paths begin at the part. The value is JSON already.
 */
export function checkPart(part: keyof typeof partSchemas, value: Json): readonly Diagnostic[] {
  const unsafe = checkJson(value, { maxDepth: MAX_PART_DEPTHS[part] })
  if (unsafe !== undefined)
    return [fault('document.json', unsafe.path, { reason: unsafe.code, got: unsafe.got })]
  const parsed = partSchemas[part].safeParse(value)
  return parsed.success ? [] : explain(parsed.error, value, partSchemas[part])
}

/** The faults that a schema of zod found, in the words of documents. */
export function explain(error: z.core.$ZodError, value: Json, schema: z.core.$ZodType): Diagnostic[] {
  return error.issues
    .slice(0, MAX_FAULTS)
    .flatMap((issue) => describe(issue, value, schema))
    .slice(0, MAX_FAULTS)
}

function parseText(text: string): Result<unknown, readonly Diagnostic[]> {
  if (text.length > MAX_DOCUMENT_LENGTH) {
    return refuse('document.json', [], { reason: 'json.tooLarge', got: `${text.length} characters` })
  }
  try {
    return ok(JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text))
  } catch (error) {
    return refuse('document.notJson', [], {
      reason: (error as Error).message.slice(0, 200).split('\n', 1)[0]!,
    })
  }
}

function bringUpToDate(value: JsonObject): Result<JsonObject, readonly Diagnostic[]> {
  const { schema } = value
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1) {
    return refuse('document.noSchema', ['schema'], { current: CURRENT_SCHEMA })
  }
  if (schema > CURRENT_SCHEMA) {
    return refuse('document.newerSchema', ['schema'], { schema, current: CURRENT_SCHEMA })
  }
  const current = migrate(value, schema)
  return current === undefined ? refuse('document.noMigration', ['schema'], { schema }) : ok(current)
}

/** A connector without an id is named after what it leaves: there is only one such connector. */
function nameConnector<C extends { id?: string | undefined; from: { node: string; outcome: string } }>(
  connector: C,
) {
  return connector.id === undefined
    ? { ...connector, id: `${connector.from.node}:${connector.from.outcome}` }
    : connector
}

function findRepeated({ nodes, connectors, notes }: FlowDocument): Diagnostic[] {
  const idOf = ({ id }: { readonly id: string }) => id
  const outcomeOf = ({ from }: Connector) => `${from.node}:${from.outcome}`
  return [
    ...repeatedIn('nodes', 'node id', nodes.map(idOf)),
    ...repeatedIn('connectors', 'connector id', connectors.map(idOf)),
    ...repeatedIn('connectors', 'connector of an outcome', connectors.map(outcomeOf)),
    ...repeatedIn('notes', 'note id', notes.map(idOf)),
  ].slice(0, MAX_FAULTS)
}

function repeatedIn(member: string, what: string, names: readonly string[]): Diagnostic[] {
  const seen = new Set<string>()
  const found: Diagnostic[] = []
  for (const [index, name] of names.entries()) {
    if (seen.has(name)) found.push(fault('document.repeated', [member, index], { what, name }))
    if (found.length === MAX_FAULTS) break
    seen.add(name)
  }
  return found
}

function describe(issue: z.core.$ZodIssue, root: Json, schema: z.core.$ZodType): Diagnostic[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const found = valueAt(root, path)
  if (issue.code === 'unrecognized_keys') {
    const known = membersAt(schema, path)
    return issue.keys.slice(0, MAX_FAULTS).map((name) => {
      const suggestion = nearest(name, known)
      return fault('document.unknownMember', path, {
        name,
        ...(suggestion === undefined ? {} : { suggestion }),
      })
    })
  }
  if (issue.code === 'invalid_union') {
    // The form with the fewest faults is the one that was meant, unless nothing fits it at all.
    const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? []
    if (closest.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys')) {
      return closest.flatMap((inner) =>
        describe({ ...inner, path: [...issue.path, ...inner.path] }, root, schema),
      )
    }
  }
  return [fault('document.shape', path, { expected: expectation(issue), got: kindOf(found) })]
}

/** The members that an object at a place of the document may have. */
function membersAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const [first, ...rest] = path
  switch (def.type) {
    case 'default':
    case 'optional':
      return membersAt(def.innerType, path)
    case 'union':
      return def.options.flatMap((form) => membersAt(form, path))
    case 'array':
      return membersAt(def.element, rest)
    case 'record':
      return membersAt(def.valueType, rest)
    case 'object': {
      if (first === undefined) return Object.keys(def.shape)
      const member = def.shape[first]
      return member === undefined ? [] : membersAt(member, rest)
    }
    default:
      return []
  }
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
}

/** By the message that the schema gives its own checks. */
const CUSTOM_WORDS: { readonly [message: string]: string } = {
  json: 'a JSON value',
  key: 'a name of letters, digits and _, not starting with a digit, at most 64 long',
  object: 'an object',
  safe: 'a name other than __proto__, constructor and prototype',
}

const UNITS: { readonly [origin: string]: string } = { string: ' characters long', array: ' entries long' }

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? `a value of type ${issue.expected}`
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'too_small':
      return `at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`
    case 'too_big':
      return `at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`
    case 'invalid_union':
      return 'a text, or an object of a form that the documentation shows'
    case 'custom':
      return CUSTOM_WORDS[issue.message] ?? 'another value'
    default:
      return 'another shape'
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return value.length > 40 ? 'a long text' : JSON.stringify(value)
  return String(value)
}

function fault(code: string, path: Path, details: { readonly [name: string]: Json }): Diagnostic {
  return createDiagnostic(
    code,
    { path },
    { ...details, at: path.length === 0 ? 'the document' : path.join('.') },
  )
}

function refuse(code: string, path: Path, details: { readonly [name: string]: Json }) {
  return err([fault(code, path, details)])
}
