import type { Diagnostic, TextRange } from '../diagnostics/diagnostic.ts'

/** Where a person has to look to mend something: a part of the canvas, a field of a form, characters in it. */
export interface FocusTarget {
  readonly node?: string
  readonly outcome?: string
  readonly connector?: string
  readonly note?: string
  /** Keys and indexes from the node, as in `['config', 'prompt']`, or from the document where no node is named. */
  readonly path?: readonly (string | number)[]
  readonly range?: TextRange
}

/** Where a diagnostic points. */
export function focusOf({ location }: Diagnostic): FocusTarget {
  const { flow: _flow, ...target } = location
  return target
}
