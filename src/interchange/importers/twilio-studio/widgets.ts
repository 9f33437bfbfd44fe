import { gatherInput } from './gather-input.ts'
import { splitBasedOn } from './split-based-on.ts'
import { pairsOf, type StudioState, textOf } from './studio-flow.ts'
import {
  hasTimeout,
  lose,
  next,
  parametersOf,
  promptOf,
  requestTargets,
  type TranslatedWidget,
  timeoutOf,
  type WidgetContext,
} from './widget.ts'

type Translate = (state: StudioState, context: WidgetContext) => TranslatedWidget

/** Widgets that have a counterpart, by type. */
const WIDGETS: { readonly [type: string]: Translate } = {
  'say-play': ({ name, properties, ...state }, { liquid }) => ({
    type: 'send-message@1',
    config: { prompt: promptOf(properties, name, liquid) },
    targets: { next: next(state, 'audioComplete') },
  }),
  'send-message': ({ name, properties, ...state }, { liquid }) => {
    const prompt = liquid.template(textOf(properties.body) ?? '', `${name}.body`)
    const [sent, failed] = [next(state, 'sent'), next(state, 'failed')]
    // Waiting for the channel only matters where a failure leads somewhere of its own.
    if (failed === undefined || failed === sent)
      return { type: 'send-message@1', config: { prompt }, targets: { next: sent } }
    return {
      type: 'send-message@1',
      config: { prompt, await: 'accepted' },
      targets: { sent, failed, timeout: failed },
    }
  },
  'send-and-wait-for-reply': ({ name, properties, ...state }, { liquid, loss }) => {
    if (next(state, 'deliveryFailure') !== undefined)
      lose(
        loss,
        `${name}.deliveryFailure`,
        'A message that cannot be delivered is answered by the timeout here',
      )
    return {
      type: 'collect-input@1',
      config: {
        prompt: liquid.template(textOf(properties.body) ?? '', `${name}.body`),
        ...timeoutOf(properties.timeout),
      },
      targets: {
        valid: next(state, 'incomingMessage'),
        ...(hasTimeout(properties) ? { timeout: next(state, 'timeout') } : {}),
      },
    }
  },
  'gather-input-on-call': gatherInput,
  'split-based-on': splitBasedOn,
  'run-function': ({ name, properties, ...state }, { liquid }) => ({
    type: 'http-request@1',
    config: {
      method: 'POST',
      url: liquid.template(textOf(properties.url) ?? '', `${name}.url`),
      ...parametersOf(properties, name, liquid),
    },
    targets: requestTargets(next(state, 'success'), next(state, 'fail')),
  }),
  'make-http-request': ({ name, properties, ...state }, { liquid, loss }) => {
    const method = (textOf(properties.method) ?? 'GET').toUpperCase()
    const body = textOf(properties.body)
    const contentType = textOf(properties.content_type)
    const parameters = parametersOf(properties, name, liquid)
    if (method === 'GET' && parameters.body !== undefined)
      lose(
        loss,
        `${name}.parameters`,
        'Parameters of a GET request are not put into its address yet; they are left out',
      )
    const hasBody = body !== undefined && body !== ''
    return {
      type: 'http-request@1',
      config: {
        method,
        url: liquid.template(textOf(properties.url) ?? '', `${name}.url`),
        ...(contentType === undefined || !hasBody ? {} : { headers: { 'Content-Type': contentType } }),
        ...(hasBody ? { body: liquid.text(body, `${name}.body`) } : method === 'GET' ? {} : parameters),
      },
      targets: requestTargets(next(state, 'success'), next(state, 'failed')),
    }
  },
  'connect-call-to': ({ name, properties, ...state }, { liquid }) => {
    const after = next(state, 'callCompleted')
    return {
      type: 'transfer@1',
      config: {
        kind: 'number',
        to: liquid.template(textOf(properties.to) ?? '', `${name}.to`),
        ...timeoutOf(properties.timeout),
      },
      targets: { connected: after, busy: after, noAnswer: after, failed: after },
    }
  },
  'set-variables': ({ name, properties, ...state }, { liquid, names }) => ({
    type: 'set-variables@1',
    config: {
      assignments: pairsOf(properties.variables).map(({ key, value }) => ({
        variable: names.variable(key),
        value: liquid.text(value, `${name}.${key}`),
      })),
    },
    targets: { next: next(state, 'next') },
  }),
}

/** Translates a widget. One without a counterpart becomes a placeholder that validation points at. */
export function translateWidget(state: StudioState, context: WidgetContext): TranslatedWidget {
  const translate = Object.hasOwn(WIDGETS, state.type) ? WIDGETS[state.type] : undefined
  if (translate !== undefined) return translate(state, context)
  context.loss.push({
    severity: 'error',
    code: 'import.widget',
    where: state.name,
    message: `The widget ${state.type.slice(0, 80)} is not supported yet; a placeholder stands for it`,
  })
  return {
    type: 'placeholder@1',
    config: { original: state.type.slice(0, 80) },
    targets: Object.fromEntries(
      state.transitions.map((each) => [each.event.slice(0, 64), each.next || undefined]),
    ),
  }
}
