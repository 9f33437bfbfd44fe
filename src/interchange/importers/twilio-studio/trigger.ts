import type { JsonObject } from '../../../base/json.ts'
import type { FlowRole, Medium } from '../../../document/flow-document.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import type { StudioState } from './studio-flow.ts'
import type { WidgetContext } from './widget.ts'

/** Studio's triggers, with the kind of trigger and the medium that each stands for. */
const TRIGGERS: { readonly [event: string]: { readonly kind: string; readonly medium: Medium } } = {
  incomingCall: { kind: 'call', medium: 'voice' },
  incomingMessage: { kind: 'message', medium: 'messaging' },
  incomingConversationMessage: { kind: 'message', medium: 'messaging' },
  incomingRequest: { kind: 'manual', medium: 'any' },
  incomingParent: { kind: 'flow', medium: 'any' },
}

/** The start as a node, and what it says of the whole flow. */
export interface TranslatedTrigger {
  readonly widget: TranslatedStep
  readonly medium: Medium
  readonly role: FlowRole
}

/** The start; where triggers lead apart, a branch by the kind of trigger follows. */
export function translateTrigger(
  { name, transitions }: StudioState,
  { names, loss }: WidgetContext,
): TranslatedTrigger {
  const ways = transitions.filter(({ event, next }) => next && Object.hasOwn(TRIGGERS, event))
  const kinds = new Map<string, string>()
  for (const { event, next } of ways) {
    const { kind } = TRIGGERS[event]!
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, next!)
    else if (known !== next)
      loss.push({
        severity: 'warning',
        code: 'import.changed',
        where: `${name}.${event}`,
        message: `Messages begin at one place here, at ${known}; what leads to ${next} is left out`,
      })
  }
  const [only] = kinds.keys()
  const config: JsonObject = kinds.size === 1 ? { trigger: only } : {}
  const media = new Set(ways.map(({ event }) => TRIGGERS[event]!.medium))
  const medium = media.size === 1 ? [...media][0]! : 'any'
  const role = kinds.size === 1 && only === 'flow' ? 'subflow' : 'main'
  if (new Set(kinds.values()).size <= 1) {
    const [target] = kinds.values()
    return { widget: { type: 'start@1', config, targets: { next: target } }, medium, role }
  }
  const branch = names.freshNode('trigger_kind')
  const rules = [...kinds.keys()].map((kind) => ({
    outcome: kind,
    condition: `trigger.type == ${JSON.stringify(kind)}`,
  }))
  return {
    widget: {
      type: 'start@1',
      config,
      targets: { next: { node: branch } },
      beside: [
        {
          id: branch,
          type: 'branch@1',
          config: { rules, default: 'other' },
          targets: { ...Object.fromEntries(kinds), other: undefined },
        },
      ],
    },
    medium,
    role,
  }
}
