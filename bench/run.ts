import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { DurableFigures } from './durable.ts'
import { measureImport } from './import-time.ts'
import type { Effort } from './measure.ts'
import { pool } from './pool.ts'
import { report } from './report.ts'
import type { ProcessResult } from './worker.ts'

const USAGE = `Usage: npm run bench -- [options]
  --quick            one process and short samples: does everything run? (the figures are rough)
  --processes COUNT  fresh processes whose samples are pooled (default 3)
  --write            also writes bench/RESULTS.md`

const FULL: Effort = { rounds: 15, sampleMs: 8, warmUpMs: 500 }
const QUICK: Effort = { rounds: 5, sampleMs: 2, warmUpMs: 30 }

async function main(): Promise<void> {
  const options = readOptions()
  const results: ProcessResult[] = []
  for (let i = 0; i < options.processes; i++) results.push(await runProcess(options.effort))
  const coldImport = measureImport(options.quick ? 3 : 9)
  const durable: DurableFigures[] = []
  const missing: { name: string; why: string }[] = []
  for (const parked of options.quick ? [1_000] : [1_000, 1_000_000]) {
    const figures = await runDurable(parked, options.quick ? 1 : 8)
    if ('missing' in figures) missing.push({ name: 'the durable host', why: figures.missing })
    else durable.push(figures)
  }
  const pooled = pool(results)
  const text = report({ ...pooled, missing: [...pooled.missing, ...missing] }, coldImport, durable, {
    processes: options.processes,
    quick: options.quick,
  })
  console.log(text)
  if (options.write) writeFileSync(new URL('RESULTS.md', import.meta.url), text)
}

interface Options {
  readonly quick: boolean
  readonly write: boolean
  readonly processes: number
  readonly effort: Effort
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        processes: { type: 'string' },
      },
    })
    const processes = Number(values.processes ?? (values.quick ? 1 : 3))
    if (!Number.isInteger(processes) || processes < 1)
      throw new Error('--processes wants a whole number from 1')
    return { quick: values.quick, write: values.write, processes, effort: values.quick ? QUICK : FULL }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    process.exit(2)
  }
}

/** A process of its own, so that nothing else stands in its heap. */
function runDurable(parked: number, seconds: number): Promise<DurableFigures | { readonly missing: string }> {
  return inProcess('durable.ts', { parked, seconds })
}

/** Measures in a fresh process, so that no process's luck with the optimiser decides a figure alone. */
function runProcess(effort: Effort): Promise<ProcessResult> {
  return inProcess('worker.ts', effort)
}

function inProcess<Result>(file: string, message: object): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(new URL(file, import.meta.url)), {
      execArgv: ['--expose-gc', '--import', 'tsx'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let result: Result | undefined
    worker.once('message', (answer) => {
      result = answer as Result
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (result) resolve(result)
      else reject(new Error(`a bench process ended with ${code} before it had figures`))
    })
    worker.send(message)
  })
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
