import type { JsonObject } from '../../../base/json.ts'
import type { Source } from '../../../document/flow-document.ts'
import { next } from '../shared/step.ts'
import type { Target, TranslatedStep } from '../shared/translated.ts'
import { durationOf, textOf } from '../shared/values.ts'
import { EFFECT_WIDGETS } from './effect-outcomes.ts'
import type { StudioState } from './studio-flow.ts'
import type { StudioTexts } from './texts.ts'
import { hangupTarget, type WidgetContext } from './widget.ts'

/** A widget that the host does: an effect with the widget's properties, and its transitions as outcomes. */
export function hostEffect(state: StudioState, { texts, loss }: WidgetContext): TranslatedStep {
  const { name, type, properties } = state
  const { outcomes, failed, timeout } = EFFECT_WIDGETS[type]!
  const effect = `studio.${type}`
  loss.push({
    severity: 'warning',
    code: 'import.effect',
    where: name,
    message: `The host has to do ${effect}, for which there is no node`,
  })
  const fields = fieldsOf(properties, name, texts)
  const config = { effect, ...(Object.keys(fields).length === 0 ? {} : { fields }) }
  if (outcomes.length === 0)
    return { type: 'custom-effect@1', config: config as JsonObject, targets: { next: next(state, 'next') } }
  const wait = timeout === undefined ? undefined : durationOf(properties[timeout])
  const targets: { [outcome: string]: Target } = {
    failed: failed === undefined ? undefined : next(state, failed),
    ...(wait === undefined ? {} : { timeout: next(state, 'timeout') }),
  }
  for (const outcome of outcomes) targets[outcome] = next(state, outcome)
  return {
    type: 'custom-effect@1',
    config: {
      ...config,
      outcomes: outcomes.map((outcome) => ({ name: outcome })),
      ...(wait === undefined ? {} : { timeout: wait }),
    } as JsonObject,
    targets: { ...targets, ...hangupTarget(state) },
  }
}

const MAX_FIELDS = 50

/** Texts with their Liquid, everything else as its JSON. Where a widget stands on the canvas is nobody's business. */
function fieldsOf(
  properties: StudioState['properties'],
  name: string,
  texts: StudioTexts,
): { [field: string]: Source } {
  const fields: { [field: string]: Source } = {}
  for (const [key, value] of Object.entries(properties).slice(0, MAX_FIELDS + 1)) {
    if (key === 'offset' || value === null || value === '') continue
    fields[key] = texts.expression(textOf(value) ?? JSON.stringify(value) ?? '', `${name}.${key}`)
  }
  return fields
}
