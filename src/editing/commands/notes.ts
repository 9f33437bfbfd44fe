import type { AddNoteCommand, ChangeNoteCommand } from '../command.ts'
import { freshNoteId } from '../fresh-ids.ts'
import type { Transaction } from '../transaction.ts'
import { withMember } from './nodes.ts'

export function addNote(tx: Transaction, { note: { id, ...note } }: AddNoteCommand): void {
  if (id !== undefined && tx.get('notes', id) !== undefined) tx.refuse('edit.idTaken', { id })
  if (typeof note.node === 'string') tx.node(note.node)
  tx.putNote({ ...note, id: id ?? freshNoteId(tx) })
}

export function changeNote(tx: Transaction, { note: id, text, node }: ChangeNoteCommand): void {
  let note = tx.note(id)
  if (typeof node === 'string') tx.node(node)
  if (text !== undefined) note = withMember(note, 'text', text)
  if (node !== undefined) note = withMember(note, 'node', node ?? undefined)
  tx.putNote(note)
}
