import type { JsonObject } from '../../../base/json.ts'
import { toKey } from '../shared/names.ts'
import { next } from '../shared/step.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import type { StudioState } from './studio-flow.ts'
import { recordOf, reportDropped, type WidgetContext } from './widget.ts'

/** Calls another flow, which is known here by the id that it has there. */
export function runSubflow(state: StudioState, { texts, names, loss }: WidgetContext): TranslatedStep {
  const { name, properties } = state
  const flow = textOf(properties.flow_sid) ?? ''
  reportDropped(state, { flow_revision: ['LatestPublished'] }, loss)
  loss.push({
    severity: flow === '' ? 'error' : 'warning',
    code: 'import.subflow',
    where: name,
    message:
      flow === ''
        ? 'The flow that is called is not named; choose it in the node'
        : `Bring the flow ${flow.slice(0, 64)} in as well, under this id`,
  })
  const parameters = recordOf(properties.parameters, `${name}.parameters`, loss, (value, where) =>
    texts.expression(value, where),
  )
  const inputs = Object.entries(parameters ?? {}).map(([key, value]) => [toKey(key), value])
  const outputs = [...names.derivedOf(name)].map(([key, variable]) => ({ variable, from: toKey(key) }))
  return {
    type: 'call-subflow@1',
    config: {
      flow,
      ...(inputs.length === 0 ? {} : { inputs: Object.fromEntries(inputs) }),
      ...(outputs.length === 0 ? {} : { outputs }),
      outcomes: ['failed'],
    } as JsonObject,
    targets: { done: next(state, 'completed'), failed: next(state, 'failed') },
  }
}
