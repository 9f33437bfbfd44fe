import type { LossEntry } from '../../importer.ts'
import { hasMarkup } from './scan-liquid.ts'
import { type StudioState, textOf } from './studio-flow.ts'
import type { TranslatedWidget } from './widget.ts'

/** What a node cannot do without, by type, and what Studio calls it. */
const NEEDED: { readonly [type: string]: readonly [field: string, words: string] } = {
  'send-message@1': ['prompt', 'words'],
  'collect-input@1': ['prompt', 'question'],
  'http-request@1': ['url', 'address'],
  'transfer@1': ['to', 'number, agent or queue'],
  'set-variables@1': ['assignments', 'variables'],
}

/** Properties that a node has as a number, which Liquid cannot fill in. */
const NUMBERS = ['timeout', 'number_of_digits', 'num_digits', 'max_length', 'loop']

/** Reports what a widget as drawn leaves open, where nothing else speaks of it, and the ways on that its node does not have. */
export function reportGaps(state: StudioState, widget: TranslatedWidget, loss: LossEntry[]): void {
  const { name, properties, transitions } = state
  const [field, words] = NEEDED[widget.type] ?? []
  const value = field === undefined ? undefined : widget.config[field]
  const said = new Set(loss.map(({ where }) => where))
  if ((value === '' || (Array.isArray(value) && value.length === 0)) && !said.has(name))
    loss.push({
      severity: 'error',
      code: 'import.missing',
      where: name,
      message: `The widget has no ${words}, without which the node does not work`,
    })
  const filled = NUMBERS.filter((property) => hasMarkup(textOf(properties[property]) ?? ''))
  if (filled.length > 0 && widget.type !== 'custom-effect@1' && widget.type !== 'placeholder@1')
    loss.push({
      severity: 'warning',
      code: 'import.dropped',
      where: name,
      message: `Not brought along, for a number cannot be filled in: ${filled.join(', ')}`,
    })
  const taken = new Set([widget, ...(widget.beside ?? [])].flatMap(({ targets }) => Object.values(targets)))
  for (const { event, next } of transitions) {
    const where = `${name}.${event}`
    if (!next || taken.has(next) || said.has(where)) continue
    said.add(where)
    const message = `There is no such outcome here; what leads to ${next} is left out`
    loss.push({ severity: 'warning', code: 'import.changed', where, message })
  }
}
