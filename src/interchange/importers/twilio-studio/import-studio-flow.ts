import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import type {
  Connector,
  FlowDocument,
  FlowNode,
  FlowRole,
  FlowSettings,
  Medium,
} from '../../../document/flow-document.ts'
import type { Imported, ImportOptions, LossEntry, Translation } from '../../importer.ts'
import { breakCircles } from './break-circles.ts'
import { declareAhead } from './declare-ahead.ts'
import { createNames, type Names } from './names.ts'
import { type EndKind, endKind, FLOW_OUTCOMES } from './outcomes.ts'
import { ownStates } from './own-states.ts'
import { languageOf } from './say-play.ts'
import { parseStudioFlow, type StudioFlow, type StudioState } from './studio-flow.ts'
import { StudioTexts } from './texts.ts'
import { translateTrigger } from './trigger.ts'
import type { Target, TranslatedNode, TranslatedWidget } from './widget.ts'
import { translateWidget } from './widgets.ts'

/** Steps after which Studio stops a run. */
const MAX_STEPS = 1_000

/** Brings a flow of Twilio Studio in. Every outcome that ends the flow there leads to an end here. */
export function importStudioFlow(
  value: unknown,
  options: ImportOptions = {},
): Result<Imported, readonly Diagnostic[]> {
  const parsed = parseStudioFlow(value)
  return parsed.ok ? ok(new StudioImport(parsed.value, options).run(options)) : parsed
}

class StudioImport {
  readonly #flow: StudioFlow
  readonly #states: readonly StudioState[]
  readonly #translations: ReadonlyMap<string, Translation>
  readonly #loss: LossEntry[] = []
  readonly #names: Names
  readonly #nodes: FlowNode[] = []
  readonly #connectors: Connector[] = []
  readonly #ends = new Map<EndKind, string>()

  constructor(flow: StudioFlow, { translations = {} }: ImportOptions) {
    this.#flow = flow
    this.#translations = new Map(Object.entries(translations))
    this.#states = ownStates(flow, this.#loss)
    this.#names = createNames(this.#states, this.#loss, new Set(this.#translations.keys()))
  }

  run({ id, name = this.#flow.description?.slice(0, 256) || 'Imported flow' }: ImportOptions): Imported {
    const states = this.#states
    declareAhead(states, this.#names)
    const texts = new StudioTexts(this.#names, this.#loss)
    const language = languageOf(states)
    const context = {
      texts,
      names: this.#names,
      loss: this.#loss,
      translations: this.#translations,
      language,
    }
    let medium: Medium = 'any'
    let role: FlowRole = 'main'
    const translated = states.map((state): readonly [StudioState, TranslatedWidget] => {
      if (state.type !== 'trigger') return [state, translateWidget(state, context)]
      const trigger = translateTrigger(state, context)
      medium = trigger.medium
      role = trigger.role
      return [state, trigger.widget]
    })
    for (const [state, widget] of translated) this.#addWidget(state, widget)
    const start = states.find((state) => state.name === this.#flow.initial_state)
    if (start?.type !== 'trigger')
      this.#report(
        'error',
        'import.noTrigger',
        this.#flow.initial_state,
        'The initial state is no trigger; add a start node',
      )
    const { nodes, connectors } = breakCircles(
      { nodes: this.#nodes, connectors: this.#connectors },
      this.#names,
      this.#loss,
    )
    const flow: FlowDocument = {
      schema: 1,
      id: id ?? slug(name),
      name,
      medium,
      role,
      audience: 'interaction',
      settings: this.#settings(role, language),
      nodes: nodes.map((node) => (node.type === 'start@1' ? this.#withData(node) : node)),
      connectors,
      notes: [],
    }
    return { flow, loss: this.#loss }
  }

  /** The start declares what the flow reads of the trigger, which is known only when all widgets are translated. */
  #withData(start: FlowNode): FlowNode {
    const data = this.#names.data.map((name) => ({ name, type: 'any' }))
    return data.length === 0 ? start : { ...start, config: { ...start.config, data } }
  }

  #settings(role: FlowRole, language: string | undefined): FlowSettings {
    const { variables } = this.#names
    const { flags } = this.#flow
    const once = isJsonObject(flags) && flags.allow_concurrent_calls === false
    return {
      ...(variables.length === 0
        ? {}
        : {
            variables:
              role === 'subflow' ? variables.map((variable) => ({ ...variable, output: true })) : variables,
          }),
      outcomes: [...this.#ends.keys()].map((kind) => FLOW_OUTCOMES[kind]),
      ...(once ? { duplicates: { prevent: true, identifier: 'trigger.from' } } : {}),
      ...(language === undefined ? {} : { languages: { default: language } }),
      limits: { maxSteps: MAX_STEPS },
    }
  }

  #addWidget(state: StudioState, widget: TranslatedWidget): void {
    const id = this.#names.nodeOf(state.name)!
    const label = id === state.name ? {} : { label: state.name.slice(0, 256) }
    this.#addNode(id, widget, { ...label, ...positionOf(state) })
    for (const { id: beside, ...node } of widget.beside ?? []) this.#addNode(beside, node, {})
  }

  #addNode(
    id: string,
    { type, config, targets, onLeave }: TranslatedNode,
    canvas: Pick<FlowNode, 'label' | 'position'>,
  ): void {
    const leaving = onLeave === undefined ? {} : { onLeave }
    this.#nodes.push({ id, type, ...canvas, config, ...leaving })
    for (const [outcome, target] of Object.entries(targets)) this.#connect(id, type, outcome, target)
  }

  #connect(node: string, type: string, outcome: string, target: Target): void {
    const to =
      this.#nodeAt(target) ?? (target === undefined ? this.#endOf(endKind(type, outcome)) : undefined)
    if (to === undefined)
      this.#report(
        'error',
        'import.noTarget',
        `${node}.${outcome}`,
        `The transition leads to ${String(target)}, which does not exist`,
      )
    this.#connectors.push({
      id: `${node}:${outcome}`,
      from: { node, outcome },
      ...(to === undefined ? {} : { to }),
    })
  }

  #nodeAt(target: Target): string | undefined {
    if (typeof target === 'object') return target.node
    return target === undefined ? undefined : this.#names.nodeOf(target)
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

  #report(severity: LossEntry['severity'], code: string, where: string, message: string): void {
    this.#loss.push({ severity, code, where, message })
  }
}

function positionOf({ properties: { offset } }: StudioState): Pick<FlowNode, 'position'> {
  const { x, y } = (isJsonObject(offset) ? offset : {}) as JsonObject
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
