import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { ok, type Result } from '../base/result.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { DIAGNOSTICS } from '../diagnostics/diagnostics-table.ts'
import { formatDiagnostic } from '../diagnostics/format-diagnostics.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import {
  BUNDLE_FORMAT,
  detectFormat,
  type Imported,
  importFlow,
  isBundle,
  type LossEntry,
  readBundle,
} from '../interchange/index.ts'
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
 * Reads a flow document, the flow of a bundle, or a flow of any format that an importer knows; `from` says which, where it
 * is not to be guessed. Throws what `readText` throws, and `CommandFailure` with exit code 2 for what is no flow at all.
 */
export async function loadFlow(file: string, io: Pick<CliIo, 'stdin'>, from?: string): Promise<LoadedFlow> {
  const text = await readText(file, io)
  const bundle = from === undefined || from === BUNDLE_FORMAT ? bundleIn(text) : undefined
  if (bundle !== undefined) return loadBundle(bundle, file)
  const value = parseJson(text, nameOf(file))
  if (from === BUNDLE_FORMAT) return loadBundle(value, file)
  const format = from ?? (isOurs(value) ? undefined : detectFormat(value)?.format)
  const read = format === undefined ? parseOurs(value) : importFlow(value, { from: format })
  if (!read.ok) throw notAFlow(file, read.error)
  const { flow, loss } = read.value
  return { document: flow, format, loss, languages: await languagesOf(flow) }
}

/** What says that it is a bundle. It has limits of its own, for the flows in it may be as deep as flows by themselves. */
function bundleIn(text: string): JsonObject | undefined {
  if (!text.includes(BUNDLE_FORMAT)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isBundle(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The flow that was asked for when the bundle was exported. */
async function loadBundle(value: Json, file: string): Promise<LoadedFlow> {
  const read = readBundle(value)
  if (!read.ok) throw notAFlow(file, read.error)
  const { bundle, warnings } = read.value
  const [root, ...others] = bundle.flows
  if (bundle.roots.length > 1) {
    throw new CommandFailure({
      code: 'cli.severalFlows',
      problem: `${nameOf(file)} is a bundle of ${bundle.roots.length} flows: ${listed(bundle.roots)}`,
      next: 'Export the flow by itself, or import the bundle into a workspace',
      exitCode: EXIT.unusable,
    })
  }
  const { document } = root!
  return {
    document,
    format: BUNDLE_FORMAT,
    loss: [
      ...warnings
        .filter(({ location }) => location.flow === document.id)
        .map(({ code, location, message }): LossEntry => {
          const { node, connector, path = [] } = location
          const where = [node ?? connector ?? [], path].flat().join('.')
          return { severity: 'warning', code, where, message }
        }),
      ...others.map(
        (other): LossEntry => ({
          severity: 'info',
          code: 'bundle.subflow',
          where: other.document.id,
          message: 'This flow came along in the bundle, and is left out here',
        }),
      ),
    ],
    languages: await languagesOf(document),
  }
}

/** The first of some names. */
function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ')
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
