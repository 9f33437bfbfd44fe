import { equalJson, type Json } from '../base/json.ts'
import { systemClock } from '../base/ports.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { formatDiagnostic } from '../diagnostics/format-diagnostics.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import { canApply } from '../editing/apply-command.ts'
import { applyPatches } from '../editing/apply-patches.ts'
import type { EditCommand } from '../editing/command.ts'
import { openDraft } from '../editing/draft.ts'
import type { Fragment } from '../editing/fragment.ts'
import { refuse } from '../editing/refusal.ts'
import { connectableTargets, layoutCommand } from './canvas.ts'
import { createSaving } from './create-saving.ts'
import type { Editor, EditorOptions } from './editor.ts'
import { factsAt } from './field-facts.ts'
import { focusOf } from './focus.ts'
import { handlesIn } from './handles.ts'
import { throwLater } from './listeners.ts'
import { LivePane } from './live-pane.ts'
import { type PaletteModel, paletteModel } from './palette-model.ts'
import { searchDraft } from './search.ts'
import {
  addedBy,
  duplicationOf,
  fragmentOf,
  joinSelections,
  NOTHING_SELECTED,
  removalOf,
} from './selection.ts'
import { Store } from './store.ts'

/**
 * Opens a flow for editing. Throws `editor.document` for what cannot be read as a document; whatever is wrong with a flow
 * that can be read is data.
 *
 * @example
 * const editor = createEditor(flow, { nodes: palette })
 * editor.subscribe(() => draw(editor.getSnapshot()))
 * const edit = editor.apply({ type: 'connect', from: { node: 'menu', outcome: '1' }, to: 'balance' })
 * if (!edit.ok) show(edit.reason)
 */
