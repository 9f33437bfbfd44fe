import { isUnsafeKey, type Json } from '../../../base/json.ts'
import { MAX_TEMPLATE_LENGTH } from '../../../expressions/index.ts'
import type { LossEntry } from '../../importer.ts'
import type { Names } from '../shared/names.ts'
import { quote } from '../shared/reference.ts'
import { lose, shown } from '../shared/report.ts'
import type { Root } from './namespaces.ts'
import { isDynamic, type Piece, piecesOf, wholePath } from './paths.ts'
import {
  type ConnectReference,
  holeExpression,
  textExpression,
  translatePath,
  valueExpression,
} from './references.ts'

/** Characters of one expression, beyond which none is read. */
export const MAX_EXPRESSION = 4_000

/**
 * Brings texts along: paths in them become names that things have here, in CEL. A path that names nothing is reported
 * where it stands, and reads as nothing.
 */
export class ConnectTexts {
  readonly #names: Names
  readonly #roots: ReadonlyMap<string, Root>
  readonly #loss: LossEntry[]
  readonly #choosesQueue: boolean
  readonly #reported = new Set<string>()

  /** `choosesQueue` is true where some action of the flow chooses another queue than the one it began with. */
  constructor(names: Names, roots: ReadonlyMap<string, Root>, loss: LossEntry[], choosesQueue: boolean) {
    this.#names = names
    this.#roots = roots
    this.#loss = loss
    this.#choosesQueue = choosesQueue
  }

  /** For a field that takes a template. */
  template(source: string, where: string): string {
    const write = (pieces: readonly Piece[]) =>
      pieces
        .map((piece) => {
          if ('words' in piece) return piece.words.replaceAll('{{', '{{ "{{" }}')
          const reference = this.reference(piece.path, where)
          return reference === undefined ? '' : `{{${holeExpression(reference)}}}`
        })
        .join('')
    return this.#fit(piecesOf(source), write, MAX_TEMPLATE_LENGTH, where)
  }

  /** An expression whose value is always a text. */
  text(source: string, where: string): string {
    return this.#fit(piecesOf(source), (pieces) => this.#row(pieces, where), MAX_EXPRESSION, where)
  }

  /** Leaves out the end of what is longer than anything that is read here, and says so. */
  #fit(
    pieces: readonly Piece[],
    write: (pieces: readonly Piece[]) => string,
    longest: number,
    where: string,
  ): string {
    let written = write(pieces)
    if (written.length <= longest) return written
    const message = `Not more than ${longest} characters are read here; what is beyond them is left out`
    lose(this.#loss, where, message)
    // One piece, cut, or some pieces, as many as fit.
    let [fits, tooMany] = [0, pieces.length]
    const [only] = pieces
    const words = pieces.length === 1 && only !== undefined && 'words' in only ? only.words : undefined
    if (words !== undefined) tooMany = words.length
    while (tooMany - fits > 1) {
      const half = Math.floor((fits + tooMany) / 2)
      const cut = write(words === undefined ? pieces.slice(0, half) : [{ words: words.slice(0, half) }])
      if (cut.length <= longest) fits = half
      else tooMany = half
    }
    written = write(words === undefined ? pieces.slice(0, fits) : [{ words: words.slice(0, fits) }])
    return written
  }

  #row(pieces: readonly Piece[], where: string): string {
    const parts = pieces.map((piece) => {
      if ('words' in piece) return quote(piece.words)
      const reference = this.reference(piece.path, where)
      return reference === undefined ? '""' : textExpression(reference)
    })
    if (parts.length === 0) return '""'
    // A long row of operators is more than an expression may have.
    return parts.length < 10 ? parts.join(' + ') : `[${parts.join(', ')}].join("")`
  }

  /** An expression for a value of whatever kind, with paths filled in wherever they stand. */
  value(source: Json | undefined, where: string): string {
    if (typeof source === 'string') {
      const path = wholePath(source)
      const reference = path === undefined ? undefined : this.reference(path, where)
      if (path === undefined) return this.#row(piecesOf(source), where)
      return reference === undefined ? '""' : valueExpression(reference)
    }
    if (Array.isArray(source)) return `[${source.map((each: Json) => this.value(each, where)).join(', ')}]`
    if (typeof source !== 'object' || source === null) return JSON.stringify(source ?? null)
    const members = Object.entries(source).filter(([key, value]) => value !== undefined && !isUnsafeKey(key))
    const isFilled = members.some(([key]) => isDynamic(key))
    // Two keys that are filled in may come out the same, which no object can have.
    if (isFilled)
      return `[${members.map(([key, value]) => `[${this.text(key, where)}, ${this.value(value, where)}]`).join(', ')}]`
    return `{${members.map(([key, value]) => `${quote(key)}: ${this.value(value, where)}`).join(', ')}}`
  }

  /** The counterpart of a path, reported where there is none and where it has to come from outside. */
  reference(path: readonly string[], where: string): ConnectReference | undefined {
    const words = `$.${path.join('.')}`
    if (this.#choosesQueue && path[0] === 'Queue' && path[1]?.toUpperCase() === 'ARN' && path.length === 2)
      return { root: this.#names.own('TargetQueue'), type: 'text', members: [], bare: true }
    const reference = translatePath(path, this.#names, this.#roots)
    if (words === '$.Channel')
      this.#report(
        where,
        'warning',
        '$.Channel is trigger.channel here, with the words of the host: VOICE and CHAT hold where these are its words',
      )
    if (this.#choosesQueue && path[0] === 'Queue' && reference !== undefined)
      this.#report(
        where,
        'warning',
        `${shown(words)} is ${reference.root} here, which knows nothing of the queue that this flow chooses`,
      )
    else if (reference === undefined)
      this.#report(where, 'warning', `${shown(words)} is not known here and reads as nothing`)
    else if (reference.given === true)
      this.#report(
        where,
        'info',
        `${shown(words)} is ${reference.root} here: whoever starts the flow gives it`,
      )
    return reference
  }

  #report(where: string, severity: LossEntry['severity'], message: string): void {
    if (this.#reported.has(message)) return
    this.#reported.add(message)
    this.#loss.push({ severity, code: 'import.reference', where, message })
  }
}
