import { isJsonObject, type Json } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { DIAGNOSTICS } from '../diagnostics/diagnostics-table.ts'
import { formatDiagnostic } from '../diagnostics/format-diagnostics.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import { detectFormat, type LossEntry } from '../interchange/index.ts'
import { tryCompile } from '../interpreter/compile.ts'
import type { Program } from '../interpreter/program.ts'
import { palette } from '../palette/index.ts'
import { type CliIo, EXIT } from './io.ts'
import { nameOf, parseJson, readText } from './read-input.ts'

/** A flow as it was found in a file. */
export interface LoadedFlow {
  readonly document: FlowDocument
  /** The format that it was brought in from; `undefined` for a flow of ours. */
  readonly format: string | undefined
  /** What the import could not keep. */
  readonly loss: readonly LossEntry[]
}

/** A command stops: one line on standard error, and the exit code. */
export class CommandFailure extends SluiceError {
  readonly exitCode: number
  /** For `--json`, where the command reports diagnostics all the same. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(init: {
    code: string
    problem: string
    next: string
    exitCode: number
    diagnostics?: readonly Diagnostic[]
  }) {
    super(init)
    this.exitCode = init.exitCode
    this.diagnostics = init.diagnostics ?? []
  }
}

/**
 * Reads a flow document, or a flow of any format that an importer knows. Throws what `readText` throws, and
 * `CommandFailure` with exit code 2 for what is no flow at all.
 */
export async function loadFlow(file: string, io: Pick<CliIo, 'stdin' | 'interrupted'>): Promise<LoadedFlow> {
  const value = parseJson(await readText(file, io), nameOf(file))
  const importer = isOurs(value) ? undefined : detectFormat(value)
  if (importer !== undefined) {
    const imported = importer.importFlow(value)
    if (!imported.ok) throw notAFlow(file, imported.error)
    return { document: imported.value.flow, format: importer.format, loss: imported.value.loss }
  }
  const parsed = parseDocument(value)
  if (!parsed.ok) throw notAFlow(file, parsed.error)
  return { document: parsed.value, format: undefined, loss: [] }
}

/** Compiles a flow that was loaded. Throws `CommandFailure` with exit code 1 where it has errors. */
export function compileFlow({ document }: LoadedFlow, file: string): Program {
  const compiled = tryCompile(document, { nodes: palette })
  if (compiled.ok) return compiled.value
  const errors = compiled.error.filter(({ severity }) => severity === 'error')
  const first = errors[0]!
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors, the first`
  throw new CommandFailure({
    code: first.code,
    problem: `${nameOf(file)} has ${count}: ${describe(first)}`,
    next: `${mendOf(first)}; sluice validate lists everything that is wrong`,
    exitCode: EXIT.flowFailed,
    diagnostics: compiled.error,
  })
}

function isOurs(value: Json): boolean {
  return isJsonObject(value) && Object.hasOwn(value, 'schema')
}

function notAFlow(file: string, diagnostics: readonly Diagnostic[]): CommandFailure {
  const first = diagnostics[0]!
  return new CommandFailure({
    code: first.code,
    problem: `${nameOf(file)} is no flow: ${withoutStop(first.message)}`,
    next: mendOf(first),
    exitCode: EXIT.unusable,
    diagnostics,
  })
}

/** Place and message of an error; its code is told apart. */
function describe(diagnostic: Diagnostic): string {
  const { severity, code } = diagnostic
  return withoutStop(formatDiagnostic(diagnostic).replace(` [${code}]`, '')).replace(
    new RegExp(`^${severity}:? `),
    '',
  )
}

function mendOf({ code }: Diagnostic): string {
  return withoutStop(DIAGNOSTICS[code]?.mend ?? 'Correct the file')
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
