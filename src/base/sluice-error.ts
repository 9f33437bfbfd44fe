/** What a `SluiceError` is made of. */
export interface SluiceErrorInit {
  /** Stable code, such as `session.wrongProgram`. */
  readonly code: string
  /** What is wrong, as one sentence without the final full stop. */
  readonly problem: string
  /** The next step to take, as one sentence without the final full stop. */
  readonly next: string
  readonly cause?: unknown
}

/**
 * Thrown for misuse by a programmer and for input that cannot be used at all. Faults of a flow or of an event
 * are data and are never thrown. `message` is one line: problem, code and next step.
 */
export class SluiceError extends Error {
  readonly code: string
  readonly problem: string
  readonly next: string

  constructor({ code, problem, next, cause }: SluiceErrorInit) {
    super(`${problem} [${code}]. ${next}.`, cause === undefined ? undefined : { cause })
    this.name = 'SluiceError'
    this.code = code
    this.problem = problem
    this.next = next
  }
}
