import type { JsonObject } from '../../../base/json.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import type {
  Connector,
  FlowDocument,
  FlowNode,
  FlowOutcome,
  Medium,
} from '../../../document/flow-document.ts'
import type { Imported, ImportOptions, LossEntry } from '../../importer.ts'
import { LiquidTranslator } from './liquid.ts'
import { createNames, type Names } from './names.ts'
import { parseStudioFlow, type StudioFlow, type StudioState } from './studio-flow.ts'
import type { TranslatedWidget } from './widget.ts'
import { translateWidget } from './widgets.ts'

/** What a run that stops in Studio comes to here, by the outcome that it stops with. */
const FLOW_OUTCOMES = {
  completed: { code: 'completed', kind: 'completed' },
  incomplete: { code: 'incomplete', label: 'No answer, or none that was expected', kind: 'incomplete' },
  failed: { code: 'failed', label: 'Something did not work', kind: 'error' },
} as const satisfies { readonly [code: string]: FlowOutcome }

type EndKind = keyof typeof FLOW_OUTCOMES

const INCOMPLETE = new Set(['noMatch', 'invalid', 'busy', 'noAnswer'])
const FAILED = new Set(['failed', 'httpError'])

/** A contact who says nothing leaves a flow incomplete; a service that says nothing has failed. */
function endKind(type: string, outcome: string): EndKind {
  if (outcome === 'timeout') return type === 'collect-input@1' ? 'incomplete' : 'failed'
  return INCOMPLETE.has(outcome) ? 'incomplete' : FAILED.has(outcome) ? 'failed' : 'completed'
}

/** Studio's triggers, with the kind of trigger and the medium that each stands for. */
const TRIGGERS: { readonly [event: string]: { readonly kind: string; readonly medium: Medium } } = {
  incomingCall: { kind: 'call', medium: 'voice' },
  incomingMessage: { kind: 'message', medium: 'messaging' },
  incomingConversationMessage: { kind: 'message', medium: 'messaging' },
  incomingRequest: { kind: 'manual', medium: 'any' },
  incomingParent: { kind: 'flow', medium: 'any' },
}

/** Brings a flow of Twilio Studio in. Every outcome that ends the flow there leads to an end here. */
export function importStudioFlow(
  value: unknown,
  options: ImportOptions = {},
): Result<Imported, readonly Diagnostic[]> {
  const parsed = parseStudioFlow(value)
  return parsed.ok ? ok(new StudioImport(parsed.value).run(options)) : parsed
}

class StudioImport {
  readonly #flow: StudioFlow
  readonly #loss: LossEntry[] = []
  readonly #names: Names
  readonly #nodes: FlowNode[] = []
  readonly #connectors: Connector[] = []
  readonly #ends = new Map<EndKind, string>()

