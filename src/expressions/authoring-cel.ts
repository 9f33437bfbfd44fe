import { cel } from './cel.ts'
import { completeSource } from './completion/complete.ts'
import { hoverSource } from './completion/hover.ts'
import { renameSource } from './rename/rename.ts'
import type { ExpressionLanguage } from './types.ts'

/** A language with everything that editors need. */
export type AuthoringLanguage = Required<ExpressionLanguage>

/** `cel` with renaming, completion and hover; apart from it, so that programs which only compile flows do not carry them. */
export const authoringCel: AuthoringLanguage = /* @__PURE__ */ withTools(cel)

function withTools(language: ExpressionLanguage): AuthoringLanguage {
  return { ...language, rename: renameSource, complete: completeSource, hover: hoverSource }
}
