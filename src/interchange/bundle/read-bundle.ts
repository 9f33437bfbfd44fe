import { checkJson } from '../../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { normaliseJson } from '../../base/normalise-json.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { MAX_FAULTS } from '../../document/document-schema.ts'
import { CURRENT_SCHEMA } from '../../document/migrations.ts'
import { explain, parseDocument } from '../../document/parse-document.ts'
import { withoutBidiTricks } from './bidi.ts'
import {
  BUNDLE_FORMAT,
  BUNDLE_SCHEMA,
  type Bundle,
  type BundledFlow,
  MAX_BUNDLE_LENGTH,
  MAX_BUNDLE_VALUES,
} from './bundle.ts'
import { bundleSchema } from './bundle-schema.ts'
import { bundledHash } from './bundled-hash.ts'
import { ownValueAt } from './flow-references.ts'
import { migrateBundle } from './migrate-bundle.ts'
import { isRange } from './node-versions.ts'
import { noteWarnings } from './note-warnings.ts'

/** A document may nest 64 levels deep, and begins at the third of a bundle. */
const LIMITS = { maxDepth: 68, maxValues: MAX_BUNDLE_VALUES } as const

/** Warnings told at once; what they warn of is made harmless everywhere. */
const MAX_WARNINGS = 200

/** Characters of a text that a fault tells. */
const MAX_TOLD = 300

type Details = { readonly [name: string]: Json }
type Faults = readonly Diagnostic[]

/** A bundle that can be looked at and imported, with what was found in it. */
export interface ReadBundle {
  readonly bundle: Bundle
  /** What somebody may have meant to do harm with; it does none any more. */
  readonly warnings: readonly Diagnostic[]
}

/** True for a value that says of itself that it is a bundle; cheap, and never throws. */
export function isBundle(value: unknown): value is JsonObject {
  return isJsonObject(value) && Object.hasOwn(value, 'format') && value.format === BUNDLE_FORMAT
}

/**
 * Reads a bundle from JSON text or from a value that came out of JSON, and migrates an older schema. Whatever is not
 * exactly a bundle is refused, with every fault named by its path: what is too deep, too large, refers to itself or names
 * a prototype; unknown members; flows that share an id; a flow that is not what its hash says. Names and labels that
 * show something else than they say are put right, with a warning. The result shares nothing with the value.
 *
 * @example
 * const read = readBundle(await readFile('flows.json', 'utf8'))
 * if (read.ok) console.log(read.value.bundle.roots, read.value.warnings)
 */
export function readBundle(input: unknown): Result<ReadBundle, Faults> {
  const value = typeof input === 'string' ? parseText(input) : ok(input)
  if (!value.ok) return value
  const plain = copyOf(value.value)
  if (!plain.ok) return plain
  const current = bringUpToDate(plain.value)
  if (!current.ok) return current
  const parsed = bundleSchema.safeParse(current.value)
  if (!parsed.success) return err(explain(parsed.error, current.value, bundleSchema).map(ofBundle))
  const flows: BundledFlow[] = []
  const faults: Diagnostic[] = []
  for (const [index, flow] of parsed.data.flows.entries()) {
    const document = parseDocument(flow.document)
    if (document.ok) flows.push({ ...(flow as unknown as BundledFlow), document: document.value })
    else faults.push(...document.error.map((each) => ofFlow(each, index, flow.document)))
    if (faults.length >= MAX_FAULTS) break
  }
  if (faults.length > 0) return err(faults.slice(0, MAX_FAULTS))
  const bundle = { ...(parsed.data as unknown as Bundle), flows }
  const wrong = [...faultsOf(bundle, current.value)].slice(0, MAX_FAULTS)
  return wrong.length > 0 ? err(wrong) : ok(madeHarmless(bundle))
}

function parseText(text: string): Result<unknown, Faults> {
  if (text.length > MAX_BUNDLE_LENGTH)
    return refuse('bundle.json', [], { reason: 'json.tooLarge', got: `${text.length} characters` })
  try {
    return ok(JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text))
  } catch (error) {
    return refuse('bundle.notJson', [], { reason: (error as Error).message.slice(0, 200).split('\n', 1)[0]! })
  }
}

/** The value as JSON text would give it, where that can be made of it within bounds. */
function copyOf(value: unknown): Result<Json, Faults> {
  try {
    return copyOfPlain(value)
  } catch {
    // Proxies alone run code when they are looked at, and may say something else each time.
    return refuse('bundle.json', [], { reason: 'json.notPlain', got: 'an object that runs code' })
  }
}

function copyOfPlain(value: unknown): Result<Json, Faults> {
  const unsafe = checkJson(value, LIMITS)
  if (unsafe !== undefined)
    return refuse('bundle.json', unsafe.path, { reason: unsafe.code, got: unsafe.got })
  // One long text can stand in a million places of a value.
  if (textIn(value as Json, MAX_BUNDLE_LENGTH) < 0)
    return refuse('bundle.json', [], {
      reason: 'json.tooLarge',
      got: `more than ${MAX_BUNDLE_LENGTH} characters`,
    })
  return ok(normaliseJson(value as Json))
}

