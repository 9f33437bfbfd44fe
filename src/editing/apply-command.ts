import { checkJson } from '../base/check-json.ts'
import type { Json, JsonObject } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import { explain } from '../document/parse-document.ts'
import type { EditCommand } from './command.ts'
import { COMMAND_SCHEMAS, COMMAND_TYPES } from './command-schema.ts'
import { connect, disconnect, reconnect } from './commands/connectors.ts'
import { duplicate, paste } from './commands/copies.ts'
import {
  addFlowOutcome,
  changeFlowOutcome,
  removeFlowOutcome,
  renameFlowOutcome,
} from './commands/flow-outcomes.ts'
import { changeType, configure, label, move, remove, setActions, setMeta } from './commands/nodes.ts'
import { addNote, changeNote } from './commands/notes.ts'
import { add, insert } from './commands/placing.ts'
import { replace } from './commands/replace.ts'
import { changeSettings, describe } from './commands/settings.ts'
import { addVariable, changeVariable, removeVariable, renameVariable } from './commands/variables.ts'
import type { Draft } from './draft.ts'
import type { Patch } from './patch.ts'
import { type EditRefusal, Refused, refuse } from './refusal.ts'
import { Transaction } from './transaction.ts'

/** What an edit has made. */
export interface Edit {
  readonly ok: true
  readonly draft: Draft
  /** What has changed; none where the command changed nothing, the draft is the same then. */
  readonly patches: readonly Patch[]
}

export interface EditOptions {
  /** The revision that the command was made for; where the draft has another one, it is refused as stale. */
  readonly revision?: number | undefined
}

/** Whether a command would be applied. */
export type Verdict = { readonly ok: true } | EditRefusal

/** Batches in batches. */
const MAX_NESTING = 16

const COMMANDS: {
  readonly [Type in Exclude<EditCommand['type'], 'batch'>]: (
    tx: Transaction,
    command: Extract<EditCommand, { readonly type: Type }>,
  ) => unknown
} = {
  add,
  remove,
  move,
  label,
  configure,
  changeType,
  setActions,
  setMeta,
  connect,
  disconnect,
  reconnect,
  insert,
  duplicate,
  paste,
  addNote,
  changeNote,
  describe,
  changeSettings,
  addVariable,
  changeVariable,
  renameVariable,
  removeVariable,
  addFlowOutcome,
  changeFlowOutcome,
  renameFlowOutcome,
  removeFlowOutcome,
  replace,
}

/** Whether `applyCommand` would apply a command, and if not why: the same code answers both. */
export function canApply(draft: Draft, command: EditCommand | JsonObject, options?: EditOptions): Verdict {
  const edit = applyCommand(draft, command, options)
  return edit.ok ? { ok: true } : edit
}

/**
 * Applies one command to a draft. A command that names what is not there, that would break the document, or that was
 * made for another revision is refused as data; the draft that was passed never changes.
 *
 * @example
 * const edit = applyCommand(draft, { type: 'configure', node: 'menu', path: ['prompt'], value: 'Press 1.' })
 * if (!edit.ok) console.error(edit.code, edit.reason)
 */
export function applyCommand(
  draft: Draft,
  command: EditCommand | JsonObject,
  { revision = draft.revision }: EditOptions = {},
): Edit | EditRefusal {
  if (revision !== draft.revision) {
    return refuse('edit.stale', { revision: draft.revision, expected: revision })
  }
  return transact(draft, (tx) => perform(tx, readCommand(command as Json), 0))
}

/** Runs one transaction, and turns what refuses it into data. */
export function transact(draft: Draft, work: (tx: Transaction) => void): Edit | EditRefusal {
  const tx = new Transaction(draft)
  try {
    work(tx)
    return { ok: true, ...tx.commit() }
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

function perform(tx: Transaction, command: EditCommand, depth: number): void {
  if (command.type === 'batch') {
    if (depth >= MAX_NESTING)
      tx.refuse('edit.badCommand', { fault: `batches nest more than ${MAX_NESTING} deep` })
    for (const each of command.commands) perform(tx, checkForm(each as unknown as JsonObject), depth + 1)
  } else (COMMANDS[command.type] as (tx: Transaction, command: EditCommand) => unknown)(tx, command)
}

/** A command of one's own, that nobody changes afterwards: it is checked, and copied. */
function readCommand(command: Json): EditCommand {
  const unsafe = checkJson(command)
  if (unsafe !== undefined) {
    const at = unsafe.path.length === 0 ? 'the command' : unsafe.path.join('.')
    throw new Refused(refuse('edit.badCommand', { fault: `${at} holds ${unsafe.got}`, at: unsafe.path }))
  }
  return checkForm(normaliseJson(command))
}

function checkForm(command: Json): EditCommand {
  const type = (command as JsonObject | null)?.type
  if (typeof type !== 'string') {
    throw new Refused(refuse('edit.badCommand', { fault: 'it has no type' }))
  }
  if (!Object.hasOwn(COMMAND_SCHEMAS, type)) {
    const suggestion = nearest(type, COMMAND_TYPES)
    throw new Refused(refuse('edit.badCommand', { fault: `there is no command ${type}`, suggestion }))
  }
  const schema = COMMAND_SCHEMAS[type as keyof typeof COMMAND_SCHEMAS]
  const parsed = schema.safeParse(command)
  if (!parsed.success) {
    const fault = explain(parsed.error, command, schema)[0]!
    throw new Refused(refuse('edit.badCommand', { fault: fault.message, at: fault.location.path ?? [] }))
  }
  return command as unknown as EditCommand
}
