import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { type FlowDocument, parseDocument, serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  applyPatches,
  type EditCommand,
  type History,
  openDraft,
  type Patch,
  type SavedDraft,
  saveDraft,
  undo,
} from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'

const RELEASES = new URL('../fixtures/releases/', import.meta.url)

/** Edits as a release made them, and what its editor kept of them. */
interface Recorded {
  readonly before: FlowDocument
  readonly steps: readonly { readonly command: EditCommand; readonly patches: readonly Patch[] }[]
  readonly history: History
  readonly after: FlowDocument
  readonly saved: SavedDraft
}

const kept = readdirSync(RELEASES).flatMap((release) =>
  readdirSync(new URL(`${release}/`, RELEASES))
    .filter((file) => file.endsWith('.editing.json'))
    .map((file) => [release, file.replace('.editing.json', '')] as const),
)

describe.each(kept)('what the editors of release %s kept of %s', (release, flow) => {
  const { before, steps, history, after, saved }: Recorded = JSON.parse(
    readFileSync(new URL(`${release}/${flow}.editing.json`, RELEASES), 'utf8'),
  )
  const open = (document: unknown) => {
    const parsed = parseDocument(document)
    if (!parsed.ok) throw new Error(parsed.error[0]!.message)
    return openDraft(parsed.value, { nodes: palette, languages: [liquid] })
  }

  it('its commands still do the same', () => {
    const draft = steps.reduce((each, { command, patches }) => {
      const edit = applyCommand(each, command)
      if (!edit.ok) throw new Error(edit.reason)
      expect(edit.patches).toEqual(patches)
      return edit.draft
    }, open(before))
    expect(serialiseDocument(draft.document)).toBe(serialiseDocument(after))
  })

  it('its patches still lead to the same document', () => {
    const edit = applyPatches(
      open(before),
      steps.flatMap(({ patches }) => patches),
    )
    expect(edit.ok && serialiseDocument(edit.draft.document)).toBe(serialiseDocument(after))
  })

  it('its history can still be undone to the beginning', () => {
    let [draft, left] = [open(after), history]
    while (left.undo.length > 0) {
      const undone = undo(draft, left)
      if (!undone.ok) throw new Error(undone.reason)
      draft = undone.draft
      left = undone.history
    }
    expect(serialiseDocument(draft.document)).toBe(serialiseDocument(before))
  })

  it('its saved draft can still be written to, under its lock', () => {
    const write = { document: after, revision: saved.revision, now: 2_000 }
    expect(saveDraft(saved, { ...write, by: 'ada' })).toMatchObject({ ok: true, value: { revision: 2 } })
    expect(saveDraft(saved, { ...write, by: 'bob' })).toMatchObject({
      ok: false,
      error: { code: 'edit.locked' },
    })
  })
})

it('finds what is to be read', () => {
  expect(kept.length).toBeGreaterThan(0)
})
