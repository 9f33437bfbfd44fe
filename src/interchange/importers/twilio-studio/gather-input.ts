import type { StudioState } from './studio-flow.ts'
import {
  hasTimeout,
  lose,
  next,
  promptOf,
  type TranslatedWidget,
  timeoutOf,
  type WidgetContext,
} from './widget.ts'

/** Asks on a call: keys, or speech where that leads to the same place. */
export function gatherInput(
  { name, properties, ...state }: StudioState,
  { liquid, loss }: WidgetContext,
): TranslatedWidget {
  const [keys, speech, late] = [next(state, 'keypress'), next(state, 'speech'), next(state, 'timeout')]
  const both = speech !== undefined && speech === keys
  const spoken = keys === undefined && speech !== undefined
  if (speech !== undefined && !both && !spoken)
    lose(loss, `${name}.speech`, 'Speech leads where keys lead not; only keys are taken here')
  const digits = Number(properties.number_of_digits)
  const accept = both || spoken ? 'text' : 'digits'
  return {
    type: 'collect-input@1',
    config: {
      prompt: promptOf(properties, name, liquid),
      accept,
      ...(accept === 'digits' && Number.isInteger(digits) && digits > 0 ? { maxLength: digits } : {}),
      ...timeoutOf(properties.timeout),
    },
    targets: {
      valid: spoken ? speech : keys,
      ...(accept === 'digits' ? { invalid: late } : {}),
      ...(hasTimeout(properties) ? { timeout: late } : {}),
    },
  }
}
