import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { COMMAND_TYPES, EDIT_REFUSALS, openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { LiveValidation } from '../../src/validation/index.ts'
import { Dice } from '../fuzz/generate-flow.ts'
import { flow } from '../support/flow.ts'
import { checkLaws } from './laws.ts'
import { BASE, randomCommand } from './random-commands.ts'

/** How many commands are given, and the text that the seeds begin with: `EDIT_RUNS=50000 EDIT_SEED=mine`. */
const COMMANDS = Number(process.env.EDIT_RUNS ?? 3_000)
const SEED = process.env.EDIT_SEED ?? 'sluice'
const PER_FLOW = 50

describe('random commands', () => {
  it(`[DOC-18] [VAL-15] keep every law (${COMMANDS} commands from seed ${SEED})`, {
    timeout: 3_600_000,
  }, () => {
    const applied = new Map<string, number>()
    const refused = new Map<string, number>()
    const codes = new Set<string>()
    for (let run = 0; run * PER_FLOW < COMMANDS; run++) {
      const dice = new Dice(seededRandom(`${SEED}:${run}`))
      let draft = openDraft(flow(BASE), { nodes: palette })
      const live = new LiveValidation(draft)
      for (let n = 0; n < PER_FLOW; n++) {
        const command = randomCommand(dice, draft)
        try {
          const outcome = checkLaws(draft, command, live)
          draft = outcome.draft
          for (const { code } of live.diagnostics) codes.add(code)
          if (outcome.refused !== undefined)
            refused.set(outcome.refused, (refused.get(outcome.refused) ?? 0) + 1)
          else if (outcome.changed) applied.set(command.type, (applied.get(command.type) ?? 0) + 1)
        } catch (error) {
          throw new Error(`seed ${SEED}:${run}, command ${n}: ${JSON.stringify(command)}`, { cause: error })
        }
      }
    }
    const count = (map: Map<string, number>) => [...map.values()].reduce((sum, each) => sum + each, 0)
    console.log(
      [
        `editing: ${COMMANDS} commands from seed ${SEED}, ${count(applied)} changed the flow, ${count(refused)} were refused`,
        `  ${codes.size} codes were found on the way: ${[...codes].sort().join(', ')}`,
        `  ${[...refused].map(([code, times]) => `${code} ${times}`).join(', ')}`,
      ].join('\n'),
    )
    // A short run says nothing about what it did not come to.
    if (COMMANDS < 3_000) return
    expect([...applied.keys()].sort()).toEqual([...COMMAND_TYPES].sort())
    expect(codes.size).toBeGreaterThanOrEqual(30)
    expect(Object.keys(EDIT_REFUSALS)).toEqual(expect.arrayContaining([...refused.keys()]))
  })
})
