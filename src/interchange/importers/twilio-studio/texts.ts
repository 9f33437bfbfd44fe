import type { Source } from '../../../document/flow-document.ts'
import type { LossEntry } from '../../importer.ts'
import type { Names } from '../shared/names.ts'
import { type PathPart, quote, type Reference } from '../shared/reference.ts'
import { shown } from '../shared/report.ts'
import { problemsOf } from './lint-liquid.ts'
import { translateReference } from './references.ts'
import { rewriteLiquid, WORDS, writePath } from './rewrite-liquid.ts'
import { hasMarkup } from './scan-liquid.ts'

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

  /**
   * The text as Liquid, for a text with or without markup. As a `part` of a longer one it names variables in full: the
   * other parts may make names of their own.
   */
  liquid(source: string, where: string, part = false): string {
    const rewritten = rewriteLiquid(source, (path, taken) =>
      this.#nameOf(path, part ? undefined : taken, where),
    )
    if (rewritten === undefined) {
      this.#report(where, 'warning', `${shown(source)} has markup without an end; it is shown as it stands`)
      return `{% raw %}${source.replaceAll('endraw', 'end raw')}{% endraw %}`
    }
    for (const { severity, message } of problemsOf(source)) this.#report(where, severity, shown(message))
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

  #nameOf(path: readonly PathPart[], taken: ReadonlySet<string> | undefined, where: string): string {
    const reference = this.reference(path, where)
    if (reference === undefined) return 'nil'
    const { root, members, bare } = reference
    const hidden = bare === true && (taken === undefined || taken.has(root) || WORDS.has(root))
    return writePath(hidden ? `vars.${root}` : root, members)
  }

  #report(where: string, severity: LossEntry['severity'], message: string): void {
    const key = `${where}\n${message}`
    if (this.#reported.has(key)) return
    this.#reported.add(key)
    this.#loss.push({ severity, code: 'import.liquid', where, message })
  }
}
