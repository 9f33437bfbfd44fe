import { describe, expect, it } from 'vitest'
import { bring, play, say, studio, widget } from './studio.ts'

const bye = say('bye', 'Bye')
const sorry = say('sorry', 'Sorry')

describe('gather-input-on-call', () => {
  const gather = (properties: object, ...ways: [string, string?][]) =>
    studio(
      'ask',
      widget('ask', 'gather-input-on-call', { say: 'Which?', timeout: 5, ...properties }, ...ways),
      bye,
      sorry,
    )

  it('asks for keys, as many as are counted, where speech leads nowhere', () => {
    const flow = gather({ number_of_digits: 2 }, ['keypress', 'bye'], ['speech'], ['timeout', 'sorry'])
    expect(bring(flow).config('ask')).toMatchObject({ accept: 'digits', maxLength: 2, timeout: '5s' })
    expect(bring(flow).loss).toMatchObject([
      { severity: 'info', code: 'import.changed', where: 'ask.speech' },
    ])
    play(flow).digits('12').expectSaid('Bye')
    play(flow).digits('123').expectSaid('Sorry')
    play(flow).timeout().expectSaid('Sorry')
  })

  it('takes both where they lead to one place, and speech alone', () => {
    const both = gather({}, ['keypress', 'bye'], ['speech', 'bye'], ['timeout', 'sorry'])
    play(both).digits('1').expectSaid('Bye')
    play(both).say('one').expectSaid('Bye')
    play(gather({}, ['keypress'], ['speech', 'bye'], ['timeout', 'sorry']))
      .say('one')
      .expectSaid('Bye')
  })

  it('leads keys and speech apart', () => {
    const flow = gather({}, ['keypress', 'bye'], ['speech', 'sorry'], ['timeout'])
    play(flow).digits('1').expectSaid('Bye')
    play(flow).say('one').expectSaid('Sorry')
    play(flow).timeout().expectEnd('incomplete')
  })

  it('reports what only the host can do', () => {
    const flow = gather(
      { hints: 'one, two', finish_on_key: '*', stop_gather: true, profanity_filter: 'true', voice: null },
      ['keypress', 'bye'],
      ['timeout', 'sorry'],
    )
    expect(bring(flow).loss).toMatchObject([{ message: 'Not brought along: finish_on_key, hints' }])
  })
})

describe('say-play', () => {
  it('says its words as often as it is told to', () => {
    play(studio('a', widget('a', 'say-play', { say: 'Hi {{flow.data.n}}', loop: 2 }, ['audioComplete'])), {
      data: { n: 'Ada' },
    }).expectSaid('Hi Ada Hi Ada')
  })

  it('plays a recording, by name or by an address that Liquid makes', () => {
    const recording = (play: string) => studio('a', widget('a', 'say-play', { play }, ['audioComplete']))
    expect(bring(recording('https://example.com/a.mp3')).config('a')?.prompt).toEqual({
      text: '',
      audio: 'https://example.com/a.mp3',
    })
    const flow = recording('https://example.com/{{flow.data.name}}.mp3')
    expect(bring(flow).errors).toEqual([])
    expect(play(flow, { data: { name: 'b' } }).effects[0]).toMatchObject({
      media: 'https://example.com/b.mp3',
    })
  })

  it('has the host press keys', () => {
    const flow = studio('a', widget('a', 'say-play', { digits: '1w2' }, ['audioComplete', 'bye']), bye)
    const simulation = play(flow).expectSaid('Bye')
    expect(simulation.effects[0]).toMatchObject({ type: 'studio.play-digits', fields: { digits: '1w2' } })
  })
})

