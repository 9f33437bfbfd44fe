import { describe, expect, it } from 'vitest'
import { EVENT_STREAMS, type Event, type EventType } from '../../../src/releases/event.ts'
import { standsIn } from '../../../src/releases/evolve.ts'
import { PRESETS } from '../../../src/releases/presets/presets.ts'
import { mergeStreams } from '../../../src/releases/reading/merge-streams.ts'
import { auditTrail } from '../../../src/releases/reading/trail.ts'
import { TRAIL_WORDING } from '../../../src/releases/reading/trail-wording.ts'
import { EVENT_EXAMPLES } from '../examples/events.ts'
import { branch, create, play, release } from './scene.ts'

const EVENT_TYPES = Object.keys(EVENT_STREAMS) as EventType[]

const { events } = play([
  create('hours', { comment: 'First attempt' }),
  { ...release('hours', 'v1', '1.0.0'), by: 'ben', comment: 'Goes live' },
  branch('hours', 'v2', 'v1', '1.1.0'),
  { type: 'commented', flow: 'hours', version: 'v2', text: 'Almost there' },
  { ...release('hours', 'v2', '1.1.0', 'official', 'v1'), emergency: 'The hotline is down' },
  { type: 'flowPaused', flow: 'hours', comment: 'Maintenance' },
])

describe('the audit trail', () => {
  it.each(EVENT_TYPES)('has a sentence for every event: %s', (type) => {
    expect(Object.keys(TRAIL_WORDING)).toContain(type)
    const [entry] = auditTrail([EVENT_EXAMPLES[type]])
    expect(entry).toMatchObject({ at: 1_000, by: 'ana', what: type })
    expect(entry!.sentence).toMatch(/^ana .+\.$/)
    expect(entry!.sentence).not.toMatch(/undefined|null|\[object/)
  })

  it('says who did what, when, to which version, and why', () => {
    expect(auditTrail(events)).toEqual([
      { at: 0, by: 'ana', what: 'workspaceCreated', sentence: 'ana created the workspace.' },
      {
        at: 1_000,
        by: 'ana',
        what: 'flowCreated',
        flow: 'hours',
        version: 'v1',
        label: 'V1.0',
        why: 'First attempt',
        sentence: 'ana created hours with V1.0.',
      },
      {
        at: 2_000,
        by: 'ben',
        what: 'released',
        flow: 'hours',
        version: 'v1',
        label: 'V1.0',
        why: 'Goes live',
        sentence: 'ben released V1.0 of hours into the official slot.',
      },
      {
        at: 3_000,
        by: 'ana',
        what: 'branched',
        flow: 'hours',
        version: 'v2',
        label: 'V1.1',
        sentence: 'ana made V1.1 of hours from V1.0.',
      },
      {
        at: 4_000,
        by: 'ana',
        what: 'commented',
        flow: 'hours',
        version: 'v2',
        label: 'V1.1',
        why: 'Almost there',
        sentence: 'ana commented on V1.1 of hours.',
      },
      {
        at: 5_000,
        by: 'ana',
        what: 'released',
        flow: 'hours',
        version: 'v2',
        label: 'V1.1',
        why: 'The hotline is down',
        sentence: 'ana released V1.1 of hours into the official slot, in the place of V1.0.',
      },
      {
        at: 6_000,
        by: 'ana',
        what: 'flowPaused',
        flow: 'hours',
        why: 'Maintenance',
        sentence: 'ana paused hours.',
      },
    ])
  })

  it('holds no value of a variable, secret or not', () => {
    const values = { token: 'hunter2', greeting: 'Good evening', nested: { card: '4111' } }
    const released = EVENT_EXAMPLES.released as Extract<Event, { type: 'released' }>
    const pin = { ...released.pin, values, sensitive: ['token'] }
    const trail = JSON.stringify(auditTrail([{ ...released, pin }]))
    for (const value of ['hunter2', 'Good evening', '4111', 'token']) expect(trail).not.toContain(value)
  })

  it('gives both reasons where a release has a comment and went past approvals', () => {
    expect(auditTrail([EVENT_EXAMPLES.released])[0]!.why).toBe('The hotline is down · Goes live')
  })

  it('names promotions and rollbacks as such', () => {
    const { released } = EVENT_EXAMPLES
    const sentences = (['promotion', 'rollback'] as const).map(
      (kind) => auditTrail([{ ...released, kind } as Event])[0]!.sentence,
    )
    expect(sentences).toEqual([
      'ana promoted V1.0 of hours to the gray slot, in the place of v0.',
      'ana rolled back to V1.0 of hours in the gray slot, in the place of v0.',
    ])
  })

  it('[VER-4] labels versions as the policy said at the time, or as it is told to', () => {
    const { events: integers } = play([create('hours')], PRESETS['action-flow'])
    expect(auditTrail(integers)[1]!.label).toBe('1')
    expect(auditTrail(integers, { labels: 'minor' })[1]!.label).toBe('V1.0')
  })

  it('names a version by its id until it has a number', () => {
    const { number: _number, ...draft } = create('hours')
    const { events: minted } = play([draft, release('hours', 'v1', '1.0.0')], PRESETS['flow-builder'])
    expect(auditTrail(minted).map(({ sentence }) => sentence)).toContain('ana created hours with v1.')
    expect(auditTrail(minted).at(-1)).toMatchObject({ label: 'V1.0' })
  })

  it('is worded in another language from one table', () => {
    const wording = {
      ...TRAIL_WORDING,
      flowPaused: ({ by, flow }: { by: string; flow?: string }) => `${by} hat ${flow} angehalten.`,
    }
    expect(auditTrail(events, { wording }).at(-1)!.sentence).toBe('ana hat hours angehalten.')
  })

  it('joins streams by time, with events of both once', () => {
    const workspace = events.filter((event) => standsIn(event, 'workspace'))
    const flow = events.filter((event) => standsIn(event, 'flow'))
    expect(mergeStreams(workspace, [flow])).toEqual(events)
    expect(auditTrail(mergeStreams(workspace, [flow]))).toEqual(auditTrail(events))
  })

  it.each([
    ['stand still', () => 0],
    ['differ', (index: number) => (index % 2 === 0 ? index : index - 60_000)],
    ['run backwards', (index: number) => -index],
  ])('keeps the order of every stream where clocks %s', (_, tell) => {
    const told = events.map((event, index) => ({ ...event, at: tell(index) }))
    const workspace = told.filter((event) => standsIn(event, 'workspace'))
    const flow = told.filter((event) => standsIn(event, 'flow'))
    expect(mergeStreams(workspace, [flow])).toEqual(told)
  })

  it('goes by time among flows, and leaves out nothing where a stream is not known', () => {
    const said = (flow: string, at: number): Event => ({ ...EVENT_EXAMPLES.commented, flow, at }) as Event
    const [first, second, third] = [said('a', 1), said('b', 2), said('a', 3)]
    expect(mergeStreams([], [[first, third], [second]])).toEqual([first, second, third])
  })
})
