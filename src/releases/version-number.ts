import compare from 'semver/functions/compare.js'
import increase from 'semver/functions/inc.js'
import major from 'semver/functions/major.js'
import minor from 'semver/functions/minor.js'

/**
 * How version numbers go on and how they read: after V1.9 comes V1.10 by `minor` and V2.0 by `decimal`; `integer` counts
 * 1, 2, 3.
 */
export type LabelPolicy = 'minor' | 'decimal' | 'integer'

/**
 * The number of the first version of a flow. Numbers are semver texts whatever the policy, so that a workspace can
 * change its policy and all numbers stay in order.
 */
export function firstNumber(): string {
  return '1.0.0'
}

/**
 * The number after the highest one that was ever given in a flow, also where that one has been deleted since. It is
 * higher than every number before it, whichever policies these were given under (VER-1).
 */
export function nextNumber(highest: string, labels: LabelPolicy): string {
  return increase(highest, nextPart(highest, labels))!
}

function nextPart(highest: string, labels: LabelPolicy): 'major' | 'minor' {
  switch (labels) {
    case 'minor':
      return 'minor'
    case 'decimal':
      // After 1.10, which `minor` may have left behind, it goes on as after 1.9.
      return minor(highest) < 9 ? 'minor' : 'major'
    case 'integer':
      return 'major'
  }
}

/**
 * What people read: `V1.10`, or plain `3` under the policy `integer`. Numbers from a time when another policy held keep
 * their minor part there, as in `1.3`, so that no label stands twice in a flow.
 */
export function labelOf(number: string, labels: LabelPolicy): string {
  const [first, second] = [major(number), minor(number)]
  if (labels !== 'integer') return `V${first}.${second}`
  return second === 0 ? String(first) : `${first}.${second}`
}

/** Negative where the first number is the lower one, positive where it is the higher one, 0 for the same. */
export function compareNumbers(a: string, b: string): number {
  return compare(a, b)
}
