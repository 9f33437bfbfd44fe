import { isJsonObject, type Json } from '../base/json.ts'
import { ok, type Result } from '../base/result.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { DIAGNOSTICS } from '../diagnostics/diagnostics-table.ts'
import { formatDiagnostic } from '../diagnostics/format-diagnostics.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import { detectFormat, type Imported, importFlow, type LossEntry } from '../interchange/index.ts'
import { tryCompile } from '../interpreter/compile.ts'
import type { Program } from '../interpreter/program.ts'
import { palette } from '../palette/index.ts'
import { CommandFailure } from './command-failure.ts'
import { type CliIo, EXIT } from './io.ts'
import { type Language, languagesOf } from './languages.ts'
import { nameOf, parseJson, readText } from './read-input.ts'

/** A flow as it was found in a file. */
export interface LoadedFlow {
  readonly document: FlowDocument
  /** The format that it was brought in from; `undefined` for a flow of ours. */
  readonly format: string | undefined
  /** What the import could not keep. */
  readonly loss: readonly LossEntry[]
  /** The languages of its sources, beside CEL. */
  readonly languages: readonly Language[]
}

/**
 * Reads a flow document, or a flow of any format that an importer knows; `from` says which, where it is not to be
 * guessed. Throws what `readText` throws, and `CommandFailure` with exit code 2 for what is no flow at all.
 */
export async function loadFlow(file: string, io: Pick<CliIo, 'stdin'>, from?: string): Promise<LoadedFlow> {
  const value = parseJson(await readText(file, io), nameOf(file))
  const format = from ?? (isOurs(value) ? undefined : detectFormat(value)?.format)
  const read = format === undefined ? parseOurs(value) : importFlow(value, { from: format })
  if (!read.ok) throw notAFlow(file, read.error)
  const { flow, loss } = read.value
  return { document: flow, format, loss, languages: await languagesOf(flow) }
}

function parseOurs(value: Json): Result<Imported, readonly Diagnostic[]> {
  const parsed = parseDocument(value)
  return parsed.ok ? ok({ flow: parsed.value, loss: [] }) : parsed
}

/** Compiles a flow that was loaded. Throws `CommandFailure` with exit code 1 where it has errors. */
export function compileFlow({ document, languages }: LoadedFlow, file: string): Program {
  const compiled = tryCompile(document, { nodes: palette, languages })
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

/** What is no flow, with the first fault. */
export function notAFlow(file: string, diagnostics: readonly Diagnostic[]): CommandFailure {
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
