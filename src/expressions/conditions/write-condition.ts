import { MAX_SOURCE_LENGTH } from '../scan.ts'
import { type Comparison, type Condition, type ConditionGroup, MAX_CONDITION_DEPTH } from './condition.ts'
import { misuse, shown } from './misuse.ts'
import { isShaped } from './operand.ts'
import { writeComparison } from './write-comparison.ts'

/**
 * A condition as CEL. `readCondition` gives the same condition back. Throws for what is no condition, and for one that
 * is longer than a source may be.
 *
 * @example
 * writeCondition({ all: [['contact.tier', 'equals', 'gold'], ['retries', 'less', 3]] })
 * // contact.tier == "gold" && retries < 3
 */
export function writeCondition(group: ConditionGroup): string {
  const source = writeGroup(group, 1)
  if (source.length <= MAX_SOURCE_LENGTH) return source
  throw misuse(
    'tooLong',
    `The condition takes ${source.length} characters, and an expression has at most ${MAX_SOURCE_LENGTH}`,
    'Set a variable with a part of it in a node before',
  )
}

/**
 * A group that could pass for something else begins with what changes nothing: `true &&` or `false ||`. That is one
 * with a single member, and one inside of another that looks like `between`.
 */
function writeGroup(group: ConditionGroup, depth: number): string {
  const { members, isAll } = partsOf(group)
  if (depth > MAX_CONDITION_DEPTH) {
    throw misuse(
      'tooDeep',
      `Groups are nested deeper than ${MAX_CONDITION_DEPTH}`,
      'Set a variable with a part of the condition in a node before',
    )
  }
  const neutral = String(isAll)
  const written = members.map((member) => writeMember(member, depth))
  const [first] = written
  if (first === undefined) return neutral
  const isAlone = written.length === 1
  if (isAlone && depth === 1 && isAll && isComparison(members[0]!)) return first
  if (isAlone || (depth > 1 && isAll && looksLikeBetween(members))) written.unshift(neutral)
  return written.join(isAll ? ' && ' : ' || ')
}

function writeMember(member: Condition, depth: number): string {
  return isComparison(member) ? writeComparison(member) : `(${writeGroup(member, depth + 1)})`
}

function partsOf(group: ConditionGroup): { readonly members: readonly Condition[]; readonly isAll: boolean } {
  const isAll = isShaped(group, ['all'])
  const members: unknown = isAll ? group.all : isShaped(group, ['any']) ? group.any : undefined
  if (Array.isArray(members)) return { members, isAll }
  throw misuse('group', `${shown(group)} is no group of conditions`, 'Write { all: [...] } or { any: [...] }')
}

function isComparison(condition: Condition): condition is Comparison {
  return Array.isArray(condition)
}

function looksLikeBetween([least, most, ...more]: readonly Condition[]): boolean {
  if (least === undefined || most === undefined || more.length > 0) return false
  if (!isComparison(least) || !isComparison(most)) return false
  return least[0] === most[0] && least[1] === 'atLeast' && most[1] === 'atMost'
}
