import { CommanderError } from 'commander'
import { SluiceError } from '../base/sluice-error.ts'
import { CommandFailure } from './command-failure.ts'
import { createCommands } from './commands.ts'
import { type CliIo, EXIT, tell, writeLine } from './io.ts'

/**
 * The command line over streams: takes arguments (without the program's name), returns the exit code. Never throws
 * and never ends the process.
 *
 * @example process.exitCode = await main(['validate', 'flow.json'], processIo())
 */
export async function main(args: readonly string[], io: CliIo): Promise<number> {
  let code: number = EXIT.done
  const done = (result: number) => {
    code = result
  }
  const command = createCommands(io, done)
  try {
    if (args.length === 0) command.outputHelp()
    else await command.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return explain(error, io)
  }
}

/** One line on standard error for whatever went wrong, and the exit code. */
function explain(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done
    tell(io, `error: ${describeUsage(error)}`)
    return EXIT.unusable
  }
  if (error instanceof SluiceError) {
    tell(io, `error: ${error.message}`)
    return error instanceof CommandFailure ? error.exitCode : EXIT.unusable
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  tell(
    io,
    `error: sluice itself went wrong: ${message} [cli.internal]. Please report it; SLUICE_DEBUG=1 shows where it happened.`,
  )
  if (io.env.SLUICE_DEBUG !== undefined && stack !== undefined) writeLine(io.stderr, stack)
  return EXIT.unusable
}

/** Commander's words with our code and the next step. */
function describeUsage({ code, message }: CommanderError): string {
  const problem = message
    .replace(/^error: /, '')
    .replace(/\n/g, ' ')
    .replace(/\.$/, '')
  const kind = code.startsWith('commander.') ? code.slice('commander.'.length) : code
  return `${problem} [cli.${kind}]. Try sluice --help.`
}
