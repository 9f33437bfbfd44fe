import type { Edit } from './apply-command.ts'
import { applyPatches } from './apply-patches.ts'
import type { EditCommand } from './command.ts'
import type { Draft } from './draft.ts'
import { invertPatches, joinPatches, type Patch } from './patch.ts'
import { type EditRefusal, refuse } from './refusal.ts'

/** One step to undo: an edit, or several that belong together. */
export interface HistoryStep {
  /** The commands that made it, as a person would name them: their types. */
  readonly commands: readonly string[]
  readonly patches: readonly Patch[]
  /** When its last edit was made: milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  /** What the next edit has to do to belong to the same step. */
  readonly mergeKey?: string
}

/** What can be undone and redone, the latest last. Immutable, and plain JSON. */
export interface History {
  readonly undo: readonly HistoryStep[]
  readonly redo: readonly HistoryStep[]
}

export interface HistoryOptions {
  /** Edits of the same thing within this time make one step. Default 500. */
  readonly mergeWithinMs?: number | undefined
  /** Older steps are forgotten. Default 1,000. */
  readonly maxSteps?: number | undefined
}

/** What `undo` and `redo` give. */
export interface Undone extends Edit {
  readonly history: History
}

export const NO_HISTORY: History = { undo: [], redo: [] }

/**
 * The history with one more edit. Dragging and typing make many edits of the same thing: those that follow each other
 * within `mergeWithinMs`, with no other edit between them, become one step.
 */
export function recordEdit(
  { undo }: History,
  command: EditCommand,
  patches: readonly Patch[],
  at: number,
  { mergeWithinMs = 500, maxSteps = 1_000 }: HistoryOptions = {},
): History {
  const mergeKey = mergeKeyOf(command)
  const last = undo.at(-1)
  const merges =
    last !== undefined &&
    mergeKey !== undefined &&
    last.mergeKey === mergeKey &&
    at - last.at <= mergeWithinMs
  const step: HistoryStep = {
    commands: [command.type],
    patches: merges ? joinPatches(last.patches, patches) : patches,
    at,
    ...(mergeKey === undefined ? {} : { mergeKey }),
  }
  const kept = merges ? undo.slice(0, -1) : undo
  // What was dragged back to where it was leaves nothing to undo.
  return { undo: step.patches.length === 0 ? kept : [...kept, step].slice(-maxSteps), redo: [] }
}

/** Takes back the last step. Refused where somebody else has changed what it touched since. */
export function undo(draft: Draft, history: History): Undone | EditRefusal {
  const step = history.undo.at(-1)
  if (step === undefined) return refuse('edit.nothingToUndo')
  const edit = applyPatches(draft, invertPatches(step.patches))
  if (!edit.ok) return edit
  return { ...edit, history: { undo: history.undo.slice(0, -1), redo: [...history.redo, sealed(step)] } }
}

/** Makes the step that was undone last again. */
export function redo(draft: Draft, history: History): Undone | EditRefusal {
  const step = history.redo.at(-1)
  if (step === undefined) return refuse('edit.nothingToRedo')
  const edit = applyPatches(draft, step.patches)
  if (!edit.ok) return edit
  return { ...edit, history: { undo: [...history.undo, sealed(step)], redo: history.redo.slice(0, -1) } }
}

/** A step that nothing more is merged into. */
function sealed({ mergeKey: _key, ...step }: HistoryStep): HistoryStep {
  return step
}

/** The same for edits of the same thing; none for edits that stand by themselves. */
function mergeKeyOf(command: EditCommand): string | undefined {
  switch (command.type) {
    case 'move':
      return JSON.stringify(['move', Object.keys(command.nodes ?? {}), Object.keys(command.notes ?? {})])
    case 'configure':
      return command.path === undefined
        ? undefined
        : JSON.stringify(['configure', command.node, command.path])
    case 'label':
      return JSON.stringify(['label', command.node, command.connector])
    case 'changeNote':
      return command.text === undefined ? undefined : JSON.stringify(['changeNote', command.note])
    case 'changeSettings':
      return JSON.stringify(['changeSettings', command.path])
    case 'describe':
      return JSON.stringify(['describe', Object.keys(command)])
    default:
      return undefined
  }
}
