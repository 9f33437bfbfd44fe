import type { Json } from '../../src/base/json.ts'

/** A code with what it means and what to do about it. */
export interface Explained {
  readonly cause: string
  readonly mend: string
}

export function explain({ cause, mend }: Explained): string {
  return `- Cause: ${cause}\n- Mend: ${mend}`
}

/** Parts with blank lines between them; those that are blank are left out. */
export function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

export function paragraph(...lines: readonly string[]): string {
  return lines.join('\n')
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

export function block(language: string, text: string): string {
  return [`\`\`\`${language}`, text, '```'].join('\n')
}

const WIDTH = 100

/** JSON for people: what fits into a line stands in one; long texts are cut off. */
export function jsonBlock(value: Json): string {
  return block('json', pretty(value, ''))
}

function pretty(value: Json, indent: string): string {
  const line = inLine(value)
  if (indent.length + line.length <= WIDTH || typeof value !== 'object' || value === null) return line
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((each: Json) => pretty(each, inner))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${pretty(each as Json, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`
}

function inLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  if (typeof value === 'string') return JSON.stringify(clipped(value))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inLine(each as Json)}`)
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

/** A text that goes on beyond what a page shows. */
export function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
