import { renderCode } from '../builder/index.ts'
import { palette } from '../palette/index.ts'
import { type CliIo, EXIT } from './io.ts'
import { loadFlow } from './load-flow.ts'
import { tellFirstLoss } from './tell-loss.ts'
import { writeOutput } from './write-output.ts'

/** `sluice code`: prints a flow as builder code, a module whose default export is the same document. */
export async function codeCommand(
  file: string,
  { output }: { readonly output?: string },
  io: CliIo,
): Promise<number> {
  const flow = await loadFlow(file, io)
  const code = renderCode(flow.document, { nodes: palette })
  tellFirstLoss(flow, file, io)
  await writeOutput(code.trimEnd(), { out: output, inputs: [file] }, io)
  return EXIT.done
}
