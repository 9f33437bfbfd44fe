import { Command, CommanderError, Option } from 'commander'
import { SluiceError } from '../base/sluice-error.ts'
import { type CliIo, EXIT, tell, writeLine } from './io.ts'
import { CommandFailure } from './load-flow.ts'
import { type RunOptions, runCommand } from './run-command.ts'
import { validateCommand } from './validate-command.ts'
import { VERSION } from './version.ts'

/**
 * The command line over streams: takes arguments (without the program's name), returns the exit code. Never throws
 * and never ends the process.
 *
 * @example process.exitCode = await main(['validate', 'flow.json'], processIo(new AbortController().signal))
 */
export async function main(args: readonly string[], io: CliIo): Promise<number> {
  let code: number = EXIT.done
  const done = (result: number) => {
    code = result
  }
  const command = createCommand(io, done)
  try {
    if (args.length === 0) command.outputHelp()
    else await command.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return explain(error, io)
  }
}

function createCommand(io: CliIo, done: (code: number) => void): Command {
  const sluice = new Command('sluice')
    .description('Runs and checks communication flows.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // What commander says about a mistake is said by `explain`, in one line.
      writeErr: () => {},
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
    .addHelpText('after', '\nFILE is a flow document or a flow that an importer reads; - is standard input.')
  sluice
    .command('run')
    .summary('talk to a flow')
    .description('Talks to a flow in the terminal, or plays a script to it.')
    .argument('<file>', 'the flow')
    .option('--script <file>', "the contact's events, as a JSON array; - is standard input")
    .option('--mock <file>', 'results of effects, by node or type')
    .option('--contact <json>', 'what is known of the contact, as JSON or a file')
    .option('--data <json>', 'data that comes with the trigger, as JSON or a file')
    .option('--trigger <kind>', 'kind of trigger, or JSON such as {"type":"call","from":"+4915112345678"}')
    .option('--now <iso>', 'when the session starts; now unless given')
    .option('--seed <text>', 'determines the random numbers of the session')
    .addOption(new Option('--json', 'print JSON lines'))
    .action(async (file: string, options: RunOptions) => done(await runCommand(file, options, io)))
  sluice
    .command('validate')
    .summary('show errors and warnings')
    .description('Shows the errors and warnings of a flow. Exit code 1 where there are errors.')
    .argument('<file>', 'the flow')
    .option('--json', 'print the diagnostics as one JSON array')
    .action(async (file: string, options: { json?: boolean }) =>
      done(await validateCommand(file, options, io)),
    )
  return sluice
}

/** One line on standard error for whatever went wrong, and the exit code. */
function explain(error: unknown, io: CliIo): number {
  if (io.interrupted.aborted) return EXIT.interrupted
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
