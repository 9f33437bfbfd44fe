import { describe, expect, it } from 'vitest'
import { palette } from '../../../src/palette/index.ts'
import { type EffectHandler, memoryChannel } from '../../../src/runtime/index.ts'
import { ADA, Bureau, type chain } from './bureau.ts'
import { node, say, sessionOf, talk } from './flows.ts'

const TESS = '+4915199999999'
const MANUAL = { trigger: 'manual' }
type ChainNode = Parameters<typeof chain>[2][number]

const SAYING = ['message.send', 'message.withdraw', 'card.send', 'card.withdraw']
const SPEAKING = ['call.place', 'transfer', 'voice.record']
const EVERYTHING = [...SAYING, ...SPEAKING, 'push.send']
const isNumber = (address: string) => address.startsWith('+')

/** A bureau with a test contact, where channels and handlers do every type of effect and write down whom it reached. */
async function laboratory(more: { readonly testHandlers?: { readonly [type: string]: EffectHandler } } = {}) {
  const did: string[] = []
  const channel = (name: string, effects: readonly string[], reaches = isNumber) => ({
    ...memoryChannel(name, { effects }),
    reaches,
    deliver: (async ({ type }, { to, test }) => {
      did.push(`${name} ${type} ${to ?? '-'}${test === true ? ' test' : ''}`)
      return { body: { result: 'connected', url: 'https://example.com/r.wav' } }
    }) as EffectHandler,
  })
  const handler: EffectHandler = async ({ type }, { test }) => {
    did.push(`handler ${type}${test === true ? ' test' : ''}`)
    return { body: { outcome: 'done' } }
  }
  const bureau = await Bureau.open()
  const start = () =>
    bureau.restart({
      channels: [
        channel('sms', SAYING),
        channel('voice', [...SAYING, ...SPEAKING]),
        channel('push', ['push.send']),
        channel('mail', SAYING, (address) => !isNumber(address)),
      ],
      handlers: Object.fromEntries(
        ['http.request', 'script.run', 'event.emit', 'crm.ticket'].map((type) => [type, handler]),
      ),
      ...more,
    })
  await start()
  await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: [TESS] })
  // Of what is known of her the mail address is none that may be reached in tests.
  const addresses = [TESS, 'tess@example.com']
  await bureau.store.contacts.put('acme', { id: 'tess', addresses, fields: { name: 'Tess' } })
  return { bureau, did }
}

/** Plays nodes in test mode until nothing goes on; tells whom they reached. */
async function play(nodes: readonly ChainNode[], more: Parameters<typeof laboratory>[0] = {}) {
  const { bureau, did } = await laboratory(more)
  await bureau.send({ type: 'createFlow', flow: 'it' }, 'ada', talk('it', MANUAL, nodes))
  const started = await bureau.host.test({
    flow: 'it',
    version: 'v1',
    contact: 'tess',
    by: 'ada',
    channel: 'sms',
  })
  await bureau.host.settled()
  return { bureau, did, session: sessionOf(started) }
}

const HTTP = node('it', 'http-request@1', { url: 'https://example.com' }, [
  'success',
  'httpError',
  'timeout',
  'failed',
])
const TICKET = node('it', 'custom-effect@1', { effect: 'crm.ticket' })
const AWAITED = node('it', 'custom-effect@1', { effect: 'crm.ticket', outcomes: [{ name: 'done' }] }, [
  'done',
  'failed',
])
const TRANSFER = ['connected', 'busy', 'noAnswer', 'failed']
const CALL = ['answered', 'busy', 'noAnswer', 'failed']
const BUTTONS = [{ value: 'yes' }]

/** One row for each way in which an effect can be asked for: what it does to whom in test mode. */
const ROWS: readonly (readonly [what: string, node: ChainNode, reaches: readonly string[]])[] = [
  ['message.send: a message', say('it', 'Hi'), [`sms message.send ${TESS} test`]],
  [
    'message.send: on another channel, to another address of hers that is not listed',
    node('it', 'send-message@1', { prompt: 'Hi', channel: 'mail' }),
    [],
  ],
  [
    'message.send: on another channel, to her',
    node('it', 'send-message@1', { prompt: 'Hi', channel: 'voice' }),
    [`voice message.send ${TESS} test`],
  ],
  ['card.send: a card', node('it', 'send-card@1', { title: 'Hi' }), [`sms card.send ${TESS} test`]],
  [
    'push.send: a notification',
    node('it', 'push-notification@1', { title: 'Hi', prompt: 'Hi' }),
    [`push push.send ${TESS} test`],
  ],
  [
    'voice.record: a recording of her',
    node('it', 'record@1', {}, ['recorded', 'silence', 'failed']),
    [`voice voice.record ${TESS} test`],
  ],
  ['transfer: to a number', node('it', 'transfer@1', { to: ADA }, TRANSFER), []],
  [
    'transfer: to the number of a test contact, however it is written',
    node('it', 'transfer@1', { to: '0049 151 99999999' }, TRANSFER),
    [`voice transfer ${TESS} test`],
  ],
  ['transfer: to an agent', node('it', 'transfer@1', { kind: 'agent', to: 'tess' }, TRANSFER), []],
  ['transfer: to a queue', node('it', 'transfer@1', { kind: 'queue', to: TESS }, TRANSFER), []],
  ['call.place: to a number', node('it', 'place-call@1', { to: ADA }, CALL), []],
  [
    'call.place: to a test contact',
    node('it', 'place-call@1', { to: TESS }, CALL),
    [`voice call.place ${TESS} test`],
  ],
  ['http.request: a request', HTTP, []],
  ['an effect of the host’s own', TICKET, []],
  ['an effect of the host’s own that is awaited', AWAITED, []],
  [
    'script.run: a script, which can reach nothing',
    node('it', 'script@1', { source: 'return 1' }, ['done', 'failed', 'timeout']),
    ['handler script.run test'],
  ],
  ['event.emit: an event', node('it', 'emit-event@1', { event: 'paid' }), []],
  ['contact.update: what is stored of her', node('it', 'update-contact@1', { fields: { tier: '"x"' } }), []],
]

