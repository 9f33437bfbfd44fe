import { isUnsafeKey, type Json, type JsonObject } from '../../base/json.ts'
import type { FlowSettings } from '../../document/flow-document.ts'
import type { ChangeSettingsCommand, DescribeCommand } from '../command.ts'
import type { FlowMembers } from '../draft.ts'
import { NOWHERE, setAt } from '../set-at.ts'
import type { Transaction } from '../transaction.ts'

export function describe(tx: Transaction, { type: _type, remark, ...members }: DescribeCommand): void {
  const { remark: before, ...flow } = tx.flow
  const kept = remark === undefined ? before : (remark ?? undefined)
  tx.setFlow({ ...flow, ...members, ...(kept === undefined ? {} : { remark: kept }) } as FlowMembers)
}

export function changeSettings(tx: Transaction, { path, value }: ChangeSettingsCommand): void {
  const changed = setAt(tx.settings as JsonObject, path, value)
  if (changed === NOWHERE) tx.refuse('edit.noPath', { path: path.join('.') })
  tx.setSettings(changed as FlowSettings)
}

/** An entry of the settings with some members changed; null takes a member away, for `default` it is a value. */
export function changeMembers<Entry extends object>(
  tx: Transaction,
  entry: Entry,
  changes: JsonObject,
): Entry {
  const changed: { [name: string]: Json | undefined } = { ...(entry as unknown as JsonObject) }
  for (const [name, value] of Object.entries(changes)) {
    if (isUnsafeKey(name)) tx.refuse('edit.badCommand', { fault: `${name} is no member` })
    if (value === null && name !== 'default') delete changed[name]
    else changed[name] = value
  }
  return changed as Entry
}
