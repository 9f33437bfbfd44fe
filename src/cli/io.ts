import type { Readable, Writable } from 'node:stream'
import { type Clock, systemClock } from '../base/ports.ts'

/** A stream that says whether a person sits at it. */
export type MaybeTerminal<Stream> = Stream & { readonly isTTY?: boolean }

/** Everything that the command line touches besides files, so that tests can stand in for a terminal. */
export interface CliIo {
  readonly stdin: MaybeTerminal<Readable>
  readonly stdout: MaybeTerminal<Writable>
  readonly stderr: Writable
  /** `SLUICE_DEBUG` shows the stack of a fault of the tool itself; `NO_COLOR` is honoured. */
  readonly env: { readonly [name: string]: string | undefined }
  readonly clock: Clock
  /**
   * From here on Ctrl-C outside of a prompt aborts the signal, for what has to be left tidy. Until this is called it ends
   * the process at once, in the middle of a computation too, where no handler would have its turn.
   */
  readonly catchInterrupt: () => AbortSignal
}

/** Exit codes, as the contract of the command line names them. */
export const EXIT = { done: 0, flowFailed: 1, unusable: 2, interrupted: 130 } as const

/** The streams of this process. */
export function processIo(): CliIo {
  const { stdin, stdout, stderr, env } = process
  const catchInterrupt = () => {
    const interrupt = new AbortController()
    process.once('SIGINT', () => interrupt.abort())
    return interrupt.signal
  }
  return { stdin, stdout, stderr, env, clock: systemClock, catchInterrupt }
}

/** Writes one line. */
export function writeLine(stream: Writable, line: string): void {
  stream.write(`${line}\n`)
}

/** Texts of flows and contacts cannot move the cursor or colour the terminal. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
}

/** Texts of flows and contacts that stand within a line stay there: none can write a line of its own. */
export function plainLine(text: string): string {
  return plain(text).replace(/\s*[\n\u2028\u2029]\s*/g, ' ')
}

/** Says something beside the output proper: one line on standard error. */
export function tell(io: Pick<CliIo, 'stderr'>, line: string): void {
  writeLine(io.stderr, plainLine(line))
}
