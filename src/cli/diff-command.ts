import type { Json } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { compareDocuments, type DocumentComparison, type ValueChange } from '../document/index.ts'
import { type CliIo, EXIT, plain, writeLine } from './io.ts'
import { loadFlow } from './load-flow.ts'

/** `sluice diff`: what the second flow has added, removed and changed against the first. */
export async function diffCommand(
  before: string,
  after: string,
  { json = false }: { json?: boolean },
  io: CliIo,
): Promise<number> {
  if (before === '-' && after === '-') {
    throw new SluiceError({
      code: 'cli.stdinTwice',
      problem: 'Standard input cannot be both flows',
      next: 'Put one of them into a file',
    })
  }
  const [a, b] = [await loadFlow(before, io), await loadFlow(after, io)]
  const comparison = compareDocuments(a.document, b.document)
  if (json) writeLine(io.stdout, JSON.stringify(comparison))
  else for (const line of describe(comparison)) writeLine(io.stdout, plain(line))
  return EXIT.done
}

function describe(comparison: DocumentComparison): readonly string[] {
  const { equal, behaviour, flow, settings, nodes, connectors, notes } = comparison
  if (equal) return ['no difference']
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
    behaviour
      ? 'The flows do different things.'
      : 'The flows do the same; only how they are drawn and named differs.',
  ]
}

function items<Item>(
  kind: string,
  {
    added,
    removed,
    changed,
  }: DocumentComparison['nodes' | 'connectors' | 'notes'] & {
    readonly added: readonly Item[]
    readonly removed: readonly Item[]
  },
  nameOf: (item: Item) => string,
): readonly string[] {
  return [
    ...removed.map((item) => `- ${kind} ${nameOf(item)}`),
    ...added.map((item) => `+ ${kind} ${nameOf(item)}`),
    ...changed.flatMap(({ id, changes }) => changes.map((change) => changeLine(`${kind} ${id}`, change))),
  ]
}

function changeLine(what: string, { path, before, after }: ValueChange): string {
  const place = `${what} ${path.join('.')}`
  if (before === undefined) return `+ ${place}: ${short(after!)}`
  return after === undefined
    ? `- ${place}: ${short(before)}`
    : `~ ${place}: ${short(before)} -> ${short(after)}`
}

function short(value: Json): string {
  const text = JSON.stringify(value)
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}
