import type { FlowDocument } from '../../document/flow-document.ts'
import { behaviourHash } from '../../document/serialise-document.ts'
import type { BundledReference } from './bundle.ts'
import { withValues } from './flow-references.ts'

/** The hash of what a flow does, in which flows of its bundle stand by their place. */
export function bundledHash(document: FlowDocument, references: readonly BundledReference[] = []): string {
  return behaviourHash(
    withValues(
      document,
      references.map(({ node, path, place }) => ({ node, path, value: { place } })),
    ),
  )
}
