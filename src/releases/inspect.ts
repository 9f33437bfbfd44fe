import type { JsonObject } from '../base/json.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { behaviourHash, contentHash } from '../document/serialise-document.ts'
import { visitConfig } from '../nodes/visit-config.ts'
import { type Analysis, analyse } from '../validation/analysis.ts'
import type { NodeFacts } from '../validation/node-facts.ts'
import { findAll, type ValidateOptions } from '../validation/validate.ts'
import { askedVariables } from './asked-variables.ts'
import type { FlowReference, Inspection } from './inspection.ts'
import type { TriggerFacts } from './state.ts'

/**
 * Finds out what commands need to know of a document: what is wrong with it, what starts it, what it uses of its
 * workspace and what a release has to answer. Reads and validates the document once. Half-finished documents can be
 * inspected too. `policy` is the one of the workspace, so that findings are judged as its releases judge them.
 *
 * What starts the flow is read from the config of its start node, whose node type a host may have replaced by its own:
 * `trigger` is a word, beside it stand `channel` for the trigger `message`, `segment` for `segment` and `event` for
 * `event`. The trigger `call` comes in on the channel `voice`. Texts alone count.
 *
 * @example
 * const inspection = inspect(document, { nodes: palette, policy: workspace.policy.validation })
 */
export function inspect(document: FlowDocument, options: ValidateOptions): Inspection {
  const analysis = analyse(document, options)
  const diagnostics = findAll(analysis, options.policy)
  const { settings, nodes, starts } = analysis
  const trigger = starts[0] === undefined ? undefined : triggerOf(starts[0].config)
  return {
    contentHash: contentHash(document),
    behaviourHash: behaviourHash(document),
    flow: document.id,
    name: document.name,
    ...(document.remark === undefined ? {} : { remark: document.remark }),
    role: document.role,
    medium: document.medium,
    audience: document.audience,
    diagnostics,
    ...(trigger === undefined ? {} : { trigger }),
    channels: channelsOf(nodes, trigger),
    references: referencesOf(analysis),
    nodeTypes: sorted(nodes.map(({ node }) => node.type)),
    asked: askedVariables(analysis, diagnostics),
    outcomes: (settings.outcomes ?? []).map(({ code }) => code),
    ...(isName(settings.mediaFolder) ? { mediaFolder: settings.mediaFolder } : {}),
  }
}

/** What the config of a start node says; `undefined` while it leaves the trigger open. */
function triggerOf({ trigger: kind, channel, segment, event }: JsonObject): TriggerFacts | undefined {
  if (!isName(kind)) return undefined
  // A form may leave behind what belongs to a trigger that was chosen before.
  switch (kind) {
    case 'message':
      return { kind, ...(isName(channel) ? { channel } : {}) }
    case 'call':
      return { kind, channel: 'voice' }
    case 'segment':
      return { kind, ...(isName(segment) ? { segment } : {}) }
    case 'event':
      return { kind, ...(isName(event) ? { event } : {}) }
    default:
      return { kind }
  }
}

/**
 * The channels that need an app or a number (REL-9): that of the trigger, those that fields name, and those that nodes
 * open without naming them. A node that speaks on the session's own channel adds none: the trigger has brought it.
 */
function channelsOf(nodes: readonly NodeFacts[], trigger: TriggerFacts | undefined): readonly string[] {
  const channels = trigger?.channel === undefined ? [] : [trigger.channel]
  for (const { type, config } of nodes) {
    if (type === undefined) continue
    channels.push(...(type.channels?.(config) ?? []))
    if (type.place === 'start') continue
    visitConfig(type.fields, config, (field, value) => {
      if (field.kind === 'text' && field.role === 'channel' && isName(value)) channels.push(value)
    })
  }
  return sorted(channels)
}

function referencesOf({ nodes }: Analysis): readonly FlowReference[] {
  const byFlow = new Map<string, Set<string>>()
  for (const { node, type, config } of nodes) {
    if (type === undefined) continue
    visitConfig(type.fields, config, (field, value) => {
      if (field.kind !== 'flowRef' || !isName(value)) return
      byFlow.set(value, (byFlow.get(value) ?? new Set()).add(node.id))
    })
  }
  return sorted([...byFlow.keys()]).map((flow) => ({ flow, nodes: [...byFlow.get(flow)!] }))
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}
