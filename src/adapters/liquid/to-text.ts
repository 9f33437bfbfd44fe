import { Drop } from 'liquidjs'
import { NOT_FINITE } from '../../expressions/fault.ts'
import { Halt, type Meter } from './meter.ts'

/**
 * How a value stands in a text: nothing for null, numbers as JSON prints them, lists and objects as JSON. JSON is paid
 * for while it is written: what holds one list many times over is small here and huge as text.
 */
export function toText(value: unknown, meter: Meter): string {
  const plain = value instanceof Drop ? value.valueOf() : value
  if (typeof plain === 'string') return plain
  if (plain === null || plain === undefined) return ''
  if (typeof plain === 'number' && !Number.isFinite(plain)) throw new Halt(NOT_FINITE)
  if (typeof plain !== 'object') return String(plain)
  return JSON.stringify(plain, (_, member: unknown) => {
    meter.use(typeof member === 'string' ? member.length : 1)
    return member
  })
}
