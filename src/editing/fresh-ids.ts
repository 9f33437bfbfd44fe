import { isKey } from '../base/json.ts'
import type { Transaction } from './transaction.ts'

/**
 * A free id for a node, named after its type or after the node that it copies: `menu`, `menu_2`. It follows from the
 * draft alone, so that a command does the same wherever it is applied.
 */
export function freshNodeId(tx: Transaction, base: string, taken: ReadonlySet<string> = new Set()): string {
  const root = toKey(base)
  const isTaken = (id: string) => tx.get('nodes', id) !== undefined || taken.has(id)
  return isTaken(root) ? numbered(root, isTaken, tx.numbers.nodes) : root
}

export function freshConnectorId(
  tx: Transaction,
  from: { readonly node: string; readonly outcome: string },
): string {
  return freshId(`${from.node}:${from.outcome}`.slice(0, 240), (id) => tx.get('connectors', id) !== undefined)
}

export function freshNoteId(tx: Transaction, base = 'note'): string {
  return freshId(base, (id) => tx.get('notes', id) !== undefined, tx.numbers.notes)
}

/** The name with a number behind it, where it is taken; `numbers` keeps those that were given before. */
export function freshId(
  base: string,
  isTaken: (id: string) => boolean,
  numbers: Map<string, number> = new Map(),
): string {
  return isTaken(base) ? numbered(base.replace(/_\d+$/, '') || base, isTaken, numbers) : base
}

/** Goes on from the last number, so that thousands of copies are not counted from the first one each. */
function numbered(root: string, isTaken: (id: string) => boolean, numbers: Map<string, number>): string {
  let n = numbers.get(root) ?? 2
  while (isTaken(`${root}_${n}`)) n++
  numbers.set(root, n)
  return `${root}_${n}`
}

/** `send-message@1` becomes `send_message`; a copy of `menu_2` is called after `menu`. */
function toKey(name: string): string {
  const words = name.split('@')[0]!.replace(/\W+/g, '_').replace(/_\d+$/, '').slice(0, 50)
  const key = /^\d/.test(words) ? `_${words}` : words
  return isKey(key) ? key : 'node'
}
