import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { compile, type Effect, type JsonObject, type Program } from '../../src/index.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import { type SimulateOptions, simulate } from '../../src/testing/index.ts'
import { missing, readStudio, reason, type StudioFile, words } from './corpora.ts'

interface Imported {
  readonly studio: StudioFile
  readonly program: Program
  readonly say: (widget: string, values?: { readonly [reference: string]: string }) => string
}

function load(file: string): Imported {
  const studio = readStudio(file)
  const imported = importFlow(studio)
  if (!imported.ok) throw new Error(JSON.stringify(imported.error))
  const program = compile(imported.value.flow, { nodes: palette, languages: [liquid] })
  return { studio, program, say: (widget, values) => words(studio, widget, values) }
}

const visit = {
  patient_first_name: 'Ada',
  provider_last_name: 'Byron',
  appointment_location: 'Main Street 1',
  provider_callback_phone: '+15550123',
  appointment_datetime: '2026-11-30T09:00:00Z',
  appointment_id: 'A-1',
  provider_id: 'P-1',
  patient_id: 'Z-1',
}
const day = 'Monday at nine'

describe.skipIf(missing)(`patient-appointments${reason}`, () => {
  const flow = missing ? (undefined as never) : load('patient-appointments.json')
  const system = missing
    ? ''
    : String(
        (
          flow.studio.states.find(({ name }) => name === 'set_global_variables')!.properties.variables as {
            key: string
            value: string
          }[]
        )[0]!.value,
      )
  const filled = {
    ...Object.fromEntries(Object.entries(visit).map(([key, value]) => [`flow.data.${key}`, value])),
    'widgets.get-datetime-parts.parsed.readable_datetime': day,
    'flow.variables.CUSTOMER_NAME': system,
  }
  const begin = (event_type: string, more: SimulateOptions = {}) =>
    simulate(flow.program, {
      trigger: 'manual',
      data: { ...visit, event_type },
      ...more,
      effects: {
        get_datetime_parts: { status: 200, body: { readable_datetime: day } },
        ...Object.fromEntries(
          ['remind', 'booked', 'canceled', 'modified', 'noshowed', 'confirmed', 'rescheduled'].map((name) => [
            `save_${name}`,
            { status: 200, body: {} },
          ]),
        ),
        'message.send': { status: 200 },
        'http.request': { status: 200, body: {} },
        ...more.effects,
      },
    })
  const posted = (effects: readonly Effect[], node: string) =>
    JSON.parse(String(effects.find((effect) => effect.node === node)!.body))

  it('a reminder is confirmed, whatever the case and the spaces', () => {
    const session = begin('REMIND').expectSaid(flow.say('send_remind', filled)).say('  confirm Appt ')
    session.expectEnd('completed')
    expect(posted(session.effects, 'confirm_remind')).toMatchObject({
      event_type: 'Confirm',
      appointment_id: 'A-1',
    })
  })

  it('a reminder is answered by calling the visit off', () => {
    const session = begin('remind').expectSaid(flow.say('send_remind', filled)).say('CANCEL APPT')
    session.expectEnd('completed')
    expect(posted(session.effects, 'cancel_remind')).toMatchObject({
      event_type: 'Cancel',
      patient_id: 'Z-1',
    })
  })

  it('a reminder is answered by something else', () => {
    begin('REMIND').say('who is this?').expectSaid().expectEnd('incomplete')
  })

  it('a booking is not answered in time', () => {
    begin('BOOKED').expectSaid(flow.say('send_booked', filled)).timeout().expectEnd('incomplete')
  })

  it('a visit that nobody came to', () => {
    begin('NOSHOWED').expectSaid(flow.say('send_noshowed', filled)).expectEnd('completed')
  })

  it('a visit that cannot be looked up', () => {
    begin('BOOKED', { effects: { get_datetime_parts: { status: 503 } } })
      .expectSaid()
      .expectEnd('failed')
  })
})

