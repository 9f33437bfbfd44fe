import { beforeAll, describe, expect } from 'vitest'
import { compile, type FlowDocument, type JsonObject } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { NOTHING_RUNS, type Policy, PRESETS, type RunningReport } from '../../src/releases/index.ts'
import type { Census } from '../../src/runtime/index.ts'
import { end, node } from '../support/flow.ts'
import { Play } from '../support/play.ts'
import { greeting } from './flows.ts'
import { Office } from './office.ts'
import { step } from './step.ts'

/* Page 004: action flows, which send cards and notifications, are published version by version. */

const PRESET = PRESETS['action-flow']
const STRAIGHT: Policy = { ...PRESET, approvals: { ...PRESET.approvals, required: 0 } }
const APP = { id: 'app', name: 'Our app', channel: 'push' }
const TESTER = { id: 'tia', name: 'Tia, tester', addresses: ['device-7'] }
const SHARED = { triggerExisting: true } as const

/** What the host counts: changed by the steps. */
let running: RunningReport = NOTHING_RUNS
const census: Census = {
  running: async () => running,
  segmentMembers: async () => 42,
  links: async () => ({}),
}

describe.sequential('drafts and published versions', () => {
  let office: Office

  beforeAll(async () => {
    office = await Office.open(STRAIGHT, { census })
    await office.send({ type: 'define', kind: 'application', item: APP })
  })

  step('004.3', 'nothing live is sent by a flow that was never published', async () => {
    await office.add(visit())
    expect(await office.reach('visit')).toBe('route.notReleased')
  })

  step('004.5', 'a new flow is worked on as version 1, a draft', async () => {
    expect(await office.label('visit', 'v1')).toBe('1')
    expect(await office.status('visit', 'v1')).toBe('Draft')
    await office.edit('visit', 'v1', [title('Your visit')])
    expect(await office.row('visit')).toMatchObject({ versions: 1, latest: { label: '1', word: 'Draft' } })
  })

  step('004.6', 'a draft can be tried, with those who are listed for trials', async () => {
    await office.send({ type: 'define', kind: 'testContact', item: TESTER })
    const { catalog } = await office.workspace.state()
    expect(Object.values(catalog.testContact)).toEqual([TESTER])
    const trial = await tryOut(office, 'v1', { type: 'manual', contact: { id: TESTER.id } })
    expect(sent(trial)).toEqual([
      ['push.send', 'Your visit'],
      ['card.send', 'Your visit'],
    ])
    expect(await office.reach('visit')).toBe('route.notReleased')
  })

  step('004.7', 'it takes the publication of the draft to send to anybody else', async () => {
    await office.release('visit', 'v1')
    const session = await office.start('visit')
    expect(sent(session)).toEqual([
      ['push.send', 'Your visit'],
      ['card.send', 'Your visit'],
    ])
  })

  step('004.8', 'version 1 reads as published from then on', async () => {
    expect(await office.status('visit', 'v1')).toBe('Published')
    expect(await office.row('visit')).toMatchObject({ official: '1', word: 'Published' })
  })

  step('004.9', 'the next one is version 2: first a draft, in time published', async () => {
    const draft = await office.branch('visit', 'v1')
    expect([await office.label('visit', draft), await office.status('visit', draft)]).toEqual(['2', 'Draft'])
    expect((await office.plan('visit', draft)).ready).toBe(true)
    await office.add(visit('other'))
    await office.release('other', 'v1')
    await office.release('other', await office.branch('other', 'v1'))
    expect(await office.row('other')).toMatchObject({ official: '2' })
    expect(await office.label('other', await office.branch('other', 'v2'))).toBe('3')
  })

  step('004.10', 'draft 2 stands beside version 1, which stays live', async () => {
    await office.edit('visit', 'v2', [title('Your appointment')])
    expect(await office.status('visit', 'v1')).toBe('Published')
    expect(await office.row('visit')).toMatchObject({ official: '1', latest: { label: '2', word: 'Draft' } })
    expect(await office.reach('visit')).toBe('1')
  })

  step(
    '004.11',
    'whoever triggers it gets what was published last, cards and notifications alike',
    async () => {
      const session = await office.start('visit')
      expect(sent(session)).toEqual([
        ['push.send', 'Your visit'],
        ['card.send', 'Your visit'],
      ])
      session.button('yes')
      expect(session.outcome).toBe('done')
    },
  )
})

