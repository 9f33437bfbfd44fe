import type { Json, JsonObject } from '../base/json.ts'

/** An error keeps a flow from being released; a warning does not, unless a policy says so. */
export type Severity = 'error' | 'warning'

/** Characters of a source text, from `start` up to but not including `end`, in UTF-16 units. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** Where a diagnostic points, from the whole flow down to the characters of one field. */
export interface Location {
  /** Id of the flow. */
  readonly flow?: string
  /** Id of the node. */
  readonly node?: string
  /** Name of an outcome of that node. */
  readonly outcome?: string
  /** Id of the connector. */
  readonly connector?: string
  /** Keys and indexes from the node, as in `['config', 'prompt']`, or from the document where no node is named. */
  readonly path?: readonly (string | number)[]
  /** Characters of the text found there. */
  readonly range?: TextRange
}

/** A mend that can be applied by one call: edit commands as data. */
export interface Fix {
  readonly title: string
  readonly commands: readonly JsonObject[]
}

/** One error or warning: data, with wording already filled in for people. */
export interface Diagnostic {
  /** Stable; each has an entry in the documentation. */
  readonly code: string
  readonly severity: Severity
  readonly location: Location
  readonly message: string
  /** The values that the message speaks of, for hosts that word it themselves. */
  readonly details?: { readonly [name: string]: Json }
  /** Other places that have to do with it. */
  readonly related?: readonly Location[]
  readonly fix?: Fix
}
