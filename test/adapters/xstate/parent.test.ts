import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createActor, SimulatedClock } from 'xstate'
import type { FlowActorRef, FromFlowOptions } from '../../../src/adapters/xstate/index.ts'
import type { Program } from '../../../src/index.ts'
import { failing, GREETER, PRICE, PRICER, settle } from './helpers.ts'
import { parentOf } from './parent.ts'

/** A parent on a simulated clock, fresh or from what was stored. */
function parent(flow: Program, { stored, ...options }: FromFlowOptions & { readonly stored?: string } = {}) {
  const clock = new SimulatedClock()
  const machine = parentOf(flow, { clock, ...options })
  const actor = createActor(machine, {
    clock,
    ...(stored === undefined ? {} : { snapshot: JSON.parse(stored) }),
  })
  return { actor, clock }
}

const storedHalfway = (flow: Program) => JSON.stringify(parent(flow).actor.start().getPersistedSnapshot())

describe('a machine that invokes a flow', () => {
  it('passes events on to it, and gets its output when it is done', () => {
    const { actor } = parent(GREETER)
    actor.start().send({ type: 'reply', text: 'Ada' })
    expect(actor.getSnapshot()).toMatchObject({ value: 'over', context: { outcome: 'greeted' } })
  })

  it('is told by a timeout of the flow', () => {
    const { actor, clock } = parent(GREETER)
    actor.start()
    clock.increment(10_000)
    expect(actor.getSnapshot()).toMatchObject({ value: 'over', context: { outcome: 'silent' } })
  })

  it('gets the error when the flow fails, at its start or later', () => {
    const { actor } = parent(failing())
    actor.start()
    expect(actor.getSnapshot()).toMatchObject({ value: 'broken', context: { code: 'evaluation.notFinite' } })

    const later = parent(failing(true)).actor
    later.start().send({ type: 'reply', text: 'go' })
    expect(later.getSnapshot()).toMatchObject({ value: 'broken', context: { code: 'evaluation.notFinite' } })
  })

  it('gets the error where the flow cannot be started', () => {
    const { actor } = parent(GREETER, { clock: { now: () => Number.NaN } })
    actor.start()
    expect(actor.getSnapshot()).toMatchObject({ value: 'broken', context: { code: 'session.now' } })
  })

  it('has its effects done by the handler of the flow', async () => {
    const { actor } = parent(PRICER, {
      onEffect: ({ waitId }) => (waitId === undefined ? undefined : { body: PRICE }),
    })
    actor.start()
    await settle()
    expect(actor.getSnapshot()).toMatchObject({ value: 'over', context: { outcome: 'priced' } })
  })

  it('lets others find the flow in the system, and listen', () => {
    const { actor } = parent(PRICER)
    const heard: string[] = []
    actor.start()
    const flow: FlowActorRef = actor.system.get('talk')
    flow.on('refused', ({ refusal }) => heard.push(refusal.code))
    flow.send({ type: 'button', waitId: 's:99', value: 'x' })
    expect(heard).toEqual(['event.stale'])
  })
})

describe('a machine that was persisted while its flow waits', () => {
  it('goes on with a reply after it is restored', () => {
    const { actor } = parent(GREETER, { stored: storedHalfway(GREETER) })
    actor.start().send({ type: 'reply', text: 'Ada' })
    expect(actor.getSnapshot()).toMatchObject({ value: 'over', context: { outcome: 'greeted' } })
  })

  it('is told where the flow is not the one that the session is pinned to', () => {
    const { actor } = parent(PRICER, { stored: storedHalfway(GREETER) })
    actor.start()
    expect(actor.getSnapshot()).toMatchObject({ value: 'broken', context: { code: 'session.wrongProgram' } })
  })

  it.each([
    ['is still to come', -100],
    ['was missed meanwhile', 3_600_000],
  ])('goes on in another process by the timeout that %s', async (_, afterDue) => {
    const { actor } = parent(GREETER)
    const file = join(mkdtempSync(join(tmpdir(), 'sluice-xstate-')), 'parent.json')
    writeFileSync(file, JSON.stringify(actor.start().getPersistedSnapshot()))
    actor.stop()

    const script = fileURLToPath(new URL('go-on.ts', import.meta.url))
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', script, file, String(10_000 + afterDue)],
      { cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
    )
    expect(stderr).toBe('')
    const { waited, ...end } = JSON.parse(stdout)
    expect(end).toEqual({ value: 'over', context: { outcome: 'silent' } })
    expect(waited).toBeGreaterThan(afterDue < 0 ? 90 : 0)
  })
})
