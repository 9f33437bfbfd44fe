import { describe, expect, it } from 'vitest'
import {
  confirmPlan,
  GATES,
  PRESETS,
  type ReleaseAnswers,
  type RunningReport,
  referenceDiagnostics,
} from '../../src/releases/index.ts'
import { historyOf } from '../../src/releases/reading/history.ts'
import { approve, type Content, Desk, policyWith } from './desk.ts'

const ERROR = { code: 'config.missing', severity: 'error', message: 'Text is needed', location: {} } as const
const WARNING = {
  code: 'flowOutcome.unused',
  severity: 'warning',
  message: 'No end uses it',
  location: {},
} as const

const first = { flow: 'support', version: 'v1', slot: 'official' } as const

function deskWith(content: Content, desk = new Desk()): Desk {
  desk.create('support', content)
  return desk
}

const app = (desk: Desk, id: string, channel: string) =>
  desk.send({ type: 'define', kind: 'application', item: { id, name: id, channel } })

describe('the gates', () => {
  it('[REL-7] a draft with errors is not released', () => {
    const desk = deskWith({ diagnostics: [ERROR, WARNING] })
    const plan = desk.plan(first)
    expect(plan.ready).toBe(false)
    expect(plan.gates.find(({ gate }) => gate === 'errors')).toEqual({
      gate: 'errors',
      checks: 'The flow has no errors.',
      passed: false,
      code: 'gate.errors',
      reason: 'The flow has an error.',
      lift: 'Mend what the errors name.',
      details: { count: 1, codes: ['config.missing'] },
    })
    const refusal = desk.refused({ type: 'release', ...first, ...plan.answers, plan: plan.hash })
    expect(refusal).toMatchObject({ code: 'release.gates', details: { gates: ['errors'] } })
    expect(desk.versionState('support', 'v1')).toBe('new')
  })

  it('[REL-7] warnings keep a draft from being released under the strict policy alone', () => {
    expect(deskWith({ diagnostics: [WARNING] }).failedGates('support', 'v1')).toEqual([])
    const strict = new Desk(policyWith({ release: { warningsBlock: true } }))
    expect(deskWith({ diagnostics: [WARNING] }, strict).failedGates('support', 'v1')).toEqual(['warnings'])
  })

  it('[REL-7] under the strict policy a variable that the release gives a value is no warning', () => {
    const early = { ...WARNING, code: 'variable.readBeforeSet', details: { name: 'city' } }
    const asked = [{ name: 'city', type: 'text', required: true }] as const
    const desk = deskWith(
      { diagnostics: [early], asked },
      new Desk(policyWith({ release: { warningsBlock: true } })),
    )
    expect(desk.failedGates('support', 'v1', 'official', { values: { city: 'Bonn' } })).toEqual([])
    expect(desk.failedGates('support', 'v1')).toEqual(['warnings', 'values'])
  })

  it('[DOC-4] the trigger can be left open until release, and no longer', () => {
    const desk = deskWith({ trigger: undefined as never })
    desk.save('support', 'v1', { trigger: undefined as never, does: 'more' })
    expect(desk.failedGates('support', 'v1')).toEqual(['trigger'])
    desk.save('support', 'v1', { trigger: { kind: 'call' } })
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('[DOC-4] subflows and exception flows need no trigger', () => {
    const desk = new Desk()
    desk.create('sub', { role: 'subflow', trigger: undefined as never })
    expect(desk.failedGates('sub', 'v1')).toEqual([])
  })

  it('[VAL-9] a subflow that is missing or not released is an error at release', () => {
    const desk = deskWith({ references: [{ flow: 'billing', nodes: ['call'] }] })
    const { gates, summary } = desk.plan(first)
    expect(gates.find(({ passed }) => !passed)).toMatchObject({
      gate: 'references',
      details: { flows: ['billing'] },
    })
    expect(summary.errors).toMatchObject([
      { code: 'subflow.missing', severity: 'error', location: { node: 'call' } },
    ])
    desk.create('billing', { role: 'subflow' })
    expect(desk.failedGates('support', 'v1')).toEqual(['references'])
    desk.release('billing', 'v1')
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('[VAL-9] the same is a warning in a draft, which is saved all the same', () => {
    const content = { references: [{ flow: 'billing', nodes: ['call'] }] }
    const desk = deskWith(content)
    const found = referenceDiagnostics(desk.workspace, desk.inspection('support', content), 'draft')
    expect(found).toMatchObject([
      { code: 'subflow.missing', severity: 'warning', location: { node: 'call' } },
    ])
  })

  it('[VAL-13] compiling records the content and what was found, and returns no less', () => {
    const desk = deskWith({ diagnostics: [ERROR, WARNING] }, new Desk(PRESETS['flow-builder']))
    const [event] = desk.send({ type: 'compileVoice', flow: 'support', version: 'v1' })
    const { behaviourHash } = desk.inspection('support', { diagnostics: [ERROR, WARNING] })
    expect(event).toMatchObject({ type: 'voiceCompiled', behaviourHash, errors: 1, warnings: 1 })
  })

  it('[VAL-13] release is refused unless exactly this behaviour compiled without errors', () => {
    const desk = deskWith({}, new Desk(PRESETS['flow-builder']))
    expect(desk.failedGates('support', 'v1')).toEqual(['compiled'])
    desk.send({ type: 'compileVoice', flow: 'support', version: 'v1' })
    expect(desk.failedGates('support', 'v1')).toEqual([])
    desk.save('support', 'v1', { does: 'more' })
    expect(desk.failedGates('support', 'v1')).toEqual(['compiled'])
    desk.save('support', 'v1', { does: 'more', diagnostics: [ERROR] })
    desk.send({ type: 'compileVoice', flow: 'support', version: 'v1' })
    expect(desk.failedGates('support', 'v1')).toEqual(['errors', 'compiled'])
  })

  it('[VAL-13] a change of layout or of prompts, which lie outside of the flow, does not void it', () => {
    const desk = deskWith({}, new Desk(PRESETS['flow-builder']))
    desk.send({ type: 'compileVoice', flow: 'support', version: 'v1' })
    desk.save('support', 'v1', { drawn: 'elsewhere' })
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('[VAL-13] a flow without voice is not compiled, and needs not be', () => {
    const desk = deskWith({ medium: 'messaging' }, new Desk(PRESETS['flow-builder']))
    expect(desk.failedGates('support', 'v1')).toEqual([])
    expect(desk.refused({ type: 'compileVoice', flow: 'support', version: 'v1' }).code).toBe(
      'compile.notVoice',
    )
  })

  it('a segment or media folder that the workspace does not have holds a release up', () => {
    const desk = deskWith({ trigger: { kind: 'segment', segment: 'new' }, mediaFolder: 'prompts' })
    desk.world = { ...desk.world, segmentMembers: { new: 0 } }
    expect(desk.failedGates('support', 'v1')).toEqual(['segment', 'mediaFolder'])
    desk.send({ type: 'define', kind: 'segment', item: { id: 'new', name: 'New' } })
    desk.send({ type: 'define', kind: 'mediaFolder', item: { id: 'prompts', name: 'Prompts' } })
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('a draft that somebody else is editing is not released under their hands', () => {
    const desk = deskWith({})
    desk.send({ type: 'takeLock', flow: 'support', version: 'v1' }, { by: 'ada' })
    expect(desk.failedGates('support', 'v1')).toEqual([])
    desk.send({ type: 'addMember', member: 'ben', permissions: ['publish'] })
    const { gates } = desk.plan(first, { by: 'ben' })
    expect(gates.filter(({ passed }) => !passed)).toMatchObject([
      { gate: 'lock', details: { holder: 'ada' } },
    ])
  })
})

describe('the plan', () => {
  it('[REL-8] holds every gate, with what it checks, its state, and what would lift it', () => {
    const desk = deskWith({ diagnostics: [ERROR], trigger: undefined as never })
    const { gates } = desk.plan(first)
    expect(gates.map(({ gate }) => gate)).toEqual(GATES.map(({ name }) => name))
    for (const { passed, checks, reason, lift } of gates) {
      expect(checks).toMatch(/\.$/)
      expect([reason !== undefined, lift !== undefined]).toEqual([!passed, !passed])
    }
  })

  it('[REL-8] is made before anything changes, and going back changes nothing', () => {
    const desk = deskWith({})
    const before = desk.state('support')
    desk.plan(first)
    expect(desk.state('support')).toEqual(before)
    desk.save('support', 'v1', { does: 'more' })
  })

  it('[REL-8] summarises version, trigger, channels, audience, changes, warnings and approvals', () => {
    const desk = new Desk(policyWith({ approvals: { required: 1 } }))
    desk.create('support', {})
    approve(desk, 'v1')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    app(desk, 'shop', 'sms')
    const trigger = { kind: 'message', channel: 'sms' } as const
    desk.save('support', 'v2', { does: 'more', trigger, channels: ['sms'], diagnostics: [WARNING] })
    approve(desk, 'v2')
    expect(desk.plan({ ...first, version: 'v2' }).summary).toEqual({
      name: 'support',
      label: 'V1.1',
      number: '1.1.0',
      trigger,
      medium: 'voice',
      audience: 'interaction',
      channels: ['sms'],
      changes: ['~ something', '+ application sms: "shop"'],
      errors: [],
      warnings: [WARNING],
      approvals: { required: 1, given: ['ben'], missing: [] },
      replaces: { version: 'v1', label: 'V1.0' },
      emptiesGray: false,
      paused: false,
      accessCode: '1001',
    })
  })

  it('[REL-8] what was confirmed is what happens: a release without the hash of its plan is refused with the new plan', () => {
    const desk = deskWith({})
    const refusal = desk.refused({ type: 'release', ...first, plan: 'of-yesterday' })
    expect(refusal.code).toBe('release.moved')
    expect(refusal.plan).toEqual(desk.plan(first))
  })

  it.each<readonly [string, (desk: Desk) => void]>([
    ['the draft was saved', (desk) => desk.save('support', 'v1', { does: 'more', asked: CITY })],
    [
      'another version was released',
      (desk) => {
        desk.send({ type: 'branch', flow: 'support', from: 'v1' })
        desk.release('support', 'v2', 'official', { values: { city: 'Bonn' } })
      },
    ],
    [
      'a policy asks for more',
      (desk) => desk.send({ type: 'setPolicy', policy: policyWith({ approvals: { required: 1 } }) }),
    ],
  ])(
    '[REL-8] where %s since, the release is refused and the answers are kept in the new plan',
    (_what, happen) => {
      const desk = deskWith({ asked: CITY })
      const plan = desk.plan({ ...first, answers: { values: { city: 'Cologne' }, comment: 'Now' } })
      happen(desk)
      const refusal = desk.refused({ type: 'release', ...first, ...plan.answers, plan: plan.hash })
      expect(refusal.code).toBe('release.moved')
      expect(refusal.plan!.hash).not.toBe(plan.hash)
      expect(refusal.plan!.answers).toMatchObject({ values: { city: 'Cologne' }, comment: 'Now' })
    },
  )

  it.each<readonly [string, (desk: Desk) => void]>([
    ['another flow was made', (desk) => desk.create('billing')],
    ['another application was defined', (desk) => app(desk, 'other', 'sms')],
    [
      'sessions have come and gone',
      (desk) => {
        desk.world = running(3)
      },
    ],
    [
      'somebody commented',
      (desk) => desk.send({ type: 'comment', flow: 'support', version: 'v1', text: 'Hm' }),
    ],
    [
      'another flow took the next access code',
      (desk) => {
        desk.create('x')
        desk.release('x', 'v1')
      },
    ],
  ])('[REL-8] the plan holds where %s', (_what, happen) => {
    const desk = deskWith({})
    const plan = desk.plan(first)
    happen(desk)
    desk.send({ type: 'release', ...first, ...plan.answers, plan: plan.hash })
    expect(desk.versionState('support', 'v1')).toBe('official')
  })

  it('[REL-8] a number that has another address now is another plan', () => {
    const desk = deskWith({ channels: ['sms'] })
    const number = (address: string, name: string) =>
      desk.send({ type: 'define', kind: 'application', item: { id: 'a', name, channel: 'sms', address } })
    number('+49 30 1', 'Desk')
    const plan = desk.plan(first)
    number('+49 30 1', 'Night desk')
    expect(desk.plan(first).hash).toBe(plan.hash)
    number('+49 900 1', 'Night desk')
    const command = { type: 'release', ...first, ...plan.answers, plan: plan.hash } as const
    expect(desk.refused(command).code).toBe('release.moved')
  })

  it.each(['pause', 'resume'] as const)(
    '[REL-8] a flow that takes no sessions is another plan: %s',
    (type) => {
      const desk = deskWith({})
      desk.release('support', 'v1')
      desk.send({ type: 'branch', flow: 'support', from: 'v1' })
      if (type === 'resume') desk.send({ type: 'pause', flow: 'support' })
      const next = { ...first, version: 'v2' }
      const plan = desk.plan(next)
      expect(plan.summary.paused).toBe(type === 'resume')
      desk.send({ type, flow: 'support' })
      const command = { type: 'release', ...next, ...plan.answers, plan: plan.hash } as const
      expect(desk.refused(command).code).toBe('release.moved')
    },
  )

  it('[REL-8] a gray rule that reads differently now is another plan', () => {
    const desk = deskWith({})
    desk.rule()
    const request = { ...first, slot: 'gray', answers: { rule: 'pilot' } } as const
    const plan = desk.plan(request)
    const match = { kind: 'percentage', percent: 90 } as const
    desk.send({ type: 'define', kind: 'grayRule', item: { id: 'pilot', name: 'Nearly all', match } })
    const { answers: _given, ...target } = request
    expect(desk.refused({ type: 'release', ...target, ...plan.answers, plan: plan.hash }).code).toBe(
      'release.moved',
    )
  })

  it('[REL-8] who may not publish sees the plan, and the gate that names the permission', () => {
    const desk = deskWith({})
    desk.send({ type: 'addMember', member: 'eve', permissions: ['view'] })
    const plan = desk.plan(first, { by: 'eve' })
    expect(plan.gates.filter(({ passed }) => !passed)).toMatchObject([
      { gate: 'permission', details: { permission: 'publish' } },
    ])
    expect(plan.hash).toBe(desk.plan(first).hash)
    expect(desk.tryPlan(first, { by: 'mallory' })).toMatchObject({ code: 'member.unknown' })
  })

  it('a plan is refused where the facts that it needs were left out', () => {
    const desk = deskWith({ trigger: { kind: 'segment', segment: 'new' } })
    expect(desk.tryPlan(first, { inspection: undefined as never })).toMatchObject({
      code: 'inspection.wanted',
    })
    const other = desk.inspection('support', { does: 'more' })
    expect(desk.tryPlan(first, { inspection: other })).toMatchObject({ code: 'inspection.wanted' })
    expect(desk.tryPlan(first, { world: undefined as never })).toMatchObject({ code: 'world.wanted' })
    expect(desk.tryPlan(first)).toMatchObject({ code: 'world.wanted' })
    expect(desk.tryPlan({ ...first, version: 'v9' })).toMatchObject({ code: 'version.unknown' })
    expect(desk.tryPlan({ ...first, flow: 'nobody' })).toMatchObject({ code: 'flow.unknown' })
  })

  it('a release is refused where the executable was not made, or is that of something else', () => {
    const desk = deskWith({})
    const plan = desk.plan(first)
    const command = { type: 'release', ...first, ...plan.answers, plan: plan.hash } as const
    const executable = { hash: 'x', behaviourHash: 'of-something-else' }
    expect(desk.refused(command, { executable }).code).toBe('executable.wanted')
  })

  it('a release is refused where the comparison is that of other documents', () => {
    const desk = deskWith({})
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { does: 'more' })
    const comparison = { from: 'a', to: 'b', changes: [] }
    expect(desk.tryPlan({ ...first, version: 'v2' }, { comparison })).toMatchObject({
      code: 'comparison.wanted',
      details: { label: 'V1.0' },
    })
  })

  it('[REL-8] changes of the answers are told as well, secret values without what they are', () => {
    const desk = deskWith({
      asked: [...CITY, { name: 'pin', type: 'text', required: true, sensitive: true }],
    })
    desk.rule()
    desk.rule('tenth')
    desk.release('support', 'v1', 'gray', { rule: 'pilot', values: { city: 'Bonn', pin: '1234' } })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    const answers = { rule: 'tenth', values: { city: 'Cologne', pin: '9876' }, guards: { minSessions: 5 } }
    const { summary } = desk.plan({ flow: 'support', version: 'v2', slot: 'gray', answers })
    expect(summary.changes).toEqual([
      '~ value city: "Bonn" -> "Cologne"',
      '~ value pin',
      '~ gray rule: "pilot" -> "tenth"',
      '+ guards: {"minSessions":5}',
    ])
  })

  it('[REL-8] long values are told by their beginning', () => {
    const desk = deskWith({ asked: CITY })
    const city = (length: number) => ({ values: { city: 'x'.repeat(length) } })
    desk.release('support', 'v1', 'official', city(1))
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    const told = (length: number) =>
      desk.plan({ ...first, version: 'v2', answers: city(length) }).summary.changes![0]!
    expect(told(118)).toBe(`~ value city: "x" -> "${'x'.repeat(118)}"`)
    expect(told(119)).toBe(`~ value city: "x" -> "${'x'.repeat(118)}…`)
  })

  it('[REL-19] a rollback that names no version is planned for the one that was replaced last', () => {
    const desk = deskWith({})
    const rollBack = { flow: 'support', slot: 'official', rollBack: true } as const
    expect(desk.tryPlan(rollBack)).toMatchObject({ code: 'release.nothingToRollBack' })
    expect(desk.tryPlan({ flow: 'support', slot: 'official' })).toMatchObject({ code: 'version.unnamed' })
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.release('support', 'v2')
    const plan = desk.plan(rollBack)
    expect(plan).toMatchObject({ kind: 'rollback', version: 'v1' })
    desk.send(confirmPlan(plan, { comment: 'Back' }))
    expect(desk.versionState('support', 'v1')).toBe('official')
    expect(desk.flows.get('support')!.versions.v1!.comments.at(-1)).toMatchObject({ text: 'Back' })
  })

  it('a clone without a change says so', () => {
    const desk = deskWith({})
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(desk.plan({ ...first, version: 'v2' }).summary.changes).toEqual([])
  })
})

describe('what a release asks', () => {
  it('[REL-9] an app or number for each channel that the flow uses, and for no other', () => {
    const desk = deskWith({ channels: ['sms', 'whatsapp'] })
    app(desk, 'a', 'sms')
    app(desk, 'b', 'sms')
    app(desk, 'c', 'email')
    const { asks } = desk.plan(first)
    expect(asks.applications).toEqual([
      {
        channel: 'sms',
        options: [
          { id: 'a', name: 'a' },
          { id: 'b', name: 'b' },
        ],
      },
      { channel: 'whatsapp', options: [] },
    ])
  })

  it('[REL-9] a release without them is refused, naming the channels', () => {
    const desk = deskWith({ channels: ['sms', 'whatsapp'] })
    app(desk, 'a', 'sms')
    const plan = desk.plan(first)
    expect(plan.gates.find(({ gate }) => gate === 'applications')).toMatchObject({
      details: { channels: ['whatsapp'] },
    })
    expect(desk.refused({ type: 'release', ...first, plan: plan.hash }).code).toBe('release.gates')
  })

  it.each<readonly [string, ReleaseAnswers['applications']]>([
    ['an application of another channel', { sms: 'c' }],
    ['one that there is not', { sms: 'nobody' }],
    ['one for a channel that is not used', { sms: 'a', email: 'c' }],
  ])('[REL-9] %s is refused', (_what, applications) => {
    const desk = deskWith({ channels: ['sms'] })
    app(desk, 'a', 'sms')
    app(desk, 'c', 'email')
    expect(desk.failedGates('support', 'v1', 'official', { applications: applications! })).toEqual([
      'applications',
    ])
  })

  it('[REL-9] values of custom variables are asked for, and a release without them is refused, naming them', () => {
    const desk = deskWith({
      asked: [...CITY, { name: 'limit', type: 'number', required: false, default: 3 }],
    })
    const plan = desk.plan(first)
    expect(plan.asks.values.map(({ name, required }) => [name, required])).toEqual([
      ['city', true],
      ['limit', false],
    ])
    expect(plan.gates.find(({ gate }) => gate === 'values')).toMatchObject({
      passed: false,
      details: { variables: ['city'] },
    })
    expect(plan.answers.values).toEqual({ limit: 3 })
  })

  it.each<readonly [string, ReleaseAnswers['values']]>([
    ['a value of another type', { city: 'Bonn', limit: 'three' }],
    ['a value for a variable that is not asked for', { city: 'Bonn', street: 'Main' }],
    ['null for one that is needed', { city: null }],
  ])('[REL-9] %s is refused', (_what, values) => {
    const desk = deskWith({
      asked: [...CITY, { name: 'limit', type: 'number', required: false }],
    })
    expect(desk.failedGates('support', 'v1', 'official', { values: values! })).toEqual(['values'])
  })

  it('[REL-9] sessions of that release see the values', () => {
    const desk = deskWith({
      asked: [{ name: 'pin', type: 'text', required: true, sensitive: true }, ...CITY],
    })
    desk.release('support', 'v1', 'official', { values: { city: 'Bonn', pin: '1234' } })
    expect(desk.workspace.flows.support!.official).toMatchObject({
      values: { city: 'Bonn', pin: '1234' },
      sensitive: ['pin'],
    })
  })

  it('[REL-9] after an app was added, the plan made anew keeps all answers', () => {
    const desk = deskWith({ channels: ['sms', 'whatsapp'], asked: CITY })
    app(desk, 'a', 'sms')
    const answers = { values: { city: 'Bonn' }, applications: { sms: 'a' }, comment: 'Spring' }
    const before = desk.plan({ ...first, answers })
    app(desk, 'w', 'whatsapp')
    const after = desk.plan({ ...first, answers: before.answers })
    expect(after.ready).toBe(true)
    expect(after.answers).toMatchObject({
      values: { city: 'Bonn' },
      applications: { sms: 'a', whatsapp: 'w' },
      comment: 'Spring',
    })
  })

  it('[REL-9] the next release proposes what the last one was given', () => {
    const desk = deskWith({ channels: ['sms'], asked: CITY })
    app(desk, 'a', 'sms')
    app(desk, 'b', 'sms')
    desk.release('support', 'v1', 'official', { values: { city: 'Bonn' }, applications: { sms: 'b' } })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(desk.plan({ ...first, version: 'v2' }).answers).toMatchObject({
      values: { city: 'Bonn' },
      applications: { sms: 'b' },
    })
  })

  it('[REL-9] a default that nobody has answered otherwise is that of the version', () => {
    const limit = { name: 'limit', type: 'number', required: false } as const
    const desk = deskWith({ asked: [{ ...limit, default: 3 }] })
    desk.release('support', 'v1')
    expect(desk.workspace.flows.support!.official!.values).toEqual({})
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { does: 'more', asked: [{ ...limit, default: 5 }] })
    const plan = desk.plan({ ...first, version: 'v2' })
    expect(plan.answers.values).toEqual({ limit: 5 })
    expect(plan.summary.changes).toEqual(['~ something'])
    desk.release('support', 'v2', 'official', { values: { limit: 4 } })
    expect(desk.workspace.flows.support!.official!.values).toEqual({ limit: 4 })
    desk.send({ type: 'branch', flow: 'support', from: 'v2' })
    expect(desk.plan({ ...first, version: 'v3' }).answers.values).toEqual({ limit: 4 })
  })

  it('[REL-16] whoever may view a plan and not confirm it is not told the secret values of others', () => {
    const secret = { type: 'text', required: true, sensitive: true } as const
    const asked = [...CITY, { name: 'pin', ...secret }, { name: 'token', ...secret }]
    const desk = deskWith({ asked })
    desk.release('support', 'v1', 'official', { values: { city: 'Bonn', pin: '1234', token: 'abc' } })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.send({ type: 'addMember', member: 'vic', permissions: ['view'] })
    const request = { ...first, version: 'v2', answers: { values: { token: 'mine' } } }
    const mine = desk.plan(request)
    const seen = desk.plan(request, { by: 'vic' })
    expect(mine.answers.values).toEqual({ city: 'Bonn', pin: '1234', token: 'mine' })
    expect(seen.answers.values).toEqual({ city: 'Bonn', token: 'mine' })
    expect(seen.hash).toBe(mine.hash)
  })

  it('[REL-9] each slot proposes its own values again, a promotion those of the gray slot', () => {
    const desk = deskWith({ asked: [...CITY, { name: 'area', type: 'text', required: true }] })
    desk.rule()
    const values = (city: string) => ({ values: { city, area: city } })
    desk.release('support', 'v1', 'official', values('Bonn'))
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    const gray = { flow: 'support', version: 'v2', slot: 'gray', answers: { rule: 'pilot' } } as const
    expect(desk.plan(gray).answers.values).toEqual({ area: 'Bonn', city: 'Bonn' })
    const told = desk.plan({ ...gray, answers: { rule: 'pilot', ...values('Cologne') } }).summary.changes
    expect(told).toEqual([
      '~ value area: "Bonn" -> "Cologne"',
      '~ value city: "Bonn" -> "Cologne"',
      '+ gray rule: "pilot"',
    ])
    desk.release('support', 'v2', 'gray', { rule: 'pilot', ...values('Cologne') })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(desk.plan({ ...gray, version: 'v3' }).answers.values.city).toBe('Cologne')
    expect(desk.plan({ ...first, version: 'v3' }).answers.values.city).toBe('Bonn')
    const promotion = desk.plan({ ...first, version: 'v2' })
    expect(promotion.answers.values.city).toBe('Cologne')
    expect(promotion.summary.changes!.some((line) => line.includes('gray rule'))).toBe(false)
  })

  it('[REL-9] a rollback proposes what that version was released with', () => {
    const desk = deskWith({ asked: CITY })
    desk.release('support', 'v1', 'official', { values: { city: 'Bonn' } })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.release('support', 'v2', 'official', { values: { city: 'Cologne' } })
    const plan = desk.plan({ ...first, rollBack: true })
    expect(plan.answers.values).toEqual({ city: 'Bonn' })
  })

  it('[REL-10] a comment left with the release stands on the version in the history', () => {
    const desk = deskWith({})
    desk.release('support', 'v1', 'official', { comment: 'Opening hours' })
    const [entry] = historyOf(desk.flows.get('support')!, desk.workspace.policy)
    expect(entry!.comments).toMatchObject([{ text: 'Opening hours', slot: 'official', by: 'ada' }])
  })

  it('[REL-10] the comment is no part of what was confirmed, and can be written last', () => {
    const desk = deskWith({})
    const plan = desk.plan(first)
    desk.send({ type: 'release', ...first, ...plan.answers, comment: 'Late thought', plan: plan.hash })
    expect(desk.flows.get('support')!.versions.v1!.comments).toMatchObject([{ text: 'Late thought' }])
  })
})

describe('what still runs', () => {
  const report: RunningReport = {
    versions: [
      { version: 'v1', sessions: 5, waiting: { menu: 3, delay: 2 }, cards: 4 },
      { version: 'v2', sessions: 1, waiting: { menu: 1 }, cards: 0 },
    ],
    endedCards: 7,
  }

  function busy(): Desk {
    const desk = deskWith({})
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { does: 'more' })
    desk.world = { ...desk.world, running: report }
    return desk
  }
  const next = { ...first, version: 'v2' } as const

  it('[RUN-5] the report lists sessions on earlier versions, by version and waiting node', () => {
    expect(busy().plan(next).running).toEqual({
      versions: [{ version: 'v1', label: 'V1.0', sessions: 5, waiting: { menu: 3, delay: 2 }, cards: 4 }],
      sessions: 5,
      cards: 4,
      endedCards: 7,
      choices: ['keep', 'cancel', 'cancelAndWithdraw'],
    })
  })

  it('[RUN-5] a version that stays in the other slot is no earlier one', () => {
    const desk = busy()
    desk.rule()
    const gray = { ...next, slot: 'gray', answers: { rule: 'pilot' } } as const
    expect(desk.plan(gray).running.versions).toEqual([])
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    expect(desk.plan(next).running.versions.map(({ version }) => version)).toEqual(['v1'])
    desk.send({ type: 'branch', flow: 'support', from: 'v2' })
    const third = { ...first, version: 'v3' } as const
    expect(desk.plan(third).running.versions.map(({ version }) => version)).toEqual(['v1'])
    expect(desk.plan({ ...third, slot: 'gray' }).running.versions.map(({ version }) => version)).toEqual([
      'v2',
    ])
  })

  it('[RUN-5] [VER-5] a version that was revised between two releases is an earlier one itself', () => {
    const desk = deskWith({})
    desk.rule()
    desk.world = { ...desk.world, running: report }
    desk.release('support', 'v1')
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    desk.save('support', 'v1', { drawn: 'elsewhere' })
    const earlier = () => desk.plan(first).running.versions.map(({ version }) => version)
    expect(earlier()).toEqual(['v2'])
    desk.save('support', 'v1', { does: 'more' })
    expect(earlier()).toEqual(['v1', 'v2'])
    desk.release('support', 'v1', 'gray', { rule: 'pilot' })
    expect(earlier()).toEqual(['v2'])
  })

  it('[RUN-5] they are kept unless the release says otherwise', () => {
    const [event] = busy().release('support', 'v2')
    expect(event).toMatchObject({ running: 'keep' })
    expect(event).not.toHaveProperty('withdrawEnded')
  })

  it.each(['cancel', 'cancelAndWithdraw'] as const)('[RUN-5] a release can %s them', (choice) => {
    const [event] = busy().release('support', 'v2', 'official', { running: choice })
    expect(event).toMatchObject({ running: choice })
  })

  it('[RUN-5] cards of sessions that have ended are counted, and withdrawn with or without cancelling sessions', () => {
    const [kept] = busy().release('support', 'v2', 'official', { withdrawEnded: true })
    expect(kept).toMatchObject({ running: 'keep', withdrawEnded: true })
    const [cancelled] = busy().release('support', 'v2', 'official', {
      running: 'cancel',
      withdrawEnded: true,
    })
    expect(cancelled).toMatchObject({ running: 'cancel', withdrawEnded: true })
  })

  it('[RUN-5] a release that cancels sessions is another one where a version more has some', () => {
    const desk = busy()
    const plan = desk.plan({ ...next, answers: { running: 'cancel' } })
    desk.world = {
      ...desk.world,
      running: {
        ...report,
        versions: [...report.versions, { version: 'v0', sessions: 1, waiting: {}, cards: 0 }],
      },
    }
    const command = { type: 'release', ...next, ...plan.answers, plan: plan.hash } as const
    expect(desk.refused(command).code).toBe('release.moved')
  })

  it('[RUN-5] the policy proposes what becomes of them', () => {
    const desk = new Desk(policyWith({ release: { ofRunning: 'cancel' } }))
    desk.create('support')
    expect(desk.plan(first).answers.running).toBe('cancel')
  })
})

describe('who is in the segment already', () => {
  function withSegment(): Desk {
    const desk = new Desk()
    desk.send({ type: 'define', kind: 'segment', item: { id: 'new', name: 'New customers' } })
    desk.create('support', { trigger: { kind: 'segment', segment: 'new' } })
    desk.world = { ...desk.world, segmentMembers: { new: 250 } }
    return desk
  }

  it('[RUN-6] the plan tells how many they are', () => {
    expect(withSegment().plan(first).segment).toEqual({ segment: 'new', members: 250 })
  })

  it('[RUN-6] they are not triggered unless the release asks for it', () => {
    const [quiet] = withSegment().release('support', 'v1')
    expect(quiet).not.toHaveProperty('triggerSegment')
    const [loud] = withSegment().release('support', 'v1', 'official', { triggerExisting: true })
    expect(loud).toMatchObject({ triggerSegment: 'new' })
  })

  it('[RUN-6] a flow that no segment triggers has nobody to ask that for', () => {
    const desk = deskWith({})
    expect(desk.plan(first).segment).toBeUndefined()
    expect(desk.failedGates('support', 'v1', 'official', { triggerExisting: true })).toEqual([
      'segmentAnswer',
    ])
  })
})

const CITY = [{ name: 'city', type: 'text', required: true }] as const

function running(sessions: number) {
  return {
    running: { versions: [{ version: 'v1', sessions, waiting: {}, cards: 0 }], endedCards: 0 },
  }
}