describe.sequential('approvals and permissions', () => {
  let office: Office

  step('004.13', 'where approvals are on, a draft has to be approved as it stands', async () => {
    office = await Office.open('action-flow', { census })
    await office.send({ type: 'define', kind: 'application', item: APP })
    await office.hire('ed', 'edit')
    await office.hire('ann', 'approve')
    await office.hire('pat', 'publish')
    await office.add(visit(), 'ed')
    expect(await office.closedGates('visit', 'v1')).toEqual(['approvals'])
    const early = office.confirmation(await office.plan('visit', 'v1', { by: 'pat' }))
    expect((await office.refused(early, { by: 'pat' })).code).toBe('release.gates')

    await approve(office, 'ann')
    expect(await office.closedGates('visit', 'v1')).toEqual([])
    await office.edit('visit', 'v1', [title('Changed')], 'ed')
    expect(await office.closedGates('visit', 'v1')).toEqual(['approvals'])
    await approve(office, 'ann')
    expect(await office.closedGates('visit', 'v1')).toEqual([])
  })

  step('004.14', 'where they are off, editing leads straight to publishing', async () => {
    const straight = await Office.open(STRAIGHT, { census })
    await straight.send({ type: 'define', kind: 'application', item: APP })
    await straight.add(visit())
    await straight.edit('visit', 'v1', [title('Changed')])
    await straight.release('visit', 'v1')
    expect(await straight.row('visit')).toMatchObject({ word: 'Published' })
    expect((await straight.version('visit', 'v1')).approvals).toEqual([])
  })

  step('004.16', 'members have permissions of their own: to edit, say, and not to publish', async () => {
    await office.edit('visit', 'v1', [{ type: 'label', node: 'card', label: 'The card' }], 'ed')
    const publish = office.confirmation(await office.plan('visit', 'v1', { by: 'ed' }))
    expect(await office.refused(publish, { by: 'ed' })).toMatchObject({
      code: 'permission.missing',
      details: { command: 'release', permission: 'publish', member: 'ed' },
    })
    const pause = { type: 'pause', flow: 'visit' } as const
    expect(await office.refused(pause, { by: 'ed' })).toMatchObject({
      code: 'permission.missing',
      details: { permission: 'publish', member: 'ed' },
    })
    const rename = { type: 'labelFlow', flow: 'visit', labels: ['clinic'] } as const
    expect(await office.refused(rename, { by: 'pat' })).toMatchObject({ details: { permission: 'edit' } })
    await office.send(rename, { by: 'ed' })
    await office.send({ type: 'grant', member: 'pat', permissions: ['edit'] })
    await office.send({ ...rename, labels: [] }, { by: 'pat' })
  })
})