describe('in test mode', () => {
  it.each(ROWS)('[RUN-7] %s', async (_, each, reaches) => {
    const { bureau, did, session } = await play([each])
    expect(did).toEqual(reaches)
    // Whatever was not done, the flow goes on.
    expect((await bureau.host.sessions.inspect(session))!.head.status).toBe('ended')
    expect((await bureau.host.sessions.deadLetters()).items).toEqual([])
    expect(bureau.errors).toEqual([])
  })

  it.each(ROWS)('[RUN-7] %s, by a handler for tests where there is one', async (_, each) => {
    const seen: string[] = []
    const handler: EffectHandler = async ({ type }, { test }) => {
      seen.push(`${type} ${test}`)
      return { body: { result: 'connected', outcome: 'done' } }
    }
    const types = [...EVERYTHING, 'http.request', 'crm.ticket', 'script.run', 'event.emit', 'contact.update']
    const testHandlers = Object.fromEntries(types.map((type) => [type, handler]))
    const { bureau, did, session } = await play([each], { testHandlers })
    expect(did).toEqual([])
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatch(/ true$/)
    expect((await bureau.host.sessions.inspect(session))!.head.status).toBe('ended')
  })

  it('[RUN-7] every node type that asks for effects is among the rows', () => {
    const listed = new Set(ROWS.map(([, { type }]) => type))
    // Of the others, none asks for anything but prompts on the session’s own channel, log entries and versions of flows.
    const quiet = palette
      .map(({ runtime }) => `${runtime.type}@${runtime.major}`)
      .filter((type) => !listed.has(type))
    expect(quiet.sort()).toEqual(
      [
        'branch',
        'business-hours',
        'call-subflow',
        'collect-input',
        'delay',
        'end',
        'evaluate',
        'jump',
        'log',
        'loop',
        'menu',
        'parse-data',
        'receive-message',
        'set-variables',
        'start',
        'wait-for-event',
      ].map((type) => `${type}@1`),
    )
  })

  it('[RUN-7] a card is taken back from her when it has expired', async () => {
    const card = node('it', 'send-card@1', { title: 'Hi', buttons: BUTTONS, expiry: '1h' }, [
      'yes',
      'expired',
      'failed',
    ])
    const { bureau, did } = await play([card])
    await bureau.pass('1h')
    expect(did).toEqual([`sms card.send ${TESS} test`, `sms card.withdraw ${TESS} test`])
  })

  it('[RUN-7] what subflows ask for is checked as well', async () => {
    const { bureau, did } = await laboratory()
    await bureau.release(talk('sub', { trigger: 'flow' }, [HTTP, say('hi', 'Hi')]))
    const main = talk('it', MANUAL, [
      node('call', 'call-subflow@1', { flow: 'sub', version: 'official' }, ['done']),
    ])
    await bureau.send({ type: 'createFlow', flow: 'it' }, 'ada', main)
    await bureau.host.test({ flow: 'it', version: 'v1', contact: 'tess', by: 'ada', channel: 'sms' })
    await bureau.host.settled()
    expect(did).toEqual([`sms message.send ${TESS} test`])
  })

  it('[RUN-7] what is stored of her changes, and of nobody else', async () => {
    const { bureau } = await play([node('it', 'update-contact@1', { fields: { tier: '"x"' } })])
    expect((await bureau.store.contacts.get('acme', 'tess'))!.fields).toEqual({ name: 'Tess', tier: 'x' })
    expect((await bureau.store.contacts.get('acme', 'ada-lovelace'))!.fields.tier).toBe('gold')
  })

  it('[RUN-7] who is taken off the list of test contacts is not reached any more', async () => {
    const wait = node('wait', 'delay@1', { duration: '1h' }, ['done'])
    const change = node('it', 'update-contact@1', { fields: { tier: '"x"' } })
    const { bureau, did } = await play([wait, say('hi', 'Hi'), change])
    await bureau.send({ type: 'remove', kind: 'testContact', id: 'tess' })
    await bureau.pass('1h')
    expect(did).toEqual([])
    expect((await bureau.store.contacts.get('acme', 'tess'))!.fields).toEqual({ name: 'Tess' })
  })
})