describe.skipIf(missing)(`frontline-bot${reason}`, () => {
  const flow = missing ? (undefined as never) : load('frontline-bot.json')
  const write = (effects: SimulateOptions['effects']) =>
    simulate(flow.program, {
      trigger: { type: 'message', from: '+5511999' },
      data: { conversation_ConversationSid: 'CH1', conversation_From: '+5511999' },
      effects: { ...effects, 'message.send': { status: 200 }, 'http.request': { status: 200, body: {} } },
    })

  it('a new customer gives a name and asks for an agent', () => {
    write({ get_convo_name: { body: { name: '' } }, get_customer: { body: { customer: '' } } })
      .expectSaid(flow.say('new-customer-name'))
      .say('Bia')
      .expectSaid(flow.say('new-customer-send-reply', { 'widgets.new-customer-name.inbound.Body': 'Bia' }))
      .say(' AGENTE')
      .expectSaid(flow.say('transfer-message'))
      .expectEnd('completed')
  })

  it('a customer who is known is greeted by name', () => {
    write({ get_convo_name: { body: {} }, get_customer: { body: { customer: { display_name: 'Caio' } } } })
      .expectSaid(
        flow.say('existing-customer-send-reply', {
          'widgets.get-customer.parsed.customer.display_name': 'Caio',
        }),
      )
      .say('agente')
      .expectSaid(flow.say('transfer-message'))
      .expectEnd('completed')
  })

  it('a conversation that has a name is left alone', () => {
    write({ get_convo_name: { body: { name: 'Caio' } } })
      .expectSaid()
      .expectEnd('incomplete')
  })

  it('a call goes on in writing', () => {
    const session = simulate(flow.program, {
      trigger: { type: 'call', from: '+5511888' },
      effects: { function_1: { status: 200, body: {} } },
    })
    session
      .expectSaid(flow.say('gather_1'))
      .digits('0')
      .expectSaid(flow.say('say_play_2'))
      .expectEnd('completed')
    expect(session.effects.find(({ node }) => node === 'function_1')).toMatchObject({ body: 'To=%2B5511888' })
  })
})

describe.skipIf(missing)(`order-lookup-ivr${reason}`, () => {
  const flow = missing ? (undefined as never) : load('order-lookup-ivr.json')
  const call = (effects: SimulateOptions['effects']) =>
    simulate(flow.program, { trigger: { type: 'call', from: '+15550100' }, ...(effects && { effects }) })

  it('a call is put through', () => {
    const session = call({ allow_list: { body: { matched: true } }, order_lookup: { body: '+15550199' } })
      .expectSaid(flow.say('order_no'))
      .digits('4711')
      .expectSaid(flow.say('say_play_1'))
      .answer('forward_call', { body: { result: 'connected' } })
      .expectEnd('completed')
    expect(session.effects.find(({ type }) => type === 'transfer')).toMatchObject({ to: '+15550199' })
  })

  it('a call from a number that is not on the list', () => {
    call({ allow_list: { body: { matched: 'FALSE ' } } })
      .expectSaid(flow.say('error'))
      .expectEnd('completed')
  })
})

describe.skipIf(missing)(`flex-park-interaction${reason}`, () => {
  const flow = missing ? (undefined as never) : load('flex-park-interaction.json')

  it('a contact is asked again, then waits for sales', () => {
    const session = simulate(flow.program, {
      trigger: { type: 'message', from: 'whatsapp:+1' },
      effects: { send_please_wait: { status: 200 }, send_welcome: { status: 200 } },
    })
      .expectSaid(flow.say('send_welcome'))
      .say('hm')
      .expectSaid(flow.say('send_welcome'))
      .say('Your SALES people, please')
      .expectSaid(flow.say('send_please_wait', { 'flow.variables.selected_queue': 'sales' }))
    expect(session.awaited).toMatchObject({ type: 'transfer', kind: 'queue' })
    session.answer({ body: { result: 'connected' } }).expectEnd('completed')
  })
})

describe.skipIf(missing)(`flex-schedule-manager${reason}`, () => {
  const flow = missing ? (undefined as never) : load('flex-schedule-manager.json')
  const call = (body: JsonObject) =>
    simulate(flow.program, { trigger: { type: 'call', from: '+1' }, effects: { check_schedule: { body } } })
  /** What the widget says where a branch of its markup is taken, with the words behind all branches. */
  const branch = (marker: RegExp) => {
    const say = String(flow.studio.states.find(({ name }) => name === 'say_closed')!.properties.say)
    const [, taken] = marker.exec(say)!
    const after = say.slice(say.lastIndexOf('%}') + 2)
    return `${taken!.trim()} ${after.trim()}`
  }
  const heard = (said: readonly string[]) => said.map((text) => text.trim().replace(/\s+/g, ' '))

  it('a call on a holiday hears why nobody is there', () => {
    const session = call({ isOpen: false, closedReason: 'holiday' }).expectEnd('completed')
    expect(heard(session.said)).toEqual([branch(/when 'holiday' %\}([^{]*)/)])
  })

  it('a call at night hears the plain words', () => {
    const session = call({ isOpen: 'false' }).expectEnd('completed')
    expect(heard(session.said)).toEqual([branch(/else %\}([^{]*)/)])
  })

  it('a call in time is put into the queue', () => {
    expect(call({ isOpen: 'True' }).expectSaid().awaited).toMatchObject({ type: 'transfer', kind: 'queue' })
  })
})

describe.skipIf(missing)(`flex-callback-and-voicemail${reason}`, () => {
  const flow = missing ? (undefined as never) : load('flex-callback-and-voicemail.json')

  it('a call that cannot be put into the queue ends as failed', () => {
    const session = simulate(flow.program, { trigger: { type: 'call', from: '+15550142' } })
    expect(JSON.stringify(session.awaited)).toContain('+15550142')
    session.answer({ error: 'no queue' }).expectEnd('failed')
  })
})
