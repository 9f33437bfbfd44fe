import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { formatDiagnostics } from '../diagnostics/format-diagnostics.ts'
import { palette } from '../palette/index.ts'
import { validate } from '../validation/validate.ts'
import { CommandFailure } from './command-failure.ts'
import { type CliIo, EXIT, plain, writeLine } from './io.ts'
import { loadFlow } from './load-flow.ts'
import { tellLoss } from './tell-loss.ts'

/**
 * `sluice validate`: prints what is wrong with a flow. Exit code 1 where there are errors. What is no flow at all is
 * told as well, with exit code 2.
 */
export async function validateCommand(
  file: string,
  { json = false }: { json?: boolean },
  io: CliIo,
): Promise<number> {
  const show = (diagnostics: readonly Diagnostic[]) =>
    writeLine(io.stdout, json ? JSON.stringify(diagnostics) : plain(formatDiagnostics(diagnostics)))
  try {
    const flow = await loadFlow(file, io)
    if (!json) tellLoss(flow, io)
    const { document, languages } = flow
    const diagnostics = validate(document, { nodes: palette, languages })
    show(diagnostics)
    return diagnostics.some(({ severity }) => severity === 'error') ? EXIT.flowFailed : EXIT.done
  } catch (error) {
    if (error instanceof CommandFailure && (json || error.diagnostics.length > 1)) show(error.diagnostics)
    throw error
  }
}
