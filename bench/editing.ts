import { existsSync } from 'node:fs'
import type { FlowDocument, FlowNode } from '../src/document/flow-document.ts'
import type { EditCommand } from '../src/editing/command.ts'
import type * as Editing from '../src/editing/index.ts'
import type * as Palette from '../src/palette/index.ts'
import type * as Validation from '../src/validation/index.ts'
import type { Contestant, Workload } from './measure.ts'

/** Nodes of the flows that are edited. */
export const EDITED_SIZES = [10, 100, 1_000, 10_000] as const

/** What is done to a flow, by the ids of the workloads: `edit-move-1000`. */
export const EDITS = ['move', 'type', 'connect', 'delete', 'paste'] as const

/** Steps to undo whose memory is counted, on a flow of this many nodes. */
export const UNDO_STEPS = 1_000
const UNDO_NODES = 1_000

const PASTED = 100

export interface EditingModules {
  readonly editing: typeof Editing
  readonly palette: typeof Palette
  readonly validation: typeof Validation
}

/** The built package; `undefined` where it has not been built. */
export async function loadEditing(): Promise<EditingModules | undefined> {
  const at = (room: string) => new URL(`../dist/${room}/index.js`, import.meta.url)
  if (!existsSync(at('editing'))) return undefined
  const [editing, palette, validation] = await Promise.all(
    ['editing', 'palette', 'validation'].map((room) => import(at(room).href)),
  )
  return { editing, palette, validation } as EditingModules
}

/**
 * Edits with the validation that follows them, beside the same edits with validation from scratch. Each run does and
 * undoes, so that the flow stays as it is; a figure is that of one edit.
 */
export function editingWorkloads(modules: EditingModules): readonly Workload[] {
  const workloads = EDITED_SIZES.flatMap((n) =>
    EDITS.map(
      (edit): Workload => ({
        id: `edit-${edit}-${n}`,
        title: `${edit}${edit === 'paste' ? ` ${PASTED} nodes` : ''}, in a flow of ${n.toLocaleString('en')}: edit, check, undo, check; a half of it`,
        unit: 'µs',
        per: 2,
        contestants: [
          lazily('sluice', () => editAndFollow(modules, edit, n)),
          ...(n <= 1_000 ? [lazily('checked from scratch', () => editAndValidate(modules, edit, n))] : []),
        ],
      }),
    ),
  )
  const full = EDITED_SIZES.map(
    (n): Workload => ({
      id: `validate-${n}`,
      title: `validate a flow of ${n.toLocaleString('en')} from scratch`,
      unit: 'µs',
      per: 1,
      contestants: [lazily('sluice', () => validateAll(modules, n))],
    }),
  )
  return [...workloads, ...full]
}

/** A history of edits, and the draft that it leads to: what an editor holds in memory. */
export function makeHistory({ editing, palette }: EditingModules): unknown {
  let draft = editing.openDraft(flowOf(UNDO_NODES), { nodes: palette.palette })
  let history = editing.NO_HISTORY
  for (let step = 0; step < UNDO_STEPS; step++) {
    const command = commandFor(step % 2 === 0 ? 'type' : 'move', UNDO_NODES, step)
    const edit = editing.applyCommand(draft, command)
    if (!edit.ok) throw new Error(edit.reason)
    // Seconds apart, so that no two edits become one step.
    history = editing.recordEdit(history, command, edit.patches, step * 10_000)
    draft = edit.draft
  }
  if (history.undo.length !== UNDO_STEPS) throw new Error(`${history.undo.length} steps`)
  return { draft, history }
}

/** What the same flow takes without any history. */
export function makeDraft({ editing, palette }: EditingModules): unknown {
  return editing.openDraft(flowOf(UNDO_NODES), { nodes: palette.palette })
}

type Edit = (typeof EDITS)[number]

function editAndFollow(
  { editing, validation, palette }: EditingModules,
  edit: Edit,
  n: number,
): () => unknown {
  let draft = editing.openDraft(flowOf(n), { nodes: palette.palette })
  const command = edit === 'paste' ? pasteInto(editing, draft, n) : commandFor(edit, n, 0)
  const live = new validation.LiveValidation(draft)
  if (live.diagnostics.length > 0) throw new Error(live.diagnostics[0]!.message)
  return () => {
    const done = editing.applyCommand(draft, command)
    if (!done.ok) throw new Error(done.reason)
    live.follow(done.draft, done.patches)
    const found = live.diagnostics
    const undone = editing.applyPatches(done.draft, editing.invertPatches(done.patches))
    if (!undone.ok) throw new Error(undone.reason)
    live.follow(undone.draft, undone.patches)
    draft = undone.draft
    return [found, live.diagnostics]
  }
}

