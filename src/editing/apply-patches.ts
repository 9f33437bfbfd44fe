import { checkJson } from '../base/check-json.ts'
import { equalJson, isJsonObject, type Json, type JsonObject, ownMember } from '../base/json.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import type { Connector, FlowNode, FlowSettings, Note } from '../document/flow-document.ts'
import { type Edit, type EditOptions, transact } from './apply-command.ts'
import { MAX_PATH } from './command-schema.ts'
import type { Draft, FlowMembers } from './draft.ts'
import type { Patch } from './patch.ts'
import { type EditRefusal, refuse } from './refusal.ts'
import { NOWHERE, setAt } from './set-at.ts'
import type { ItemKind, Transaction } from './transaction.ts'

/**
 * Applies patches that another editor's draft gave. Where a place does not hold what the patch found there, the lot is
 * refused with `edit.conflict`, and nothing changes.
 */
export function applyPatches(
  draft: Draft,
  patches: readonly Patch[],
  { revision = draft.revision }: EditOptions = {},
): Edit | EditRefusal {
  if (revision !== draft.revision) {
    return refuse('edit.stale', { revision: draft.revision, expected: revision })
  }
  return transact(draft, (tx) => {
    for (const patch of readPatches(tx, patches)) applyPatch(tx, patch)
  })
}

function readPatches(tx: Transaction, patches: readonly Patch[]): readonly Patch[] {
  const unsafe = checkJson(patches)
  if (unsafe !== undefined) tx.refuse('edit.badCommand', { fault: `the patches hold ${unsafe.got}` })
  const read = normaliseJson(patches as unknown as Json)
  if (!Array.isArray(read) || !read.every(isPatch)) {
    tx.refuse('edit.badCommand', {
      fault: 'a patch has a path of keys, and what stood and what is to stand there',
    })
  }
  return read as unknown as readonly Patch[]
}

function isPatch(value: Json): boolean {
  if (!isJsonObject(value)) return false
  const { path } = value
  if (!Array.isArray(path) || path.length === 0 || path.length > MAX_PATH) return false
  return path.every((key) => typeof key === 'string')
}

function applyPatch(tx: Transaction, { path, before, after }: Patch): void {
  const [place, id, ...rest] = path as readonly [string, ...string[]]
  if ((place === 'nodes' || place === 'connectors' || place === 'notes') && id !== undefined) {
    const item = tx.get(place, id) as unknown as JsonObject | undefined
    const changed = change(tx, item, rest, { path, before, after } as Patch)
    if (changed === undefined) {
      if (item !== undefined) tx.remove(place, id)
    } else if (isJsonObject(changed) && changed.id === id) put(tx, place, changed)
    else tx.refuse('edit.badCommand', { fault: `${place}.${id} cannot be put under that id` })
  } else if (place === 'settings') {
    const members = id === undefined ? [] : [id, ...rest]
    const changed = change(tx, tx.settings as JsonObject, members, { path, before, after } as Patch)
    if (!isJsonObject(changed)) tx.refuse('edit.badCommand', { fault: 'a flow has settings' })
    tx.setSettings(changed as FlowSettings)
  } else if (place === 'id' || place === 'schema') {
    tx.refuse('edit.badCommand', { fault: `${place} is not for patches to change` })
  } else {
    tx.setFlow(
      change(tx, tx.flow as unknown as JsonObject, path, {
        path,
        before,
        after,
      } as Patch) as unknown as FlowMembers,
    )
  }
}

function put(tx: Transaction, kind: ItemKind, item: JsonObject): void {
  if (kind === 'nodes') {
    if (!isJsonObject(item.config)) tx.refuse('edit.badCommand', { fault: 'a node has a config' })
    tx.putNode(item as unknown as FlowNode)
  } else if (kind === 'connectors') {
    if (!isJsonObject(item.from) || typeof item.from.node !== 'string' || !isName(item.to))
      tx.refuse('edit.badCommand', { fault: 'a connector leaves an outcome of a node' })
    tx.putConnector(item as unknown as Connector)
  } else {
    if (!isName(item.node))
      tx.refuse('edit.badCommand', { fault: 'a note belongs to a node, or to the flow' })
    tx.putNote(item as unknown as Note)
  }
}

function isName(value: Json | undefined): boolean {
  return value === undefined || typeof value === 'string'
}

/** The value with the patch applied at a path inside of it. */
function change(
  tx: Transaction,
  root: JsonObject | undefined,
  path: readonly string[],
  patch: Patch,
): Json | undefined {
  if (!equalJson(memberAt(root, path), patch.before))
    tx.refuse('edit.conflict', { path: patch.path.join('.') })
  const changed = setAt(root, path, patch.after)
  if (changed === NOWHERE) tx.refuse('edit.conflict', { path: patch.path.join('.') })
  return changed
}

function memberAt(root: Json | undefined, path: readonly string[]): Json | undefined {
  let value = root
  for (const key of path) {
    if (!isJsonObject(value)) return undefined
    value = ownMember(value, key)
  }
  return value
}
