import type { Importer } from '../../importer.ts'
import { looksLikeConnect } from './connect-flow.ts'
import { importConnectFlow } from './import-connect-flow.ts'

/** Flows of Amazon Connect in its flow language, as its console and its API export them. */
export const amazonConnect: Importer = {
  format: 'amazon-connect',
  title: 'Amazon Connect',
  detect: looksLikeConnect,
  importFlow: importConnectFlow,
}
