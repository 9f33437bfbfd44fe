import { isJsonObject, isUnsafeKey, type Json, type JsonObject } from '../../../base/json.ts'
import type { FlowNode, Source, TransitionAction } from '../../../document/flow-document.ts'
import type { LossEntry, Translation } from '../../importer.ts'
import type { Names } from './names.ts'
import { pairsOf, type StudioState, textOf } from './studio-flow.ts'
import type { StudioTexts } from './texts.ts'

/** What widgets are translated with. */
export interface WidgetContext {
  readonly texts: StudioTexts
  readonly names: Names
  readonly loss: LossEntry[]
  /** What the host makes of widgets of its own, by type. */
  readonly translations: ReadonlyMap<string, Translation>
  /** The language that the flow speaks, where it speaks one alone. */
  readonly language?: string | undefined
}

/** Where an outcome leads: a widget by name, a node of the translation itself, or nowhere, where the flow ends. */
export type Target = string | { readonly node: string } | undefined

/** A node that a widget becomes, or one beside it. */
export interface TranslatedNode {
  readonly type: string
  readonly config: JsonObject
  /** By outcome of the node. */
  readonly targets: { readonly [outcome: string]: Target }
  readonly onLeave?: { readonly [outcome: string]: readonly TransitionAction[] }
}

/** A widget as the node that has its name, with others behind it. */
export interface TranslatedWidget extends TranslatedNode {
  readonly beside?: readonly (TranslatedNode & { readonly id: string })[]
}

export function next({ transitions }: Pick<StudioState, 'transitions'>, event: string): string | undefined {
  return transitions.find((each) => each.event === event)?.next || undefined
}

/** Where a widget stands on the canvas. */
export function positionOf({ properties: { offset } }: StudioState): Pick<FlowNode, 'position'> {
  const { x, y } = (isJsonObject(offset) ? offset : {}) as JsonObject
  return typeof x === 'number' && typeof y === 'number' ? { position: { x, y } } : {}
}

/** Seconds as a duration; a wait has no deadline where there are none. */
export function durationOf(value: unknown, longest = MAX_SECONDS): string | undefined {
  const seconds = Math.ceil(Number(textOf(value)))
  return seconds > 0 && Number.isFinite(seconds) ? `${Math.min(seconds, longest)}s` : undefined
}

export function timeoutOf(value: unknown): { readonly timeout?: string } {
  const timeout = durationOf(value)
  return timeout === undefined ? {} : { timeout }
}

/** 366 days, the longest duration that a flow may name. */
const MAX_SECONDS = 31_622_400

/** Parameters as a record. Of two with one name the last counts; names that no record can have are reported. */
export function recordOf(
  pairs: unknown,
  where: string,
  loss: LossEntry[],
  translate: (value: string, where: string) => Source,
): { readonly [name: string]: Source } | undefined {
  const entries = new Map(pairsOf(pairs).map(({ key, value }) => [key, value]))
  entries.delete('')
  for (const key of [...entries.keys()].filter(isUnsafeKey)) {
    lose(loss, where, `No parameter can be called ${key} here; it is left out`)
    entries.delete(key)
  }
  if (entries.size === 0) return undefined
  return Object.fromEntries([...entries].map(([key, value]) => [key, translate(value, `${where}.${key}`)]))
}

/** A hang-up is a signal here; it is led where Studio leads it, and otherwise ends the session as it does anywhere. */
export function hangupTarget(
  state: Pick<StudioState, 'transitions'>,
): Record<string, never> | { 'on:hangup': string } {
  const target = next(state, 'hangup')
  return target === undefined ? {} : { 'on:hangup': target }
}

/** True for yes in either of the ways in which Studio writes it. */
export function isYes(value: unknown): boolean {
  return value === true || value === 'true'
}

/** Reports that something goes on in another way here. */
export function lose(loss: LossEntry[], where: string, message: string): void {
  loss.push({ severity: 'warning', code: 'import.changed', where, message })
}

/**
 * Reports properties that are set and change what a widget does, and have no counterpart; `usual` are values that
 * change nothing, by property.
 */
export function reportDropped(
  { name, properties }: Pick<StudioState, 'name' | 'properties'>,
  usual: { readonly [property: string]: readonly Json[] },
  loss: LossEntry[],
): void {
  const dropped = Object.keys(usual).filter((property) => {
    const value = properties[property]
    if (value === undefined || value === null || value === '') return false
    if (Array.isArray(value) && value.length === 0) return false
    return !usual[property]!.some((each) => String(each) === String(value).replace(/\s+/g, ''))
  })
  if (dropped.length === 0) return
  loss.push({
    severity: 'warning',
    code: 'import.dropped',
    where: name,
    message: `Not brought along: ${dropped.join(', ')}`,
  })
}
