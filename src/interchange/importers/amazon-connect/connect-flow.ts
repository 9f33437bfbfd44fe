import * as z from 'zod/mini'
import { isJsonObject, type JsonObject, ownMember } from '../../../base/json.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import type { Position } from '../../../document/flow-document.ts'
import { readPlain, readShape } from '../shared/read-value.ts'
import type { Way } from '../shared/step.ts'
import { textOf } from '../shared/values.ts'

const list = <T extends z.core.$ZodType>(entry: T) =>
  z.pipe(
    z.nullish(z.array(entry)),
    z.transform((value): z.output<T>[] => value ?? []),
  )

const condition = z.object({
  NextAction: z.nullish(z.string()),
  Condition: z.nullish(z.object({ Operator: z.nullish(z.string()), Operands: list(z.unknown()) })),
})

const error = z.object({ NextAction: z.nullish(z.string()), ErrorType: z.nullish(z.string()) })

const action = z.object({
  Identifier: z.string(),
  Type: z.string(),
  Parameters: z.nullish(z.record(z.string(), z.unknown())),
  Transitions: z.nullish(
    z.object({ NextAction: z.nullish(z.string()), Conditions: list(condition), Errors: list(error) }),
  ),
})

const flow = z.object({
  StartAction: z.nullish(z.string()),
  Actions: z.array(action).check(z.minLength(1), z.maxLength(10_000)),
})

/** One case of an action: where its result leads. */
export interface ConnectCondition {
  readonly operator: string
  readonly operands: readonly string[]
  readonly next: string | undefined
  /** The way that the case is, as reports name it. */
  readonly event: string
}

/** An action, with what its transitions are called: `NextAction`, the case in words, or the type of an error. */
export interface ConnectAction {
  readonly name: string
  readonly type: string
  readonly properties: JsonObject
  readonly transitions: readonly Way[]
  readonly conditions: readonly ConnectCondition[]
  /** Where each error leads, by type. */
  readonly errors: ReadonlyMap<string, string | undefined>
}

/** One flow as Connect writes it. */
export interface ConnectFlow {
  readonly name: string | undefined
  /** What the flow is for, as in `customerQueue`. */
  readonly type: string | undefined
  readonly start: string | undefined
  readonly actions: readonly ConnectAction[]
  readonly positions: ReadonlyMap<string, Position>
  /** What somebody has written about the flow. */
  readonly description: string | undefined
  /** True for a module, which other flows call. */
  readonly isModule: boolean
  readonly annotations: readonly Annotation[]
}

/** A remark on the canvas. */
export interface Annotation {
  readonly text: string
  /** The action that it is attached to. */
  readonly action: string | undefined
  readonly position: Position | undefined
}

/** What the API puts around the content of a flow. */
const WRAPPERS = ['ContactFlow', 'ContactFlowModule', 'contactFlow'] as const

/** Larger than any flow that Connect takes. */
const MAX_TEXT = 4_000_000

interface Found {
  readonly content: JsonObject
  readonly around: JsonObject
}

/** The content of a flow, out of whatever is around it; `undefined` where there is none. */
function contentOf(value: unknown): Found | undefined {
  if (!isJsonObject(value)) return undefined
  if (Array.isArray(value.Actions)) return { content: value, around: {} }
  const inner = WRAPPERS.map((name) => ownMember(value, name)).find(isJsonObject) ?? value
  const content = readText(ownMember(inner, 'Content'))
  return isJsonObject(content) && Array.isArray(content.Actions) ? { content, around: inner } : undefined
}

