import type { Importer } from '../../importer.ts'
import { importStudioFlow } from './import-studio-flow.ts'
import { looksLikeStudio } from './studio-flow.ts'

/** Flows of Twilio Studio, as its console and its API export them. */
export const twilioStudio: Importer = {
  format: 'twilio-studio',
  title: 'Twilio Studio',
  detect: looksLikeStudio,
  importFlow: importStudioFlow,
}
