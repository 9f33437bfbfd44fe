import type { LossEntry } from '../../importer.ts'
import type { Step } from './step.ts'
import type { TranslatedStep } from './translated.ts'

/** What a node cannot do without, by type, and what a report calls it. */
const NEEDED: { readonly [type: string]: readonly [field: string, words: string] } = {
  'send-message@1': ['prompt', 'words'],
  'collect-input@1': ['prompt', 'question'],
  'menu@1': ['prompt', 'question'],
  'http-request@1': ['url', 'address'],
  'transfer@1': ['to', 'number, agent or queue'],
  'set-variables@1': ['assignments', 'variables'],
}

/**
 * Reports what a step as drawn leaves open, where nothing else speaks of it; `noun` is what the format calls a step, and
 * `since` the length of the report before the step was translated.
 */
export function reportMissing(
  name: string,
  node: TranslatedStep,
  noun: string,
  loss: LossEntry[],
  since = 0,
): void {
  const [field, words] = NEEDED[node.type] ?? []
  const value = field === undefined ? undefined : node.config[field]
  const isMissing = value === '' || (Array.isArray(value) && value.length === 0)
  // That it has another name says nothing of what is missing in it.
  const isSaid = () =>
    loss.slice(since).some(({ where, code }) => where === name && code !== 'import.renamed')
  if (!isMissing || isSaid()) return
  loss.push({
    severity: 'error',
    code: 'import.missing',
    where: name,
    message: `The ${noun} has no ${words}, without which the node does not work`,
  })
}

/** Reports the ways on that lead where no outcome of the translation does, and of which nothing has been said `since`. */
export function reportLostWays(
  { name, transitions }: Step,
  node: TranslatedStep,
  loss: LossEntry[],
  since = 0,
): void {
  const said = new Set(loss.slice(since).map(({ where }) => where))
  const taken = new Set([node, ...(node.beside ?? [])].flatMap(({ targets }) => Object.values(targets)))
  for (const { event, next } of transitions) {
    const where = `${name}.${event}`
    if (!next || taken.has(next) || said.has(where)) continue
    said.add(where)
    const message = `There is no such outcome here; what leads to ${next} is left out`
    loss.push({ severity: 'warning', code: 'import.changed', where, message })
  }
}
