import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  EVENT_STREAMS,
  type Event,
  emptyWorkspace,
  evolveFlow,
  type FlowState,
  readEvents,
  readFlowSnapshot,
  readWorkspaceSnapshot,
  replayWorkspace,
  route,
  type WorkspaceState,
} from '../../src/releases/index.ts'

const RELEASES = new URL('../fixtures/releases/', import.meta.url)

const kept = readdirSync(RELEASES).filter((release) =>
  existsSync(new URL(`${release}/workspace.events.json`, RELEASES)),
)

function read<Value>(release: string, kind: string): Value {
  return JSON.parse(readFileSync(new URL(`${release}/workspace.${kind}.json`, RELEASES), 'utf8')) as Value
}

describe.each(kept)('the workspace that release %s has left behind', (release) => {
  const streams = read<{ [stream: string]: unknown[] }>(release, 'events')
  const state = read<{ workspace: WorkspaceState; flows: FlowState[] }>(release, 'state')
  const eventsOf = (stream: string): readonly Event[] => {
    const events = readEvents(streams[stream]!)
    if (!events.ok) throw new Error(events.error.reason)
    return events.value
  }

  it('is rebuilt from its events, to what it was then', () => {
    const events = eventsOf(`workspace/${state.workspace.id}`)
    const before = readWorkspaceSnapshot(state.workspace)
    expect(before).toEqual({ ok: true, value: replayWorkspace(emptyWorkspace(state.workspace.id), events) })
  })

  it.each(state.flows)('its flow $id is rebuilt as well', (flow) => {
    const events = eventsOf(`workspace/${state.workspace.id}/flow/${flow.id}`)
    expect(events.reduce<FlowState | undefined>(evolveFlow, undefined)).toEqual(flow)
  })

  it('goes on from its snapshots', () => {
    // What came later is filled in; nothing else changes.
    expect(readWorkspaceSnapshot(state.workspace)).toMatchObject({ ok: true, value: state.workspace })
    for (const flow of state.flows) expect(readFlowSnapshot(flow)).toEqual({ ok: true, value: flow })
  })

  it('routes as it did', () => {
    const answer = route(state.workspace, { flow: 'trouble', contact: { number: '+4915112345678' } })
    expect(answer).toMatchObject({ ok: true, slot: 'official', version: 'v1' })
  })
})

it('the newest release has left an event of every type behind', () => {
  const streams = read<{ [stream: string]: { type: string }[] }>(kept.at(-1)!, 'events')
  const types = new Set(Object.values(streams).flatMap((events) => events.map(({ type }) => type)))
  expect([...types].sort()).toEqual(Object.keys(EVENT_STREAMS).sort())
})
