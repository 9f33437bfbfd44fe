import type { JsonLimits } from '../base/check-json.ts'
import { isJsonObject } from '../base/json.ts'
import { err, ok, type Result } from '../base/result.ts'
import { emptyWorkspace } from './evolve-workspace.ts'
import { checkForm, readPlain } from './form-fault.ts'
import { MAX_TEXT } from './form-parts.ts'
import { type Refusal, refuse } from './refusal.ts'
import { flowSnapshot, workspaceSnapshot } from './snapshot-schema.ts'
import { type FlowState, STATE_SCHEMA, type WorkspaceState } from './state.ts'

/** Snapshots hold a history of years; each save of a version adds a few values. What events hold nests deeper in them. */
const SNAPSHOT_LIMITS: JsonLimits = { maxDepth: 528, maxValues: 10_000_000, maxStringLength: MAX_TEXT }

/**
 * Reads the state of a workspace that was stored, so that it goes on with the events after `revision`. Refused with
 * `snapshot.bad` where it has another form, or one of a newer schema: rebuild it from all events then.
 */
export function readWorkspaceSnapshot(value: unknown): Result<WorkspaceState, Refusal> {
  const read = readSnapshot<WorkspaceState>(value, workspaceSnapshot)
  return read.ok ? ok(completed(read.value)) : read
}

/** Reads the state of a flow that was stored, as `readWorkspaceSnapshot` does that of a workspace. */
export function readFlowSnapshot(value: unknown): Result<FlowState, Refusal> {
  return readSnapshot<FlowState>(value, flowSnapshot)
}

/** Fills in what snapshots of an earlier release of the same schema did not have yet. */
function completed(stored: WorkspaceState): WorkspaceState {
  const empty = emptyWorkspace(stored.id)
  return { ...empty, ...stored, catalog: { ...empty.catalog, ...stored.catalog } }
}

function readSnapshot<Snapshot>(
  value: unknown,
  form: typeof workspaceSnapshot | typeof flowSnapshot,
): Result<Snapshot, Refusal> {
  const plain = readPlain(value, SNAPSHOT_LIMITS, 'the snapshot')
  if (!plain.ok) return err(refuse('snapshot.bad', { ...plain.error }))
  const schema = isJsonObject(plain.value) ? plain.value.schema : undefined
  if (typeof schema === 'number' && schema > STATE_SCHEMA) {
    const fault = `it has schema ${schema}, and this package reads up to ${STATE_SCHEMA}`
    return err(refuse('snapshot.bad', { fault, schema, newest: STATE_SCHEMA }))
  }
  const fault = checkForm(plain.value, form, 'the snapshot')
  return fault === undefined
    ? ok(plain.value as unknown as Snapshot)
    : err(refuse('snapshot.bad', { ...fault }))
}
