import type { Source } from '../../../document/flow-document.ts'
import { lose } from '../shared/report.ts'
import { next } from '../shared/step.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { hasMarkup } from './scan-liquid.ts'
import type { StudioState } from './studio-flow.ts'
import { readVariables, type StudioVariable } from './studio-variables.ts'
import type { StudioTexts } from './texts.ts'
import type { WidgetContext } from './widget.ts'

/** Sets variables. They are texts, unless an export says that one is JSON and its value is written out. */
export function setVariables(state: StudioState, { texts, names, loss }: WidgetContext): TranslatedStep {
  const { name, properties } = state
  const variables = readVariables(properties)
  for (const { key, value, typed } of variables) {
    if (typed && hasMarkup(value))
      lose(loss, `${name}.${key}`, 'What is filled in is kept as a text; its JSON is not read')
  }
  return {
    type: 'set-variables@1',
    config: {
      assignments: variables.map((each) => ({
        variable: names.variable(each.key),
        value: sourceOf(each, `${name}.${each.key}`, texts),
      })),
    },
    targets: { next: next(state, 'next') },
  }
}

/** JSON that is written out is CEL as it stands. */
function sourceOf({ value, json }: StudioVariable, where: string, texts: StudioTexts): Source {
  return json === undefined ? texts.expression(value, where) : JSON.stringify(json)
}
