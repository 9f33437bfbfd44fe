import { isJsonObject, type Json } from '../base/json.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import type { ExpressionLanguage, ExpressionLinker } from '../expressions/types.ts'
import { CommandFailure } from './command-failure.ts'
import { EXIT } from './io.ts'

/** A language of expressions beside CEL, whole. */
export type Language = ExpressionLanguage & ExpressionLinker

/** The languages that the sources of a flow are written in, beside CEL; each is loaded when a flow needs it. */
export async function languagesOf(document: FlowDocument): Promise<readonly Language[]> {
  return speaks(document as unknown as Json, 'liquid') ? [await loadLiquid()] : []
}

function speaks(value: Json, language: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (isJsonObject(value) && value.language === language && typeof value.source === 'string') return true
  return Object.values(value).some((member) => member !== undefined && speaks(member, language))
}

async function loadLiquid(): Promise<Language> {
  try {
    const { liquid } = await import('../adapters/liquid/index.ts')
    return liquid
  } catch (error) {
    if (!isMissing(error, 'liquidjs')) throw error
    throw new CommandFailure({
      code: 'cli.liquidMissing',
      problem: 'The flow has texts in Liquid, and the package liquidjs is not installed',
      next: 'Run npm install liquidjs',
      exitCode: EXIT.unusable,
    })
  }
}

/** True where a package that the host may leave out is not there. */
function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(name)
}