export function createEditor(flow: FlowDocument | object | string, options: EditorOptions): Editor {
  const { nodes, languages, policy = {}, history = {}, revision = 0 } = options ?? {}
  const { clock = systemClock, onListenerError = throwLater } = options ?? {}
  if (typeof nodes?.[Symbol.iterator] !== 'function') {
    throw new SluiceError({
      code: 'editor.nodes',
      problem: 'No node types were passed',
      next: 'Pass { nodes: palette }, with palette from sluice/palette',
    })
  }
  const draft = openDraft(readFlow(flow), { nodes, languages })
  const store = new Store(draft, { clock, history, policy, savedRevision: revision, onListenerError })
  const { registry } = draft.context
  const saving = createSaving(store, options)
  let clipboard: Fragment | undefined
  let palette: PaletteModel | undefined
  const pane = new LivePane()

  const editor: Editor = {
    getSnapshot: () => store.snapshot,
    subscribe: (listener) => store.changes.add(listener),
    onPatches: (listener) => store.patches.add(listener),

    can(command, canOptions) {
      store.checkUsable()
      return canApply(store.draft, command, canOptions)
    },
    apply: (command, applyOptions) => store.apply(command, applyOptions),
    undo: () => store.travel('undo'),
    redo: () => store.travel('redo'),
    applyRemote(patches) {
      store.checkUsable()
      const edit = applyPatches(store.draft, patches)
      return edit.ok ? store.takeOver(edit, 'remote') : edit
    },

    select(selection, { add = false } = {}) {
      store.select(joinSelections(add ? store.selection : NOTHING_SELECTED, selection))
    },
    selectAll: () => store.select(store.draft.order),
    copy() {
      clipboard = fragmentOf(store.draft, store.selection)
      return clipboard
    },
    cut() {
      const fragment = fragmentOf(store.draft, store.selection)
      const edit = store.apply(removalOf(store.draft, store.selection), { label: 'cut' })
      if (!edit.ok) return edit
      clipboard = fragment
      return { ...edit, fragment }
    },
    paste({ fragment = clipboard, at } = {}) {
      if (fragment === undefined) {
        store.checkUsable()
        return refuse('edit.badCommand', { fault: 'nothing has been copied to be pasted' })
      }
      const command = { type: 'paste', fragment, ...(at === undefined ? {} : { at }) } as EditCommand
      return store.apply(command, {}, ({ patches }) => addedBy(patches))
    },
    removeSelection: () => store.apply(removalOf(store.draft, store.selection)),
    duplicateSelection: () =>
      store.apply(duplicationOf(store.draft, store.selection), { label: 'duplicate' }, ({ patches }) =>
        addedBy(patches),
      ),

    pane: () => pane.of(store.snapshot.diagnostics, store.draft),
    focus(entry) {
      const target = 'focus' in entry ? entry.focus : focusOf(entry)
      const only = (id: string | undefined) => (id === undefined ? [] : [id])
      store.select({
        nodes: only(target.node),
        connectors: target.node === undefined ? only(target.connector) : [],
        notes: only(target.note),
      })
      return target
    },
    fix(entry) {
      store.checkUsable()
      const diagnostic = 'diagnostic' in entry ? entry.diagnostic : entry
      const current = findAgain(diagnostic, store.snapshot.diagnostics)
      if (current === undefined) return refuse('edit.conflict', { path: placeOf(diagnostic) })
      if (current.fix === undefined) return refuse('edit.badCommand', { fault: 'the diagnostic has no fix' })
      const { commands, title } = current.fix
      const command = commands.length === 1 ? commands[0]! : { type: 'batch', commands }
      return store.apply(command, { label: title })
    },

    palette() {
      palette ??= paletteModel(registry)
      return palette
    },
    handles: (node) => handlesIn(store.draft, node),
    complete(place, source, offset) {
      const facts = factsAt(store.draft, place)
      const language = facts && store.draft.context.languages.get(facts.language)
      return (
        language?.complete?.(facts!.kind, source, offset, store.diagnostics.scope) ?? {
          range: { start: offset, end: offset },
          items: [],
        }
      )
    },
    hover(place, source, offset) {
      const facts = factsAt(store.draft, place)
      const language = facts && store.draft.context.languages.get(facts.language)
      return language?.hover?.(facts!.kind, source, offset, store.diagnostics.scope)
    },

    canConnect: (from, to) => editor.can({ type: 'connect', from, to }),
    connectableTargets: (from) => connectableTargets(store.draft, from),
    autoLayout({ direction, selectionOnly = false } = {}) {
      const only = selectionOnly ? store.selection.nodes : undefined
      return store.apply(layoutCommand(store.draft, only, direction), { label: 'layout' })
    },
    search: (text, searchOptions) => searchDraft(store.draft, text, searchOptions),

    save: () => saving.save(),
    rebase: ({ document, revision: stored }, { keepMine = false } = {}) =>
      saving.rebase(readStored(document, draft.parts.flow.id), stored, keepMine),
    reload: ({ document, revision: stored }) =>
      saving.reload(readStored(document, draft.parts.flow.id), stored),
    close({ discard = false } = {}) {
      if (store.isClosed) return { ok: true }
      if (store.unsaved.isDirty && !discard) return refuse('edit.unsaved')
      saving.stop()
      store.close()
      return { ok: true }
    },
  }
  return editor
}

function readFlow(flow: unknown): FlowDocument {
  const parsed = parseDocument(flow)
  if (parsed.ok) return parsed.value
  throw new SluiceError({
    code: 'editor.document',
    problem: `The flow cannot be read: ${formatDiagnostic(parsed.error[0]!)}`,
    next: 'Pass a flow document, or see what parseDocument says of it',
  })
}

function readStored(document: unknown, id: string): FlowDocument {
  const read = readFlow(document)
  if (read.id === id) return read
  throw new SluiceError({
    code: 'editor.otherFlow',
    problem: `The stored document is of the flow ${read.id}, and the editor holds ${id}`,
    next: 'Create another editor for it',
  })
}

/** The same diagnostic as it is now: it may have another fix, where an end that it would have added is there already. */
function findAgain(diagnostic: Diagnostic, now: readonly Diagnostic[]): Diagnostic | undefined {
  if (now.includes(diagnostic)) return diagnostic
  const { code, location, details = {} } = diagnostic
  const same = now.filter((each) => each.code === code && equalJson(json(each.location), json(location)))
  return same.find((each) => equalJson(each.details ?? {}, details)) ?? same[0]
}

function json(value: object): Json {
  return value as unknown as Json
}

/** Where a diagnostic was, for people. */
function placeOf({ location: { node, outcome, connector, path = [] } }: Diagnostic): string {
  const place = [node, node === undefined ? connector : outcome, ...path].filter((part) => part !== undefined)
  return place.length === 0 ? 'The flow' : place.join('.')
}
