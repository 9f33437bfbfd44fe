import { hashJson } from '../../base/canonical.ts'
import { isJsonObject, type Json } from '../../base/json.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import { compareDocuments } from '../../document/compare-documents.ts'
import { listChanges } from '../../document/describe-comparison.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { parseDocument } from '../../document/parse-document.ts'
import type { ExpressionLanguage } from '../../expressions/types.ts'
import { checkExecutable } from '../../interpreter/check-executable.ts'
import type { Executable } from '../../interpreter/executable.ts'
import { prepare } from '../../interpreter/prepare.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import type { ContentComparison } from '../../releases/context.ts'
import { inspect } from '../../releases/inspect.ts'
import type { Inspection } from '../../releases/inspection.ts'
import type { Policy } from '../../releases/policy.ts'
import type { ContentStore } from '../stores/content-store.ts'
import { Recent } from './recent.ts'

/** So that a plan, the plan with another answer and the release that follows inspect and compare once. */
const KEPT = 16

export interface InspectorOptions {
  readonly contents: ContentStore
  readonly nodes: NodeTypes
  readonly languages?: readonly ExpressionLanguage[] | undefined
}

/** Reads documents from the content store, and finds out what commands about them need to know. */
export class Inspector {
  readonly #options: InspectorOptions
  readonly #inspections = new Recent<Inspection>(KEPT)
  readonly #given = new WeakMap<
    FlowDocument,
    { readonly validation: Policy['validation']; readonly inspection: Inspection }
  >()
  readonly #comparisons = new Recent<ContentComparison>(KEPT)

  constructor(options: InspectorOptions) {
    this.#options = options
  }

  /** The document that was stored under a hash. Throws where it is missing, or is not what the hash names. */
  async document(hash: string): Promise<FlowDocument> {
    // Many databases say null for what is not there.
    const text = (await this.#options.contents.get(hash)) ?? undefined
    if (text === undefined) throw lost('content.missing', `The document ${hash} is not in the content store`)
    // The hash is that of the text as it was stored, which reading may bring to a newer schema.
    const value = readIntact('document', hash, text, (stored) => hashJson(stored) === hash)
    const parsed = parseDocument(value)
    if (parsed.ok) return parsed.value
    throw new SluiceError({
      code: 'content.unreadable',
      problem: `The document ${hash} is as it was stored, and cannot be read: ${parsed.error[0]!.message.replace(/\.$/, '')}`,
      next: 'Open it with the release that has stored it, or a newer one',
    })
  }

  /** The executable that was stored under a hash; `undefined` where there is none. Throws where it is damaged. */
  async executable(hash: string): Promise<Executable | undefined> {
    const text = (await this.#options.contents.get(hash)) ?? undefined
    if (text === undefined) return undefined
    const executable: unknown = readIntact('executable', hash, text, (stored) => {
      const { hash: named, ...content } = isJsonObject(stored) ? stored : {}
      return named === hash && hashJson(content) === hash
    })
    checkExecutable(executable)
    return executable
  }

  /** What a document says, which nobody changes any more, judged by a policy. */
  inspect(document: FlowDocument, policy: Policy): Inspection {
    const before = this.#given.get(document)
    // Where somebody else was faster, the same document is decided on again.
    if (before !== undefined && before.validation === policy.validation) return before.inspection
    const { nodes, languages } = this.#options
    const { validation } = policy
    const inspection = inspect(document, { nodes, languages, policy: validation })
    this.#given.set(document, { validation, inspection })
    // The plan of a release will ask for it.
    return this.#inspections.get(keyOf(inspection.contentHash, policy), () => inspection)
  }

  /** What a stored document says, judged by a policy. */
  async inspectStored(hash: string, policy: Policy): Promise<Inspection> {
    const key = keyOf(hash, policy)
    const known = this.#inspections.peek(key)
    if (known !== undefined) return known
    const document = await this.document(hash)
    // Bound to the hash that versions name it by, also where reading has brought it to a newer schema.
    return this.#inspections.get(key, () => ({ ...this.inspect(document, policy), contentHash: hash }))
  }

  /** Makes the executable of a document; `undefined` where it has errors. */
  prepare(document: FlowDocument, { validation }: Policy): Executable | undefined {
    const { nodes, languages } = this.#options
    const executable = prepare(document, { nodes, languages, policy: validation })
    return executable.ok ? executable.value : undefined
  }

  /** What is different between two stored documents, a line each. */
  async compare(from: string, to: string): Promise<ContentComparison> {
    const key = `${from} ${to}`
    const known = this.#comparisons.peek(key)
    if (known !== undefined) return known
    const [before, after] = await Promise.all([this.document(from), this.document(to)])
    return this.#comparisons.get(key, () => ({
      from,
      to,
      changes: listChanges(compareDocuments(before, after)),
    }))
  }
}

function keyOf(hash: string, { validation }: Policy): string {
  return `${hash} ${JSON.stringify(validation)}`
}

/** What a stored text says, where it is still what was stored: anything may have happened to a store. */
function readIntact(what: string, hash: string, text: string, isIntact: (value: Json) => boolean): Json {
  try {
    const value = JSON.parse(text) as Json
    if (isIntact(value)) return value
  } catch {
    // No JSON, or nested so deep that nothing of ours can have written it.
  }
  throw lost('content.damaged', `The ${what} ${hash} is not what was stored under its hash`)
}

function lost(code: string, problem: string): SluiceError {
  return new SluiceError({ code, problem, next: 'Restore the content store from a copy' })
}
