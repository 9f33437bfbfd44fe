import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../src/index.ts'
import type { Command, Event } from '../../src/releases/index.ts'
import type { EventStore, Workspace } from '../../src/runtime/index.ts'
import { done, Lab, support } from './lab.ts'

const FLOWS = ['a', 'b'] as const

type Wish =
  | {
      readonly do: 'create' | 'label' | 'branch' | 'lock' | 'cancel' | 'delete'
      readonly flow: string
      readonly n: number
    }
  | { readonly do: 'save' | 'release'; readonly flow: string; readonly n: number }

const wish: fc.Arbitrary<Wish & { readonly other: boolean }> = fc.record({
  do: fc.constantFrom(
    'create',
    'create',
    'save',
    'save',
    'save',
    'release',
    'label',
    'branch',
    'lock',
    'cancel',
    'delete',
  ),
  flow: fc.constantFrom(...FLOWS),
  n: fc.nat({ max: 5 }),
  other: fc.boolean(),
})

/** Does a wish as a person would, who looks first and then asks for it. */
async function carryOut(workspace: Workspace, { do: what, flow: id, n }: Wish) {
  const flow = await workspace.flow(id)
  const versions = Object.values(flow?.versions ?? {})
  const version = versions[n % Math.max(versions.length, 1)]
  const of = { flow: id, version: version?.id ?? 'v1' }
  const send = (command: Command, document?: FlowDocument) =>
    workspace.execute(command, { by: 'ada', ...(document === undefined ? {} : { document }) })
  switch (what) {
    case 'create':
      return send({ type: 'createFlow', flow: id }, support(id, `First ${n}`))
    case 'save': {
      const revision = version?.revisions.length ?? 1
      return send({ type: 'saveDraft', ...of, revision }, support(id, `Saved ${n} over ${revision}`))
    }
    case 'label':
      return send({ type: 'labelFlow', flow: id, labels: [`l${n}`] })
    case 'branch':
      return send({ type: 'branch', flow: id, from: of.version })
    case 'lock':
      return send({ type: 'takeLock', ...of })
    case 'cancel':
      return send({ type: 'cancelRelease', flow: id, slot: 'official' })
    case 'delete':
      return send({ type: 'deleteVersion', ...of })
    default: {
      const plan = await workspace.plan({ ...of, slot: 'official' }, { by: 'ada' })
      if (!('gates' in plan)) return plan
      return send({ type: 'release', ...of, slot: 'official', plan: plan.hash, ...plan.answers })
    }
  }
}

/** Everything that can be read of a workspace. */
async function told(workspace: Workspace) {
  const [state, flows, events] = [await workspace.state(), await workspace.flows(), await workspace.events()]
  const own = await Promise.all(FLOWS.map((id) => workspace.events(id)))
  return { state, flows, events, own }
}

describe('two workspaces over one store', () => {
  it('[VER-5] [VER-10] [DOC-12] lose nothing, whatever they do to the same flows at once, and come to the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(wish, { minLength: 4, maxLength: 14 }),
        async (scheduler, wishes) => {
          const lab = new Lab()
          await done(lab.open(), { type: 'createWorkspace', name: 'ACME', policy: 'open' })
          // Every call of a store ends when the scheduler says so: commands overtake each other in any order.
          const held = (store: EventStore): EventStore => ({
            read: scheduler.scheduleFunction(store.read),
            append: scheduler.scheduleFunction(store.append),
            list: scheduler.scheduleFunction(store.list),
          })
          const [one, other] = [
            lab.open({ events: held(lab.events) }),
            lab.open({ events: held(lab.events) }),
          ]
          const pending = wishes.map((each) => carryOut(each.other ? other : one, each))
          const outcomes = await scheduler.waitFor(Promise.all(pending))

          const accepted = outcomes.flatMap((outcome) => ('events' in outcome ? outcome.events : []))
          const fresh = lab.open()
          const truth = await told(fresh)
          const stored = new Set<string>(
            [...truth.events, ...truth.own.flat()].map((event) => JSON.stringify(event)),
          )
          expect(stored.size).toBe(accepted.length + 1)
          for (const event of accepted) expect(stored).toContain(JSON.stringify(event))
          checkStreams(truth.events, truth.own)
          for (const flow of truth.flows) {
            expect(flow.revision).toBe((await fresh.events(flow.id)).length)
            for (const version of Object.values(flow.versions)) {
              for (const { contentHash } of version.revisions)
                expect(await fresh.document(flow.id, version.id, contentHash)).toBeDefined()
              // What was released is still what it says.
              for (const { contentHash } of version.releases)
                expect(version.revisions.map((each) => each.contentHash)).toContain(contentHash)
            }
            const { official } = truth.state.flows[flow.id]!
            const out = Object.values(flow.versions).filter(({ state }) => state === 'official')
            expect(out.map(({ id }) => id)).toEqual(official === undefined ? [] : [official.version])
          }
          const last = Promise.all([told(one), told(other)])
          for (const each of await scheduler.waitFor(last)) expect(each).toEqual(truth)
        },
      ),
      { numRuns: 40, seed: 2026, endOnFailure: true },
    )
  })
})

/** No save of a version was made over another one, and what stands in two streams stands in both. */
function checkStreams(events: readonly Event[], own: readonly (readonly Event[])[]): void {
  for (const [index, stream] of own.entries()) {
    const saves = new Map<string, number>()
    for (const event of stream) {
      if (event.type !== 'draftSaved') continue
      expect(event.revision).toBe((saves.get(event.version) ?? 1) + 1)
      saves.set(event.version, event.revision)
    }
    const inBoth = events.filter((event) => 'flow' in event && event.flow === FLOWS[index])
    const texts = new Set(stream.map((event) => JSON.stringify(event)))
    for (const event of inBoth) expect(texts).toContain(JSON.stringify(event))
  }
}
