import type { JsonObject } from '../../../base/json.ts'
import type { Source } from '../../../document/flow-document.ts'
import { lose } from '../shared/report.ts'
import { next } from '../shared/step.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { durationOf, textOf } from '../shared/values.ts'
import type { StudioState } from './studio-flow.ts'
import { hangupTarget, type WidgetContext } from './widget.ts'

/** Properties that whoever takes over needs, by the name that they have in the transfer's data. */
const FLEX_DATA = {
  channel: 'channel',
  attributes: 'attributes',
  priority: 'priority',
  waitUrl: 'waitUrl',
  waitUrlMethod: 'waitUrlMethod',
  hold_music_url: 'waitUrl',
}
const QUEUE_DATA = {
  queue_name: 'queue',
  task_router_workspace: 'workspace',
  task_attributes: 'attributes',
  priority: 'priority',
  hold_music_url: 'waitUrl',
  twiml_request_method: 'waitUrlMethod',
}

/** A task waits so long where nothing is said, in seconds. */
const DEFAULT_WAIT = 3_600

export function sendToFlex(state: StudioState, context: WidgetContext): TranslatedStep {
  return queue(state, textOf(state.properties.workflow) ?? '', FLEX_DATA, context)
}

export function enqueueCall(state: StudioState, context: WidgetContext): TranslatedStep {
  const { queue_name: name, task_router_workflow: workflow } = state.properties
  return queue(state, textOf(workflow) || textOf(name) || '', QUEUE_DATA, context)
}

function queue(
  state: StudioState,
  to: string,
  keys: { readonly [property: string]: string },
  { texts, loss }: WidgetContext,
): TranslatedStep {
  const { name, properties } = state
  const data: { [name: string]: Source } = {}
  for (const [property, key] of Object.entries(keys)) {
    const value = textOf(properties[property])
    if (value !== undefined && value !== '' && value !== to)
      data[key] = texts.template(value, `${name}.${property}`)
  }
  const [done, refused, failed] = ['callComplete', 'failedToEnqueue', 'callFailure'].map((event) =>
    next(state, event),
  )
  if (next(state, 'composerStarted') !== undefined)
    lose(loss, `${name}.composerStarted`, 'That somebody begins to write is not told apart')
  return {
    type: 'transfer@1',
    config: {
      kind: 'queue',
      to: texts.template(to, `${name}.to`),
      timeout: durationOf(properties.timeout) ?? `${DEFAULT_WAIT}s`,
      ...(Object.keys(data).length === 0 ? {} : { data }),
    } as JsonObject,
    targets: {
      connected: done,
      busy: refused,
      noAnswer: failed ?? refused,
      failed: refused ?? failed,
      ...hangupTarget(state),
    },
  }
}
