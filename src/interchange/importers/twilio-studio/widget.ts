import type { JsonObject } from '../../../base/json.ts'
import type { LossEntry } from '../../importer.ts'
import { type LiquidTranslator, quote } from './liquid.ts'
import type { Names } from './names.ts'
import { pairsOf, type StudioState, textOf } from './studio-flow.ts'

/** What widgets are translated with. */
export interface WidgetContext {
  readonly liquid: LiquidTranslator
  readonly names: Names
  readonly loss: LossEntry[]
}

/** A widget as a node: its type, its config, and where its outcomes lead. */
export interface TranslatedWidget {
  readonly type: string
  readonly config: JsonObject
  /** By outcome of the node: the widget it leads to; `undefined` where the flow ends. */
  readonly targets: { readonly [outcome: string]: string | undefined }
}

export function next({ transitions }: Pick<StudioState, 'transitions'>, event: string): string | undefined {
  return transitions.find((each) => each.event === event)?.next || undefined
}

export function requestTargets(
  success: string | undefined,
  failed: string | undefined,
): TranslatedWidget['targets'] {
  return { success, httpError: failed, timeout: failed, failed }
}

/** What is said, or what is played where there is nothing to say. */
export function promptOf(
  properties: StudioState['properties'],
  name: string,
  liquid: LiquidTranslator,
): JsonObject | string {
  const [say, play] = [textOf(properties.say), textOf(properties.play)]
  if (say !== undefined && say !== '') return liquid.template(say, `${name}.say`)
  return play === undefined || play === '' ? '' : { text: '', audio: play }
}

/** Parameters as the members of a JSON body. */
export function parametersOf(
  properties: StudioState['properties'],
  name: string,
  liquid: LiquidTranslator,
): { readonly body?: string } {
  // Of two parameters with one name the last counts, as in the object that they become.
  const values = new Map(pairsOf(properties.parameters).map(({ key, value }) => [key, value]))
  const members = [...values].map(
    ([key, value]) => `${quote(key)}: ${liquid.expression(value, `${name}.${key}`)}`,
  )
  return members.length === 0 ? {} : { body: `{${members.join(', ')}}` }
}

/** Studio counts seconds; a wait has no deadline where there are none. */
export function timeoutOf(timeout: unknown): { readonly timeout?: string } {
  const seconds = Math.ceil(Number(textOf(timeout)))
  return seconds > 0 && Number.isFinite(seconds) ? { timeout: `${Math.min(seconds, MAX_SECONDS)}s` } : {}
}

/** 366 days, the longest duration that a flow may name. */
const MAX_SECONDS = 31_622_400

export function hasTimeout({ timeout }: StudioState['properties']): boolean {
  return timeoutOf(timeout).timeout !== undefined
}

/** Reports that something goes on in another way here. */
export function lose(loss: LossEntry[], where: string, message: string): void {
  loss.push({ severity: 'warning', code: 'import.changed', where, message })
}
