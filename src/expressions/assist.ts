import type { TextRange } from '../diagnostics/diagnostic.ts'

/** What an editor may offer at the caret, best first. */
export interface CompletionList {
  /** What `insert` takes the place of: the name at the caret, or nothing. */
  readonly range: TextRange
  readonly items: readonly Completion[]
}

export interface Completion {
  readonly label: string
  readonly kind: 'variable' | 'root' | 'member' | 'node' | 'function' | 'method' | 'keyword' | 'filter'
  /** In words: number, text, true or false, list, object, any value. */
  readonly type?: string
  /** How a function is called. */
  readonly detail?: string
  /** What a function does, in one line. */
  readonly doc?: string
  /** The label, and for functions what opens the call. */
  readonly insert: string
}

/** What a name in a source stands for. */
export interface Hover {
  readonly range: TextRange
  readonly name: string
  readonly kind: Exclude<Completion['kind'], 'keyword' | 'filter'>
  /** In words, as in `Completion`. */
  readonly type: string
  readonly detail?: string
  readonly doc?: string
  /** True where the value must not be shown or logged. */
  readonly sensitive: boolean
}
