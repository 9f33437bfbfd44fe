import { isJsonObject, type Json } from '../base/json.ts'
import { type ConfigReport, isImplicitOutcome } from '../nodes/index.ts'

/** The outcomes that the entries of a list name in one of their members, without those that name none yet. */
export function listedOutcomes(list: Json | undefined, member: string): readonly string[] {
  return outcomesIn(list, member).filter((outcome) => outcome !== '')
}

/** Reports entries that name what only implicit outcomes may be called; `at` is the field that holds the list. */
export function reportImplicit(
  list: Json | undefined,
  member: string,
  at: string,
  report: ConfigReport,
): void {
  outcomesIn(list, member).forEach((outcome, index) => {
    if (isImplicitOutcome(outcome)) report('outcome.badName', [at, index, member], { outcome })
  })
}

/** The outcome of each entry; empty while it has none. */
function outcomesIn(list: Json | undefined, member: string): readonly string[] {
  if (!Array.isArray(list)) return []
  return list.map((entry: Json) => {
    const outcome = isJsonObject(entry) ? entry[member] : undefined
    return typeof outcome === 'string' ? outcome : ''
  })
}
