import type { JsonObject } from '../base/json.ts'
import type { Result } from '../base/result.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument, Source } from '../document/flow-document.ts'

/**
 * One thing that an import could not bring along as it was. An `error` means that something is missing here which
 * somebody has to put in, a `warning` that the flow does something else than it did, an `info` that something has
 * another name.
 */
export interface LossEntry {
  readonly severity: 'error' | 'warning' | 'info'
  /** Stable, such as `import.renamed`. */
  readonly code: string
  /** The place in the foreign flow, as in `allow_split.input`. */
  readonly where: string
  readonly message: string
}

/** A foreign flow in our shape, with what it lost on the way. */
export interface Imported {
  readonly flow: FlowDocument
  readonly loss: readonly LossEntry[]
}

/** What an import may be told. */
export interface ImportOptions {
  /** Id of the new flow; made from its name unless given. */
  readonly id?: string
  readonly name?: string
  /** For types of foreign nodes that the host knows better than the importer: what each becomes. */
  readonly translations?: { readonly [type: string]: Translation }
}

/** Makes a node of ours of a foreign one. What it throws comes out of the import. */
export type Translation = (foreign: ForeignNode) => TranslatedForeignNode

/** A node of a foreign flow, as a host's translation sees it. */
export interface ForeignNode {
  readonly name: string
  readonly type: string
  /** As the other product wrote them. */
  readonly properties: JsonObject
  /** Where an outcome leads there, for `targets`; `undefined` where it ends the flow. */
  next(outcome: string): string | undefined
  /** A text of the flow as a template of ours, with the names that things have here. */
  text(source: string): Source
}

/** What stands in the place of a foreign node. Expressions read its outputs under the names that they had there. */
export interface TranslatedForeignNode {
  /** The pin of its type, as in `acme-rating@1`. */
  readonly type: string
  readonly config: JsonObject
  /** By outcome of the node: what `next` says. */
  readonly targets: { readonly [outcome: string]: string | undefined }
}

/** Reads one foreign format. */
export interface Importer {
  /** The name that `--from` takes, such as `twilio-studio`. */
  readonly format: string
  /** What people call it. */
  readonly title: string
  /** True for a value that looks like this format; cheap, and never throws. */
  detect(value: unknown): boolean
  /** Fails only for a value that is not of the format; whatever has no counterpart here stands in `loss`. */
  importFlow(value: unknown, options?: ImportOptions): Result<Imported, readonly Diagnostic[]>
}
