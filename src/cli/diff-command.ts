import { compareDocuments, describeComparison } from '../document/index.ts'
import { type CliIo, EXIT, plain, writeLine } from './io.ts'
import { loadFlow } from './load-flow.ts'
import { shareStdin } from './read-input.ts'

/** `sluice diff`: what the second flow has added, removed and changed against the first. */
export async function diffCommand(
  before: string,
  after: string,
  { json = false }: { json?: boolean },
  io: CliIo,
): Promise<number> {
  shareStdin({ 'the flow before': before, 'the flow after': after })
  const [a, b] = [await loadFlow(before, io), await loadFlow(after, io)]
  const comparison = compareDocuments(a.document, b.document)
  writeLine(io.stdout, json ? JSON.stringify(comparison) : plain(describeComparison(comparison)))
  return EXIT.done
}
