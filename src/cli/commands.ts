import { Argument, Command, Option } from 'commander'
import { IMPORTERS } from '../interchange/index.ts'
import { buildCommand } from './build-command.ts'
import { codeCommand } from './code-command.ts'
import { completionScript, SHELLS, type Shell } from './completion.ts'
import { diffCommand } from './diff-command.ts'
import { type ExploreCommandOptions, exploreCommand } from './explore-command.ts'
import { GRAPH_FORMATS, type GraphCommandOptions, graphCommand } from './graph-command.ts'
import { type ImportCommandOptions, importCommand } from './import-command.ts'
import { type CliIo, EXIT, writeLine } from './io.ts'
import { type MergeCommandOptions, mergeCommand } from './merge-command.ts'
import { type RunOptions, runCommand } from './run-command.ts'
import { SESSION_ACTIONS, type SessionsOptions, sessionsCommand } from './sessions-command.ts'
import { validateCommand } from './validate-command.ts'
import { VERSION } from './version.ts'

/** All commands with their options and help; `done` takes the exit code of the one that ran. */
export function createCommands(io: CliIo, done: (code: number) => void): Command {
  const sluice = new Command('sluice')
    .description('Runs, checks, draws and compares communication flows.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // What commander says about a mistake is said by `main`, in one line.
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
    .option('--json', 'print JSON lines')
    .addHelpText(
      'after',
      example(
        'run examples/support/support.json --contact examples/support/ada.json --script examples/support/script.json',
      ),
    )
    .action(async (file: string, options: RunOptions) => done(await runCommand(file, options, io)))
  sluice
    .command('validate')
    .summary('show errors and warnings')
    .description('Shows the errors and warnings of a flow. Exit code 1 where there are errors.')
    .argument('<file>', 'the flow')
    .option('--json', 'print the diagnostics as one JSON array')
    .addHelpText('after', example('validate examples/support/support.json'))
    .action(async (file: string, options: { json?: boolean }) =>
      done(await validateCommand(file, options, io)),
    )
  sluice
    .command('import')
    .summary('bring a foreign flow in')
    .description('Writes a flow of another product as one of ours, and tells what changed on the way.')
    .argument('<file>', 'the foreign flow')
    // The importer itself names the format that a mistyped one is nearest to.
    .option('--from <format>', `${IMPORTERS.map(({ format }) => format).join(', ')}; guessed unless given`)
    .option('-o, --output <file>', 'write the flow there; standard output unless given')
    .option('--json', 'print flow and losses as one JSON object')
    .addHelpText('after', example('import examples/studio/feedback.json --json'))
    .action(async (file: string, options: ImportCommandOptions) =>
      done(await importCommand(file, options, io)),
    )
  // Its values are named for completion; the command itself names the one that a mistyped one is nearest to.
  const format = new Option(
    '--format <format>',
    'svg, mermaid or dot; by the name of the output unless given',
  )
  sluice
    .command('graph')
    .summary('draw a flow')
    .description('Draws a flow, laid out, with its errors and warnings marked.')
    .argument('<file>', 'the flow')
    .addOption(format.choices(GRAPH_FORMATS).argParser((given: string) => given))
    .option('-o, --output <file>', 'write the picture there; standard output unless given')
    .option('--coverage <file>', 'mark what was taken: what run --json or explore --json has printed')
    .option('--json', 'print where everything stands as one JSON object, in place of a picture')
    .addHelpText('after', example('graph examples/support/support.json --format mermaid'))
    .action(async (file: string, options: GraphCommandOptions) => done(await graphCommand(file, options, io)))
  sluice
    .command('diff')
    .summary('compare two flows')
    .description('Shows what the second flow has added (+), removed (-) and changed (~) against the first.')
    .argument('<before>', 'a flow')
    .argument('<after>', 'the flow to compare with it')
    .option('--json', 'print the comparison as one JSON object')
    .addHelpText('after', example('diff examples/support/support.json examples/order-status/flow.json'))
    .action(async (before: string, after: string, options: { json?: boolean }) =>
      done(await diffCommand(before, after, options, io)),
    )
  sluice
    .command('merge')
    .summary('bring together what two flows have made of one')
    .description(
      'Brings together what two flows have made of one. Exit code 1 where there are conflicts, which are told on standard error.',
    )
    .argument('<base>', 'the flow that both have come from')
    .argument('<a>', 'one of the flows')
    .argument('<b>', 'the other')
    .option('-o, --output <file>', 'write the merged flow there; standard output unless given')
    .option('--json', 'print flow and conflicts as one JSON object')
    .addHelpText(
      'after',
      example('merge examples/merge/base.json examples/merge/ours.json examples/merge/theirs.json'),
    )
    .action(async (base: string, a: string, b: string, options: MergeCommandOptions) =>
      done(await mergeCommand(base, a, b, options, io)),
    )
  sluice
    .command('explore')
    .summary('walk a flow until every outcome is taken')
    .description('Plays generated sessions until every outcome is taken, and names those that cannot be.')
    .argument('<file>', 'the flow')
    .option('--now <iso>', 'when sessions start; 2026-01-01 unless given')
    .option('--seed <text>', 'determines the random numbers of the sessions')
    .option('--json', 'print outcomes, failures and scripts as one JSON object')
    .addHelpText('after', example('explore examples/support/support.json'))
    .action(async (file: string, options: ExploreCommandOptions) =>
      done(await exploreCommand(file, options, io)),
    )
  sluice
    .command('code')
    .summary('print a flow as code')
    .description('Prints a flow as builder code: a module whose default export is the same document.')
    .argument('<file>', 'the flow')
    .option('-o, --output <file>', 'write the code there; standard output unless given')
    .addHelpText('after', example('code examples/support/support.json'))
    .action(async (file: string, options: { output?: string }) => done(await codeCommand(file, options, io)))
  sluice
    .command('build')
    .summary('run a module that builds a flow, and print the flow')
    .description(
      'Runs a module and prints the document that is its default export. The module is code: run only what you trust.',
    )
    .argument('<module>', 'a module in JavaScript, or in TypeScript where Node runs it')
    .option('-o, --output <file>', 'write the document there; standard output unless given')
    .addHelpText('after', example('build examples/reminder/flow.mjs'))
    .action(async (file: string, options: { output?: string }) => done(await buildCommand(file, options, io)))
  sluice
    .command('sessions')
    .summary('look at the sessions of a host')
    .description(
      'Lists the sessions in the database of a host, shows or follows the path of one, or has a dead letter done again.',
    )
    .addArgument(new Argument('<action>', 'what to do').choices(SESSION_ACTIONS))
    .argument('<database>', 'the SQLite file of the host')
    .argument('[what]', 'a session, or for retry the number of a dead letter')
    .option('--workspace <id>', 'the workspace, where the database holds several')
    .option('--flow <id>', 'list: sessions of this flow')
    .option('--status <status>', 'list: sessions that are waiting, ended or failed')
    .option('--contact <id>', 'list: sessions with this contact')
    .option('--limit <count>', 'list: so many at most; 50 unless given')
    .option('--by <member>', 'retry: the member who does it')
    .option('--json', 'print JSON lines')
    .addHelpText('after', example('sessions list flows.db --status waiting'))
    .action(async (action: string, file: string, what: string | undefined, options: SessionsOptions) =>
      done(await sessionsCommand(action, file, what, options, io)),
    )
  sluice
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands and options of sluice in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', example('completion bash'))
    .action((shell: Shell) => {
      writeLine(io.stdout, completionScript(shell, sluice))
      done(EXIT.done)
    })
  return sluice
}

function example(command: string): string {
  return `\nExample:\n  $ sluice ${command}`
}
