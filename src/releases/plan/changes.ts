import { canonicalJson } from '../../base/canonical.ts'
import { equalJson, type Json } from '../../base/json.ts'
import { itemOf } from '../lookup.ts'
import { giveUp } from '../refusal.ts'
import type { GraySlot, Slot } from '../state.ts'
import { labelOf } from '../version-number.ts'
import { pinnedValues } from './answers.ts'
import type { ReleaseCase } from './release-case.ts'

/** The release that changes are told against: the one that goes, or for a first gray one the official one beside it. */
export function baseOf({ slot, replaced, entry }: ReleaseCase): Slot | GraySlot | undefined {
  return replaced ?? (slot === 'gray' ? entry.official : undefined)
}

/** What the release changes, a line each; `undefined` where nothing is out. Refused without the comparison that it takes. */
export function changesOf(release: ReleaseCase): readonly string[] | undefined {
  const base = baseOf(release)
  return base === undefined ? undefined : [...contentChanges(release, base), ...answerChanges(release, base)]
}

function contentChanges(
  { workspace, inspection, context: { comparison } }: ReleaseCase,
  base: Slot,
): readonly string[] {
  if (base.contentHash === inspection.contentHash) return []
  if (comparison?.from !== base.contentHash || comparison.to !== inspection.contentHash) {
    giveUp('comparison.wanted', { label: labelOf(base.number, workspace.policy.numbering.labels) })
  }
  return comparison.changes
}

/** Sessions of one release differ from those of another by these as well. */
function answerChanges({ slot, answers, inspection }: ReleaseCase, base: Slot | GraySlot): readonly string[] {
  const secret = new Set([
    ...base.sensitive,
    ...inspection.asked.flatMap(({ name, sensitive }) => (sensitive === true ? [name] : [])),
  ])
  const earlier = 'rule' in base ? base : undefined
  return [
    ...memberChanges('application', base.applications, answers.applications),
    ...memberChanges('value', base.values, pinnedValues(inspection, answers), secret),
    // An official release has neither, and says nothing of those that the gray one had.
    ...(slot === 'gray' ? changeLine('gray rule', earlier?.rule, answers.rule) : []),
    ...(slot === 'gray' ? changeLine('guards', asJson(earlier?.guards), asJson(answers.guards)) : []),
  ]
}

type Members = { readonly [name: string]: Json }

function memberChanges(
  what: string,
  before: Members,
  after: Members,
  secret: ReadonlySet<string> = new Set(),
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.flatMap((name) => {
    const from = itemOf<Json>(before, name)
    const to = itemOf<Json>(after, name)
    if (!secret.has(name)) return changeLine(`${what} ${name}`, from, to)
    return equalJson(from, to) ? [] : [`~ ${what} ${name}`]
  })
}

/** A line as a comparison of documents has it; none where both are the same. */
function changeLine(what: string, before: Json | undefined, after: Json | undefined): readonly string[] {
  if (equalJson(before, after)) return []
  if (before === undefined) return [`+ ${what}: ${short(after!)}`]
  return after === undefined
    ? [`- ${what}: ${short(before)}`]
    : [`~ ${what}: ${short(before)} -> ${short(after)}`]
}

const MAX_TEXT = 120

function short(value: Json): string {
  const text = canonicalJson(value)
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`
}

function asJson(value: object | undefined): Json | undefined {
  return value as Json | undefined
}
