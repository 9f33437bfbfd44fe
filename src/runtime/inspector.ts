import { hashJson } from '../base/canonical.ts'
import type { Json } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { compareDocuments } from '../document/compare-documents.ts'
import { describeComparison } from '../document/describe-comparison.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import { contentHash } from '../document/serialise-document.ts'
import type { ExpressionLanguage } from '../expressions/types.ts'
import type { Executable } from '../interpreter/executable.ts'
import { prepare } from '../interpreter/prepare.ts'
import type { NodeTypes } from '../nodes/registry.ts'
import type { ContentComparison } from '../releases/context.ts'
import { inspect } from '../releases/inspect.ts'
import type { Inspection } from '../releases/inspection.ts'
import type { Policy } from '../releases/policy.ts'
import type { ContentStore } from './content-store.ts'

/** How many inspections are kept, so that a plan and the release that follows inspect once. */
const KEPT = 64

export interface InspectorOptions {
  readonly contents: ContentStore
  readonly nodes: NodeTypes
  readonly languages?: readonly ExpressionLanguage[] | undefined
}

/** Reads documents from the content store, and finds out what commands about them need to know. */
export class Inspector {
  readonly #options: InspectorOptions
  readonly #inspections = new Map<string, Inspection>()

  constructor(options: InspectorOptions) {
    this.#options = options
  }

  /** The document that was stored under a hash. Throws where it is missing, or is not what the hash names. */
  async document(hash: string): Promise<FlowDocument> {
    const text = await this.#options.contents.get(hash)
    if (text === undefined)
      throw damaged('content.missing', `The document ${hash} is not in the content store`)
    const value: unknown = JSON.parse(text)
    const parsed = parseDocument(value)
    // The hash is that of the text as it was stored, which reading may bring to a newer schema.
    if (parsed.ok && hashJson(value as Json) === hash) return parsed.value
    throw damaged('content.damaged', `The document ${hash} is not what was stored under its hash`)
  }

  /** What a document says, judged by a policy. */
  inspect(document: FlowDocument, { validation }: Policy): Inspection {
    const { nodes, languages } = this.#options
    const key = `${contentHash(document)} ${JSON.stringify(validation)}`
    const known = this.#inspections.get(key)
    if (known !== undefined) return known
    const inspection = inspect(document, { nodes, languages, policy: validation })
    this.#inspections.set(key, inspection)
    if (this.#inspections.size > KEPT) this.#inspections.delete(this.#inspections.keys().next().value!)
    return inspection
  }

  /** Makes the executable of a document; `undefined` where it has errors. */
  prepare(document: FlowDocument, { validation }: Policy): Executable | undefined {
    const { nodes, languages } = this.#options
    const executable = prepare(document, { nodes, languages, policy: validation })
    return executable.ok ? executable.value : undefined
  }

  /** What is different between two stored documents, a line each. */
  async compare(from: string, to: string): Promise<ContentComparison> {
    const [before, after] = await Promise.all([this.document(from), this.document(to)])
    return { from, to, changes: describeComparison(compareDocuments(before, after)).split('\n') }
  }
}

function damaged(code: string, problem: string): SluiceError {
  return new SluiceError({ code, problem, next: 'Restore the content store from a copy' })
}