describe('send-message', () => {
  it('waits for the channel only where a failure leads somewhere of its own', () => {
    const send = (...ways: [string, string?][]) =>
      studio('a', widget('a', 'send-message', { body: 'Hi' }, ...ways), bye, sorry)
    play(send(['sent', 'bye'], ['failed'])).expectSaid('Hi', 'Bye')
    play(send(['sent', 'bye'], ['failed', 'bye'])).expectSaid('Hi', 'Bye')
    const apart = send(['sent', 'bye'], ['failed', 'sorry'])
    play(apart).answer('message.send', { error: 'no route' }).expectSaid('Sorry')
    play(apart).answer('message.send', { status: 200 }).expectSaid('Bye')
  })

  it('brings media along, and reports another address', () => {
    const flow = studio(
      'a',
      widget(
        'a',
        'send-message',
        { body: 'Look', media_url: '{{flow.data.url}}', to: '+15550123', from: '{{flow.channel.address}}' },
        ['sent'],
      ),
    )
    expect(bring(flow).loss).toMatchObject([{ code: 'import.dropped', message: 'Not brought along: to' }])
    expect(play(flow, { data: { url: 'https://x' } }).effects[0]).toMatchObject({
      text: 'Look',
      media: 'https://x',
    })
  })

  it('leaves words that the provider holds to the host', () => {
    const flow = studio(
      'a',
      widget(
        'a',
        'send-message',
        {
          message_type: 'content_template',
          content_sid: 'HX1',
          content_variables: [{ key: '{{1}}', value: '{{flow.data.name}}' }],
        },
        ['sent', 'bye'],
        ['failed', 'sorry'],
      ),
      bye,
      sorry,
    )
    const simulation = play(flow, { data: { name: 'Ada' } })
    expect(simulation.awaited).toMatchObject({
      type: 'studio.content-template',
      fields: { content_sid: 'HX1', variable_1: 'Ada' },
    })
    simulation.answer({ body: { outcome: 'sent' } }).expectSaid('Bye')
  })
})

describe('send-and-wait-for-reply', () => {
  const reply = (...ways: [string, string?][]) =>
    studio(
      'ask',
      widget('ask', 'send-and-wait-for-reply', { body: 'How are you?', timeout: '60' }, ...ways),
      say('echo', '{{widgets.ask.inbound.Body | upcase}}'),
      sorry,
      bye,
    )

  it('is one node where delivery has no way of its own', () => {
    const flow = reply(['incomingMessage', 'echo'], ['timeout', 'sorry'], ['deliveryFailure', 'sorry'])
    expect(bring(flow).flow.nodes.map(({ type }) => type)).toContain('collect-input@1')
    expect(bring(flow).loss.map(({ where }) => where)).toEqual(['bye'])
    play(flow).say('fine').expectSaid('FINE')
    play(flow).wait('60s').expectSaid('Sorry')
  })

  it('leads a question that reaches nobody where Studio leads it', () => {
    const flow = reply(['incomingMessage', 'echo'], ['timeout', 'sorry'], ['deliveryFailure', 'bye'])
    expect(bring(flow).errors).toEqual([])
    play(flow).answer('ask', { status: 200 }).say('fine').expectSaid('FINE')
    play(flow).answer('ask', { status: 200 }).wait('60s').expectSaid('Sorry')
    play(flow).answer('ask', { error: 'no route' }).expectSaid('Bye')
    play(flow).say('faster').expectSaid('FASTER')
    const apart = reply(['incomingMessage', 'echo'], ['timeout', 'sorry'], ['deliveryFailure'])
    play(apart).answer('ask', { error: 'no route' }).expectEnd('failed')
  })
})

