import { availableParallelism } from 'node:os'
import type { DurableFigures } from './durable.ts'
import { number, range } from './format.ts'
import type { ImportTime } from './import-time.ts'
import type { Figure, Pooled, PooledWorkload } from './pool.ts'
import { targetRows } from './targets.ts'

export interface Circumstances {
  readonly processes: number
  readonly quick: boolean
}

/** The whole report as Markdown; it names the class of machine, never the machine. */
export function report(
  pooled: Pooled,
  coldImport: ImportTime,
  durable: readonly DurableFigures[],
  { processes, quick }: Circumstances,
): string {
  const date = new Date().toISOString().slice(0, 10)
  const sections = [
    '# Benchmark results',
    `${date}, ${process.platform} on ${process.arch} with ${count(availableParallelism(), 'core')}, Node ${process.versions.node}, ` +
      `${count(processes, 'fresh process', 'fresh processes')}, all engines in turn in each. A figure is the median of all samples; in ` +
      'brackets the smallest and largest median of one process. Ratios hold on other machines, absolute times do not.',
    ...(quick ? ['**Quick form: it shows that everything runs; the figures are rough.**'] : []),
    ...missingSection(pooled),
    '## Targets',
    targetTable(pooled, coldImport, durable),
    '## Figures',
    ...pooled.workloads.map(workloadSection),
    parkedSection(pooled),
    growthSection(pooled),
    editSection(pooled),
    durableSection(durable),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function missingSection({ missing }: Pooled): string[] {
  if (missing.length === 0) return []
  return [`Not measured:\n\n${missing.map(({ name, why }) => `- ${name}: ${why}`).join('\n')}`]
}

function targetTable(pooled: Pooled, coldImport: ImportTime, durable: readonly DurableFigures[]): string {
  const rows = targetRows(pooled, coldImport, durable).map(
    ({ what, measured, spread, target, ambition, verdict }) => [
      what,
      measured,
      spread,
      target,
      ambition,
      verdict,
    ],
  )
  return table(['what', 'measured', 'spread', 'target', 'ambition', ''], rows, 1, 2, 3, 4)
}

function workloadSection(workload: PooledWorkload): string {
  const base = workload.figures.get('yardstick') ?? workload.figures.get('raw JS')
  const baseName = workload.figures.has('yardstick') ? 'yardstick' : 'raw JS'
  const scale = workload.unit === 'µs' ? 1_000 : 1
  const rows = [...workload.figures].map(([name, figure]) => [
    name,
    number(figure.value / scale),
    range(figure, scale),
    base ? number(figure.value / base.value) : '',
  ])
  for (const [name, why] of workload.failures) rows.push([name, 'fails', why, ''])
  const ratio = base ? `x ${baseName}` : ''
  return `### ${workload.title}\n\n${table(['engine', workload.unit, 'spread', ratio], rows, 1, 2, 3)}`
}

function parkedSection({ parked }: Pooled): string {
  const rows = parked.map(({ name, snapshotBytes, contactBytes, heapBytes }) => [
    name,
    number(snapshotBytes),
    number(snapshotBytes - contactBytes),
    number(heapBytes),
  ])
  const heads = ['engine', 'snapshot bytes', 'without contact data', 'heap bytes']
  return `### A session parked at the menu\n\n${table(heads, rows, 1, 2, 3)}`
}

function growthSection({ growth }: Pooled): string {
  const rows = [...growth].map(([name, figure]) => [name, figure.value.toFixed(2), exponentRange(figure)])
  return `### Growth of the chain, exponent of n from 100 to 10,000\n\n${table(['engine', 'exponent', 'spread'], rows, 1, 2)}`
}

/** How edits grow with the flow; a paste is of as many nodes as there are, up to a hundred. */
function editSection({ editGrowth, undoStepBytes }: Pooled): string {
  if (editGrowth.size === 0) return ''
  const rows = [...editGrowth].map(([name, figure]) => [name, figure.value.toFixed(2), exponentRange(figure)])
  const memory =
    undoStepBytes === undefined
      ? ''
      : `\n\nOne step to undo keeps ${number(undoStepBytes)} bytes alive, of 1,000 on a flow of 1,000 nodes.`
  return `### Growth of editing, exponent of n from 100 to 10,000\n\n${table(['edit', 'exponent', 'spread'], rows, 1, 2)}${memory}`
}

/** A host on SQLite, and how it grows with the sessions that wait. */
function durableSection(durable: readonly DurableFigures[]): string {
  if (durable.length === 0) return ''
  const rows = durable.map((figures) => [
    figures.parked.toLocaleString('en'),
    number(figures.inputsPerSecond),
    number(figures.rowsPerSecond),
    number(figures.inputUs),
    number(figures.openMs),
    number(figures.timersMs),
    number(figures.heapBytes / 1_048_576),
  ])
  const heads = [
    'parked sessions',
    'inputs a second',
    'single rows a second',
    'one input alone, µs',
    'to open a host, ms',
    'to find timers, ms',
    'heap, MiB',
  ]
  const what =
    'Conversations of the support flow, 64 at a time, fsync on, until the effects of the last input are acknowledged; ' +
    'single rows are what the driver alone commits, each in a transaction of its own.'
  return `### A durable host on SQLite\n\n${what}\n\n${table(heads, rows, 0, 1, 2, 3, 4, 5, 6)}`
}

function exponentRange({ from, to }: Figure): string {
  return `[${from.toFixed(2)}–${to.toFixed(2)}]`
}

function count(n: number, one: string, many = `${one}s`): string {
  return n === 1 ? `one ${one}` : `${n} ${many}`
}

/** A Markdown table whose columns line up in a terminal too. */
function table(heads: readonly string[], rows: readonly (readonly string[])[], ...right: number[]): string {
  const widths = heads.map((head, column) =>
    Math.max(3, head.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths
      .map((width, column) => {
        const cell = cells[column] ?? ''
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width)
      })
      .join(' | ')} |`
  const rule = widths.map((width, column) =>
    right.includes(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  return [line(heads), line(rule), ...rows.map(line)].join('\n')
}