function editAndValidate(
  { editing, validation, palette }: EditingModules,
  edit: Edit,
  n: number,
): () => unknown {
  let draft = editing.openDraft(flowOf(n), { nodes: palette.palette })
  const command = edit === 'paste' ? pasteInto(editing, draft, n) : commandFor(edit, n, 0)
  return () => {
    const done = editing.applyCommand(draft, command)
    if (!done.ok) throw new Error(done.reason)
    const found = validation.validate(done.draft.document, { nodes: palette.palette })
    const undone = editing.applyPatches(done.draft, editing.invertPatches(done.patches))
    if (!undone.ok) throw new Error(undone.reason)
    draft = undone.draft
    return [found, validation.validate(draft.document, { nodes: palette.palette })]
  }
}

function validateAll({ validation, palette }: EditingModules, n: number): () => unknown {
  const document = flowOf(n)
  return () => validation.validate(document, { nodes: palette.palette })
}

/** A command for the flow of `n` nodes; `step` makes it another one each time. */
function commandFor(edit: Exclude<Edit, 'paste'>, n: number, step: number): EditCommand {
  // The four kinds of nodes take turns: messages stand at multiples of four.
  const message = (4 * Math.floor((n / 2 + step * 7) / 4)) % Math.max(4, n - (n % 4))
  switch (edit) {
    case 'move':
      return { type: 'move', nodes: { [`n${message}`]: { x: 5 + step, y: 5 } } }
    case 'type':
      return {
        type: 'configure',
        node: `n${message}`,
        path: ['prompt'],
        value: `Hello {{name}}, ${'x'.repeat(10)}${step}`,
      }
    case 'connect':
      return { type: 'disconnect', connector: `n${message}:next` }
    case 'delete':
      return { type: 'remove', node: `n${message}` }
  }
}

function pasteInto(editing: typeof Editing, draft: Editing.Draft, n: number): EditCommand {
  const ids = Array.from({ length: Math.min(PASTED, n) }, (_, i) => `n${i}`)
  return { type: 'paste', fragment: editing.copyFragment(draft, ids) }
}

/** A flow of `n` working nodes in which nothing is wrong: messages, menus, branches and assignments in turn. */
export function flowOf(n: number): FlowDocument {
  const idOf = (index: number) => (index < n ? `n${index}` : 'done')
  const nodes: FlowNode[] = [{ id: 'start', type: 'start@1', config: {}, position: { x: 0, y: 0 } }]
  const ways: [from: string, outcome: string, to: string][] = [['start', 'next', idOf(0)]]
  for (let i = 0; i < n; i++) {
    const [type, config, outcomes] = KINDS[i % KINDS.length]!
    nodes.push({ id: idOf(i), type, config, position: { x: (i % 40) * 240, y: Math.floor(i / 40) * 120 } })
    outcomes.forEach((outcome, which) => {
      ways.push([idOf(i), outcome, which === 0 ? idOf(i + 1) : which === 1 ? idOf(i + 2) : 'lost'])
    })
  }
  nodes.push({ id: 'done', type: 'end@1', config: { outcome: 'ok' } })
  nodes.push({ id: 'lost', type: 'end@1', config: { outcome: 'lost' } })
  return {
    schema: 1,
    id: 'edited',
    name: 'Edited',
    medium: 'any',
    role: 'main',
    audience: 'interaction',
    settings: {
      variables: [
        { name: 'name', type: 'text', default: '' },
        { name: 'balance', type: 'number', default: 0 },
      ],
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: 'lost', kind: 'incomplete' },
      ],
    },
    nodes,
    connectors: ways.map(([node, outcome, to]) => ({
      id: `${node}:${outcome}`,
      from: { node, outcome },
      to,
    })),
    notes: [],
  }
}

const KINDS: readonly (readonly [string, FlowNode['config'], readonly string[]])[] = [
  ['send-message@1', { prompt: 'Hello {{name}}, you owe {{balance}}.' }, ['next']],
  [
    'menu@1',
    { prompt: 'Press 1 or 2, {{name}}.', options: [{ value: '1' }, { value: '2' }], timeout: '10s' },
    ['1', '2', 'noMatch', 'timeout'],
  ],
  ['branch@1', { rules: [{ outcome: 'high', condition: 'balance > 100 && name != ""' }] }, ['high', 'else']],
  ['set-variables@1', { assignments: [{ variable: 'balance', value: 'balance + 1' }] }, ['next']],
]

/** Prepares on the first call, so that what is not run costs nothing. */
function lazily(name: string, prepare: () => () => unknown): Contestant {
  let run: (() => unknown) | undefined
  return {
    name,
    run() {
      run ??= prepare()
      return run()
    },
  }
}