describe('requests', () => {
  const request = (type: string, properties: object, ...ways: [string, string?][]) =>
    studio('a', widget('a', type, properties, ...ways), bye, sorry)

  it('send parameters of functions as a form', () => {
    const flow = request(
      'run-function',
      {
        url: 'https://example.com/f',
        parameters: [
          { key: 'n', value: '{{flow.data.n}}' },
          { key: 'mixed', value: 'no. {{flow.data.n}}!' },
        ],
      },
      ['success', 'bye'],
      ['fail'],
    )
    const simulation = play(flow, { data: { n: 42 } })
    expect(simulation.awaited).toMatchObject({
      method: 'POST',
      url: 'https://example.com/f',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'mixed=no.+42%21&n=42',
    })
    simulation.answer({ status: 500 }).expectEnd('failed')
  })

  it('put parameters of GET into the address', () => {
    const parameters = [{ key: 'q', value: 'a b' }]
    const flow = request('make-http-request', { url: 'https://example.com', parameters }, ['success'])
    expect(play(flow).awaited).toMatchObject({ method: 'GET', url: 'https://example.com?q=a+b' })
  })

  it('send a form with the type that it names, and a body as it stands', () => {
    const content_type = 'application/x-www-form-urlencoded;charset=utf-8'
    const form = { method: 'post', url: 'https://x', content_type, parameters: [{ key: 'a', value: '1' }] }
    expect(play(request('make-http-request', form, ['success'])).awaited).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': content_type },
      body: 'a=1',
    })
    const body = {
      method: 'POST',
      url: 'https://x/{{flow.data.id}}',
      content_type: 'application/json',
      body: '{"id": "{{flow.data.id}}"}',
      parameters: [{ key: 'v', value: '2' }],
    }
    expect(
      play(request('make-http-request', body, ['success']), { data: { id: 'x7' } }).awaited,
    ).toMatchObject({
      url: 'https://x/x7?v=2',
      body: '{"id": "x7"}',
      headers: { 'Content-Type': 'application/json' },
    })
  })

  it('send the one of a form and a body that the type names', () => {
    const both = {
      method: 'POST',
      url: 'https://x',
      content_type: 'application/x-www-form-urlencoded',
      body: 'left in the editor',
      parameters: [{ key: 'a', value: '1' }],
    }
    expect(play(request('make-http-request', both, ['success'])).awaited?.body).toBe('a=1')
  })

  it('fail where the address that comes out is none', () => {
    const flow = request('make-http-request', { url: '{{flow.data.url}}' }, ['success'], ['failed', 'sorry'])
    play(flow, { data: { url: 'no address' } }).expectSaid('Sorry')
  })

  it('need an address', () => {
    expect(bring(request('run-function', { function_sid: 'ZH1' }, ['success'])).lost).toContain(
      'import.noAddress a',
    )
  })
})

describe('set-variables', () => {
  it('keeps texts, and JSON that is written out', () => {
    const variables = [
      { key: 'name', value: 'Ada {{flow.data.n}}' },
      { key: 'list', value: '["x", "y"]', parse_as_json: true },
      { key: 'count', value: '3', type: 'number' },
      { key: 'more', value: '{"n": {{flow.data.n}} }', parse_as_json: true },
    ]
    const flow = studio(
      'set',
      widget('set', 'set-variables', { variables }, ['next', 'tell']),
      say(
        'tell',
        '{{flow.variables.name}} {{flow.variables.list[1]}} {{flow.variables.count | plus: 1}} {{widgets.set.name}}',
      ),
    )
    expect(bring(flow).lost).toEqual(['import.changed set.more'])
    play(flow, { data: { n: 7 } }).expectSaid('Ada 7 y 4 Ada 7')
  })

  it('counts as Liquid does', () => {
    const variables = [{ key: 'n', value: '{% assign n = flow.variables.n | plus: 1 %}{{ n }}' }]
    const flow = studio(
      'set',
      widget('set', 'set-variables', { variables }, ['next', 'again']),
      widget('again', 'set-variables', { variables }, ['next', 'tell']),
      say('tell', '{{flow.variables.n}}'),
    )
    expect(bring(flow).config('set')).toEqual({
      assignments: [
        { variable: 'n', value: { language: 'liquid', source: '{% assign n = vars.n | plus: 1 %}{{ n }}' } },
      ],
    })
    play(flow).expectSaid('2')
  })
})

