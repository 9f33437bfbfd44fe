import { expect, it } from 'vitest'
import { seededRandom } from '../../src/base/index.ts'
import { canApply, openDraft } from '../../src/editing/index.ts'
import { createEditor, paneOf } from '../../src/editor/index.ts'
import { serialiseDocument, validate } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { BASE, randomCommand } from '../editing/random-commands.ts'
import { Dice } from '../fuzz/generate-flow.ts'
import { flow } from '../support/flow.ts'

/** How many things are done, and the text that the seeds begin with: `EDITOR_RUNS=20000 EDITOR_SEED=mine`. */
const RUNS = Number(process.env.EDITOR_RUNS ?? 1_200)
const SEED = process.env.EDITOR_SEED ?? 'sluice'
const PER_FLOW = 40

/** How often a rebase came to what. */
const rebases = new Map<string, number>()

/**
 * Somebody edits, undoes, redoes, selects and saves, and a collaborator edits as well. After each thing that is done,
 * all that the editor tells of the flow is what is told from scratch.
 */
async function session(dice: Dice, steps: number): Promise<void> {
  let saved = flow(BASE)
  const editor = createEditor(flow(BASE), {
    nodes: palette,
    clock: { now: () => 0 },
    history: { mergeWithinMs: dice.chance(0.5) ? 500 : -1 },
    async save({ document, revision }) {
      saved = document
      return { ok: true, revision: revision + 1 }
    },
  })
  const twin = createEditor(flow(BASE), { nodes: palette })
  let told = Promise.resolve()
  editor.onPatches(({ patches, revision }) => {
    expect(twin.applyRemote(patches)).toMatchObject({ ok: true, revision })
  })
  for (let step = 0; step < steps; step++) {
    const { document, revision } = editor.getSnapshot()
    const draft = openDraft(document, { nodes: palette })
    const command = randomCommand(dice, draft)
    const ids = () => dice.some(0, 3, () => dice.pick(document.nodes).id)
    const deed = dice.pick([
      'edit',
      'edit',
      'edit',
      'undo',
      'redo',
      'select',
      'paste',
      'remove',
      'remote',
      'save',
      'fix',
      'rebase',
      'reload',
    ])
    if (deed === 'edit') {
      expect(editor.can(command)).toEqual(canApply(draft, command))
      const edit = editor.apply(command)
      if (!edit.ok) expect(editor.getSnapshot().revision).toBe(revision)
    } else if (deed === 'undo') editor.undo()
    else if (deed === 'redo') editor.redo()
    else if (deed === 'select' && document.nodes.length > 0) editor.select({ nodes: ids() })
    else if (deed === 'paste') {
      editor.copy()
      editor.paste()
    } else if (deed === 'remove') editor.removeSelection()
    else if (deed === 'remote') {
      const other = createEditor(document, { nodes: palette })
      const edit = other.apply(command)
      if (edit.ok) expect(editor.applyRemote(edit.patches).ok).toBe(true)
    } else if (deed === 'save') told = editor.save().then(() => undefined)
    else if (deed === 'fix' && editor.getSnapshot().diagnostics.length > 0) {
      const diagnostic = dice.pick(editor.getSnapshot().diagnostics)
      expect(editor.fix(diagnostic).ok).toBe(diagnostic.fix !== undefined)
    } else if (deed === 'rebase' || deed === 'reload') {
      const other = createEditor(saved, { nodes: palette })
      for (let n = dice.below(12); n > 0; n--) {
        other.apply(randomCommand(dice, openDraft(other.getSnapshot().document, { nodes: palette })))
      }
      const stored = { document: other.getSnapshot().document, revision: 1_000 + step }
      const result =
        deed === 'reload' ? editor.reload(stored) : editor.rebase(stored, { keepMine: dice.chance(0.4) })
      if (deed === 'reload') expect(result.ok).toBe(true)
      if (result.ok) saved = stored.document
      else {
        expect(['edit.conflict', 'edit.outcomeTaken']).toContain(result.code)
        expect(editor.getSnapshot().revision).toBe(revision)
      }
      const came = result.ok ? 'done' : result.code
      if (deed === 'rebase') rebases.set(came, (rebases.get(came) ?? 0) + 1)
    }
    await told
    // Not after every step, so that several edits are followed at once as well.
    if (dice.chance(0.5)) check(editor, saved)
  }
  check(editor, saved)
  expect(serialiseDocument(twin.getSnapshot().document)).toBe(
    serialiseDocument(editor.getSnapshot().document),
  )
}

function check(editor: ReturnType<typeof createEditor>, saved: ReturnType<typeof flow>): void {
  const { document, diagnostics, isDirty, selection } = editor.getSnapshot()
  expect(diagnostics).toEqual(validate(document, { nodes: palette }))
  expect(editor.pane()).toEqual(paneOf(diagnostics, document, palette))
  expect(isDirty).toBe(serialiseDocument(document) !== serialiseDocument(saved))
  const nodes = new Set(document.nodes.map(({ id }) => id))
  expect(selection.nodes.filter((id) => !nodes.has(id))).toEqual([])
}

it(`[DOC-18] [VAL-15] [DOC-13] an editor tells what holds from scratch (${RUNS} deeds from seed ${SEED})`, {
  timeout: 3_600_000,
}, async () => {
  for (let run = 0; run * PER_FLOW < RUNS; run++) {
    try {
      await session(new Dice(seededRandom(`${SEED}:${run}`)), PER_FLOW)
    } catch (error) {
      throw new Error(`seed ${SEED}:${run}`, { cause: error })
    }
  }
  console.log(`editor: ${RUNS} deeds; rebases: ${[...rebases].map((each) => each.join(' ')).join(', ')}`)
  expect(rebases.get('done')).toBeGreaterThan(0)
})
