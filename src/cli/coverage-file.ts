import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { TakenCounts } from '../drawing/index.ts'
import { parseJson } from './read-input.ts'

/**
 * Reads which outcomes were taken: the lines of `run --json`, of one or more runs, and what `explore --json` prints. Throws
 * `coverage.notLines` and `coverage.empty`.
 */
export function parseCoverage(text: string, name: string, main: string): TakenCounts {
  const values = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => parseLine(line, `Line ${index + 1} of ${name}`))
  const counts = new Map<string, number>()
  const unreachable = new Set<string>()
  let explored = false
  for (const value of values) {
    if (value.type === 'step') {
      const key = keyOf(value, main)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const missed = isJsonObject(value.outcomes) ? value.outcomes.unreachable : undefined
    if (!Array.isArray(missed)) continue
    explored = true
    for (const each of missed) if (isJsonObject(each)) unreachable.add(keyOf(each, main))
  }
  if (!explored && counts.size === 0) {
    throw new SluiceError({
      code: 'coverage.empty',
      problem: `${name} tells of no outcome that was taken`,
      next: 'Give what sluice run --json or sluice explore --json has printed',
    })
  }
  return {
    // An exploration tells what was taken, and not how often.
    counted: !explored,
    count(flow, node, outcome) {
      const key = keyOf({ flow, node, outcome }, main)
      return counts.get(key) ?? (explored && !unreachable.has(key) ? 1 : 0)
    },
  }
}

function parseLine(line: string, where: string): JsonObject {
  const value: Json = parseJson(line, where)
  if (isJsonObject(value)) return value
  throw new SluiceError({
    code: 'coverage.notLines',
    problem: `${where} is no JSON object`,
    next: 'Give what sluice run --json or sluice explore --json has printed',
  })
}

/** Where no flow is named it is the one that is drawn. */
function keyOf({ flow, node, outcome }: JsonObject, main: string): string {
  return JSON.stringify([flow ?? main, node ?? '', outcome ?? ''])
}
