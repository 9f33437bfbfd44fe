import { isJsonObject } from '../../../base/json.ts'
import type { Names } from '../shared/names.ts'
import { isTemplate } from './messages.ts'
import { translateReference } from './references.ts'
import { rewriteLiquid } from './rewrite-liquid.ts'
import type { StudioState } from './studio-flow.ts'
import { readVariables } from './studio-variables.ts'

/** Widgets that keep something only where the flow asks for it. */
const KEEPING = new Set(['connect-call-to', 'record-voicemail', 'run-subflow'])

/**
 * Declares what has to be known before the first widget is translated: nodes that answers come to, variables that hold
 * more than texts, and what is read of widgets that keep it only when asked. A flow may read these anywhere, before the
 * widget in the list as well.
 */
export function declareAhead(states: readonly StudioState[], names: Names): void {
  for (const state of states) {
    const { name, type, properties } = state
    if (names.isTranslated(name)) continue
    if (type === 'send-and-wait-for-reply' && isTemplate(state)) names.answerApart(name)
    if (type !== 'set-variables') continue
    for (const { key, typed, json } of readVariables(properties))
      if (typed && json !== undefined) names.variable(key, { any: true })
  }
  for (const text of textsIn(states)) {
    rewriteLiquid(text, (path) => {
      const [root, second] = path.map((part) => ('name' in part ? part.name : ''))
      const kept = root === 'widgets' && KEEPING.has(names.typeOf(second ?? '') ?? '')
      if (kept || (root === 'flow' && second === 'variables' && path.length > 3))
        translateReference(path, names)
      return ''
    })
  }
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const entry of value) yield* textsIn(entry)
  else if (isJsonObject(value)) for (const member of Object.values(value)) yield* textsIn(member)
}
