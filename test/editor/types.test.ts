import { expectTypeOf, it } from 'vitest'
import { createEditor, type Editor, type EditorSnapshot } from '../../src/editor/index.ts'
import type { Diagnostic, FlowDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { done, open, SMALL, SUPPORT } from './helpers.ts'

/** What React declares, as far as an editor has to do with it. */
declare function useSyncExternalStore<Snapshot>(
  subscribe: (onStoreChange: () => void) => () => void,
  getSnapshot: () => Snapshot,
): Snapshot

it('has the shape that frameworks ask for', () => {
  const editor = createEditor(SUPPORT, { nodes: palette })
  const use = () => useSyncExternalStore(editor.subscribe, editor.getSnapshot)
  expectTypeOf(use).returns.toEqualTypeOf<EditorSnapshot>()
  expectTypeOf<EditorSnapshot['document']>().toEqualTypeOf<FlowDocument>()
  expectTypeOf<EditorSnapshot['diagnostics']>().toEqualTypeOf<readonly Diagnostic[]>()
})

it('takes plain objects for commands, and tells refusals by ok', () => {
  const editor: Editor = open(SMALL)
  const command = { type: 'label', node: 'hello', label: 'a' }
  const verdict = editor.can(command)
  if (!verdict.ok) expectTypeOf(verdict.reason).toBeString()
  expectTypeOf(done(editor.apply(command)).revision).toBeNumber()
})
