import { describe, expect, it } from 'vitest'
import { ADA, Bureau } from './bureau.ts'
import { ask, asking, awaitEvent, call, codeOf, comes, node, SMS, say, sessionOf, talk } from './flows.ts'

const TESS = '+4915199999999'
const MANUAL = { trigger: 'manual' }

async function open(): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: [TESS, 'tess@example.com'] })
  return bureau
}

/** Saves a flow as a new one, and releases nothing. */
const draft = (bureau: Bureau, flow: ReturnType<typeof talk>) =>
  bureau.send({ type: 'createFlow', flow: flow.id }, 'ada', flow)

async function test(bureau: Bureau, more: object = {}) {
  const request = { flow: 'it', version: 'v1', contact: 'tess', by: 'ada', channel: 'sms', ...more }
  const started = await bureau.host.test(request as never)
  await bureau.host.settled()
  return started
}

describe('test mode', () => {
  it('[RUN-7] runs a draft', async () => {
    const bureau = await open()
    await draft(bureau, asking('it', MANUAL))
    expect(codeOf(await test(bureau))).toBe('ok')
    expect(bureau.sms.transcript(TESS)).toEqual(['it?'])
    expect(codeOf(await bureau.host.trigger({ flow: 'it' }))).toMatch(/^route\./)
  })

  it('[RUN-7] runs a draft with the drafts that it calls', async () => {
    const bureau = await open()
    await draft(bureau, talk('part', { trigger: 'flow' }, [say('said', 'The part.')]))
    await draft(bureau, talk('it', MANUAL, [call('call', 'part'), say('after', 'After it.')]))
    const session = sessionOf(await test(bureau))
    expect(bureau.sms.transcript(TESS)).toEqual(['The part.', 'After it.'])
    expect((await bureau.host.sessions.inspect(session))!.about.versions).toEqual({ part: 'v1' })
  })

  it('[RUN-7] runs a draft as it was saved last, and goes on with what it started with', async () => {
    const bureau = await open()
    await draft(bureau, asking('it', MANUAL, 'old?'))
    const session = sessionOf(await test(bureau))
    const save = { type: 'saveDraft', flow: 'it', version: 'v1', revision: 1 }
    await bureau.send(save, 'ada', talk('it', MANUAL, [ask('ask', 'new?'), say('said', 'new')]))
    await bureau.restart()
    await test(bureau)
    await bureau.host.deliver(session, { type: 'text', text: 'x' })
    await bureau.host.settled()
    expect(bureau.sms.transcript(TESS)).toEqual(['old?', 'new?', 'it: x'])
  })

  it('[RUN-7] runs any version, whatever is released, and whatever would start it', async () => {
    const bureau = await open()
    await bureau.release(asking('it', { trigger: 'link' }, 'one?'))
    await bureau.release(asking('it', { trigger: 'link' }, 'two?'))
    await bureau.send({ type: 'pause', flow: 'it' })
    await test(bureau, { version: 'v1', type: 'manual' })
    await test(bureau, { version: 'v2', type: 'segment' })
    expect(bureau.sms.transcript(TESS)).toEqual(['one?', 'two?'])
  })

  it.each([
    ['a version with errors', 'test.errors', {}],
    ['a version that is not there', 'version.unknown', { version: 'v9' }],
    ['a flow that is not there', 'version.unknown', { flow: 'none' }],
    ['somebody who is no test contact', 'test.notTestContact', { contact: ADA }],
    ['a contact of the store who is no test contact', 'test.notTestContact', { contact: 'ada-lovelace' }],
    ['a member without the permission edit', 'permission.missing', { by: 'vera' }],
    ['somebody who is no member', 'permission.missing', { by: 'nobody' }],
    ['no member', 'input.bad', { by: undefined }],
    ['a number for the version', 'input.bad', { version: 1 }],
    ['data that is no object', 'input.bad', { data: 'x' }],
  ])('[RUN-7] refuses %s', async (_, code, more) => {
    const bureau = await open()
    await bureau.send({ type: 'addMember', member: 'vera', permissions: ['view'] })
    await draft(bureau, talk('it', MANUAL, [say('broken', '{{nothing.here}}')]))
    expect(codeOf(await test(bureau, more))).toBe(code)
    expect((await bureau.host.sessions.list()).items).toEqual([])
  })

  it('[RUN-7] is for members who may edit, and takes the contact by id or by any listed address', async () => {
    const bureau = await open()
    await draft(bureau, asking('it', MANUAL))
    for (const contact of ['tess', '0049 151 99999999', 'tess@example.com']) {
      const session = sessionOf(await test(bureau, { by: 'ben', contact }))
      expect((await bureau.host.sessions.inspect(session))!.about.contact).toBe('tess')
    }
    expect(bureau.sms.transcript(TESS)).toHaveLength(2)
  })

  it('[RUN-7] takes what its contact answers', async () => {
    const bureau = await open()
    await draft(bureau, asking('it', MANUAL))
    const session = sessionOf(await test(bureau))
    const answer = { channel: 'sms', from: TESS, to: SMS, text: '42' }
    expect(sessionOf(await comes(bureau, answer))).toBe(session)
    expect(bureau.sms.transcript(TESS)).toEqual(['it?', 'it: 42'])
  })

  it('[RUN-7] prevents no duplicates, neither among tests nor of live sessions', async () => {
    const bureau = await open()
    const rule = { duplicates: { prevent: true, identifier: '"one"' } }
    await bureau.release(talk('it', MANUAL, [ask('ask', 'it?')], rule))
    for (let times = 0; times < 2; times++)
      expect(await test(bureau)).toMatchObject({ ok: true, duplicate: false })
    expect(await bureau.host.trigger({ flow: 'it' })).toMatchObject({ duplicate: false })
  })
})

