import { describeMerge, mergeDocuments } from '../editing/index.ts'
import { palette } from '../palette/index.ts'
import { validate } from '../validation/validate.ts'
import { indented } from './import-command.ts'
import { type CliIo, EXIT, plain, writeLine } from './io.ts'
import { loadFlow } from './load-flow.ts'
import { nameOf, shareStdin } from './read-input.ts'
import { writeOutput } from './write-output.ts'

export interface MergeCommandOptions {
  readonly output?: string
  readonly json?: boolean
}

/**
 * `sluice merge`: what two flows have made of one, brought together. Exit code 1 where there are conflicts; they are told
 * on standard error, and with `--json` everything is printed as one object.
 */
export async function mergeCommand(
  base: string,
  a: string,
  b: string,
  { output, json = false }: MergeCommandOptions,
  io: CliIo,
): Promise<number> {
  shareStdin({ 'the base': base, 'the first flow': a, 'the second flow': b })
  const flows = [await loadFlow(base, io), await loadFlow(a, io), await loadFlow(b, io)] as const
  const byId = new Map(flows.flatMap((flow) => flow.languages.map((language) => [language.id, language])))
  const languages = [...byId.values()]
  const [before, first, second] = flows.map(({ document }) => document)
  const merge = mergeDocuments(before!, first!, second!, {
    nodes: palette,
    languages,
    validate: (document) => validate(document, { nodes: palette, languages }),
  })
  if (!json || output !== undefined) {
    await writeOutput(indented(merge.document), { out: output, inputs: [base, a, b] }, io)
  }
  if (json) {
    const { document: flow, clean, conflicts, renamed, changes } = merge
    writeLine(io.stdout, JSON.stringify({ flow, clean, conflicts, renamed, changes }))
  } else {
    const names = { base: nameOf(base), a: nameOf(a), b: nameOf(b) }
    writeLine(io.stderr, plain(describeMerge(merge, names)))
  }
  return merge.clean ? EXIT.done : EXIT.flowFailed
}
