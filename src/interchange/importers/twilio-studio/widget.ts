import { isJsonObject, isUnsafeKey, type Json, type JsonObject } from '../../../base/json.ts'
import type { FlowNode, Source } from '../../../document/flow-document.ts'
import type { LossEntry, Translation } from '../../importer.ts'
import type { Names } from '../shared/names.ts'
import { lose } from '../shared/report.ts'
import { next } from '../shared/step.ts'
import { pairsOf, type StudioState } from './studio-flow.ts'
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

/** Where a widget stands on the canvas. */
export function positionOf({ properties: { offset } }: StudioState): Pick<FlowNode, 'position'> {
  const { x, y } = (isJsonObject(offset) ? offset : {}) as JsonObject
  return typeof x === 'number' && typeof y === 'number' ? { position: { x, y } } : {}
}

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
