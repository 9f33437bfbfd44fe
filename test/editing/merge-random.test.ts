import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { serialiseDocument } from '../../src/document/index.ts'
import { applyCommand, type Draft, mergeDocuments, openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { Dice, generateFlow } from '../fuzz/generate-flow.ts'
import { flow } from '../support/flow.ts'
import { checkIdentities, checkMerge, newErrors } from './merge-laws.ts'
import { BASE, randomCommand } from './random-commands.ts'

/** How many merges are made, and the text that the seeds begin with: `MERGE_RUNS=50000 MERGE_SEED=mine`. */
const MERGES = Number(process.env.MERGE_RUNS ?? 1_000)
const SEED = process.env.MERGE_SEED ?? 'sluice'

function edited(draft: Draft, dice: Dice, most: number): Draft {
  let result = draft
  let left = 1 + dice.below(most)
  while (left > 0) {
    const command = randomCommand(dice, result)
    // Another flow in the place of this one is no edit of it; now and then somebody does it all the same.
    if (command.type === 'replace' && !dice.chance(0.05)) continue
    const edit = applyCommand(result, command)
    if (!edit.ok || edit.patches.length === 0) continue
    result = edit.draft
    left--
  }
  return result
}

describe('random merges', () => {
  it(`keep every law (${MERGES} merges from seed ${SEED})`, { timeout: 3_600_000 }, () => {
    const kinds = new Map<string, number>()
    const counts = { clean: 0, renamed: 0, missedWithoutValidation: 0, cleanWithoutValidation: 0 }
    for (let run = 0; run < MERGES; run++) {
      const dice = new Dice(seededRandom(`${SEED}:${run}`))
      try {
        const start = dice.chance(0.8) ? flow(BASE) : generateFlow(dice).main
        const base = edited(openDraft(start, { nodes: palette }), dice, 6)
        const most = dice.pick([1, 3, 6, 12])
        const [a, b] = [edited(base, dice, most).document, edited(base, dice, most).document]
        const merged = checkMerge(base.document, a, b)
        if (run % 10 === 0) checkIdentities(base.document, a)
        for (const { kind } of merged.conflicts) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        counts.clean += Number(merged.clean)
        counts.renamed += merged.renamed.length
        const blind = mergeDocuments(base.document, a, b, { nodes: palette })
        expect(serialiseDocument(blind.document)).toBe(serialiseDocument(merged.document))
        counts.cleanWithoutValidation += Number(blind.clean)
        counts.missedWithoutValidation += Number(blind.clean && newErrors(blind, a, b).length > 0)
      } catch (error) {
        throw new Error(`seed ${SEED}:${run}`, { cause: error })
      }
    }
    console.log(
      [
        `merging: ${MERGES} merges from seed ${SEED}, ${counts.clean} clean, ${counts.renamed} nodes renamed`,
        `  ${[...kinds].map(([kind, times]) => `${kind} ${times}`).join(', ')}`,
        `  without validation ${counts.cleanWithoutValidation} clean, of which ${counts.missedWithoutValidation} have a new error`,
      ].join('\n'),
    )
    expect(counts.clean).toBeGreaterThan(MERGES / 10)
  })
})