  constructor(flow: StudioFlow) {
    this.#flow = flow
    this.#names = createNames(
      flow.states.map(({ name }) => name),
      this.#loss,
    )
  }

  run({ id, name = this.#flow.description?.slice(0, 256) || 'Imported flow' }: ImportOptions): Imported {
    const { initial_state, states } = this.#flow
    const liquid = new LiquidTranslator(this.#names, this.#loss)
    const context = { liquid, names: this.#names, loss: this.#loss }
    const seen = new Set<string>()
    let medium: Medium = 'any'
    for (const state of states) {
      if (seen.has(state.name)) {
        this.#loss.push({
          severity: 'error',
          code: 'import.repeated',
          where: state.name,
          message: 'A second widget has this name; it is left out',
        })
        continue
      }
      seen.add(state.name)
      if (state.type === 'trigger') medium = this.#addTrigger(state)
      else this.#addNode(state, translateWidget(state, context))
    }
    const start = states.find(({ name }) => name === initial_state)
    if (start?.type !== 'trigger') {
      this.#loss.push({
        severity: 'error',
        code: 'import.noTrigger',
        where: initial_state,
        message: 'The initial state is no trigger; add a start node',
      })
    }
    return { flow: this.#document(id ?? slug(name), name, medium), loss: this.#loss }
  }

  #document(id: string, name: string, medium: Medium): FlowDocument {
    const { variables, data } = this.#names
    const nodes = this.#nodes.map((node) =>
      node.type === 'start@1' && data.length > 0
        ? { ...node, config: { ...node.config, data: data.map((field) => ({ name: field, type: 'any' })) } }
        : node,
    )
    return {
      schema: 1,
      id,
      name,
      medium,
      role: 'main',
      audience: 'interaction',
      settings: {
        ...(variables.length === 0
          ? {}
          : {
              variables: variables.map((variable) => ({
                name: variable,
                type: 'text' as const,
                default: '',
              })),
            }),
        outcomes: [...this.#ends.keys()].map((kind) => FLOW_OUTCOMES[kind]),
      },
      nodes,
      connectors: this.#connectors,
      notes: [],
    }
  }

  #addNode(state: StudioState, { type, config, targets }: TranslatedWidget): void {
    const id = this.#names.nodeOf(state.name)!
    this.#nodes.push({
      id,
      type,
      ...(id === state.name ? {} : { label: state.name.slice(0, 256) }),
      config,
      ...positionOf(state),
    })
    for (const [outcome, target] of Object.entries(targets)) this.#connect({ id, type }, outcome, target)
  }

  /** The start; where triggers lead apart, a branch by the kind of trigger follows. Returns the medium. */
  #addTrigger(state: StudioState): Medium {
    const id = this.#names.nodeOf(state.name)!
    const ways = state.transitions.filter(({ event, next }) => next && Object.hasOwn(TRIGGERS, event))
    const kinds = new Map<string, string>()
    for (const { event, next } of ways)
      if (!kinds.has(TRIGGERS[event]!.kind)) kinds.set(TRIGGERS[event]!.kind, next!)
    const [only] = kinds.keys()
    const config: JsonObject = kinds.size === 1 ? { trigger: only } : {}
    this.#nodes.push({ id, type: 'start@1', config, ...positionOf(state) })
    if (new Set(kinds.values()).size <= 1) {
      this.#connect({ id, type: 'start@1' }, 'next', [...kinds.values()][0])
    } else {
      const branch = this.#names.freshNode('trigger_kind')
      const rules = [...kinds.keys()].map((kind) => ({
        outcome: kind,
        condition: `trigger.type == ${JSON.stringify(kind)}`,
      }))
      this.#nodes.push({ id: branch, type: 'branch@1', config: { rules, default: 'other' } })
      this.#connectors.push({ id: `${id}:next`, from: { node: id, outcome: 'next' }, to: branch })
      for (const [kind, next] of kinds) this.#connect({ id: branch, type: 'branch@1' }, kind, next)
      this.#connect({ id: branch, type: 'branch@1' }, 'other', undefined)
    }
    const media = new Set(ways.map(({ event }) => TRIGGERS[event]!.medium))
    return media.size === 1 ? [...media][0]! : 'any'
  }

  #connect(
    { id: node, type }: Pick<FlowNode, 'id' | 'type'>,
    outcome: string,
    target: string | undefined,
  ): void {
    const to = target === undefined ? this.#endOf(endKind(type, outcome)) : this.#names.nodeOf(target)
    if (to === undefined) {
      this.#loss.push({
        severity: 'error',
        code: 'import.noTarget',
        where: `${node}.${outcome}`,
        message: `The transition leads to ${target}, which does not exist`,
      })
    }
    this.#connectors.push({
      id: `${node}:${outcome}`,
      from: { node, outcome },
      ...(to === undefined ? {} : { to }),
    })
  }

  /** The end that stands for all places of one kind where Studio ends the flow. */
  #endOf(kind: EndKind): string {
    const known = this.#ends.get(kind)
    if (known !== undefined) return known
    const id = this.#names.freshNode(`end_${kind}`)
    this.#ends.set(kind, id)
    this.#nodes.push({ id, type: 'end@1', config: { outcome: kind } })
    return id
  }
}

function positionOf({ properties: { offset } }: StudioState): {
  readonly position?: { x: number; y: number }
} {
  const { x, y } = (offset ?? {}) as { x?: unknown; y?: unknown }
  return typeof x === 'number' && typeof y === 'number' ? { position: { x, y } } : {}
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 128) || 'imported-flow'
  )
}
