import type { ExpressionFault } from '../../expressions/types.ts'
import { short } from './fix.ts'

/** A text that may mend a fault of a source, and how the fix is called. */
export interface Mended {
  readonly text: string
  readonly title: string
}

type Mend = (text: string, fault: ExpressionFault) => readonly Mended[]

/** What may mend a fault, likeliest first. Whether it does is for the language to say. */
export function mendsOf(text: string, fault: ExpressionFault): readonly Mended[] {
  return MENDS[fault.code]?.(text, fault) ?? []
}

const MENDS: { readonly [code: string]: Mend } = {
  'expression.unknownName': correctName,
  'expression.unknownMember': correctName,
  'expression.unknownFunction': correctName,
  'expression.unknownFilter': correctName,
  'expression.unknownTag': correctName,
  'expression.syntax': correctHabit,
  'expression.operand': convertOperand,
  'expression.functionForm': callOtherwise,
  'expression.escape': doubleBackslash,
  'expression.unsignedLiteral': (text, { range }) => literal(text, range.end - 1, 'Leave the u out'),
  'expression.bytesLiteral': (text, { range }) => literal(text, range.start, 'Leave the b out'),
  'expression.unclosedHole': (text) => [{ text: `${text}}}`, title: 'Close the braces' }],
  'expression.emptyHole': (text, { range }) => [
    { text: text.slice(0, range.start) + text.slice(range.end), title: 'Remove the empty braces' },
  ],
}

/** The name once within the marked characters. */
function correctName(text: string, { range, details }: ExpressionFault): readonly Mended[] {
  const { name, suggestion } = details
  if (typeof name !== 'string' || typeof suggestion !== 'string') return []
  const at = text.indexOf(name, range.start)
  if (at < 0 || at + name.length > range.end || text.slice(at + 1, range.end).includes(name)) return []
  return [replaced(text, at, at + name.length, suggestion)]
}

/** `a = b` fails at `=`, `a and b` at the word behind the slip. */
function correctHabit(text: string, { range, details }: ExpressionFault): readonly Mended[] {
  const { suggestion } = details
  if (typeof suggestion !== 'string') return []
  const before = /(\w+)(\s*)$/.exec(text.slice(0, range.start))
  const word =
    before === null ? [] : [replaced(text, before.index, before.index + before[1]!.length, suggestion)]
  return [replaced(text, range.start, range.end, suggestion), ...word]
}

/** `"x" + n` becomes `"x" + string(n)`, and `a in text` becomes `text.contains(a)`. */
function convertOperand(text: string, { range, details }: ExpressionFault): readonly Mended[] {
  const { operator, suggestion } = details
  if (typeof suggestion !== 'string' || suggestion.includes('…')) return []
  if (operator === 'in') return [replaced(text, range.start, range.end, suggestion)]
  const operand = /^string\((.*)\)$/s.exec(suggestion)?.[1]
  if (operand === undefined) return []
  const slice = text.slice(range.start, range.end)
  const mends: Mended[] = []
  if (slice.endsWith(operand)) mends.push(replaced(text, range.end - operand.length, range.end, suggestion))
  if (slice.startsWith(operand))
    mends.push(replaced(text, range.start, range.start + operand.length, suggestion))
  return mends
}

/** `trim(name)` becomes `name.trim()`, `name.size()` becomes `size(name)`; only for what stands there as a path. */
function callOtherwise(text: string, { range, details }: ExpressionFault): readonly Mended[] {
  const { name, form } = details
  if (typeof name !== 'string') return []
  if (form === 'method') {
    const start = text.indexOf(`${name}(`, range.start)
    const call = start < 0 ? null : /^(\w+\()\s*([A-Za-z_][\w.]*)\s*(?:,\s*|(?=\)))/.exec(text.slice(start))
    if (call === null || call[1] !== `${name}(`) return []
    const mended = `${text.slice(0, start)}${call[2]}.${name}(${text.slice(start + call[0].length)}`
    return [{ text: mended, title: `Call ${name} as a method` }]
  }
  const dot = text.indexOf(`.${name}(`, Math.max(range.start - 1, 0))
  const value = dot < 0 ? null : /(?<![\w.)\]])[A-Za-z_][\w.]*$/.exec(text.slice(0, dot))
  if (value === null) return []
  const rest = text.slice(dot + name.length + 2)
  const comma = /^\s*\)/.test(rest) ? '' : ', '
  return [
    {
      text: `${text.slice(0, value.index)}${name}(${value[0]}${comma}${rest}`,
      title: `Call ${name} as a function`,
    },
  ]
}

/** The one that is marked, else every one like it: reading stops at the first. */
function doubleBackslash(text: string, { range, details }: ExpressionFault): readonly Mended[] {
  const at = text.indexOf('\\', range.start)
  if (at < 0 || at >= range.end) return []
  const title = 'Write two backslashes'
  const all = text.replace(/\\./gs, (found) => (found === details.found ? `\\${found}` : found))
  return [
    { text: `${text.slice(0, at)}\\${text.slice(at)}`, title },
    { text: all, title },
  ]
}

/** The text without one letter of a literal. */
function literal(text: string, at: number, title: string): readonly Mended[] {
  return /[ub]/i.test(text.charAt(at)) ? [{ text: text.slice(0, at) + text.slice(at + 1), title }] : []
}

function replaced(text: string, start: number, end: number, by: string): Mended {
  return {
    text: text.slice(0, start) + by + text.slice(end),
    title: `Replace ${short(text.slice(start, end))} with ${short(by)}`,
  }
}