describe('calls', () => {
  it('connect, and keep what came of it where the flow asks', () => {
    const flow = studio(
      'connect',
      widget(
        'connect',
        'connect-call-to',
        { noun: 'sip', to: 'sip:a@b', timeout: 20, caller_id: '+1', record: true },
        ['callCompleted', 'tell'],
      ),
      say('tell', '{{widgets.connect.DialCallStatus}}'),
    )
    const simulation = play(flow)
    expect(simulation.awaited).toMatchObject({
      type: 'transfer',
      kind: 'number',
      to: 'sip:a@b',
      timeoutMs: 20_000,
      data: { noun: 'sip', callerId: '+1', record: 'true' },
    })
    simulation.answer({ body: { result: 'noAnswer' } }).expectSaid('no-answer')
    play(flow).answer({ body: {} }).expectSaid('completed')
  })

  it('go out to the contact, with machines told apart where they lead elsewhere', () => {
    const out = (type: string, ...ways: [string, string?][]) =>
      studio(
        'call',
        widget('call', type, { timeout: 30 }, ...ways),
        bye,
        say('beep', '{{widgets.call.AnsweredBy}}'),
        sorry,
      )
    const trigger = { trigger: { type: 'manual', from: '+1', to: '+2' } } as const
    const plain = play(
      out('make-outgoing-call-v2', ['answered', 'bye'], ['busy', 'sorry'], ['noAnswer'], ['failed']),
      trigger,
    )
    expect(plain.awaited).toMatchObject({ type: 'call.place', to: '+1', from: '+2', timeoutMs: 30_000 })
    plain.answer({ body: { result: 'busy' } }).expectSaid('Sorry')
    const apart = out('make-outgoing-call-v1', ['answered', 'bye'], ['answeredByMachine', 'beep'])
    play(apart, trigger)
      .answer({ body: { answeredBy: 'machine_start' } })
      .expectSaid('machine_start')
    play(apart, trigger)
      .answer({ body: { answeredBy: 'human' } })
      .expectSaid('Bye')
    play(apart, trigger)
      .answer({ body: { result: 'noAnswer' } })
      .expectEnd('incomplete')
  })

  it('record a voicemail', () => {
    const flow = studio(
      'record',
      widget(
        'record',
        'record-voicemail',
        { max_length: 60, timeout: 4, finish_on_key: '#', transcribe: false, play_beep: 'true' },
        ['recordingComplete', 'tell'],
        ['noAudio', 'sorry'],
        ['hangup', 'bye'],
      ),
      say('tell', '{{widgets.record.RecordingUrl}} {{widgets.record.RecordingDuration}}'),
      sorry,
      bye,
    )
    expect(bring(flow).loss).toEqual([])
    const simulation = play(flow)
    expect(simulation.awaited).toMatchObject({
      type: 'voice.record',
      maxLengthMs: 60_000,
      silenceMs: 4_000,
      finishOnKey: '#',
    })
    simulation.answer({ body: { url: 'https://r', durationMs: 8_200 } }).expectSaid('https://r 8.2')
    play(flow).answer({ body: {} }).expectSaid('Sorry')
    play(flow).signal('hangup').expectSaid('Bye')
  })
})

describe('queues', () => {
  it.each([
    [
      'send-to-flex',
      {
        workflow: 'WW1',
        channel: 'TC1',
        attributes: '{"n": "{{flow.data.n}}"}',
        priority: '5',
        timeout: '90',
      },
      { to: 'WW1', timeoutMs: 90_000, data: { channel: 'TC1', attributes: '{"n": "7"}', priority: '5' } },
    ],
    [
      'enqueue-call',
      { queue_name: 'support', task_attributes: '{}', hold_music_url: 'https://x' },
      { to: 'support', timeoutMs: 3_600_000, data: { attributes: '{}', waitUrl: 'https://x' } },
    ],
  ])('%s hands over, with what whoever takes over needs', (type, properties, effect) => {
    const flow = studio(
      'queue',
      widget(
        'queue',
        type,
        properties,
        ['callComplete', 'bye'],
        ['failedToEnqueue', 'sorry'],
        ['callFailure', 'lost'],
      ),
      bye,
      sorry,
      say('lost', 'Lost'),
    )
    expect(bring(flow).loss).toEqual([])
    const simulation = play(flow, { data: { n: 7 } })
    expect(simulation.awaited).toMatchObject({ type: 'transfer', kind: 'queue', ...effect })
    simulation.answer({ body: { result: 'connected' } }).expectSaid('Bye')
    play(flow).answer({ error: 'no such queue' }).expectSaid('Sorry')
    play(flow)
      .answer({ body: { result: 'noAnswer' } })
      .expectSaid('Lost')
  })
})

