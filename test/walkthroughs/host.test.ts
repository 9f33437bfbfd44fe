import { beforeAll, describe, expect } from 'vitest'
import { ADA, Bureau, chain } from '../runtime/host/bureau.ts'
import { step } from './step.ts'

/* What the pages say of flows that run: what only a host can show of their sentences. */

const say = (prompt: string) => ({ id: 'say', type: 'send-message@1', config: { prompt } })
const ask = (prompt: string) => ({
  id: 'ask',
  type: 'collect-input@1',
  config: { prompt, variable: 'answer' },
  outs: ['valid'],
})
const ANSWER = {
  settings: {
    variables: [{ name: 'answer', type: 'text' }],
    outcomes: [{ code: 'done', kind: 'completed' }],
  },
}

describe.sequential('calls that a gray rule lets in', () => {
  let bureau: Bureau

  beforeAll(async () => {
    bureau = await Bureau.open()
    const match = { kind: 'numbers', prefixes: ['+49151'] }
    await bureau.send({ type: 'define', kind: 'grayRule', item: { id: 'pilot', name: 'Pilot', match } })
    await bureau.release(chain('hotline', { trigger: 'call' }, [say('Hello.')]), { rule: 'pilot' }, 'gray')
  })

  const call = (from: string) => bureau.host.receive({ channel: 'voice', from, to: code })
  let code = ''

  step('000.13', 'only calls of the numbers that its rule names come to a flow in gray release', async () => {
    code = (await bureau.workspace.state()).flows.hotline!.accessCode!
    expect(await call('+4915112345678')).toMatchObject({ ok: true, did: 'started' })
    expect(await call('+4930999')).toMatchObject({ ok: false, code: 'route.grayOnly' })
  })

  step('000.14', 'calls of all numbers come to a flow in official release', async () => {
    await bureau.releaseVersion('hotline', 'v1')
    expect(await call('+4930999')).toMatchObject({ ok: true, did: 'started' })
  })

  step(
    '000.15',
    'the access code was allocated with the release, and a call to it finds the flow',
    async () => {
      expect(code).toMatch(/^\d+$/)
      const sessions = await bureau.host.sessions.list({ flow: 'hotline' })
      expect(sessions.items).toHaveLength(2)
    },
  )
})

describe.sequential('sessions of earlier versions', () => {
  let bureau: Bureau

  beforeAll(async () => {
    bureau = await Bureau.open()
    await bureau.release(chain('visit', { trigger: 'manual' }, [ask('When?'), say('One.')], ANSWER))
  })

  step(
    '001.9',
    'who began before a publication ends on what was published then, others on the new',
    async () => {
      const began = await bureau.host.trigger({ flow: 'visit', contact: 'ada-lovelace', channel: 'sms' })
      await bureau.release(chain('visit', { trigger: 'manual' }, [ask('When?'), say('Two.')], ANSWER))
      await bureau.write('noon')
      expect(bureau.sms.transcript(ADA)).toEqual(['When?', 'One.'])
      expect(began.ok).toBe(true)
      await bureau.host.trigger({ flow: 'visit', contact: 'ada-lovelace', channel: 'sms' })
      await bureau.write('noon')
      expect(bureau.sms.transcript(ADA)).toEqual(['When?', 'One.', 'When?', 'Two.'])
    },
  )

  step('004.26', 'those that still run can be cancelled with the publication of a new version', async () => {
    await bureau.host.trigger({ flow: 'visit', contact: 'ada-lovelace', channel: 'sms' })
    await bureau.host.settled()
    const answers = { running: 'cancel' } as const
    await bureau.release(
      chain('visit', { trigger: 'manual' }, [ask('When?'), say('Three.')], ANSWER),
      answers,
    )
    const { items } = await bureau.host.sessions.list({ outcome: 'signal.cancel' })
    expect(items).toHaveLength(1)
  })
})

describe.sequential('what sets a flow going', () => {
  let bureau: Bureau

  beforeAll(async () => {
    bureau = await Bureau.open()
    await bureau.send(
      { type: 'createFlow', flow: 'offer' },
      'ada',
      chain('offer', { trigger: 'manual' }, [say('Hi.')]),
    )
  })

  const byCampaign = () =>
    bureau.host.trigger({ flow: 'offer', contact: 'ada-lovelace', channel: 'sms', campaign: 'spring' })

  step('003.54', 'a campaign that is tied to a flow triggers it only while it is online', async () => {
    expect(await byCampaign()).toMatchObject({ ok: false, code: 'route.notReleased' })
    await bureau.releaseVersion('offer', 'v1')
    expect(await byCampaign()).toMatchObject({ ok: true })
    await bureau.send({ type: 'pause', flow: 'offer' })
    expect(await byCampaign()).toMatchObject({ ok: false, code: 'route.paused' })
    await bureau.send({ type: 'resume', flow: 'offer' })
  })

  step('003.27', 'one that is triggered by hand starts by the API too, and not by a message', async () => {
    expect(await bureau.host.trigger({ flow: 'offer', contact: 'ada-lovelace' })).toMatchObject({ ok: true })
    const inbound = { channel: 'sms', from: '+4930999', to: '+4930100', text: 'hi' }
    expect(await bureau.host.receive(inbound)).toMatchObject({ ok: false, code: 'receive.noFlow' })
  })

  step('003.29', 'one that a channel triggers starts when a message comes in there', async () => {
    await bureau.release(chain('chat', { trigger: 'message', channel: 'sms' }, [say('You wrote.')]))
    expect(await bureau.write('hi', '+4930998')).toEqual(['You wrote.'])
  })
})

describe.sequential('contacts who are in a segment when a version is published', () => {
  let bureau: Bureau
  const flow = (text: string) =>
    chain('welcome', { trigger: 'segment', segment: 'vip', channel: 'sms' }, [say(text)])

  beforeAll(async () => {
    bureau = await Bureau.open()
    await bureau.send({ type: 'define', kind: 'segment', item: { id: 'vip', name: 'VIP' } })
    await bureau.host.enterSegment('vip', 'ada-lovelace')
  })

  step('004.29', 'they do not set it off', async () => {
    await bureau.release(flow('Welcome.'))
    expect((await bureau.host.sessions.list()).items).toEqual([])
  })

  step('004.30', 'unless the publication asks for it', async () => {
    await bureau.release(flow('Welcome, anew.'), { triggerExisting: true })
    const { items } = await bureau.host.sessions.list()
    expect(items.map(({ head }) => [head.flow, head.contact])).toEqual([['welcome', 'ada-lovelace']])
  })
})

describe.sequential('trying a draft', () => {
  let bureau: Bureau

  beforeAll(async () => {
    bureau = await Bureau.open()
    const tester = { id: 'tia', name: 'Tia', addresses: ['+49151777'] }
    await bureau.send({ type: 'define', kind: 'testContact', item: tester })
    await bureau.send(
      { type: 'createFlow', flow: 'draft' },
      'ada',
      chain('draft', { trigger: 'manual' }, [say('Draft.')]),
    )
  })

  const test = (contact: string) =>
    bureau.host.test({ flow: 'draft', version: 'v1', contact, by: 'ada', channel: 'sms' })

  step('004.6', 'it is sent to those who are listed for trials, and to nobody else', async () => {
    expect(await test('ada-lovelace')).toMatchObject({ ok: false, code: 'test.notTestContact' })
    expect(await test('tia')).toMatchObject({ ok: true })
    await bureau.host.settled()
    expect(bureau.sms.transcript('+49151777')).toEqual(['Draft.'])
  })
})
