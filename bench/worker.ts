import { editingWorkloads, loadEditing, makeDraft, makeHistory, UNDO_STEPS } from './editing.ts'
import { checkEngine } from './engines/check.ts'
import { ADA, type Engine } from './engines/engine.ts'
import { loadEngines } from './engines/index.ts'
import { exchangeWorkloads, loadExchange } from './exchange.ts'
import { expressionWorkloads } from './expressions.ts'
import { type Effort, type Measured, measureHeap, measureWorkload, type Workload } from './measure.ts'
import { loadRouting, routingWorkloads } from './routing.ts'
import { engineWorkloads } from './workloads.ts'

/*
 * One fresh process: every engine is checked, then all of them take turns at every workload. A wrong transcript
 * ends the process with the difference, before anything is timed.
 */

/** What one process measured. */
export interface ProcessResult {
  readonly missing: readonly { readonly name: string; readonly why: string }[]
  readonly workloads: readonly WorkloadResult[]
  readonly parked: readonly Parked[]
  /** Bytes of heap that one step to undo keeps alive; absent where editing was not measured. */
  readonly undoStepBytes?: number
}

export interface WorkloadResult extends Measured {
  readonly id: string
  readonly title: string
  readonly unit: Workload['unit']
}

/** What a session that waits at the menu costs its host. */
export interface Parked {
  readonly name: string
  readonly snapshotBytes: number
  /** The part of it that is the contact's data, which no engine can leave out. */
  readonly contactBytes: number
  readonly heapBytes: number
}

const HEAP_COPIES = 4_000

async function measureProcess(effort: Effort): Promise<ProcessResult> {
  const engines: Engine[] = []
  const missing: { name: string; why: string }[] = []
  for (const entry of await loadEngines()) {
    if ('missing' in entry) missing.push({ name: entry.name, why: entry.missing })
    else engines.push(entry)
  }
  for (const engine of engines) checkEngine(engine)
  const expressions = await expressionWorkloads()
  if (expressions.missing !== undefined)
    missing.push({ name: 'sluice expressions', why: expressions.missing })
  const editing = await loadEditing()
  if (editing === undefined) missing.push({ name: 'editing', why: 'the package is not built' })
  const routing = await loadRouting()
  if (routing === undefined) missing.push({ name: 'routing', why: 'the package is not built' })
  const exchange = await loadExchange()
  if (exchange === undefined) missing.push({ name: 'exchange', why: 'the package is not built' })
  // Heap first: later the optimiser and its feedback would stand in the counts.
  const parked = engines.map(parkedCost)
  const undoStepBytes =
    editing === undefined
      ? undefined
      : (measureHeap(() => makeHistory(editing), 1) - measureHeap(() => makeDraft(editing), 1)) / UNDO_STEPS
  const edits = editing === undefined ? [] : editingWorkloads(editing)
  const routes = routing === undefined ? [] : routingWorkloads(routing)
  const exchanges = exchange === undefined ? [] : exchangeWorkloads(exchange)
  const all = [...engineWorkloads(engines), ...expressions.workloads, ...edits, ...routes, ...exchanges]
  const workloads = all.map((workload) => ({
    id: workload.id,
    title: workload.title,
    unit: workload.unit,
    ...measureWorkload(workload, effort),
  }))
  return { missing, workloads, parked, ...(undoStepBytes === undefined ? {} : { undoStepBytes }) }
}

function parkedCost(engine: Engine): Parked {
  const snapshot = engine.park()
  return {
    name: engine.name,
    snapshotBytes: Buffer.byteLength(snapshot),
    contactBytes: Buffer.byteLength(JSON.stringify(ADA)),
    heapBytes: measureHeap(() => engine.hold(snapshot), HEAP_COPIES),
  }
}

process.once('message', (effort: Effort) => {
  measureProcess(effort).then(
    (result) => {
      process.send?.(result, () => process.disconnect())
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    },
  )
})
