import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { EVENT_STREAMS, type Event, type EventOf, type EventType } from '../../src/releases/event.ts'
import { evolveFlow } from '../../src/releases/evolve-flow.ts'
import { emptyWorkspace, evolveWorkspace } from '../../src/releases/evolve-workspace.ts'
import { parseCommand } from '../../src/releases/parse-command.ts'
import {
  EVENT_UPGRADES,
  type EventFault,
  type EventUpgrade,
  type EventUpgrades,
  readEvents,
} from '../../src/releases/read-events.ts'
import { readFlowSnapshot, readWorkspaceSnapshot } from '../../src/releases/read-snapshot.ts'
import type { FlowState } from '../../src/releases/state.ts'
import { EVENT_EXAMPLES, grayPin, pin } from './examples/events.ts'

const EVENT_TYPES = Object.keys(EVENT_STREAMS) as EventType[]
const { flowPaused, released } = EVENT_EXAMPLES

function fault(values: readonly unknown[], options?: Parameters<typeof readEvents>[1]): EventFault {
  const read = readEvents(values, options)
  if (read.ok) throw new Error('they were read')
  return read.error
}

describe('events that were stored', () => {
  it.each(EVENT_TYPES)('are read as they were written: %s', (type) => {
    const event = EVENT_EXAMPLES[type]
    expect(event.type).toBe(type)
    expect(readEvents([JSON.parse(JSON.stringify(event))])).toEqual({ ok: true, value: [event] })
  })

  it('keep their order', () => {
    const events = Object.values(EVENT_EXAMPLES)
    expect(readEvents(events)).toEqual({ ok: true, value: events })
  })

  it.each(EVENT_TYPES)('are refused with a member that is unknown, or without one: %s', (type) => {
    const event = EVENT_EXAMPLES[type]
    expect(fault([event, { ...event, colour: 'red' }])).toMatchObject({ code: 'event.bad', position: 1 })
    const { by: _by, ...anonymous } = event
    expect(fault([anonymous])).toMatchObject({ code: 'event.bad', position: 0, details: { at: ['by'] } })
  })

  it('are refused with their position where the type is unknown', () => {
    expect(fault([flowPaused, flowPaused, { ...flowPaused, type: 'flowFrozen' }])).toEqual({
      code: 'event.unknown',
      position: 2,
      reason: 'The event at position 2 is of the unknown type flowFrozen.',
      lift: expect.any(String),
      details: { position: 2, type: 'flowFrozen' },
    })
  })

  it('[DOC-15] are refused with their position where the schema is newer', () => {
    expect(fault([flowPaused, { ...flowPaused, schema: 2, colour: 'red' }])).toMatchObject({
      code: 'event.newer',
      position: 1,
      details: { schema: 2, newest: 1 },
    })
  })

  it('[DOC-15] are upgraded where the schema is older, one step at a time', () => {
    const upgrades: EventUpgrades = new Map<number, EventUpgrade>([
      [-1, ({ stopped, ...event }: JsonObject) => ({ ...event, halted: stopped })],
      [0, ({ halted, ...event }: JsonObject) => ({ ...event, flow: halted })],
    ])
    const { flow, ...old } = flowPaused as Event & { flow: string }
    expect(readEvents([{ ...old, schema: -1, stopped: flow }], { upgrades })).toEqual({
      ok: true,
      value: [flowPaused],
    })
    expect(fault([flowPaused, { ...old, schema: -2, stopped: flow }], { upgrades })).toMatchObject({
      code: 'event.bad',
      position: 1,
      details: { at: ['schema'] },
    })
  })

  it('have no older schema yet than the first one', () => {
    expect([...EVENT_UPGRADES]).toEqual([])
    expect(fault([{ ...flowPaused, schema: 0 }]).code).toBe('event.bad')
  })

  it('are refused where the pin of a gray release has no rule, or that of an official one has', () => {
    expect(fault([{ ...released, pin }])).toMatchObject({ code: 'event.bad', details: { at: ['pin'] } })
    expect(fault([{ ...released, slot: 'official', pin: grayPin }])).toMatchObject({
      details: { at: ['pin'] },
    })
    expect(readEvents([{ ...released, slot: 'official', pin }])).toMatchObject({ ok: true })
  })

  it('are refused where an id is one that objects inherit from', () => {
    expect(fault([{ ...flowPaused, flow: '__proto__' }])).toMatchObject({ details: { at: ['flow'] } })
    expect(fault([{ ...flowPaused, by: 'constructor' }])).toMatchObject({ details: { at: ['by'] } })
  })

  it.each([
    null,
    1,
    'flowPaused',
    [],
    {},
    { schema: 1 },
    { schema: '1' },
    { schema: 1.5 },
    { ...flowPaused, at: '0' },
  ])('are refused where they are none: %#', (value) => {
    expect(fault([value])).toMatchObject({ code: 'event.bad', position: 0 })
  })

  it('never throw, whatever stands in the store', () => {
    const change = fc.dictionary(
      fc.constantFrom('type', 'schema', 'at', 'flow', 'pin', 'policy', 'permissions', 'item'),
      fc.json().map((text) => JSON.parse(text) as unknown),
    )
    fc.assert(
      fc.property(fc.constantFrom(...EVENT_TYPES), change, (type, members) => {
        const read = readEvents([{ ...EVENT_EXAMPLES[type], ...members }])
        if (!read.ok) expect(read.error.position).toBe(0)
        else expect(readEvents(JSON.parse(JSON.stringify(read.value)))).toEqual(read)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('snapshots that were stored', () => {
  const { workspaceCreated, memberAdded, itemDefined, exceptionFlowSet, flowCreated } = EVENT_EXAMPLES
  const workspace = [
    workspaceCreated,
    memberAdded,
    itemDefined,
    exceptionFlowSet,
    flowCreated,
    { ...released, replaces: undefined } as unknown as Event,
    flowPaused,
  ].reduce(evolveWorkspace, emptyWorkspace('acme'))
  const ofFlow = [
    'flowCreated',
    'draftSaved',
    'lockTaken',
    'commented',
    'approvalRequested',
    'approved',
    'voiceCompiled',
    'branched',
  ] as const
  const flow = ofFlow
    .map((type) => EVENT_EXAMPLES[type])
    .reduce<FlowState | undefined>(evolveFlow, undefined) as FlowState

  const stored = (value: unknown) => JSON.parse(JSON.stringify(value)) as JsonObject

  it('are read as they were written', () => {
    expect(readWorkspaceSnapshot(stored(workspace))).toEqual({ ok: true, value: workspace })
    expect(readFlowSnapshot(stored(flow))).toEqual({ ok: true, value: flow })
    expect(readWorkspaceSnapshot(emptyWorkspace('acme'))).toMatchObject({ ok: true })
  })

  it('hold whatever a command may hold, as events do', () => {
    const nested = (depth: number): Json => (depth === 0 ? 1 : [nested(depth - 1)])
    const limit = nested(510)
    const command = {
      type: 'release',
      flow: 'hours',
      version: 'v1',
      slot: 'gray',
      plan: '-',
      values: { limit },
    }
    expect(parseCommand(command).ok).toBe(true)
    expect(parseCommand({ ...command, values: { limit: [limit] } }).ok).toBe(false)
    const { replaces: _first, ...rest } = released as EventOf<'released'>
    const event = { ...rest, pin: { ...rest.pin, version: 'v1', values: { limit } } }
    expect(readEvents([event])).toEqual({ ok: true, value: [event] })
    expect(readWorkspaceSnapshot(evolveWorkspace(workspace, event)).ok).toBe(true)
    expect(readFlowSnapshot(evolveFlow(flow, event)).ok).toBe(true)
  })

  it('[DOC-15] are refused where the schema is newer', () => {
    for (const read of [readWorkspaceSnapshot({ schema: 2 }), readFlowSnapshot({ schema: 2 })]) {
      expect(read).toMatchObject({
        ok: false,
        error: { code: 'snapshot.bad', details: { schema: 2, newest: 1 } },
      })
    }
  })

  it.each([
    ['flows.hours.paused', { ...workspace, flows: { hours: { ...workspace.flows.hours, paused: false } } }],
    ['members.ben.permissions.0', { ...workspace, members: { ben: { id: 'ben', permissions: ['all'] } } }],
    ['the snapshot', { ...workspace, colour: 'red' }],
    ['catalog.team', { ...workspace, catalog: { ...workspace.catalog, team: [] } }],
    ['policy', flow],
    ['the snapshot', []],
  ])('are refused where a workspace has another form: %s', (place, value) => {
    const read = readWorkspaceSnapshot(stored(value))
    expect(read.ok ? '' : read.error.reason).toContain(`cannot be read: ${place} `)
  })

  it.each([
    ['versions.v1.state', { ...flow, versions: { v1: { ...flow.versions.v1, state: 'lost' } } }],
    ['versions.v1.revisions', { ...flow, versions: { v1: { ...flow.versions.v1, revisions: [] } } }],
    ['count', { ...flow, count: -1 }],
  ])('are refused where a flow has another form: %s', (place, value) => {
    const read = readFlowSnapshot(stored(value))
    expect(read.ok ? '' : read.error.reason).toContain(`cannot be read: ${place} `)
  })
})
