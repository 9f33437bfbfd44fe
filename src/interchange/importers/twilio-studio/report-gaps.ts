import type { LossEntry } from '../../importer.ts'
import { reportLostWays, reportMissing } from '../shared/report-open.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { hasMarkup } from './scan-liquid.ts'
import type { StudioState } from './studio-flow.ts'

/** Properties that a node has as a number, which Liquid cannot fill in. */
const NUMBERS = ['timeout', 'number_of_digits', 'num_digits', 'max_length', 'loop']

/** Reports what a widget as drawn leaves open, where nothing else speaks of it, and the ways on that its node does not have. */
export function reportGaps(state: StudioState, widget: TranslatedStep, loss: LossEntry[]): void {
  const { name, properties } = state
  reportMissing(name, widget, 'widget', loss)
  const filled = NUMBERS.filter((property) => hasMarkup(textOf(properties[property]) ?? ''))
  if (filled.length > 0 && widget.type !== 'custom-effect@1' && widget.type !== 'placeholder@1')
    loss.push({
      severity: 'warning',
      code: 'import.dropped',
      where: name,
      message: `Not brought along, for a number cannot be filled in: ${filled.join(', ')}`,
    })
  reportLostWays(state, widget, loss)
}
