import type { Json } from '../../base/json.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import type { ExpressionLanguage } from '../../expressions/types.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import type { EditCommand } from '../command.ts'

/** One of the two documents that have come of the base. */
export type MergeSide = 'a' | 'b'

/** What merging needs to know beside the documents. */
export interface MergeOptions {
  /** The node types on offer. */
  readonly nodes: NodeTypes
  /** Expression languages beside CEL; sources of others are merged as texts. */
  readonly languages?: readonly ExpressionLanguage[] | undefined
  /**
   * Finds what is wrong with a document, as `validate` does. Where it is given, an error that neither side has alone is
   * a conflict too, so that a clean merge is no worse than what it was made of. It is called three times, and for
   * each such error a few times more.
   */
  readonly validate?: ((document: FlowDocument) => readonly Diagnostic[]) | undefined
}

/**
 * Why two changes do not go together:
 * - `changed`: both changed the place, differently;
 * - `removedAndChanged`, `removedAndUsed`: one took away what the other changed, or has come to use;
 * - `addedTwice`: both put something there, and not the same;
 * - `order`: both put entries at one place of a list whose order may matter;
 * - `sameOutcome`: connectors of both leave one outcome;
 * - `secondStart`: each brought a start node;
 * - `together`: an error that neither has alone.
 */
export type ConflictKind =
  | 'changed'
  | 'removedAndChanged'
  | 'removedAndUsed'
  | 'addedTwice'
  | 'order'
  | 'sameOutcome'
  | 'secondStart'
  | 'together'

/** One place where a person has to choose. */
export interface MergeConflict {
  /** The path as text (for `together` with the code of the error before it): the same for the same documents. */
  readonly id: string
  readonly kind: ConflictKind
  /** Keys from the document, as in `['nodes', 'menu', 'config', 'options', '1', 'label']`: entries of lists by name. */
  readonly path: readonly (string | number)[]
  /** What stood there before; left out where nothing did. */
  readonly base?: Json
  /** What stands there when `a` is chosen; left out for nothing. */
  readonly a?: Json
  readonly b?: Json
  /** One sentence for people, the same whichever of the two is called a. */
  readonly message: string
  /** The error that has come of it; for `together` alone. */
  readonly error?: Diagnostic
  readonly choices: ConflictChoices
}

/**
 * Edit commands that settle a conflict, made for the merged document; there may be none where it holds the choice already.
 * Apply those of one choice as a batch.
 */
export interface ConflictChoices {
  /** Left out where going back is no way out. */
  readonly base?: readonly EditCommand[]
  readonly a: readonly EditCommand[]
  readonly b: readonly EditCommand[]
}

/** A node that got another id, because each side had added a node of its own under the same one. */
export interface RenamedNode {
  readonly side: MergeSide
  readonly id: string
  /** The id that it has in the merged document. */
  readonly to: string
}

/** How many things one side has added, removed or changed. */
export interface ChangeCounts {
  readonly flow: number
  readonly settings: number
  readonly nodes: number
  readonly connectors: number
  readonly notes: number
}

/** What two documents come to. */
export interface Merge {
  /** Everything that goes together; what it holds at a conflict is the same whichever document is called a. */
  readonly document: FlowDocument
  /** True where there are no conflicts. */
  readonly clean: boolean
  /** In the order of their ids. */
  readonly conflicts: readonly MergeConflict[]
  readonly renamed: readonly RenamedNode[]
  readonly changes: { readonly a: ChangeCounts; readonly b: ChangeCounts }
}

/** A conflict before its words and choices are found. */
export interface Clash extends Pick<MergeConflict, 'kind' | 'path' | 'base' | 'a' | 'b' | 'error'> {
  /** True where the base is no choice. */
  readonly noBase?: boolean
}

/** The three documents, or the same place of them; a place that is missing is `undefined`. */
export interface Three<Value> {
  readonly base: Value
  readonly a: Value
  readonly b: Value
}

/** What stands at a clash: what loses least, or always what one of the three has. */
export type Take = 'safe' | 'base' | 'a' | 'b'
