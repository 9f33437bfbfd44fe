import { describe, expect, it, test } from 'vitest'
import { TAG_NAMES } from '../../src/adapters/liquid/engine.ts'
import { FILTER_NAMES } from '../../src/adapters/liquid/filters.ts'
import { KNOWN_FILTERS, KNOWN_TAGS } from '../../src/interchange/importers/twilio-studio/known-liquid.ts'
import { rewriteLiquid, writePath } from '../../src/interchange/importers/twilio-studio/rewrite-liquid.ts'
import { bring, play, say, studio, widget } from './studio.ts'

/** Widgets that something can be read of. */
const widgets = [
  widget('ask', 'gather-input-on-call', { say: '?', timeout: 5 }, ['keypress', 'chat']),
  widget('chat', 'send-and-wait-for-reply', { body: '?' }, ['incomingMessage', 'http']),
  widget('http', 'make-http-request', { url: 'https://x' }, ['success', 'fun-c']),
  widget('fun-c', 'run-function', { url: 'https://x' }, ['success', 'call']),
  widget('call', 'make-outgoing-call-v2', {}, ['answered', 'rec']),
  widget('rec', 'record-voicemail', {}, ['recordingComplete', 'set']),
  widget('set', 'set-variables', { variables: [{ key: 'a-b', value: 'x' }] }, ['next', 'tell']),
]

const read = (reference: string) =>
  bring(studio('ask', ...widgets, say('tell', `{{${reference}}}`))).config('tell')?.prompt

describe('a reference', () => {
  it.each([
    ['widgets.ask.Digits', 'nodes.ask.value'],
    ['widgets.ask.SpeechResult', 'nodes.ask.value'],
    ['widgets.chat.inbound.Body', 'nodes.chat.value'],
    ['widgets.chat.inbound.From', 'trigger.from'],
    ['widgets.http.body', 'nodes.http.body'],
    ['widgets.http.parsed.items[0].name', 'nodes.http.body.items[0].name'],
    ['widgets["http"].parsed["a b"]', 'nodes.http.body["a b"]'],
    ['widgets.http.parsed.items[flow.variables.i].x', 'nodes.http.body.items[i].x'],
    ['widgets.http.status_code', 'nodes.http.status'],
    ['widgets.fun-c.parsed', 'nodes.fun_c.body'],
    ['widgets.call.AnsweredBy', 'nodes.call.answeredBy'],
    ['widgets.rec.RecordingUrl', 'nodes.rec.url'],
    ['widgets.set.a-b', 'a_b'],
    ['flow.variables.a-b', 'a_b'],
    ['flow.variables', 'vars'],
    ['flow.data.x', 'trigger.data.x'],
    ['flow.data.x.y', 'trigger.data.x.y'],
    ['flow.data', 'trigger.data'],
    ['flow.sid', 'session.id'],
    ['flow.flow_sid', 'session.flow'],
    ['flow.channel.address', 'trigger.to'],
    ['contact.channel.address', 'trigger.from'],
    ['trigger.message.Body', 'trigger.text'],
    ['trigger.message.From', 'trigger.from'],
    ['trigger.message.NumMedia', 'trigger.data.message_NumMedia'],
    ['trigger.message.ChannelAttributes.name', 'trigger.data.message_ChannelAttributes.name'],
    ['trigger.call.To', 'trigger.to'],
    ['trigger.call.CallSid', 'trigger.data.call_CallSid'],
    ['trigger.conversation.From', 'trigger.from'],
    ['trigger.conversation.ConversationSid', 'trigger.data.conversation_ConversationSid'],
    ['trigger.request.to', 'trigger.from'],
    ['trigger.request.from', 'trigger.to'],
    ['trigger.request.parameters.x', 'trigger.data.x'],
    ['trigger.request.parameters', 'trigger.data'],
    ['trigger.parent.parameters.x', 'x'],
  ])('%s is %s', (there, here) => {
    expect(read(there)).toEqual({ language: 'liquid', source: `{{${here}}}` })
    expect(bring(studio('ask', ...widgets, say('tell', `{{${there}}}`))).errors).toEqual([])
  })

  it.each([
    'widgets.ask.Confidence',
    'widgets.chat.outbound.Sid',
    'widgets.http.headers',
    'widgets.tell.x',
    'flow.channel.sid',
    'flow.add_ons.x',
    'contact.name',
    'trigger.call',
    'something.else',
  ])('%s has no counterpart: it is nothing', (there) => {
    expect(read(there)).toEqual({ language: 'liquid', source: '{{nil}}' })
  })

  it('reads what came with a call, and in a run', () => {
    const flow = studio(
      'hello',
      say(
        'hello',
        '{{trigger.call.From}} {{flow.channel.address}} {{trigger.call.CallSid}} {{flow.sid}} {{flow.data}}',
      ),
    )
    play(flow, {
      trigger: { type: 'call', from: '+1', to: '+2' },
      data: { call_CallSid: 'CA1' },
    }).expectSaid('+1 +2 CA1 simulation {"call_CallSid":"CA1"}')
  })
})

