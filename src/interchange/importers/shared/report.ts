import type { LossEntry } from '../../importer.ts'

/** Reports that something goes on in another way here. */
export function lose(loss: LossEntry[], where: string, message: string): void {
  loss.push({ severity: 'warning', code: 'import.changed', where, message })
}

/** A text of a foreign flow as a message shows it: in one line, and not too long for it. */
export function shown(source: string, longest = 120): string {
  const words = source.replace(/\s+/g, ' ').trim()
  return words.length <= longest ? words : `${words.slice(0, longest)}…`
}