describe.sequential('before a version goes out', () => {
  let office: Office

  beforeAll(async () => {
    running = NOTHING_RUNS
    office = await Office.open(STRAIGHT, { census })
    await office.send({ type: 'define', kind: 'application', item: APP })
    await office.send({ type: 'define', kind: 'segment', item: { id: 'vip', name: 'Important people' } })
    await office.add(visit())
  })

  step('004.18', 'what was tried is exactly what is published', async () => {
    const trial = await tryOut(office, 'v1', { type: 'manual', contact: { id: 'tia' } })
    trial.button('no')
    expect(trial.outcome).toBe('declined')
    await office.release('visit', 'v1')
    expect(await office.route('visit')).toMatchObject({ executable: trial.program.hash })
  })

  step('004.20', 'where nothing is in the way, a summary says what is about to be published', async () => {
    await office.branch('visit', 'v1')
    await office.edit('visit', 'v2', [title('{{ nobody }}')])
    const faulty = await office.plan('visit', 'v2')
    expect([faulty.ready, faulty.summary.errors.length]).toEqual([false, 2])
    await office.edit('visit', 'v2', [title('Your appointment')])
    const { ready, summary } = await office.plan('visit', 'v2')
    expect(ready).toBe(true)
    expect(summary).toMatchObject({
      name: 'visit',
      label: '2',
      trigger: { kind: 'manual' },
      audience: 'interaction',
      channels: ['push'],
      errors: [],
      warnings: [],
      approvals: { required: 0, given: [], missing: [] },
      replaces: { version: 'v1', label: '1' },
    })
    expect(summary.changes?.join('\n')).toContain('Your appointment')
  })

  step('004.21', 'going back to editing changes nothing, and what is edited is summed up anew', async () => {
    const before = await office.workspace.events('visit')
    const plan = await office.plan('visit', 'v2')
    expect(await office.workspace.events('visit')).toEqual(before)
    await office.edit('visit', 'v2', [title('Your check-up')])
    expect((await office.refused(office.confirmation(plan))).code).toBe('release.moved')
    expect((await office.plan('visit', 'v2')).summary.changes?.join('\n')).toContain('Your check-up')
  })

  step(
    ['004.23', '004.24', '004.25'],
    'sessions that still wait on an earlier version are told of, by node',
    async () => {
      const waiting = await office.start('visit')
      expect([waiting.session.status, waiting.node]).toEqual(['waiting', 'card'])
      expect((await office.plan('visit', 'v2')).running).toMatchObject({ versions: [], sessions: 0 })

      running = {
        versions: [{ version: 'v1', sessions: 1, waiting: { [waiting.node]: 1 }, cards: 1 }],
        endedCards: 3,
      }
      expect((await office.plan('visit', 'v2')).running).toMatchObject({
        versions: [{ version: 'v1', label: '1', sessions: 1, waiting: { card: 1 } }],
        sessions: 1,
        cards: 1,
        endedCards: 3,
      })
      expect((await office.plan('visit', 'v2')).ready).toBe(true)
    },
  )

  step(
    '004.26',
    'they go on unless whoever publishes has them cancelled, with their cards or without',
    async () => {
      const { answers, running: plan } = await office.plan('visit', 'v2')
      expect(plan.choices).toEqual(['keep', 'cancel', 'cancelAndWithdraw'])
      expect(answers.running).toBe('keep')
      const [kept] = (await office.release('visit', 'v2')).events
      expect(kept).toMatchObject({ type: 'released', replaces: 'v1', running: 'keep' })
      expect(kept).not.toHaveProperty('withdrawEnded')

      const third = await office.branch('visit', 'v2')
      const wish = { answers: { running: 'cancelAndWithdraw', withdrawEnded: true } } as const
      const [cancelled] = (await office.release('visit', third, wish)).events
      expect(cancelled).toMatchObject({ running: 'cancelAndWithdraw', withdrawEnded: true })

      const fourth = await office.plan('visit', await office.branch('visit', third), {
        answers: { running: 'cancel' },
      })
      running = {
        ...running,
        versions: [...running.versions, { version: 'v3', sessions: 2, waiting: {}, cards: 0 }],
      }
      const unseen = await office.refused(office.confirmation(fourth))
      expect([unseen.code, unseen.plan?.running.sessions]).toEqual(['release.moved', 3])
    },
  )

  step('004.29', 'whoever is in the segment by then does not set the flow off', async () => {
    await office.add(visit('nameless', { trigger: 'segment' }))
    expect(await office.closedGates('nameless', 'v1')).toEqual(['errors', 'trigger'])
    await office.add(visit('welcome', { trigger: 'segment', segment: 'vip' }))
    const plan = await office.plan('welcome', 'v1')
    expect(plan.segment).toEqual({ segment: 'vip', members: 42 })
    const [released] = (await office.send(office.confirmation(plan))).events
    expect(released).toMatchObject({
      type: 'released',
      pin: { trigger: { kind: 'segment', segment: 'vip' } },
    })
    expect(released).not.toHaveProperty('triggerSegment')
  })

  step('004.30', 'unless that is asked for, of a flow that a segment triggers', async () => {
    const again = await office.branch('welcome', 'v1')
    const [released] = (await office.release('welcome', again, { answers: SHARED })).events
    expect(released).toMatchObject({ triggerSegment: 'vip' })
    expect(await office.closedGates('visit', 'v4', { answers: SHARED })).toEqual(['segmentAnswer'])
  })

  step('004.32', 'who may publish confirms the summary, and the version is out', async () => {
    await office.hire('pat', 'publish')
    await office.hire('vic')
    const plan = await office.plan('visit', 'v4', { by: 'vic' })
    expect(plan.gates.filter(({ passed }) => !passed).map(({ gate }) => gate)).toEqual(['permission'])
    expect((await office.refused(office.confirmation(plan), { by: 'vic' })).details).toMatchObject({
      permission: 'publish',
    })
    await office.send(office.confirmation(plan), { by: 'pat' })
    expect(await office.row('visit')).toMatchObject({ official: '4', word: 'Published' })
  })
})

/** Notifies, then sends a card and waits for its answer. */
function visit(id = 'visit', trigger: JsonObject = { trigger: 'manual' }): FlowDocument {
  const buttons = [{ value: 'yes' }, { value: 'no' }]
  return greeting(id, trigger, {
    nodes: {
      hello: node('push-notification', { title: 'Your visit', prompt: 'Will you come?' }),
      card: node('send-card', { title: 'Your visit', prompt: 'Will you come?', buttons }),
      declined: end('declined'),
    },
    connect: ['start -> hello', 'hello -> card', 'card:yes -> done'],
    otherwise: 'declined',
  })
}

/** Gives both, the notification and the card, another title. */
function title(text: string): JsonObject {
  const set = (of: string) => ({ type: 'configure', node: of, path: ['title'], value: text })
  return { type: 'batch', commands: [set('hello'), set('card')] }
}

async function tryOut(
  office: Office,
  version: string,
  trigger: JsonObject & { type: string },
): Promise<Play> {
  const draft = (await office.workspace.document('visit', version))!
  return new Play(compile(draft, { nodes: palette }), { trigger })
}

function sent({ effects }: Play) {
  return effects.map(({ type, title: of }) => [type, of])
}

async function approve(office: Office, by: string): Promise<void> {
  const { behaviourHash } = (await office.version('visit', 'v1')).revisions.at(-1)!
  await office.send({ type: 'approve', flow: 'visit', version: 'v1', behaviourHash }, { by })
}
