import * as z from 'zod/mini'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'

/** Keys of one path: nothing in a document lies deeper. */
export const MAX_PATH = 64

const text = z.string()
const optionalText = z.optional(text)
const json = z.custom<Json>((value) => value !== undefined, 'json')
const object = z.custom<JsonObject>(isJsonObject, 'object')
const list = z.array(json)
const position = z.strictObject({ x: z.number(), y: z.number() })
const path = z.array(z.union([text, z.number()])).check(z.minLength(1), z.maxLength(MAX_PATH))
const connectorStart = z.strictObject({ node: text, outcome: text })
const ids = z.optional(z.array(text).check(z.maxLength(50_000)))
const positions = z.optional(z.record(text, z.nullable(position)))
const newNote = z.looseObject({ id: optionalText, node: optionalText })
const newNode = z.looseObject({ id: optionalText, type: text, config: z.optional(object) })

/**
 * The form of each command. What a command carries into the document (a node, a note, a variable) is checked there,
 * with everything that the edit has touched.
 */
export const COMMAND_SCHEMAS = {
  add: z.strictObject({ type: text, node: newNode, from: z.optional(connectorStart) }),
  remove: z.strictObject({ type: text, node: optionalText, nodes: ids, connectors: ids, notes: ids }),
  move: z.strictObject({ type: text, nodes: positions, notes: positions }),
  label: z.strictObject({ type: text, node: optionalText, connector: optionalText, label: optionalText }),
  configure: z.strictObject({
    type: text,
    node: text,
    config: z.optional(object),
    path: z.optional(path),
    value: z.optional(json),
  }),
  changeType: z.strictObject({ type: text, node: text, to: text }),
  setActions: z.strictObject({
    type: text,
    node: text,
    onEnter: z.optional(list),
    onLeave: z.optional(object),
  }),
  setMeta: z.strictObject({
    type: text,
    node: optionalText,
    connector: optionalText,
    note: optionalText,
    meta: z.optional(object),
  }),
  connect: z.strictObject({
    type: text,
    from: connectorStart,
    to: optionalText,
    id: optionalText,
    label: optionalText,
  }),
  disconnect: z.strictObject({ type: text, connector: text }),
  reconnect: z.strictObject({
    type: text,
    connector: text,
    from: z.optional(connectorStart),
    to: z.optional(z.nullable(text)),
  }),
  insert: z.strictObject({
    type: text,
    connector: text,
    node: z.union([text, newNode]),
    outcome: optionalText,
  }),
  duplicate: z.strictObject({
    type: text,
    nodes: z.array(text).check(z.minLength(1), z.maxLength(50_000)),
    offset: z.optional(position),
  }),
  paste: z.strictObject({ type: text, fragment: object, at: z.optional(position) }),
  addNote: z.strictObject({ type: text, note: newNote }),
  changeNote: z.strictObject({
    type: text,
    note: text,
    text: optionalText,
    node: z.optional(z.nullable(text)),
  }),
  describe: z.strictObject({
    type: text,
    name: optionalText,
    remark: z.optional(z.nullable(text)),
    medium: optionalText,
    role: optionalText,
    audience: optionalText,
  }),
  changeSettings: z.strictObject({ type: text, path, value: z.optional(json) }),
  addVariable: z.strictObject({ type: text, variable: z.looseObject({ name: text }) }),
  changeVariable: z.strictObject({ type: text, name: text, changes: object }),
  renameVariable: z.strictObject({ type: text, name: text, to: text }),
  removeVariable: z.strictObject({ type: text, name: text }),
  addFlowOutcome: z.strictObject({ type: text, outcome: z.looseObject({ code: text }) }),
  changeFlowOutcome: z.strictObject({ type: text, code: text, changes: object }),
  renameFlowOutcome: z.strictObject({ type: text, code: text, to: text }),
  removeFlowOutcome: z.strictObject({ type: text, code: text }),
  replace: z.strictObject({ type: text, document: object }),
  batch: z.strictObject({ type: text, commands: z.array(object).check(z.maxLength(10_000)) }),
} as const

/** The names of all commands. */
export const COMMAND_TYPES = Object.keys(COMMAND_SCHEMAS) as (keyof typeof COMMAND_SCHEMAS)[]
