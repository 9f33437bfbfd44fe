import { isJsonObject, type Json } from '../../../base/json.ts'
import { hasMarkup } from './scan-liquid.ts'
import { pairsOf, type StudioState } from './studio-flow.ts'

/** One pair of a set-variables widget. */
export interface StudioVariable {
  readonly key: string
  readonly value: string
  /** True where the export says that the value is more than a text. */
  readonly typed: boolean
  /** The value itself, where it is written out. */
  readonly json?: Json
}

/** Types under which newer exports keep texts. */
const TEXT_TYPES: readonly unknown[] = [undefined, null, '', 'string', 'text']

export function readVariables({ variables }: StudioState['properties']): readonly StudioVariable[] {
  const entries = Array.isArray(variables) ? variables.filter(isJsonObject) : []
  return pairsOf(entries).map(({ key, value }, index): StudioVariable => {
    const { type, parse_as_json: parsed } = entries[index]!
    const typed = parsed === true || parsed === 'true' || !TEXT_TYPES.includes(type)
    const json = typed && !hasMarkup(value) ? readJson(value) : undefined
    return { key, value, typed, ...(json === undefined ? {} : { json }) }
  })
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
