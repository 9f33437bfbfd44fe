import { SluiceError } from '../base/sluice-error.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'

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
