import type { Json } from '../base/json.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { serialiseDocument } from '../document/serialise-document.ts'
import { type CliIo, EXIT, tell, writeLine } from './io.ts'
import { loadFlow } from './load-flow.ts'
import { nameOf } from './read-input.ts'
import { tellLoss } from './tell-loss.ts'
import { writeOutput } from './write-output.ts'

export interface ImportCommandOptions {
  readonly from?: string
  readonly output?: string
  readonly json?: boolean
}

/**
 * `sluice import`: writes a foreign flow as one of ours, and tells what changed on the way. With `--json` both are
 * printed as one object.
 */
export async function importCommand(
  file: string,
  { from, output, json = false }: ImportCommandOptions,
  io: CliIo,
): Promise<number> {
  const flow = await loadFlow(file, io, from)
  const { document, loss, format } = flow
  const text = indented(document)
  if (!json || output !== undefined) await writeOutput(text, { out: output, inputs: [file] }, io)
  if (json) {
    writeLine(io.stdout, JSON.stringify({ flow: document, loss }))
    return EXIT.done
  }
  tellLoss(flow, io)
  const what = `${document.nodes.length} nodes, ${document.connectors.length} connectors`
  const source = format === undefined ? 'is a flow of ours already' : `was brought in from ${format}`
  tell(io, `${nameOf(file)} ${source}: ${what}, ${count(loss.length, 'loss', 'losses')}`)
  return EXIT.done
}

/** A document in canonical order, with white space for people. */
export function indented(document: FlowDocument): string {
  return JSON.stringify(JSON.parse(serialiseDocument(document)) as Json, null, 2)
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