/** What is left of a room for characters behind all texts and names of a value; negative where there is too little. */
function textIn(value: Json, room: number): number {
  if (typeof value === 'string') return room - value.length
  if (typeof value !== 'object' || value === null) return room
  let left = room
  // A list may have members beside its entries, which JSON does not know and no check has seen.
  const names = Array.isArray(value) ? value.keys() : Object.keys(value)
  for (const name of names) {
    const member = (value as JsonObject)[name]
    if (typeof name === 'string') left -= name.length
    if (member !== undefined && left >= 0) left = textIn(member, left)
    if (left < 0) break
  }
  return left
}

function bringUpToDate(value: Json): Result<JsonObject, Faults> {
  if (!isBundle(value)) return refuse('bundle.notABundle', [], {})
  const { schema } = value
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1)
    return refuse('bundle.noSchema', ['schema'], { current: BUNDLE_SCHEMA })
  if (schema > BUNDLE_SCHEMA)
    return refuse('bundle.newerSchema', ['schema'], { schema, current: BUNDLE_SCHEMA })
  const current = migrateBundle(value, schema)
  return current === undefined ? refuse('bundle.noMigration', ['schema'], { schema }) : ok(current)
}

/** What the shape of a bundle does not say: that its parts fit each other. */
function* faultsOf({ flows, roots, nodeTypes }: Bundle, raw: JsonObject): Generator<Diagnostic> {
  const seen = new Set<string>()
  for (const [index, { document }] of flows.entries()) {
    if (seen.has(document.id)) yield fault('bundle.repeated', ['flows', index], { id: document.id })
    seen.add(document.id)
  }
  for (const [index, root] of roots.entries()) {
    if (flows[index]?.document.id !== root) yield fault('bundle.noRoot', ['roots', index], { root })
  }
  for (const [pin, range] of Object.entries(nodeTypes)) {
    if (!isRange(range)) yield fault('bundle.range', ['nodeTypes', pin], { pin, range })
  }
  const ids = flows.map(({ document }) => document.id)
  for (const [index, flow] of flows.entries()) {
    const wrong = wrongReference(flow, ids)
    if (wrong !== undefined) yield fault('bundle.reference', ['flows', index, 'references', wrong], {})
    // The hash speaks of the document as it was written, and only the release that wrote an older one could make it.
    else if (schemaOf(raw, index) === CURRENT_SCHEMA && hashOf(flow) !== flow.behaviourHash)
      yield fault('bundle.hash', ['flows', index, 'behaviourHash'], { flow: flow.document.id })
  }
}

function hashOf({ document, references }: BundledFlow): string {
  return bundledHash(document, references)
}

function schemaOf(raw: JsonObject, index: number): Json | undefined {
  return ownValueAt(raw, ['flows', index, 'document', 'schema'])
}

/** The place of the first reference that does not name the flow which it says that it names. */
function wrongReference(
  { document, references = [] }: BundledFlow,
  ids: readonly string[],
): number | undefined {
  if (references.length === 0) return undefined
  const nodes = new Map(document.nodes.map((node) => [node.id, node]))
  const wrong = references.findIndex(({ node, path, place }) => {
    const config = nodes.get(node)?.config
    const named = config === undefined ? undefined : ownValueAt(config, path)
    return named === undefined || named !== ids[place]
  })
  return wrong < 0 ? undefined : wrong
}

function madeHarmless(bundle: Bundle): ReadBundle {
  const cleaned = bundle.flows.map((flow) => ({ flow, ...withoutBidiTricks(flow.document) }))
  const warnings = cleaned.flatMap((each) => [...each.warnings, ...noteWarnings(each.document)])
  return {
    bundle: { ...bundle, flows: cleaned.map(({ flow, document }) => ({ ...flow, document })) },
    warnings: warnings.slice(0, MAX_WARNINGS),
  }
}

/** A fault of the shape, in the words of bundles. */
function ofBundle({ code, location, details = {} }: Diagnostic): Diagnostic {
  const { path = [] } = location
  return fault(code.replace(/^document\./, 'bundle.'), path, details)
}

/** A fault of a document, by its place in the bundle. */
function ofFlow(diagnostic: Diagnostic, index: number, { id }: JsonObject): Diagnostic {
  const path = ['flows', index, 'document', ...(diagnostic.location.path ?? [])]
  return {
    ...diagnostic,
    message: clip(diagnostic.message),
    location: { ...(typeof id === 'string' ? { flow: id } : {}), path },
  }
}

function fault(code: string, path: readonly (string | number)[], details: Details): Diagnostic {
  const told = { ...details, at: path.length === 0 ? 'the bundle' : path.join('.') }
  const short = Object.entries(told).map(([name, value]) => [
    name,
    typeof value === 'string' ? clip(value) : value,
  ])
  return createDiagnostic(code, { path }, Object.fromEntries(short) as Details)
}

/** Names in a bundle may be a million characters long, and hold what a terminal or a browser would obey. */
function clip(text: string): string {
  const shown = text.length > MAX_TOLD ? `${text.slice(0, MAX_TOLD)}…` : text
  return shown.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

function refuse(code: string, path: readonly (string | number)[], details: Details) {
  return err([fault(code, path, details)])
}
