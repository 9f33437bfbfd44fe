import type { Completion } from '../assist.ts'

const ORDER: readonly Completion['kind'][] = [
  'variable',
  'root',
  'node',
  'member',
  'function',
  'method',
  'filter',
  'keyword',
]

/**
 * The items that begin with what has been typed, capital letters aside: those that agree with it letter by letter
 * first, then variables, members and functions, each by the alphabet.
 */
export function rank(items: readonly Completion[], typed: string): Completion[] {
  const small = typed.toLowerCase()
  return items
    .filter(({ label }) => label.toLowerCase().startsWith(small))
    .map((item) => ({
      item,
      places: [item.label.startsWith(typed) ? 0 : 1, ORDER.indexOf(item.kind)],
      word: item.label.toLowerCase(),
    }))
    .sort(
      (a, b) =>
        a.places[0]! - b.places[0]! ||
        a.places[1]! - b.places[1]! ||
        (a.word < b.word ? -1 : a.word > b.word ? 1 : 0),
    )
    .map(({ item }) => item)
}
