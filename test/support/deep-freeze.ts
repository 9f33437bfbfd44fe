/**
 * Freezes a value with everything that it holds, so that whoever changes it in place throws. Functions and
 * instances of classes are frozen shallowly: their insides are not data.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const member of Object.values(value)) deepFreeze(member)
  return value
}
