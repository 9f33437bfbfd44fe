import type { Syntax } from '../parse.ts'
import { quoteText } from '../quote.ts'
import type { Instant, Operand } from './condition.ts'
import { isPath, pathText } from './path.ts'

/**
 * An operand as source; nothing for a value that is none. Texts stand in double quotes and calendar dates, which are
 * texts as well, in single ones, so that they are told apart when they are read.
 */
export function writeOperand(operand: unknown): string | undefined {
  if (typeof operand === 'string') return quoteText(operand)
  if (typeof operand === 'number') return writeNumber(operand)
  if (typeof operand === 'boolean') return String(operand)
  if (isShaped(operand, ['date']))
    return isDate(operand.date) ? quoteText(operand.date as string, "'") : undefined
  if (isShaped(operand, ['instant'])) return writeInstant(operand.instant)
  if (isShaped(operand, ['instant', 'zone'])) return writeInstant(operand.instant, operand.zone)
  return isShaped(operand, ['ref']) && isPath(operand.ref) ? operand.ref : undefined
}

/** What a node is as an operand; nothing where it is something else. */
export function readOperand(node: Syntax): Operand | undefined {
  if (node.op === 'value') return readLiteral(node, node.args)
  if (node.op === '-_') {
    const number = readOperand(node.args)
    return node.args.op === 'value' && typeof number === 'number' ? 0 - number : undefined
  }
  if (node.op === 'call') return readInstant(node.args[0], node.args[1])
  const ref = pathText(node)
  return ref === undefined ? undefined : { ref }
}

/** True for a value with these members and no others. */
export function isShaped(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))
}

function readLiteral(node: Syntax, value: unknown): Operand | undefined {
  if (typeof value === 'string') {
    const isSingle = node.input[node.start] === "'" && node.input[node.start + 1] !== "'"
    return isSingle && isDate(value) ? { date: value } : value
  }
  if (typeof value === 'boolean') return value
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number') return undefined
  return typeof value === 'number' || Number.isSafeInteger(number) ? number : undefined
}

function readInstant(name: string, args: readonly Syntax[]): Instant | undefined {
  const [text, zone] = args.map((arg) =>
    arg.op === 'value' && typeof arg.args === 'string' ? arg.args : undefined,
  )
  if (name !== 'timestamp' || text === undefined || !isInstantText(text)) return undefined
  if (args.length === 1) return { instant: text }
  return args.length === 2 && zone ? { instant: text, zone } : undefined
}

function writeInstant(text: unknown, zone?: unknown): string | undefined {
  if (!isInstantText(text)) return undefined
  if (zone === undefined) return `timestamp(${quoteText(text)})`
  return typeof zone === 'string' && zone !== ''
    ? `timestamp(${quoteText(text)}, ${quoteText(zone)})`
    : undefined
}

/** Whole numbers that are not exact are written as fractions, which the language does not refuse. */
function writeNumber(number: number): string | undefined {
  if (!Number.isFinite(number)) return undefined
  // There is one zero.
  const text = String(number === 0 ? 0 : number)
  return Number.isInteger(number) && !Number.isSafeInteger(number) && !text.includes('e') ? `${text}.0` : text
}

function isDate(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function isInstantText(text: unknown): text is string {
  if (typeof text !== 'string') return false
  const [, date, time = ''] = /^(.{10})(?:T(.+))?$/.exec(text) ?? []
  // A year below 100 is none to `timestamp`.
  if (!isDate(date) || text.startsWith('00')) return false
  return (
    text.length === 10 ||
    /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/.test(time)
  )
}
