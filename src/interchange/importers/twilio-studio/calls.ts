import type { JsonObject } from '../../../base/json.ts'
import type { Source } from '../../../document/flow-document.ts'
import { quote } from '../shared/reference.ts'
import { next } from '../shared/step.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { durationOf, textOf, timeoutOf } from '../shared/values.ts'
import type { StudioState } from './studio-flow.ts'
import { hangupTarget, isYes, reportDropped, type WidgetContext } from './widget.ts'

/** Studio's words for what a call came to, by the outcome of a transfer. */
const DIAL_STATUS = { connected: 'completed', busy: 'busy', noAnswer: 'no-answer', failed: 'failed' }

/** Connects the call; whatever comes of it goes on at one place, and is kept where the flow asks for it. */
export function connectCall(state: StudioState, { texts, names, loss }: WidgetContext): TranslatedStep {
  const { name, properties } = state
  reportDropped(state, { sip_username: [], sip_password: [] }, loss)
  const after = next(state, 'callCompleted')
  const noun = textOf(properties.noun) ?? 'number'
  const caller = textOf(properties.caller_id) ?? ''
  const limit = textOf(properties.time_limit) ?? ''
  const data: { [name: string]: Source } = {
    ...(noun === 'number' ? {} : { noun }),
    ...(caller === '' || /^\{\{\s*contact\.channel\.address\s*\}\}$/.test(caller)
      ? {}
      : { callerId: texts.template(caller, `${name}.caller_id`) }),
    ...(isYes(properties.record) ? { record: 'true' } : {}),
    ...(limit === '' ? {} : { timeLimit: texts.template(limit, `${name}.time_limit`) }),
  }
  const status = names.derivedOf(name).get('DialCallStatus')
  const kept = Object.entries(DIAL_STATUS).map(([outcome, word]) => [
    outcome,
    [{ set: status, to: quote(word) }],
  ])
  return {
    type: 'transfer@1',
    config: {
      kind: noun === 'client' ? 'agent' : noun === 'conference' ? 'queue' : 'number',
      to: texts.template(textOf(properties.to) || textOf(properties.sip_endpoint) || '', `${name}.to`),
      ...timeoutOf(properties.timeout),
      ...(Object.keys(data).length === 0 ? {} : { data }),
    } as JsonObject,
    targets: {
      connected: after,
      busy: after,
      noAnswer: after,
      failed: after,
      ...hangupTarget(state),
    },
    ...(status === undefined ? {} : { onLeave: Object.fromEntries(kept) }),
  }
}

/** Calls the contact, or the number given. A machine that answers is told apart where it leads elsewhere. */
export function makeOutgoingCall(state: StudioState, { texts, names, loss }: WidgetContext): TranslatedStep {
  const { name, properties } = state
  reportDropped(state, { send_digits: [], sip_auth_username: [], recording_channels: ['mono'] }, loss)
  const [answered, machine] = [next(state, 'answered'), next(state, 'answeredByMachine')]
  const detect = isYes(properties.detect_answering_machine) || machine !== undefined
  const split = machine === undefined ? undefined : names.freshNode(`${name}_answered`)
  return {
    type: 'place-call@1',
    config: {
      to: texts.template(textOf(properties.to) || '{{contact.channel.address}}', `${name}.to`),
      from: texts.template(textOf(properties.from) || '{{flow.channel.address}}', `${name}.from`),
      ...timeoutOf(properties.timeout),
      ...(isYes(properties.record) ? { record: true } : {}),
      ...(detect ? { detectMachine: true } : {}),
    } as JsonObject,
    targets: {
      answered: split === undefined ? answered : { node: split },
      busy: next(state, 'busy'),
      noAnswer: next(state, 'noAnswer'),
      failed: next(state, 'failed'),
      ...hangupTarget(state),
    },
    ...(split === undefined
      ? {}
      : {
          beside: [
            {
              id: split,
              type: 'branch@1',
              config: {
                rules: [
                  {
                    outcome: 'machine',
                    condition: `default(nodes.${names.nodeOf(name)!}.answeredBy, "").startsWith("machine")`,
                  },
                ],
                default: 'person',
              },
              targets: { machine, person: answered },
            },
          ],
        }),
  }
}

/** Records a voicemail. Its length in seconds is kept where the flow asks for it. */
export function recordVoicemail(state: StudioState, { names, loss }: WidgetContext): TranslatedStep {
  const { name, properties } = state
  const key = textOf(properties.finish_on_key) ?? ''
  reportDropped(
    state,
    {
      ...(/^[0-9*#]$/.test(key) ? {} : { finish_on_key: ['1234567890*#', 'any'] }),
      play_beep: ['true'],
      transcription_callback_url: [],
      transcribe_callback: [],
      recording_status_callback_url: [],
    },
    loss,
  )
  const silence = durationOf(properties.timeout ?? properties.silence_timeout)
  const length = names.derivedOf(name).get('RecordingDuration')
  return {
    type: 'record@1',
    config: {
      maxLength: durationOf(properties.max_length) ?? '3600s',
      ...(silence === undefined ? {} : { silence }),
      ...(/^[0-9*#]$/.test(key) ? { finishOnKey: key } : {}),
      ...(isYes(properties.transcribe) ? { transcribe: true } : {}),
    },
    targets: {
      recorded: next(state, 'recordingComplete'),
      silence: next(state, 'noAudio'),
      failed: next(state, 'noAudio'),
      ...hangupTarget(state),
    },
    ...(length === undefined
      ? {}
      : {
          onLeave: {
            recorded: [
              {
                set: length,
                to: `string(default(nodes.${names.nodeOf(name)!}.durationMs, 0) / 1000)`,
              },
            ],
          },
        }),
  }
}