function readText(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{') || value.length > MAX_TEXT) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** True for a flow in the flow language, alone or inside what the API returns. */
export function looksLikeConnect(value: unknown): boolean {
  const content = contentOf(value)?.content
  return (
    content !== undefined && (typeof content.StartAction === 'string' || content.Version === '2019-10-30')
  )
}

/** Reads a flow; whatever nobody looks at is left alone. */
export function parseConnectFlow(value: unknown): Result<ConnectFlow, readonly Diagnostic[]> {
  const plain = readPlain(value)
  if (!plain.ok) return plain
  const found = contentOf(plain.value)
  const inner = found === undefined ? plain : readPlain(found.content)
  if (!inner.ok) return inner
  const read = readShape(flow, inner.value)
  if (!read.ok) return read
  const metadata = objectAt(found?.content, 'Metadata')
  return ok({
    name: textOf(found?.around.Name) || textOf(metadata.name) || undefined,
    type: flowType(textOf(metadata.type) ?? textOf(found?.around.Type)),
    start: read.value.StartAction || undefined,
    actions: read.value.Actions.map(readAction),
    positions: positionsIn(objectAt(metadata, 'ActionMetadata')),
    description: textOf(metadata.description) || textOf(found?.around.Description) || undefined,
    isModule: found !== undefined && looksLikeModule(found),
    annotations: annotationsIn(metadata),
  })
}

/** The console says `customerQueue`, the API `CUSTOMER_QUEUE`. */
function flowType(type: string | undefined): string | undefined {
  if (type === undefined || !/^[A-Z_]+$/.test(type)) return type
  return type.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function readAction({ Identifier: name, Type: type, Parameters, Transitions }: z.infer<typeof action>) {
  const { NextAction: next, Conditions = [], Errors = [] } = Transitions ?? {}
  const conditions = Conditions.map(({ NextAction, Condition }): ConnectCondition => {
    const operator = Condition?.Operator ?? ''
    const operands = (Condition?.Operands ?? []).map((each) => textOf(each) ?? JSON.stringify(each) ?? '')
    const event = `${operator} ${operands.join(', ')}`.trim().slice(0, 64)
    return { operator, operands, next: NextAction || undefined, event }
  })
  const errors = new Map<string, string | undefined>()
  for (const { ErrorType, NextAction } of Errors) {
    const kind = ErrorType || 'NoMatchingError'
    if (!errors.has(kind)) errors.set(kind, NextAction || undefined)
  }
  return {
    name,
    type,
    properties: (Parameters ?? {}) as JsonObject,
    transitions: [
      ...(next ? [{ event: 'NextAction', next }] : []),
      ...conditions.map(({ event, next: target }) => ({ event, next: target })),
      ...Errors.map((each) => ({ event: each.ErrorType || 'NoMatchingError', next: each.NextAction })),
    ],
    conditions,
    errors,
  }
}

function positionsIn(metadata: JsonObject): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>()
  for (const name of Object.keys(metadata)) {
    const position = positionIn(objectAt(metadata, name))
    if (position !== undefined) positions.set(name, position)
  }
  return positions
}

/** The console writes `position`, the guide to the flow language `Position`. */
function positionIn(object: JsonObject): Position | undefined {
  for (const { x, y } of [objectAt(object, 'position'), objectAt(object, 'Position')])
    if (typeof x === 'number' && typeof y === 'number') return { x, y }
  return undefined
}

function annotationsIn(metadata: JsonObject): readonly Annotation[] {
  const given = ownMember(metadata, 'Annotations')
  return (Array.isArray(given) ? given.filter(isJsonObject) : []).flatMap((each) => {
    const text = textOf(ownMember(each, 'content')) ?? ''
    const action = textOf(ownMember(each, 'actionId')) || undefined
    return text.trim() === '' ? [] : [{ text, action, position: positionIn(each) }]
  })
}

/** Only a module says what it takes and returns. */
function looksLikeModule({ content, around }: Found): boolean {
  const settings = objectAt(content, 'Settings')
  return (
    objectAt(content, 'Metadata').type === 'module' ||
    MODULE_SETTINGS.some((name) => Array.isArray(ownMember(settings, name))) ||
    ownMember(around, 'FlowModuleContentSha256') !== undefined ||
    textOf(around.Arn)?.includes('/flow-module/') === true
  )
}

const MODULE_SETTINGS = ['InputParameters', 'OutputParameters', 'Transitions']

/** The object in a member, an empty one where there is none. */
export function objectAt(object: JsonObject | undefined, key: string): JsonObject {
  const value = object === undefined ? undefined : ownMember(object, key)
  return isJsonObject(value) ? value : {}
}
