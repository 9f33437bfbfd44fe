import { parseDocument } from '../../document/parse-document.ts'
import type { ReplaceCommand } from '../command.ts'
import type { ItemKind, Transaction } from '../transaction.ts'

/** Takes over another document, checked as an import is; what both have stays untouched. */
export function replace(tx: Transaction, { document }: ReplaceCommand): void {
  const parsed = parseDocument(document)
  if (!parsed.ok) {
    const fault = parsed.error[0]!
    tx.refuse('edit.invalid', { at: 'document', fault: fault.message, code: fault.code })
  }
  const { nodes, connectors, notes, settings, id: _id, ...flow } = parsed.value
  tx.setFlow({ ...flow, id: tx.flow.id })
  tx.setSettings(settings)
  removeOthers(tx, 'connectors', connectors)
  removeOthers(tx, 'notes', notes)
  removeOthers(tx, 'nodes', nodes)
  for (const node of nodes) tx.putNode(node)
  for (const connector of connectors) tx.putConnector(connector)
  for (const note of notes) tx.putNote(note)
}

function removeOthers(tx: Transaction, kind: ItemKind, kept: readonly { readonly id: string }[]): void {
  const ids = new Set(kept.map(({ id }) => id))
  for (const id of [...tx.ids(kind)]) if (!ids.has(id)) tx.remove(kind, id)
}