describe('events in test mode', () => {
  const hears = (id: string) => talk(id, MANUAL, [awaitEvent('paid', 'paid')])
  const emits = talk('it', MANUAL, [node('emit', 'emit-event@1', { event: 'paid' })])
  const statusOf = async (bureau: Bureau, session: string) =>
    (await bureau.host.sessions.inspect(session))!.head.status

  it('[RUN-7] reach test sessions, and no live one of the same contact', async () => {
    const bureau = await open()
    await bureau.release(hears('hears'))
    const live = sessionOf(await bureau.host.trigger({ flow: 'hears', contact: 'tess' }))
    const tested = sessionOf(await test(bureau, { flow: 'hears' }))
    await draft(bureau, emits)
    await test(bureau)
    expect(await statusOf(bureau, tested)).toBe('ended')
    expect(await statusOf(bureau, live)).toBe('waiting')
  })

  it('[RUN-7] start no live flow', async () => {
    const bureau = await open()
    await bureau.release(asking('starts', { trigger: 'event', event: 'paid' }))
    await draft(bureau, emits)
    await test(bureau)
    expect((await bureau.host.sessions.list({ flow: 'starts' })).items).toEqual([])
  })

  it('[RUN-7] live ones do not reach test sessions', async () => {
    const bureau = await open()
    await bureau.release(hears('hears'))
    const tested = sessionOf(await test(bureau, { flow: 'hears' }))
    await bureau.host.emit({ name: 'paid' })
    expect(await statusOf(bureau, tested)).toBe('waiting')
  })

  it('[RUN-7] a test session is no reason for a live one', async () => {
    const bureau = await open()
    await bureau.release(asking('next', { trigger: 'flow' }))
    await draft(bureau, asking('it', MANUAL))
    const from = sessionOf(await test(bureau))
    expect(codeOf(await bureau.host.trigger({ flow: 'next', type: 'flow', from }))).toBe('trigger.test')
  })
})

describe('a test session', () => {
  async function tested() {
    const bureau = await open()
    const told: { readonly type: string; readonly test?: true }[] = []
    const logs = { logbooks: [{ name: 'calls', fields: ['who'] }] }
    const log = node('log', 'log@1', { logbook: 'calls', fields: { who: '"x"' } })
    await draft(bureau, talk('it', MANUAL, [log, ask('ask', 'it?')], logs))
    bureau.host.events.subscribe(({ type, test: mark }) => told.push({ type, ...(mark && { test: mark }) }))
    const session = sessionOf(await test(bureau))
    await bureau.host.deliver(session, { type: 'text', text: 'x' })
    await bureau.host.settled()
    return { bureau, session, told }
  }

  it('[RUN-7] is marked in its head, and in lists', async () => {
    const { bureau, session } = await tested()
    const { head, about } = (await bureau.host.sessions.inspect(session))!
    expect([head.test, about.test, about.slot]).toEqual([true, true, undefined])
    expect((await bureau.host.sessions.list({ test: false })).items).toEqual([])
    expect((await bureau.host.sessions.list({ test: true })).items).toHaveLength(1)
  })

  it('[RUN-7] is marked in every step of its history', async () => {
    const { bureau, session } = await tested()
    const history = await bureau.host.sessions.history(session)
    expect(history.map(({ test: mark }) => mark)).toEqual([true, true])
  })

  it('[RUN-7] is marked in its log entries', async () => {
    const { bureau } = await tested()
    expect((await bureau.host.sessions.log()).items).toMatchObject([{ logbook: 'calls', test: true }])
  })

  it('[RUN-7] is counted apart', async () => {
    const { bureau } = await tested()
    const names = [...(await bureau.host.sessions.counts()).keys()]
    expect(names).toContain('test/started/it/v1')
    expect(names).toContain('test/came/it/v1/done')
    expect(names.filter((name) => !name.startsWith('test/'))).toEqual([])
  })

  it('[RUN-7] is marked in every event of the host', async () => {
    const { told } = await tested()
    expect([...new Set(told.map(({ type }) => type))].sort()).toEqual([
      'advanced',
      'effectDone',
      'ended',
      'started',
      'waits',
    ])
    expect(told.every(({ test: mark }) => mark === true)).toBe(true)
  })

  it('[RUN-7] is marked towards those who do its effects', async () => {
    const { bureau } = await tested()
    expect(bureau.sms.sent.map(({ delivery }) => delivery.test)).toEqual([true])
  })

  it('[RUN-7] live sessions are marked nowhere', async () => {
    const bureau = await open()
    await bureau.release(asking('it', MANUAL))
    const session = sessionOf(
      await bureau.host.trigger({ flow: 'it', contact: { address: ADA }, channel: 'sms' }),
    )
    await bureau.host.settled()
    const [step] = await bureau.host.sessions.history(session)
    expect(step).not.toHaveProperty('test')
    expect((await bureau.host.sessions.inspect(session))!.head).not.toHaveProperty('test')
    expect([...(await bureau.host.sessions.counts('test/'))]).toEqual([])
  })
})
