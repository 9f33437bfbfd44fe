import type { Source } from '../../../document/flow-document.ts'
import type { LossEntry } from '../../importer.ts'
import { KNOWN_FILTERS, KNOWN_TAGS } from './known-liquid.ts'
import type { Names } from './names.ts'
import { type Reference, translateReference } from './references.ts'
import { type PathPart, rewriteLiquid, WORDS, writePath } from './rewrite-liquid.ts'
import { hasMarkup, scanLiquid } from './scan-liquid.ts'

/**
 * Brings texts along. What holds Liquid stays Liquid, with the names that things have here; what holds none is plain.
 * Names without a counterpart are reported where they stand, and read as nothing, as Liquid reads them.
 */
export class StudioTexts {
  readonly #names: Names
  readonly #loss: LossEntry[]
  readonly #reported = new Set<string>()

  constructor(names: Names, loss: LossEntry[]) {
    this.#names = names
    this.#loss = loss
  }

  /** For a field that takes a template. */
  template(source: string, where: string): Source {
    return hasMarkup(source) ? { language: 'liquid', source: this.liquid(source, where) } : source
  }

  /** For a field that takes an expression whose value is a text. */
  expression(source: string, where: string): Source {
    return hasMarkup(source) ? { language: 'liquid', source: this.liquid(source, where) } : quote(source)
  }

  /** The text as Liquid, for a text with or without markup. */
  liquid(source: string, where: string): string {
    const rewritten = rewriteLiquid(source, (path, taken) => this.#nameOf(path, taken, where))
    if (rewritten === undefined) {
      this.#report(where, 'warning', `${shown(source)} has markup without an end; it is shown as it stands`)
      return `{% raw %}${source.replaceAll('endraw', 'end raw')}{% endraw %}`
    }
    this.#reportUnknown(source, where)
    return rewritten
  }

  /** The counterpart of a path, reported where there is none. */
  reference(path: readonly PathPart[], where: string): Reference | undefined {
    const reference = translateReference(path, this.#names)
    if (reference === undefined) {
      const words = writePath('name' in path[0]! ? path[0].name : '', path.slice(1))
      this.#report(where, 'warning', `${shown(words)} is not known here and reads as nothing`)
    }
    return reference
  }

  #nameOf(path: readonly PathPart[], taken: ReadonlySet<string>, where: string): string {
    const reference = this.reference(path, where)
    if (reference === undefined) return 'nil'
    const { root, members, bare } = reference
    const hidden = bare === true && (taken.has(root) || WORDS.has(root))
    return writePath(hidden ? `vars.${root}` : root, members)
  }

  /** Filters and tags that Liquid does not have here; validation points at them too. */
  #reportUnknown(source: string, where: string): void {
    for (const piece of scanLiquid(source) ?? []) {
      if (piece.kind === 'text') continue
      const markup = piece.content.replace(/"[^"]*"|'[^']*'/g, '""')
      const tag = piece.kind === 'tag' ? /^\s*([\w#]*)/.exec(markup)![1]! : undefined
      if (tag !== undefined && !KNOWN_TAGS.has(tag))
        this.#report(where, 'error', `Liquid has no tag ${shown(tag)} here`)
      for (const [, filter = ''] of markup.matchAll(/\|\s*([A-Za-z_]\w*)/g)) {
        if (!KNOWN_FILTERS.has(filter))
          this.#report(where, 'error', `Liquid has no filter ${shown(filter)} here`)
        else if (filter === 'date')
          this.#report(where, 'warning', 'Dates are shown in UTC here unless the filter names a time zone')
      }
    }
  }

  #report(where: string, severity: LossEntry['severity'], message: string): void {
    const key = `${where}\n${message}`
    if (this.#reported.has(key)) return
    this.#reported.add(key)
    this.#loss.push({ severity, code: 'import.liquid', where, message })
  }
}

function shown(source: string): string {
  const words = source.replace(/\s+/g, ' ').trim()
  return words.length <= 80 ? words : `${words.slice(0, 80)}…`
}

/** A text as a CEL literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
