import type { Result } from '../base/result.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../document/flow-document.ts'

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
