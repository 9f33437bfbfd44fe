import { createInterface } from 'node:readline'
import type { JsonObject } from '../base/json.ts'
import type { Clock } from '../base/ports.ts'
import type { Trigger } from '../interpreter/first-session.ts'
import type { Program } from '../interpreter/program.ts'
import type { Session } from '../interpreter/session.ts'
import { createMocker, type EffectMocks } from '../testing/effect-mocks.ts'
import { virtualClock } from '../testing/virtual-clock.ts'
import { driveSession, type EventSource, type SessionOutput } from './drive-session.ts'
import { type CliIo, EXIT, tell } from './io.ts'
import { jsonOutput } from './json-output.ts'
import { compileFlow, type LoadedFlow, loadFlow } from './load-flow.ts'
import { parseMocks, suspectMocks } from './mocks.ts'
import { Interrupted } from './prompts.ts'
import { nameOf, readJson, readObject, shareStdin } from './read-input.ts'
import { readNow } from './read-now.ts'
import { scriptWorker } from './run-scripts.ts'
import { parseScript, type ScriptEvent } from './script.ts'
import { lineSource, scriptSource } from './script-source.ts'
import { tellFirstLoss } from './tell-loss.ts'
import { terminalOutput } from './terminal-output.ts'
import { terminalSource } from './terminal-source.ts'
import { textOutput } from './text-output.ts'

/** Options of `sluice run`, as they stand on the command line. */
export interface RunOptions {
  readonly script?: string
  readonly mock?: string
  readonly json?: boolean
  readonly now?: string
  readonly seed?: string
  /** JSON, or the name of a file that holds it. */
  readonly contact?: string
  readonly data?: string
  /** A kind of trigger, or JSON of the whole. */
  readonly trigger?: string
}

/** `sluice run`: talks to a flow. Returns the exit code; throws `SluiceError` for what cannot be used. */
export async function runCommand(file: string, options: RunOptions, io: CliIo): Promise<number> {
  shareStdin({
    'the flow': file,
    'the script': options.script,
    'the mocks': options.mock,
    'the contact': options.contact,
    'the data': options.data,
  })
  const now = readNow(options.now) ?? io.clock.now()
  const flow = await loadFlow(file, io)
  const program = compileFlow(flow, file)
  tellFirstLoss(flow, file, io)
  const script = options.script === undefined ? undefined : await readScript(options.script, io)
  const mocks =
    options.mock === undefined ? {} : parseMocks(await readJson(options.mock, io), nameOf(options.mock))
  for (const warning of suspectMocks(mocks, program)) tell(io, warning)
  const trigger = await readTrigger(options, flow, io)
  const job: Job = {
    program,
    trigger,
    mocks,
    seed: options.seed ?? 'sluice',
    now,
    options,
    io,
    stdinIsFlow: file === '-',
  }
  const session = script === undefined && isTerminal(job) ? await converse(job) : await play(job, script)
  return session === undefined ? EXIT.interrupted : report(session, io)
}

interface Job {
  readonly program: Program
  readonly trigger: Trigger
  readonly mocks: EffectMocks
  readonly seed: string
  /** Where the session's time begins, in milliseconds since 1970. */
  readonly now: number
  readonly options: RunOptions
  readonly io: CliIo
  readonly stdinIsFlow: boolean
}

function isTerminal({ io, options, stdinIsFlow }: Job): boolean {
  return io.stdin.isTTY === true && io.stdout.isTTY === true && options.json !== true && !stdinIsFlow
}

/** A conversation with a person, in real time; `undefined` where it was interrupted. */
async function converse(job: Job): Promise<Session | undefined> {
  const { io, now } = job
  const began = io.clock.now()
  const clock = { now: () => now + io.clock.now() - began }
  const prompts = await import('@clack/prompts')
  const talk = { ...io, interrupted: io.catchInterrupt() }
  try {
    return await drive(job, terminalSource(talk, prompts, clock), clock, terminalOutput(talk, prompts))
  } catch (error) {
    if (error instanceof Interrupted) return undefined
    throw error
  }
}

/** A script, or lines of a pipe, in virtual time; `undefined` where it was interrupted. */
async function play(job: Job, script: readonly ScriptEvent[] | undefined): Promise<Session | undefined> {
  const { io, now, options, stdinIsFlow } = job
  const clock = virtualClock(now)
  if (script === undefined) {
    if (stdinIsFlow) return drive(job, scriptSource([], 'the script', clock), clock)
    const lines = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })
    const close = () => lines.close()
    const interrupted = io.catchInterrupt()
    interrupted.addEventListener('abort', close)
    try {
      const session = await drive(job, lineSource(lines, clock), clock)
      return interrupted.aborted ? undefined : session
    } finally {
      close()
    }
  }
  const source = scriptSource(script, nameOf(options.script!), clock)
  const session = await drive(job, source, clock)
  const left = source.left()
  if (left > 0) {
    tell(
      io,
      `warning: ${left} ${left === 1 ? 'event' : 'events'} of the script came after the session was over [script.leftOver]`,
    )
  }
  return session
}

function drive(
  { program, trigger, mocks, seed, options, io }: Job,
  source: EventSource,
  clock: Clock,
  output: SessionOutput = options.json === true ? jsonOutput(io.stdout) : textOutput(io.stdout),
): Promise<Session> {
  const mocker = createMocker(mocks)
  const worker = scriptWorker(io)
  return driveSession({
    program,
    trigger,
    start: { id: 'session', seed },
    clock,
    source,
    mocker,
    worker,
    output,
  })
}

function report({ status, error }: Session, io: CliIo): number {
  if (status !== 'failed') return EXIT.done
  const { code = 'session.failed', message = 'The session failed', node = 'its node' } = error ?? {}
  tell(
    io,
    `error: The session failed at ${node}: ${message.replace(/\.$/, '')} [${code}]. Connect on:error of ${node}, or correct the node.`,
  )
  return EXIT.flowFailed
}

async function readScript(file: string, io: CliIo) {
  return parseScript(await readJson(file, io), nameOf(file))
}

async function readTrigger(options: RunOptions, { document }: LoadedFlow, io: CliIo): Promise<Trigger> {
  const declared = document.nodes.find(({ type }) => type.startsWith('start@'))?.config.trigger
  const given = options.trigger
  const whole: JsonObject =
    given === undefined
      ? { type: typeof declared === 'string' ? declared : 'manual' }
      : given.trim().startsWith('{')
        ? { type: 'manual', ...(await readObject(given, '--trigger', io)) }
        : { type: given }
  const contact =
    options.contact === undefined ? {} : { contact: await readObject(options.contact, '--contact', io) }
  const data = options.data === undefined ? {} : { data: await readObject(options.data, '--data', io) }
  return { ...whole, ...contact, ...data } as Trigger
}
