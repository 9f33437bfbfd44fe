import type { LossEntry } from '../../importer.ts'
import type { Names } from './names.ts'
import { type Reference, translatePath } from './references.ts'

/** A text with Liquid in it, taken apart: plain words, and expressions that stand for values. */
export type LiquidPart = { readonly text: string } | { readonly cel: string }

/** Filters that have a counterpart of their own; applied to the value as text. */
const FILTERS: { readonly [name: string]: string } = {
  downcase: 'lower()',
  upcase: 'upper()',
  strip: 'trim()',
}

/**
 * Translates texts with Liquid paths in them. Tags, filters beyond the plainest and paths without a counterpart are
 * reported, each where it stands, and leave nothing in the text.
 */
export class LiquidTranslator {
  readonly #names: Names
  readonly #loss: LossEntry[]

  constructor(names: Names, loss: LossEntry[]) {
    this.#names = names
    this.#loss = loss
  }

  /** A template of ours: the same words, with `{{ CEL }}` in place of Liquid. */
  template(source: string, where: string): string {
    return this.parts(source, where)
      .map((part) => ('cel' in part ? `{{ ${part.cel} }}` : part.text.replaceAll('{{', '{{ "{{" }}')))
      .join('')
  }

  /** An expression whose value is the text, or the value itself where the source is one path alone. */
  expression(source: string, where: string): string {
    const parts = this.parts(source, where)
    const [only] = parts
    if (only === undefined) return '""'
    if (parts.length === 1) return 'cel' in only ? only.cel : quote(only.text)
    return parts
      .map((part) => ('cel' in part ? `string(default(${part.cel}, ""))` : quote(part.text)))
      .join(' + ')
  }

  /** An expression whose value is always a text: what is missing is the empty one. */
  text(source: string, where: string): string {
    const parts = this.parts(source, where)
    if (parts.length === 0) return '""'
    return parts
      .map((part) => ('cel' in part ? `string(default(${part.cel}, ""))` : quote(part.text)))
      .join(' + ')
  }

  /** Words and values in order; nothing for what is reported. */
  parts(source: string, where: string): LiquidPart[] {
    const parts: LiquidPart[] = []
    let end = 0
    for (const match of source.matchAll(/\{\{-?([\s\S]*?)-?\}\}|\{%[\s\S]*?%\}/g)) {
      if (match.index > end) parts.push({ text: source.slice(end, match.index) })
      end = match.index + match[0].length
      const cel = match[1] === undefined ? undefined : this.#hole(match[1].trim())
      if (cel !== undefined) parts.push({ cel })
      else this.#report(match[0], where)
    }
    if (end < source.length) parts.push({ text: source.slice(end) })
    return parts
  }

  #hole(content: string): string | undefined {
    const [path = '', ...filters] = content.split('|').map((each) => each.trim())
    const reference = translatePath(path, this.#names)
    if (reference === undefined) return undefined
    if (filters.length === 0) return guarded(reference)
    if (!filters.every((name) => Object.hasOwn(FILTERS, name))) return undefined
    return [`string(default(${guarded(reference)}, ""))`, ...filters.map((name) => FILTERS[name])].join('.')
  }

  #report(source: string, where: string): void {
    const shown = source.length <= 80 ? source : `${source.slice(0, 80)}…`
    this.#loss.push({
      severity: 'error',
      code: 'import.liquid',
      where,
      message: `${shown.replace(/\s+/g, ' ')} is not supported yet; nothing stands in its place`,
    })
  }
}

/** A text as a CEL literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

/** Nothing where the value is missing, as in Studio; values that are declared are null then by themselves. */
function guarded({ cel, guards }: Reference): string {
  return guards.length === 0 ? cel : `(${guards.join(' && ')} ? default(${cel}, "") : "")`
}
