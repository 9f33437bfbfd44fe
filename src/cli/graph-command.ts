import { nearest } from '../base/nearest.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { layoutFlow, renderDot, renderMermaid, renderSvg } from '../drawing/index.ts'
import { palette } from '../palette/index.ts'
import { validate } from '../validation/validate.ts'
import { parseCoverage } from './coverage-file.ts'
import { type CliIo, EXIT } from './io.ts'
import { loadFlow } from './load-flow.ts'
import { nameOf, readText, shareStdin } from './read-input.ts'
import { tellFirstLoss } from './tell-loss.ts'
import { writeOutput } from './write-output.ts'

/** What a flow can be drawn as, and the names of files that say so. */
const FORMATS = {
  svg: { render: renderSvg, endings: ['.svg'] },
  mermaid: { render: renderMermaid, endings: ['.mmd', '.mermaid'] },
  dot: { render: renderDot, endings: ['.dot', '.gv'] },
} as const

type Format = keyof typeof FORMATS

export const GRAPH_FORMATS = Object.keys(FORMATS) as readonly Format[]

export interface GraphCommandOptions {
  readonly format?: string
  readonly output?: string
  readonly coverage?: string
  readonly json?: boolean
}

/**
 * `sluice graph`: draws a flow, with what is wrong with it marked; errors do not keep it from being drawn. With `--json` it
 * prints where everything stands, in place of a picture.
 */
export async function graphCommand(
  file: string,
  { format, output, coverage, json = false }: GraphCommandOptions,
  io: CliIo,
): Promise<number> {
  const { render } = FORMATS[formatOf(format, output)]
  shareStdin({ 'the flow': file, 'the coverage': coverage })
  const flow = await loadFlow(file, io)
  const { document, languages } = flow
  const taken =
    coverage === undefined
      ? undefined
      : parseCoverage(await readText(coverage, io), nameOf(coverage), document.id)
  tellFirstLoss(flow, file, io)
  const draw = () => {
    const diagnostics = validate(document, { nodes: palette, languages })
    return render(document, { nodes: palette, diagnostics, coverage: taken }).trimEnd()
  }
  const text = json ? JSON.stringify(layoutFlow(document, { nodes: palette })) : draw()
  await writeOutput(text, { out: output, inputs: [file, coverage] }, io)
  return EXIT.done
}

/** The format that is asked for, else the one that the name of the output ends in, else SVG. */
function formatOf(given: string | undefined, output: string | undefined): Format {
  const guessed = GRAPH_FORMATS.find((each) =>
    FORMATS[each].endings.some((ending) => output?.toLowerCase().endsWith(ending)),
  )
  if (given === undefined) return guessed ?? 'svg'
  const format = GRAPH_FORMATS.find((each) => each === given)
  if (format !== undefined) return format
  const suggestion = nearest(given, GRAPH_FORMATS)
  throw new SluiceError({
    code: 'graph.unknownFormat',
    problem: `Flows are not drawn as ${JSON.stringify(given.slice(0, 64))}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
    next: `Use one of ${GRAPH_FORMATS.join(', ')}`,
  })
}
