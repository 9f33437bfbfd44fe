import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { checkJson } from '../../base/check-json.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import { SANDBOX } from './sandbox.ts'

/** A script, as the effect `script.run` describes it. */
export interface Script {
  /** The body of a function that sees `inputs` and returns the value. */
  readonly source: string
  readonly inputs: JsonObject
  /** Milliseconds since 1970: what its clock shows, and what its random numbers start from. */
  readonly now: number
  readonly timeLimitMs: number
  readonly memoryBytes: number
}

/** Why a script has no value. */
export interface ScriptFailure {
  readonly ok: false
  readonly code: /** It did not end within its time. */
    | 'script.timeout'
    /** It needed more memory than it may have. */
    | 'script.memory'
    /** It threw, or is no JavaScript. */
    | 'script.threw'
    /** What it returned is no JSON: a function, a cycle, a BigInt, a name that could reach a prototype. */
    | 'script.notJson'
    /** What it returned is larger than `maxResultLength`. */
    | 'script.tooLarge'
    /** The sandbox itself came to an end. */
    | 'script.crashed'
  /** For people; may hold what the script threw, and so values of the session. */
  readonly message: string
}

export type ScriptOutcome = { readonly ok: true; readonly value: Json } | ScriptFailure

export interface ScriptRunner {
  /** Runs one script in a sandbox of its own. Never rejects. */
  run(script: Script): Promise<ScriptOutcome>
}

export interface ScriptRunnerOptions {
  /** Scripts that run at the same time, each in a thread; others wait for their turn. 1 or more, default 4. */
  readonly maxConcurrent?: number
  /** UTF-16 units of the JSON of a value. Default 65,536. */
  readonly maxResultLength?: number
}

/**
 * Makes a runner of scripts in QuickJS, an engine of its own inside WebAssembly: a fresh one for each script, in a
 * thread of its own, which is ended when the time is over. A script reaches nothing outside of it: no network, no files,
 * no modules, no timers, no host. Its clock stands still, and equal scripts give equal values.
 *
 * Needs Node and the package quickjs-wasi. Throws `script.options` for a number of scripts that none could run with.
 *
 * @example
 * const runner = createScriptRunner()
 * const limits = { timeLimitMs: 1_000, memoryBytes: 16_777_216 }
 * await runner.run({ source: 'return inputs.a + 1', inputs: { a: 1 }, now: 0, ...limits })
 * // { ok: true, value: 2 }
 */
export function createScriptRunner(options: ScriptRunnerOptions = {}): ScriptRunner {
  const { maxConcurrent = 4, maxResultLength = 65_536 } = options
  if (!(maxConcurrent >= 1)) {
    throw new SluiceError({
      code: 'script.options',
      problem: `With maxConcurrent ${maxConcurrent} no script would ever run`,
      next: 'Pass 1 or more, or leave it out',
    })
  }
  const waiting: (() => void)[] = []
  let running = 0
  let engine: Promise<Engine> | undefined
  return {
    async run(script) {
      const refused = refusalOf(script)
      if (refused !== undefined) return refused
      if (running >= maxConcurrent) await new Promise<void>((resolve) => waiting.push(resolve))
      else running++
      try {
        engine ??= loadEngine()
        return await runInThread(script, await engine, maxResultLength)
      } catch (error) {
        engine = undefined
        return failure('script.crashed', error instanceof Error ? error.message : String(error))
      } finally {
        const next = waiting.shift()
        if (next === undefined) running--
        else next()
      }
    },
  }
}

/** To the engine, a limit that is no number above 0 would be none at all. */
function refusalOf({ timeLimitMs, memoryBytes }: Script): ScriptFailure | undefined {
  if (!(timeLimitMs > 0)) return failure('script.timeout', 'The script may take no time')
  return memoryBytes > 0 ? undefined : failure('script.memory', 'The script may have no memory')
}

/** What every sandbox starts from: the engine, compiled once, and where its library lies. */
interface Engine {
  /** A `WebAssembly.Module`. */
  readonly module: object
  readonly library: string
}

async function loadEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url)
  return {
    module: await compileWasm(await readFile(require.resolve('quickjs-wasi/quickjs.wasm'))),
    library: pathToFileURL(require.resolve('quickjs-wasi')).href,
  }
}

// Types for browsers bring WebAssembly along; this package is written without them.
const compileWasm = (bytes: Uint8Array): Promise<object> =>
  (
    globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<object> } }
  ).WebAssembly.compile(bytes)

/** What a sandbox tells: that the script begins, then what it came to. */
type SandboxMessage =
  | { readonly type: 'started' }
  | { readonly type: 'value'; readonly json: string }
  | { readonly type: 'failed'; readonly code: ScriptFailure['code']; readonly message: string }

/** A thread that has not begun by then never will. */
const MAX_START_MS = 30_000

/**
 * How long after its time a script may still be running in the engine, which asks for the time only now and then; some
 * loops inside of it never ask. Then the thread is ended.
 */
const GRACE_MS = 250

function runInThread(
  { source, inputs, now, timeLimitMs, memoryBytes }: Script,
  engine: Engine,
  maxResultLength: number,
): Promise<ScriptOutcome> {
  const worker = new Worker(SANDBOX, {
    eval: true,
    workerData: {
      ...engine,
      source,
      inputs: JSON.stringify(inputs),
      now,
      timeLimitMs,
      memoryBytes,
      maxResultLength,
    },
    env: {},
    execArgv: [],
    stdin: false,
  })
  return new Promise<ScriptOutcome>((resolve) => {
    const endAfter = (ms: number, outcome: ScriptFailure) => setTimeout(() => settle(outcome), ms)
    const settle = (outcome: ScriptOutcome) => {
      clearTimeout(timer)
      worker.removeAllListeners()
      // What an ending thread still has to say is no longer of interest.
      worker.on('error', () => {})
      void worker.terminate().then(() => resolve(outcome))
    }
    let timer = endAfter(MAX_START_MS, failure('script.crashed', 'The sandbox did not start'))
    worker.on('message', (message: SandboxMessage) => {
      if (message.type === 'started') {
        clearTimeout(timer)
        timer = endAfter(timeLimitMs + GRACE_MS, failure('script.timeout', 'The script did not end in time'))
      } else {
        settle(message.type === 'value' ? readValue(message.json) : failure(message.code, message.message))
      }
    })
    worker.on('error', (error) => settle(failure('script.crashed', error.message)))
    worker.on('exit', () => settle(failure('script.crashed', 'The sandbox ended before the script did')))
  })
}

/** The script may have put words of its own in place of `JSON.stringify`; what it made is read as if it had. */
function readValue(json: string): ScriptOutcome {
  try {
    const value = JSON.parse(json) as Json
    const fault = checkJson(value)
    if (fault === undefined) return { ok: true, value }
    return failure('script.notJson', `The value has ${fault.got} at ${fault.path.join('.')}`)
  } catch {
    return failure('script.notJson', 'The value is not JSON')
  }
}

function failure(code: ScriptFailure['code'], message: string): ScriptFailure {
  return { ok: false, code, message }
}
