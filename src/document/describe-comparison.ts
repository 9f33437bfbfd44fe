import { isJsonObject, type Json } from '../base/json.ts'
import type { DocumentComparison, ItemComparison } from './compare-documents.ts'
import type { ValueChange } from './compare-values.ts'

/**
 * A comparison as text for people, without a line break at its end: a line for what was added (`+`), removed (`-`) and
 * changed (`~`), and a last one that says whether the two flows do different things.
 *
 * @example
 * console.log(describeComparison(compareDocuments(released, draft)))
 */
export function describeComparison(comparison: DocumentComparison): string {
  if (comparison.equal) return 'no difference'
  return [
    ...listChanges(comparison),
    comparison.behaviour
      ? 'The flows do different things.'
      : 'The flows do the same; only how they are drawn and named differs.',
  ].join('\n')
}

/** The changes of a comparison, a line each, as `describeComparison` has them; none where there is no difference. */
export function listChanges({
  flow,
  settings,
  nodes,
  connectors,
  notes,
}: DocumentComparison): readonly string[] {
  return [
    ...flow.map((change) => changeLine('flow', change)),
    ...settings.map((change) => changeLine('settings', change)),
    ...items('node', nodes, ({ id, type }) => `${id} (${type})`),
    ...items(
      'connector',
      connectors,
      ({ from, to }) => `${from.node}, ${from.outcome} -> ${to ?? 'nowhere'}`,
    ),
    ...items('note', notes, ({ id }) => id),
  ]
}

function items<Item>(
  kind: string,
  { added, removed, changed }: ItemComparison<Item>,
  nameOf: (item: Item) => string,
): readonly string[] {
  return [
    ...removed.map((item) => `- ${kind} ${nameOf(item)}`),
    ...added.map((item) => `+ ${kind} ${nameOf(item)}`),
    ...changed.flatMap(({ id, changes }) => changes.map((change) => changeLine(`${kind} ${id}`, change))),
  ]
}

function changeLine(what: string, { path, before, after, secret }: ValueChange): string {
  const place = `${what} ${path.join('.')}`
  if (secret === true) return `${before === undefined ? '+' : after === undefined ? '-' : '~'} ${place}`
  if (before === undefined) return `+ ${place}: ${short(after!)}`
  return after === undefined
    ? `- ${place}: ${short(before)}`
    : `~ ${place}: ${shortPair(textOf(before), textOf(after)).join(' -> ')}`
}

const MAX_TEXT = 120
/** What stands before the first difference of two long texts. */
const LEAD = 20

function short(value: Json): string {
  return shorten(textOf(value))
}

/** As JSON, without what sensitive variables start with. */
function textOf(value: Json): string {
  return JSON.stringify(value, (_, each: Json) => {
    if (!isJsonObject(each) || each.sensitive !== true) return each
    const { default: _secret, ...rest } = each
    return rest
  })
}

/** Two texts cut to where they differ. */
function shortPair(before: string, after: string): readonly [string, string] {
  let same = 0
  while (same < before.length && before[same] === after[same]) same++
  const long = Math.max(before.length, after.length) > MAX_TEXT
  const from = long ? Math.max(0, same - LEAD) : 0
  const show = (text: string) => (from === 0 ? shorten(text) : `…${shorten(text.slice(from))}`)
  return [show(before), show(after)]
}

function shorten(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`
}
