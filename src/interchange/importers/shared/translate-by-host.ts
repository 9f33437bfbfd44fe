import type { JsonObject } from '../../../base/json.ts'
import type { Source } from '../../../document/flow-document.ts'
import type { Translation } from '../../importer.ts'
import { next, type Step } from './step.ts'
import type { TranslatedStep } from './translated.ts'

/** A step as the host makes it; `text` brings a text of the flow along. */
export function translateByHost(
  translate: Translation,
  step: Step & { readonly properties: { readonly [name: string]: unknown } },
  text: (source: string) => Source,
): TranslatedStep {
  const { name, type, properties } = step
  const { config, targets, ...node } = translate({
    name,
    type,
    properties: properties as JsonObject,
    next: (event) => next(step, event),
    text,
  })
  return { type: node.type, config, targets }
}

/** Stands for a step without a counterpart, with its ways as outcomes; validation points at it. */
export function placeholderFor({ type, transitions }: Step): TranslatedStep {
  return {
    type: 'placeholder@1',
    config: { original: type.slice(0, 80) },
    targets: Object.fromEntries(
      transitions.map(({ event, next }) => [event.slice(0, 64), next || undefined]),
    ),
  }
}
