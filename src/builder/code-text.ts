import type { Json } from '../base/json.ts'

/** The widest line that is not broken up. */
const LINE_WIDTH = 100

/**
 * A JSON value as a literal of JavaScript, as a person writes it: on one line where it fits. `depth` is how far the line
 * is indented that it begins on, and `lead` how many characters stand before it there.
 */
export function codeOf(value: Json, depth: number, lead = 0): string {
  const inline = oneLine(value, LINE_WIDTH - depth * 2 - lead)
  if (inline !== undefined) return inline
  const parts = partsOf(value)
  if (parts === undefined) return scalar(value)
  const indent = '  '.repeat(depth)
  const lines = parts.map(
    ({ key, value: part }) => `${indent}  ${key}${codeOf(part, depth + 1, key.length + 1)},\n`,
  )
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${lines.join('')}${indent}${close}`
}

interface Part {
  /** The key with its colon; empty in a list. */
  readonly key: string
  readonly value: Json
}

/** The entries or members of a value; `undefined` for a scalar. */
function partsOf(value: Json): readonly Part[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return value.map((entry: Json) => ({ key: '', value: entry }))
  return Object.entries(value as { readonly [key: string]: Json | undefined }).flatMap(([key, member]) =>
    member === undefined ? [] : [{ key: `${quoteKey(key)}: `, value: member }],
  )
}

/** The value on one line; `undefined` where it needs more than `room` characters, which is told without reading on. */
function oneLine(value: Json, room: number): string | undefined {
  if (typeof value === 'string' && value.length > room) return undefined
  const parts = partsOf(value)
  let text = parts === undefined ? scalar(value) : ''
  for (const part of parts ?? []) {
    const before = text === '' ? '' : ', '
    const inner = oneLine(part.value, room - text.length - part.key.length)
    if (inner === undefined) return undefined
    text += `${before}${part.key}${inner}`
    if (text.length > room) return undefined
  }
  if (parts !== undefined) text = Array.isArray(value) ? `[${text}]` : text === '' ? '{}' : `{ ${text} }`
  return text.length > room ? undefined : text
}

function scalar(value: Json): string {
  return typeof value === 'string' ? quoteText(value) : JSON.stringify(value)
}

/** A key, bare where it may be. `__proto__` would set a prototype in any other form. */
export function quoteKey(key: string): string {
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoteText(key)
}

/**
 * A text in single quotes. What could end a line, a script or a comment of whatever it is put into is escaped, and what
 * turns the direction of writing, so that code never reads otherwise than it runs.
 */
export function quoteText(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(/<(?=[/!])/g, '\\x3c')
    .replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, escapeUnit)
  return `'${inner}'`
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