describe('rewriting', () => {
  const rewrite = (source: string) =>
    rewriteLiquid(source, (path, taken) => {
      const [root] = path as [{ readonly name: string }]
      return writePath(taken.has('x') ? `X.${root.name}` : `N.${root.name}`, path.slice(1))
    })

  test.each([
    ['no markup } { %}', 'no markup } { %}'],
    ['{{a}}', '{{N.a}}'],
    ['{{- a.b-c["d e"][0] -}}', '{{- N.a["b-c"]["d e"][0] -}}'],
    [
      '{{ a | append: b, "c}} d" | default: c.d, allow_false: true }}',
      '{{ N.a | append: N.b, "c}} d" | default: N.c.d, allow_false: true }}',
    ],
    ["{{ 'a' | plus: 1 }}", "{{ 'a' | plus: 1 }}"],
    ['{% if a == nil or b contains "c" %}{% endif %}', '{% if N.a == nil or N.b contains "c" %}{% endif %}'],
    [
      '{% for i in (1..a.n) reversed limit: b %}{{ i.a }}{{ forloop.index }}{% endfor %}',
      '{% for i in (1..N.a.n) reversed limit: N.b %}{{ i.a }}{{ forloop.index }}{% endfor %}',
    ],
    ['{% assign v = a | strip %}{{ v }}{{ v.size }}', '{% assign v = N.a | strip %}{{ v }}{{ v.size }}'],
    ['{% capture v %}{{ a }}{% endcapture %}{{ v }}', '{% capture v %}{{ N.a }}{% endcapture %}{{ v }}'],
    [
      '{% case a %}{% when b, "c" or d %}{% endcase %}',
      '{% case N.a %}{% when N.b, "c" or N.d %}{% endcase %}',
    ],
    ['{% raw %}{{ a }}{% endraw %}{{ a }}', '{% raw %}{{ a }}{% endraw %}{{ N.a }}'],
    ['{% comment %}{{ a {% endcomment %}{{ a }}', '{% comment %}{{ a {% endcomment %}{{ N.a }}'],
    ['{% # a %}{% cycle "g": a, b %}', '{% # a %}{% cycle "g": N.a, N.b %}'],
    ['{% assign now = 1 %}{{ now }}', '{% assign now_ = 1 %}{{ now_ }}'],
    ['{{ a[b.c].d }}', '{{ N.a[N.b.c].d }}'],
    ['{{ a.b?.c }}', '{{ N.a["b?"].c }}'],
    ['{% if a <> "<>" %}{% endif %}', '{% if N.a != "<>" %}{% endif %}'],
    ['{{ }}x{{}}', 'x'],
    ['{{ a', undefined],
    ['{% raw %}{{ a }}', undefined],
    ['{{ "}}', undefined],
  ])('%s', (source, expected) => {
    expect(rewrite(source)).toBe(expected)
  })

  it('takes time in proportion to the text', () => {
    const begun = performance.now()
    for (const part of ['{{', '{{a}}', '{%', '{% if a %}', '{{ a[', '"', '{{ a.a.a', '{'])
      rewrite(part.repeat(20_000))
    expect(performance.now() - begun).toBeLessThan(5_000)
  })
})

it('knows the filters and tags that Liquid has here', () => {
  expect([...KNOWN_FILTERS].sort()).toEqual([...FILTER_NAMES].sort())
  const tags = TAG_NAMES.filter((name) => !KNOWN_TAGS.has(name))
  expect(tags).toEqual([])
})
