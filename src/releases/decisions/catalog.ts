import type { Json } from '../../base/json.ts'
import type { CatalogItem } from '../command.ts'
import type { Context } from '../context.ts'
import type { Decide } from '../decide.ts'
import { exposedFlows } from '../exception-cover.ts'
import { checkGrayRule } from '../gray/check-gray-rule.ts'
import { applicationKey, catalogItem, flowOf, itemOf } from '../lookup.ts'
import { giveUp } from '../refusal.ts'
import type { FlowEntry, SlotName, WorkspaceState } from '../state.ts'

const define: Decide<'define'> = ({ workspace }, command) => {
  switch (command.kind) {
    case 'grayRule': {
      const rule = checkGrayRule(command.item)
      if (!rule.ok) giveUp('grayRule.bad', { faults: rule.error as unknown as Json })
      return [{ type: 'itemDefined', kind: 'grayRule', item: rule.value }]
    }
    case 'team':
      namesKnown(workspace, 'group', command.item.group)
      break
    case 'service':
      namesKnown(workspace, 'group', command.item.group)
      namesKnown(workspace, 'team', command.item.team)
      break
    case 'integration':
      namesKnown(workspace, 'group', command.item.group)
      namesKnown(workspace, 'team', command.item.team)
      namesKnown(workspace, 'service', command.item.service)
      break
    case 'application':
      keepsChannel(workspace, command.item)
  }
  return [{ ...definition(command), type: 'itemDefined' }]
}

const remove: Decide<'remove'> = ({ workspace }, { kind, id }, context) => {
  catalogItem(workspace, kind, id)
  const by = usersOf(workspace, kind, id, context)
  if (by.length > 0) giveUp('item.inUse', { kind, id, by })
  return [{ type: 'itemRemoved', kind, id }]
}

const setExceptionFlow: Decide<'setExceptionFlow'> = (state, { medium, flow: id }) => {
  const { workspace } = state
  if (id !== null) {
    const { flow, entry } = flowOf(state, id)
    // Failing sessions enter what is released; a draft may say something else already.
    const live = [entry.official, entry.gray].flatMap((slot) => slot?.role ?? [])
    const wrong = (live.length > 0 ? live : [flow.role]).find((role) => role !== 'exception')
    if (wrong !== undefined) giveUp('exceptionFlow.wrongRole', { flow: id, role: wrong })
  }
  if (workspace.exceptionFlows[medium] === (id ?? undefined)) return []
  const { [medium]: _earlier, ...others } = workspace.exceptionFlows
  const after = { ...workspace, exceptionFlows: id === null ? others : { ...others, [medium]: id } }
  // Where none is asked for, flows may be left without one on purpose.
  if (id !== null || workspace.policy.release.needsExceptionFlow) {
    const flows = exposedFlows(workspace, after)
    if (flows.length > 0) giveUp('exceptionFlow.needed', { flows })
  }
  return [{ type: 'exceptionFlowSet', medium, flow: id }]
}

/** Always another one: what a leaked link is worth must end now, whoever else has asked for the same. */
const regenerateKey: Decide<'regenerateKey'> = ({ workspace }, { application }) => {
  catalogItem(workspace, 'application', application)
  return [{ type: 'keyRegenerated', application, key: applicationKey(workspace, application) + 1 }]
}

export const CATALOG_DECISIONS = { define, remove, setExceptionFlow, regenerateKey }

function definition(command: CatalogItem): CatalogItem {
  return { kind: command.kind, item: command.item } as CatalogItem
}

function namesKnown(
  workspace: WorkspaceState,
  kind: 'group' | 'team' | 'service',
  id: string | undefined,
): void {
  if (id !== undefined) catalogItem(workspace, kind, id)
}

/** An application that releases speak through cannot turn to another channel. */
function keepsChannel(
  workspace: WorkspaceState,
  { id, channel }: { readonly id: string; readonly channel: string },
): void {
  const before = itemOf(workspace.catalog.application, id)
  if (before === undefined || before.channel === channel) return
  const by = slotUsers(workspace, ({ applications }) => Object.values(applications).includes(id))
  if (by.length > 0) giveUp('item.channelInUse', { id, channel: before.channel, by })
}

/** What a thing of the catalog is used by, each in a word or two. */
function usersOf(
  workspace: WorkspaceState,
  kind: CatalogItem['kind'],
  id: string,
  { world }: Context,
): readonly string[] {
  const { catalog, flows } = workspace
  switch (kind) {
    case 'group':
      return [
        ...Object.values(catalog.team).filter(({ group }) => group === id),
        ...Object.values(catalog.service).filter(({ group }) => group === id),
        ...Object.values(catalog.integration).filter(({ group }) => group === id),
      ].map((user) => user.id)
    case 'team':
      return [...Object.values(catalog.service), ...Object.values(catalog.integration)]
        .filter(({ team }) => team === id)
        .map((user) => user.id)
    case 'service':
      return [...Object.values(flows), ...Object.values(catalog.integration)]
        .filter(({ service }) => service === id)
        .map((user) => user.id)
    case 'segment':
      return slotUsers(workspace, ({ trigger }) => trigger?.segment === id)
    case 'mediaFolder':
      return slotUsers(workspace, ({ mediaFolder }) => mediaFolder === id)
    case 'grayRule':
      return Object.values(flows)
        .filter(({ gray }) => gray?.rule === id)
        .map((flow) => flow.id)
    case 'application': {
      if (world?.links === undefined) giveUp('world.wanted', { of: ['links'] })
      const links = itemOf(world.links, id) ?? 0
      const speaking = slotUsers(workspace, ({ applications }) => Object.values(applications).includes(id))
      const handingOut = Object.values(flows)
        .filter(({ distribution }) => distribution?.applications.includes(id) === true)
        .map((flow) => flow.id)
      const users = [...new Set([...speaking, ...handingOut])]
      return links > 0 ? [...users, links === 1 ? '1 link' : `${links} links`] : users
    }
    // Flows that hold its nodes keep running; they travel no further, that is all.
    case 'integration':
    case 'testContact':
      return []
  }
}

/** Ids of the flows of which a released version answers to a test. */
function slotUsers(
  { flows }: WorkspaceState,
  uses: (slot: NonNullable<FlowEntry[SlotName]>) => boolean,
): readonly string[] {
  return Object.values(flows)
    .filter(({ official, gray }) => [official, gray].some((slot) => slot !== undefined && uses(slot)))
    .map(({ id }) => id)
}
