import type { Diagnostic, Location } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { type ValidateOptions, validate } from '../../validation/validate.ts'
import { withoutMeta } from '../viewer/viewer-document.ts'
import { type Removed, withoutSecrets } from '../without-secrets.ts'

/** What a flow is to people without an account. */
export interface StrangersView {
  /** Without secrets and without the host's own data. A copy: nothing that is done to it reaches the flow. */
  readonly document: FlowDocument
  /** Errors and warnings, without what would mend them, and without those of places from which a secret was taken. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The view of strangers. What is wrong is found out anew, on what they see, so that no message quotes a secret. */
export function strangersView(document: FlowDocument, options: ValidateOptions): StrangersView {
  const { document: clean, removed } = withoutSecrets(document, options.nodes)
  const found = validate(clean, options).filter(({ location }) => !isTaken(location, removed))
  return {
    document: structuredClone(withoutMeta(clean)),
    diagnostics: found.map(({ fix: _fix, ...told }) => told),
  }
}

/** True for the place of something that was taken, or that holds or is part of it. */
function isTaken({ node, path = [] }: Location, removed: readonly Removed[]): boolean {
  if (path.length === 0) return false
  return removed.some(
    (each) => each.node === node && path.slice(0, each.path.length).every((part, i) => part === each.path[i]),
  )
}
