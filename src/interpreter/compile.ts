import { isJsonObject } from '../base/json.ts'
import { err, ok, type Result } from '../base/result.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { formatDiagnostic } from '../diagnostics/format-diagnostics.ts'
import { parseDocument } from '../document/parse-document.ts'
import { re2Engine } from '../expressions/re2.ts'
import type { ExpressionLanguage, ExpressionLinker, RegexEngine } from '../expressions/types.ts'
import type { NodeTypes } from '../nodes/registry.ts'
import type { ValidationPolicy } from '../validation/rule.ts'
import { EXECUTABLE_FORMAT, type Executable } from './executable.ts'
import { link } from './link.ts'
import { prepare } from './prepare.ts'
import type { Program } from './program.ts'

/** A flow to compile: a document, its JSON text, or an executable that was prepared before. */
export type FlowSource = object | string

export interface CompileOptions {
  /** The node types that the flow may use. */
  readonly nodes: NodeTypes
  /** The flows that it calls, as programs, documents or executables. */
  readonly subflows?: readonly (Program | FlowSource)[]
  /** The flow that a session enters when it fails. */
  readonly exception?: Program | FlowSource
  readonly policy?: ValidationPolicy
  /** Engine for regular expressions; RE2 unless given. */
  readonly regex?: RegexEngine
  /** Expression languages beside CEL, whole. */
  readonly languages?: readonly (ExpressionLanguage & ExpressionLinker)[]
}

/** Thrown by `compile` for a flow with errors. The message shows the first of them. */
export class CompileError extends SluiceError {
  /** Errors and warnings, as `tryCompile` returns them. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const first = errors[0] === undefined ? 'The flow has errors' : formatDiagnostic(errors[0])
    super({
      code: 'flow.hasErrors',
      problem: errors.length > 1 ? `${first}, and ${errors.length - 1} more` : first,
      next: 'Mend what the diagnostics name; tryCompile returns them as data',
    })
    this.name = 'CompileError'
    this.diagnostics = diagnostics
  }
}

/**
 * Makes a program of a flow: reads, checks and links it. Throws `CompileError` with every diagnostic where the
 * flow has errors; warnings do not keep it from running.
 *
 * @example
 * import { palette } from 'sluice/palette'
 * const program = compile(flow, { nodes: palette })
 */
export function compile(flow: FlowSource, options: CompileOptions): Program {
  const compiled = tryCompile(flow, options)
  if (!compiled.ok) throw new CompileError(compiled.error)
  return compiled.value
}

/** As `compile`, with the diagnostics returned as data where there are errors. */
export function tryCompile(
  flow: FlowSource,
  options: CompileOptions,
): Result<Program, readonly Diagnostic[]> {
  const { nodes, languages, regex = re2Engine, policy } = options ?? {}
  if (typeof nodes?.[Symbol.iterator] !== 'function') {
    throw new SluiceError({
      code: 'compile.nodes',
      problem: 'No node types were passed',
      next: 'Pass { nodes: palette }, with palette from sluice/palette',
    })
  }
  const called: Program[] = []
  for (const each of options.subflows ?? []) {
    const compiled = compileCalled(each, options)
    if (!compiled.ok) return compiled
    called.push(compiled.value)
  }
  const exception =
    options.exception === undefined ? ok(undefined) : compileCalled(options.exception, options)
  if (!exception.ok) return exception
  const executable = isExecutable(flow) ? ok(flow) : prepareSource(flow, { nodes, languages, policy })
  if (!executable.ok) return executable
  return ok(link(executable.value, { nodes, subflows: called, exception: exception.value, regex, languages }))
}

function prepareSource(
  flow: FlowSource,
  options: Parameters<typeof prepare>[1],
): Result<Executable, readonly Diagnostic[]> {
  const document = parseDocument(flow)
  return document.ok ? prepare(document.value, options) : err(document.error)
}

function compileCalled(
  flow: Program | FlowSource,
  { subflows: _subflows, exception: _exception, ...options }: CompileOptions,
): Result<Program, readonly Diagnostic[]> {
  return isProgram(flow) ? ok(flow) : tryCompile(flow, options)
}

function isExecutable(flow: FlowSource): flow is Executable {
  return isJsonObject(flow) && flow.format === EXECUTABLE_FORMAT && typeof flow.hash === 'string'
}

function isProgram(flow: Program | FlowSource): flow is Program {
  return typeof flow === 'object' && 'executable' in flow && 'programs' in flow
}
