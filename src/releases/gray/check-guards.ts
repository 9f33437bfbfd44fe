import { nearest } from '../../base/nearest.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { MAX_FAULTS } from '../../document/document-schema.ts'
import { type GrayFault, grayFault } from './gray-faults.ts'
import { GUARDS_SCHEMA } from './gray-schema.ts'
import type { Guards, OutcomeGuard } from './guards.ts'
import { readJson, readShape } from './read-shape.ts'
import { leastCount, meetsMax } from './shares.ts'

/** The most sessions that guards can wait for. */
export const MAX_MIN_SESSIONS = 1_000_000

/**
 * Reads guards from outside. `declaredOutcomes` are the codes of the flow outcomes that the version declares. Never
 * throws; at most 20 faults are named at once.
 */
export function checkGuards(
  value: unknown,
  declaredOutcomes: readonly string[],
): Result<Guards, readonly GrayFault[]> {
  const json = readJson(value, 'guards.shape')
  if (!json.ok) return json
  const read = readShape(json.value, GUARDS_SCHEMA, 'guards.shape')
  if (!read.ok) return read
  const guards = read.value as Guards
  const faults = [...checkNumbers(guards), ...checkOutcomes(guards.outcomes ?? [], declaredOutcomes)]
  if (faults.length === 0 && !isReachable(guards)) {
    faults.push(grayFault('guards.unreachable', ['outcomes'], { minSessions: guards.minSessions }))
  }
  return faults.length > 0 ? err(faults.slice(0, MAX_FAULTS)) : ok(guards)
}

function checkNumbers({ minSessions, maxErrorRate }: Guards): GrayFault[] {
  const faults = checkRate(maxErrorRate, ['maxErrorRate'])
  if (!Number.isInteger(minSessions) || minSessions < 1 || minSessions > MAX_MIN_SESSIONS) {
    faults.unshift(grayFault('guards.minSessions', ['minSessions'], { minSessions, max: MAX_MIN_SESSIONS }))
  }
  return faults
}

function checkOutcomes(guards: readonly OutcomeGuard[], declared: readonly string[]): GrayFault[] {
  const seen = new Set<string>()
  const known = new Set(declared)
  return guards.flatMap(({ outcome, min, max }, i) => {
    const path = ['outcomes', i]
    const faults = [...checkRate(min, [...path, 'min']), ...checkRate(max, [...path, 'max'])]
    if (min === undefined && max === undefined) faults.push(grayFault('guards.noBound', path, { outcome }))
    if (min !== undefined && max !== undefined && min > max) {
      faults.push(grayFault('guards.order', path, { outcome, min, max }))
    }
    if (seen.has(outcome)) faults.push(grayFault('guards.repeated', [...path, 'outcome'], { outcome }))
    seen.add(outcome)
    if (!known.has(outcome)) {
      const suggestion = nearest(outcome, declared)
      const details = { outcome, ...(suggestion === undefined ? {} : { suggestion }) }
      faults.push(grayFault('guards.unknownOutcome', [...path, 'outcome'], details))
    }
    return faults
  })
}

function checkRate(rate: number | undefined, path: GrayFault['path']): GrayFault[] {
  return rate === undefined || (rate >= 0 && rate <= 1) ? [] : [grayFault('guards.rate', path, { rate })]
}

/** True where some course of the least sessions keeps to every guard of an outcome; every session has one outcome. */
function isReachable({ minSessions, outcomes = [] }: Guards): boolean {
  const needed = outcomes.map(({ min = 0 }) => leastCount(min, minSessions))
  const sum = needed.reduce((total, each) => total + each, 0)
  return sum <= minSessions && outcomes.every(({ max }, i) => meetsMax(needed[i]!, minSessions, max))
}
