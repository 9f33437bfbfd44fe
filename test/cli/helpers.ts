import { PassThrough, Readable } from 'node:stream'
import { type CliIo, main } from '../../src/cli/index.ts'

/** What one call of the command line came to. */
export interface CliResult {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Standard output as JSON lines. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into lines of every shape
  readonly lines: any[]
}

export interface CliOptions {
  /** What comes on standard input; nothing unless given. */
  readonly stdin?: string | Uint8Array | Readable
  /** What the clock shows, in milliseconds since 1970. */
  readonly now?: number
  readonly env?: CliIo['env']
  /** What Ctrl-C aborts; never, unless given. */
  readonly interrupt?: AbortSignal
}

/** The instant at which the command line finds itself unless told otherwise. */
export const NOW = Date.UTC(2026, 10, 21, 9, 30)

/** Calls the command line over streams, without a terminal. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { stdin = '', now = NOW, env = {}, interrupt = new AbortController().signal } = options
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const [out, err] = [collect(stdout), collect(stderr)]
  const code = await main(args, {
    stdin: stdin instanceof Readable ? stdin : Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    env,
    clock: { now: () => now },
    catchInterrupt: () => interrupt,
  })
  stdout.end()
  stderr.end()
  const result = { code, out: await out, err: await err }
  return {
    ...result,
    get lines() {
      return result.out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    },
  }
}

async function collect(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

/** True for one line that ends in a code and the next step, without a stack trace. */
export function isOneLine(err: string): boolean {
  return /^error: [^\n]+ \[[\w.]+\]\. [^\n]+\.\n$/.test(err) && !/\n\s+at /.test(err)
}
