import type { JsonObject } from '../../../base/json.ts'
import type { LossEntry, Translation } from '../../importer.ts'
import type { Names } from '../shared/names.ts'
import { lose } from '../shared/report.ts'
import { next } from '../shared/step.ts'
import { durationOf } from '../shared/values.ts'
import type { ConnectAction } from './connect-flow.ts'
import type { Carried } from './handing-over.ts'
import type { Root } from './namespaces.ts'
import type { ConnectTexts } from './texts.ts'

/** What actions are translated with. */
export interface ActionContext {
  readonly texts: ConnectTexts
  readonly names: Names
  readonly loss: LossEntry[]
  /** What the host makes of actions that it knows better, by type. */
  readonly translations: ReadonlyMap<string, Translation>
  /** Where the value of each root stands that paths can name. */
  readonly roots: ReadonlyMap<string, Root>
  /** True where some action chooses the queue for a transfer. */
  readonly choosesQueue: boolean
  /** Variables that go along into another flow. */
  readonly carried: readonly Carried[]
}

/** Where an action goes on when nothing special happens. */
export function nextOf(action: ConnectAction): string | undefined {
  return next(action, 'NextAction')
}

/** Where the first of some errors leads that the flow leads anywhere. */
export function errorOf({ errors }: ConnectAction, ...types: readonly string[]): string | undefined {
  for (const type of types) {
    const target = errors.get(type)
    if (target !== undefined) return target
  }
  return undefined
}

/** A number of seconds that is written out, as a duration; one that is filled in only later is reported. */
export function secondsOf(
  { name, properties }: ConnectAction,
  property: string,
  loss: LossEntry[],
): string | undefined {
  const duration = durationOf(properties[property])
  if (duration === undefined && typeof properties[property] === 'string' && properties[property] !== '')
    lose(
      loss,
      `${name}.${property}`,
      'The time cannot be filled in here, or is none; nothing limits the wait',
    )
  return duration
}

/** Reports what an action says that its node does not do; `usual` are values that change nothing, by property. */
export function reportUnused(
  name: string,
  given: JsonObject,
  usual: { readonly [property: string]: readonly string[] },
  loss: LossEntry[],
): void {
  const dropped = Object.keys(usual).filter((property) => {
    const value = Object.hasOwn(given, property) ? given[property] : undefined
    if (value === undefined || value === null || value === '') return false
    return !usual[property]!.includes(String(value).toLowerCase())
  })
  if (dropped.length === 0) return
  const message = `Not brought along: ${dropped.join(', ')}`
  loss.push({ severity: 'warning', code: 'import.dropped', where: name, message })
}