describe('run-subflow', () => {
  it('calls the flow by its id, gives what it is given and takes what is asked for', () => {
    const flow = studio(
      'sub',
      widget(
        'sub',
        'run-subflow',
        { flow_sid: 'FW1', parameters: [{ key: 'order-no', value: '{{flow.data.order}}' }] },
        ['completed', 'tell'],
        ['failed', 'sorry'],
      ),
      say('tell', '{{widgets.sub.receipt}}'),
      sorry,
    )
    const { config, loss, errors } = bring(flow)
    expect(errors).toEqual([])
    expect(loss).toMatchObject([{ severity: 'warning', code: 'import.subflow', where: 'sub' }])
    expect(config('sub')).toEqual({
      flow: 'FW1',
      inputs: { order_no: { language: 'liquid', source: '{{trigger.data.order}}' } },
      outputs: [{ variable: 'sub_receipt', from: 'receipt' }],
      outcomes: ['failed'],
    })
  })

  it('meets the names that the other flow has', () => {
    const trigger = widget('Trigger', 'trigger', {}, ['incomingParent', 'set'])
    const child = {
      initial_state: 'Trigger',
      states: [
        trigger,
        widget(
          'set',
          'set-variables',
          { variables: [{ key: 'receipt', value: 'R-{{trigger.parent.parameters.order-no}}' }] },
          ['next'],
        ),
      ],
    }
    const { flow, errors } = bring(child)
    expect(errors).toEqual([])
    expect(flow.settings.variables).toEqual([
      { name: 'receipt', type: 'text', output: true },
      { name: 'order_no', type: 'text', input: true, output: true },
    ])
  })
})

describe('widgets that the host does', () => {
  it.each([
    ['add-twiml-redirect', { url: 'https://x?a={{flow.data.a}}', timeout: '60' }, 'return', 'fail'],
    ['capture-payments', { charge_amount: '12' }, 'success', 'providerError'],
    ['connect-virtual-agent-v2', { connector_name: 'c' }, 'live-agent-handoff', 'failed'],
    ['record-call', { record_call: true }, 'success', 'failed'],
    ['send-to-auto-pilot', { body: '{{flow.data.a}}' }, 'sessionEnded', 'failure'],
    ['start-conversation', { participants: [{ type: 'chat' }] }, 'created', 'failed'],
  ])('%s goes on as the host says', (type, properties, good, bad) => {
    const flow = studio('do', widget('do', type, properties, [good, 'bye'], [bad, 'sorry']), bye, sorry)
    expect(bring(flow).lost).toEqual(['import.effect do'])
    const simulation = play(flow, { data: { a: 'b' } })
    expect(simulation.awaited).toMatchObject({ type: `studio.${type}` })
    simulation.answer({ body: { outcome: good } }).expectSaid('Bye')
    play(flow).answer({ error: 'broken' }).expectSaid('Sorry')
  })

  it('get their properties with Liquid filled in, and leave what they answer to be read', () => {
    const flow = studio(
      'do',
      widget(
        'do',
        'add-twiml-redirect',
        { url: 'https://x?a={{flow.data.a}}', timeout: '60', offset: { x: 1 } },
        ['return', 'tell'],
      ),
      say('tell', '{{widgets.do.result}}'),
    )
    const simulation = play(flow, { data: { a: 'b' } })
    expect(simulation.awaited).toMatchObject({ fields: { url: 'https://x?a=b', timeout: '60' } })
    simulation.answer({ body: { outcome: 'return', result: 'done' } }).expectSaid('done')
    play(flow).wait('60s').expectEnd('failed')
  })

  it('that nothing is awaited of go on at once', () => {
    const flow = studio('do', widget('do', 'fork-stream', { stream_action: 'start' }, ['next', 'bye']), bye)
    expect(play(flow).expectSaid('Bye').effects[0]).toMatchObject({ type: 'studio.fork-stream' })
  })
})
