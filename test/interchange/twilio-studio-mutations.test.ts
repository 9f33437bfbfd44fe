import { expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { parseDocument } from '../../src/document/index.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'

/** A flow with every widget that is known, and one that is not. */
const FLOW: JsonObject = {
  description: 'Everything',
  initial_state: 'Trigger',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      properties: { offset: { x: 1, y: 2 } },
      transitions: [
        { event: 'incomingCall', next: 'ask' },
        { event: 'incomingMessage', next: 'reply' },
      ],
    },
    {
      name: 'ask',
      type: 'gather-input-on-call',
      properties: { say: '{{flow.variables.a}}', timeout: 5, number_of_digits: 1 },
      transitions: [
        { event: 'keypress', next: 'split' },
        { event: 'speech' },
        { event: 'timeout', next: 'ask' },
      ],
    },
    {
      name: 'split',
      type: 'split-based-on',
      properties: { input: '{{widgets.ask.Digits}}' },
      transitions: [
        { event: 'noMatch', next: 'flex' },
        {
          event: 'match',
          next: 'run',
          conditions: [
            { type: 'equal_to', friendly_name: 'one', arguments: ['{{widgets.ask.Digits}}'], value: '1' },
          ],
        },
      ],
    },
    {
      name: 'run',
      type: 'run-function',
      properties: { url: 'https://example.com', parameters: [{ key: 'k', value: '{{trigger.call.From}}' }] },
      transitions: [{ event: 'success', next: 'set' }, { event: 'fail' }],
    },
    {
      name: 'set',
      type: 'set-variables',
      properties: { variables: [{ key: 'a', value: '{{widgets.run.parsed.a[0].b}}' }] },
      transitions: [{ event: 'next', next: 'http' }],
    },
    {
      name: 'http',
      type: 'make-http-request',
      properties: {
        method: 'POST',
        url: 'https://example.com',
        body: '{"a": "{{flow.variables.a}}"}',
        content_type: 'application/json',
      },
      transitions: [
        { event: 'success', next: 'connect' },
        { event: 'failed', next: 'say' },
      ],
    },
    {
      name: 'connect',
      type: 'connect-call-to',
      properties: { to: '{{widgets.http.body}}', timeout: 30 },
      transitions: [{ event: 'callCompleted' }],
    },
    {
      name: 'say',
      type: 'say-play',
      properties: { play: 'https://example.com/a.mp3' },
      transitions: [{ event: 'audioComplete' }],
    },
    {
      name: 'reply',
      type: 'send-and-wait-for-reply',
      properties: { body: 'Hi', timeout: '60' },
      transitions: [
        { event: 'incomingMessage', next: 'send' },
        { event: 'timeout' },
        { event: 'deliveryFailure' },
      ],
    },
    {
      name: 'send',
      type: 'send-message',
      properties: { body: '{{trigger.message.Body}}' },
      transitions: [{ event: 'sent' }, { event: 'failed', next: 'say' }],
    },
    {
      name: 'flex',
      type: 'send-to-flex',
      properties: { workflow: 'WW1', attributes: '{"a": "{{flow.data.a}}"}', timeout: 60 },
      transitions: [{ event: 'callComplete', next: 'call' }, { event: 'failedToEnqueue' }],
    },
    {
      name: 'call',
      type: 'make-outgoing-call-v1',
      properties: { to: '{{contact.channel.address}}', timeout: 30 },
      transitions: [
        { event: 'answered', next: 'record' },
        { event: 'answeredByMachine', next: 'sub' },
      ],
    },
    {
      name: 'record',
      type: 'record-voicemail',
      properties: { max_length: 60, finish_on_key: '#' },
      transitions: [{ event: 'recordingComplete', next: 'tell' }, { event: 'hangup' }],
    },
    {
      name: 'tell',
      type: 'send-message',
      properties: {
        message_type: 'content_template',
        content_sid: 'HX1',
        content_variables: [{ key: '1', value: '{{widgets.record.RecordingDuration}}' }],
      },
      transitions: [{ event: 'sent' }],
    },
    {
      name: 'sub',
      type: 'run-subflow',
      properties: {
        flow_sid: 'FW1',
        parameters: [{ key: 'p', value: '{{widgets.connect.DialCallStatus}}' }],
      },
      transitions: [{ event: 'completed', next: 'redirect' }],
    },
    {
      name: 'redirect',
      type: 'add-twiml-redirect',
      properties: { url: 'https://x?{{widgets.sub.result[0].a}}', timeout: '60' },
      transitions: [{ event: 'return' }, { event: 'fail' }],
    },
  ],
}

/** What stands in place of each value in turn. */
const INTRUDERS: readonly Json[] = [
  null,
  7,
  -0.5,
  true,
  '',
  '__proto__',
  'on:error',
  'no such thing',
  '{{',
  '{% if %}',
  '{{ widgets.ask.Digits | date }}',
  [],
  [null],
  {},
  'x'.repeat(300),
]

function* paths(value: Json, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value))
    yield* paths(member as Json, [...path, Array.isArray(value) ? Number(key) : key])
}

function replaced(path: readonly (string | number)[], by: Json): Json {
  const copy = structuredClone(FLOW) as Record<string | number, unknown>
  let at = copy
  for (const part of path.slice(0, -1)) at = at[part] as typeof copy
  at[path.at(-1)!] = by
  return copy as Json
}

it('reads a flow with any one value replaced: never throws, and what comes out is a document', () => {
  let brought = 0
  let refused = 0
  for (const path of paths(FLOW)) {
    for (const by of INTRUDERS) {
      const where = `${path.join('.')} = ${JSON.stringify(by)}`
      const imported = importFlow(replaced(path, by), { from: 'twilio-studio' })
      if (!imported.ok) {
        refused++
        expect(imported.error.length, where).toBeGreaterThan(0)
        continue
      }
      brought++
      const read = parseDocument(JSON.stringify(imported.value.flow))
      expect(read.ok ? [] : read.error, where).toEqual([])
      validate(imported.value.flow, { nodes: palette, languages: [liquid] })
    }
  }
  expect(brought).toBeGreaterThan(500)
  expect(refused).toBeGreaterThan(500)
})
