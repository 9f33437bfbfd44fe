import * as z from 'zod/mini'
import { isJsonObject, isKey, isUnsafeKey, type Json, type JsonObject } from '../base/json.ts'
import { LIMITS, type LimitName } from '../base/limits.ts'

/** Faults named at once; whoever has more sees them after mending these. */
export const MAX_FAULTS = 20

const MAX_TEXT = 100_000

const safe = z.refine<string>((value) => !isUnsafeKey(value), { error: 'safe' })
const name = z.string().check(z.minLength(1), z.maxLength(256), safe)
/** A name that a person may still be typing: blank, repeated or unusable ones are for validation to report. */
const draftName = z.string().check(z.maxLength(256), safe)
const key = z.string().check(z.refine(isKey, { error: 'key' }))
const text = z.string().check(z.maxLength(MAX_TEXT))
const optionalText = z.optional(text)
const json = z.custom<Json>((value) => value !== undefined, { error: 'json', abort: false })
const jsonObject = z.custom<JsonObject>(isJsonObject, { error: 'object', abort: false })
const meta = z.optional(jsonObject)
const position = z.strictObject({ x: z.number(), y: z.number() })
const source = z.union([text, z.strictObject({ language: draftName, source: text })])
const dataType = z.enum(['text', 'number', 'boolean', 'date', 'list', 'object', 'any'])
const flag = z.optional(z.boolean())

/**
 * Forgets all but the first faults of a list or record: zod hands them on as arguments of one call, and more of
 * them than the stack holds would throw. Runs although there are faults; that they do not abort is for each schema
 * in here to see to.
 */
const fewFaults = z.check(
  ({ issues }) => {
    if (issues.length > MAX_FAULTS) issues.length = MAX_FAULTS
  },
  { when: () => true },
)

function listOf<T extends z.core.$ZodType>(entry: T, maxEntries = 50_000) {
  return z.array(entry).check(z.maxLength(maxEntries), fewFaults)
}

function recordOf<T extends z.core.$ZodType>(value: T) {
  return z.record(z.string(), value).check(fewFaults)
}

const dataField = z.strictObject({
  name: draftName,
  type: dataType,
  sensitive: flag,
  required: flag,
  label: optionalText,
})

const limits = z.strictObject(
  Object.fromEntries((Object.keys(LIMITS) as LimitName[]).map((limit) => [limit, z.optional(z.number())])),
)

const variable = z.strictObject({
  name: draftName,
  type: dataType,
  default: z.optional(json),
  askAtRelease: flag,
  input: flag,
  output: flag,
  sensitive: flag,
  label: optionalText,
})

const flowOutcome = z.strictObject({
  code: draftName,
  label: optionalText,
  kind: z.enum(['completed', 'error', 'incomplete']),
})

const settings = z.strictObject({
  variables: z.optional(listOf(variable)),
  contact: z.optional(listOf(dataField)),
  outcomes: z.optional(listOf(flowOutcome)),
  logbooks: z.optional(listOf(z.strictObject({ name: draftName, fields: listOf(draftName) }))),
  duplicates: z.optional(z.strictObject({ prevent: z.boolean(), identifier: z.optional(source) })),
  languages: z.optional(
    z.strictObject({
      default: draftName,
      others: z.optional(listOf(z.strictObject({ tag: draftName, required: flag }))),
    }),
  ),
  mediaFolder: optionalText,
  limits: z.optional(limits),
  stopWords: z.optional(listOf(draftName)),
  meta,
})

const transitionAction = z.union([
  z.strictObject({ set: text, to: source }),
  z.strictObject({ log: text, fields: recordOf(source) }),
])
const transitionActions = listOf(transitionAction)

const node = z.strictObject({
  id: key,
  type: z.string().check(z.maxLength(128)),
  label: optionalText,
  config: z._default(jsonObject, {}),
  position: z.optional(position),
  onEnter: z.optional(transitionActions),
  onLeave: z.optional(recordOf(transitionActions)),
  meta,
})

const connectorMembers = {
  from: z.strictObject({ node: text, outcome: text }),
  to: optionalText,
  label: optionalText,
  meta,
}
const connector = z.strictObject({ id: z.optional(name), ...connectorMembers })

const note = z.strictObject({
  id: name,
  node: optionalText,
  text,
  position: z.optional(position),
  meta,
})

const medium = z.enum(['voice', 'messaging', 'any'])
const role = z.enum(['main', 'subflow', 'exception'])
const audience = z.enum(['interaction', 'internal'])

/** How many things of a kind one flow may hold. */
export const MAX_ITEMS = { nodes: 50_000, connectors: 200_000, notes: 50_000 } as const

/** The shape of a document of schema 1, as zod sees it. Defaults are filled in; unknown members are refused. */
export const documentSchema = z.strictObject({
  schema: z.literal(1),
  id: name,
  name: z._default(text, ''),
  remark: optionalText,
  medium: z._default(medium, 'any'),
  role: z._default(role, 'main'),
  audience: z._default(audience, 'interaction'),
  settings: z._default(settings, {}),
  nodes: listOf(node, MAX_ITEMS.nodes),
  connectors: z._default(listOf(connector, MAX_ITEMS.connectors), []),
  notes: z._default(listOf(note, MAX_ITEMS.notes), []),
  meta,
})

/** The shapes of the parts that an edit can touch by themselves. */
export const partSchemas = {
  node,
  connector: z.strictObject({ id: name, ...connectorMembers }),
  note,
  settings,
  flow: z.strictObject({ name: text, remark: optionalText, medium, role, audience, meta }),
} as const
