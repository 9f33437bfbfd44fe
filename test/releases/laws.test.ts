import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import {
  COMMAND_TYPES,
  emptyWorkspace,
  REFUSAL_TABLE,
  replayFlow,
  replayWorkspace,
} from '../../src/releases/index.ts'
import { Dice } from '../fuzz/generate-flow.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { checkInvariants, checkRelease } from './invariants.ts'
import { randomDeed, randomDesk } from './random-commands.ts'

/** How many sequences are played, and the text that the seeds begin with: `RELEASE_RUNS=50000 RELEASE_SEED=mine`. */
const SEQUENCES = Number(process.env.RELEASE_RUNS ?? 400)
const SEED = process.env.RELEASE_SEED ?? 'sluice'
const COMMANDS = 60

describe('random policies and commands', () => {
  it(`[REL-2] [REL-7] [REL-12] [REL-18] [VER-1] [VER-5] keep every invariant (${SEQUENCES} sequences from seed ${SEED})`, {
    timeout: 7_200_000,
  }, () => {
    const accepted = new Map<string, number>()
    const refused = new Map<string, number>()
    for (let run = 0; run < SEQUENCES; run++) {
      const dice = new Dice(seededRandom(`${SEED}:${run}`))
      const desk = randomDesk(dice)
      for (let n = 0; n < COMMANDS; n++) {
        const { command, over } = randomDeed(dice, desk)
        try {
          const before = {
            workspace: desk.workspace,
            flow: 'flow' in command ? desk.flows.get(command.flow ?? '') : undefined,
          }
          const decision = desk.attempt(command, over)
          if (!decision.ok) {
            refused.set(decision.code, (refused.get(decision.code) ?? 0) + 1)
            expect(desk.workspace).toBe(before.workspace)
            continue
          }
          accepted.set(command.type, (accepted.get(command.type) ?? 0) + 1)
          for (const event of decision.events) {
            if (event.type !== 'released') continue
            checkRelease(
              { workspace: before.workspace, flow: before.flow! },
              event,
              desk.contentOf(event.flow, event.pin.contentHash),
            )
          }
          checkInvariants(desk)
        } catch (error) {
          throw new Error(`seed ${SEED}:${run}, command ${n}: ${JSON.stringify(command)}`, { cause: error })
        }
      }
      const { workspace, flows } = desk.rebuilt()
      expect(workspace).toEqual(desk.workspace)
      expect(replayWorkspace(deepFreeze(emptyWorkspace('acme')), desk.workspaceEvents())).toEqual(workspace)
      expect(flows).toEqual(desk.flows)
      for (const [id, flow] of flows) {
        const events = desk.flowEvents(id)
        const half = Math.floor(events.length / 2)
        const earlier = deepFreeze(replayFlow(undefined, events.slice(0, half)))
        expect(replayFlow(earlier, events.slice(half))).toEqual(flow)
      }
    }
    const count = (map: Map<string, number>) => [...map.values()].reduce((sum, each) => sum + each, 0)
    const told = (map: Map<string, number>) =>
      [...map]
        .sort((a, b) => b[1] - a[1])
        .map(([name, times]) => `${name} ${times}`)
        .join(', ')
    console.log(
      [
        `releases: ${SEQUENCES} sequences of ${COMMANDS} commands from seed ${SEED}: ${count(accepted)} accepted, ${count(refused)} refused`,
        `  ${told(accepted)}`,
        `  ${told(refused)}`,
      ].join('\n'),
    )
    expect(Object.keys(REFUSAL_TABLE)).toEqual(expect.arrayContaining([...refused.keys()]))
    // A short run says nothing about what it did not come to.
    if (SEQUENCES < 400) return
    const never = COMMAND_TYPES.filter((type) => !accepted.has(type))
    expect(never).toEqual(['createWorkspace'])
  })
})
