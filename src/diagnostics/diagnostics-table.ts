import { BUNDLE_DIAGNOSTICS } from './bundle-codes.ts'
import { DOCUMENT_DIAGNOSTICS } from './document-codes.ts'
import type { DiagnosticEntry } from './entry.ts'
import { EXPRESSION_DIAGNOSTICS } from './expression-codes.ts'
import { FLOW_DIAGNOSTICS } from './flow-codes.ts'
import { LIQUID_DIAGNOSTICS } from './liquid-codes.ts'
import { WORKSPACE_DIAGNOSTICS } from './workspace-codes.ts'

/** Every code that a diagnostic can carry, with its severity and wording. */
export const DIAGNOSTICS: { readonly [code: string]: DiagnosticEntry } = {
  ...DOCUMENT_DIAGNOSTICS,
  ...FLOW_DIAGNOSTICS,
  ...EXPRESSION_DIAGNOSTICS,
  ...LIQUID_DIAGNOSTICS,
  ...WORKSPACE_DIAGNOSTICS,
  ...BUNDLE_DIAGNOSTICS,
}
