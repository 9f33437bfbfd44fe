import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { seededRandom } from '../../src/base/random.ts'
import { openDraft } from '../../src/editing/index.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import { LiveValidation } from '../../src/validation/index.ts'
import { Dice } from '../fuzz/generate-flow.ts'
import { missing, readStudio, reason, studioFiles } from '../interchange/corpora.ts'
import { checkLaws } from './laws.ts'
import { randomCommand } from './random-commands.ts'

/** Commands that are given to each flow. */
const COMMANDS = 40

describe.skipIf(missing)(`flows that strangers drew${reason}`, () => {
  it.each(studioFiles())('%s keeps every law under random commands', { timeout: 60_000 }, (name) => {
    const imported = importFlow(readStudio(name))
    if (!imported.ok) throw new Error(`${name} could not be imported`)
    const languages = [liquid]
    let draft = openDraft(imported.value.flow, { nodes: palette, languages })
    const live = new LiveValidation(draft)
    const dice = new Dice(seededRandom(`strangers:${name}`))
    let changed = 0
    for (let n = 0; n < COMMANDS; n++) {
      const outcome = checkLaws(draft, randomCommand(dice, draft), live)
      draft = outcome.draft
      if (outcome.changed) changed++
    }
    expect(changed).toBeGreaterThan(COMMANDS / 4)
  })

  it.each(studioFiles())('%s has each of its variables renamed, and back, to the byte', (name) => {
    const imported = importFlow(readStudio(name))
    if (!imported.ok) throw new Error(`${name} could not be imported`)
    let draft = openDraft(imported.value.flow, { nodes: palette, languages: [liquid] })
    const live = new LiveValidation(draft)
    const before = live.diagnostics
    for (const variable of draft.settings.variables ?? []) {
      const renamed = checkLaws(
        draft,
        { type: 'renameVariable', name: variable.name, to: 'renamed_for_once' },
        live,
      )
      expect(renamed.refused).toBeUndefined()
      expect(live.diagnostics.map(({ code }) => code)).toEqual(before.map(({ code }) => code))
      const back = checkLaws(
        renamed.draft,
        { type: 'renameVariable', name: 'renamed_for_once', to: variable.name },
        live,
      )
      expect(back.draft.document).toEqual(draft.document)
      draft = back.draft
    }
  })
})
