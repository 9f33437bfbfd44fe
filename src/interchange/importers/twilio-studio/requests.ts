import type { JsonObject } from '../../../base/json.ts'
import { next } from '../shared/step.ts'
import type { Target, TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { hasMarkup } from './scan-liquid.ts'
import type { StudioState } from './studio-flow.ts'
import { recordOf, reportDropped, type WidgetContext } from './widget.ts'

/** Calls a web service. Parameters of GET stand in the address, those of POST are the fields of a form. */
export function makeHttpRequest(state: StudioState, context: WidgetContext): TranslatedStep {
  const { name, properties } = state
  const { texts, loss } = context
  reportDropped(state, { add_twilio_auth: [false], save_response_as: [] }, loss)
  const method = (textOf(properties.method) || 'GET').toUpperCase()
  const parameters = recordOf(properties.parameters, `${name}.parameters`, loss, (value, where) =>
    texts.template(value, where),
  )
  const contentType = textOf(properties.content_type) ?? ''
  // Of a body and parameters, the type says which one counts: the editor keeps the other.
  const isForm = method !== 'GET' && parameters !== undefined && /form-urlencoded/i.test(contentType)
  const body = isForm ? '' : (textOf(properties.body) ?? '')
  const asForm = method !== 'GET' && body === ''
  return {
    type: 'http-request@1',
    config: {
      method,
      url: texts.template(textOf(properties.url) ?? '', `${name}.url`),
      ...(contentType === '' || (body === '' && !(asForm && parameters !== undefined))
        ? {}
        : { headers: { 'Content-Type': contentType } }),
      ...(body === '' ? {} : { body: texts.expression(body, `${name}.body`) }),
      ...(parameters === undefined ? {} : asForm ? { form: parameters } : { query: parameters }),
    } as JsonObject,
    targets: requestTargets(state, next(state, 'success'), next(state, 'failed')),
  }
}

/** Runs a function of the provider, which is a web service under its address. */
export function runFunction(state: StudioState, context: WidgetContext): TranslatedStep {
  const { name, properties } = state
  const { texts, loss } = context
  const url = textOf(properties.url) ?? ''
  if (url === '')
    loss.push({
      severity: 'error',
      code: 'import.noAddress',
      where: name,
      message: 'The function is named by its ids alone; write its address into the node',
    })
  const form = recordOf(properties.parameters, `${name}.parameters`, loss, (value, where) =>
    texts.template(value, where),
  )
  return {
    type: 'http-request@1',
    config: {
      method: 'POST',
      url: texts.template(url, `${name}.url`),
      ...(form === undefined ? {} : { form }),
    } as JsonObject,
    targets: requestTargets(state, next(state, 'success'), next(state, 'fail')),
  }
}

/** An address that Liquid has filled in can come out as none; Studio takes that for a failure. */
function requestTargets(
  { properties }: StudioState,
  success: string | undefined,
  failed: string | undefined,
): { [outcome: string]: Target } {
  const targets = { success, httpError: failed, timeout: failed, failed }
  return hasMarkup(textOf(properties.url) ?? '') ? { ...targets, 'on:error': failed } : targets
}
