import { isJsonObject } from '../../../base/json.ts'
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
import { dropStrays } from './drop-strays.ts'
import { leadToEnd } from './lead-to-end.ts'
import { createNames, type Names } from './names.ts'
import { type EndKind, endKind, FLOW_OUTCOMES } from './outcomes.ts'
import { ownStates } from './own-states.ts'
import { reportGaps } from './report-gaps.ts'
import { languageOf } from './say-play.ts'
import { parseStudioFlow, type StudioFlow, type StudioState } from './studio-flow.ts'
import { StudioTexts } from './texts.ts'
import { translateTrigger } from './trigger.ts'
import { positionOf, type Target, type TranslatedNode, type TranslatedWidget } from './widget.ts'
import { translateWidget } from './widgets.ts'

/** Steps after which Studio stops a run. */
const MAX_STEPS = 1_000

const INCOMPLETE = { type: 'end@1', config: { outcome: 'incomplete' } } as const

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
    for (const [state, widget] of translated) {
      reportGaps(state, widget, this.#loss)
      this.#addWidget(state, widget)
    }
    this.#beginAt(this.#flow.initial_state)
    const end = { id: this.#ends.get('incomplete') ?? this.#names.freshNode('end_incomplete'), ...INCOMPLETE }
    const { nodes, connectors } = leadToEnd(
      breakCircles(this.#withoutStrays(), this.#names, this.#loss),
      end,
      (medium as Medium) === 'messaging' ? 'on:cancel' : 'on:hangup',
      this.#loss,
    )
    const flow: FlowDocument = {
      schema: 1,
      id: id ?? slug(name),
      name,
      medium,
      role,
      audience: 'interaction',
      settings: this.#settings(role, language, nodes),
      nodes: nodes.map((node) => (node.type === 'start@1' ? this.#withData(node) : node)),
      connectors,
      notes: [],
    }
    return { flow, loss: this.#loss }
  }

  /** A flow that begins at another widget than a trigger gets a start for it. */
  #beginAt(initial: string): void {
    const first = this.#states.find(({ name }) => name === initial)
    if (first?.type === 'trigger') return
    const found = first !== undefined
    const message = found
      ? 'The flow does not begin at a trigger; a start was put before it'
      : 'The state that the flow begins at does not exist'
    this.#report(found ? 'warning' : 'error', 'import.noTrigger', initial, message)
    if (!found) return
    const start = { type: 'start@1', config: {}, targets: { next: initial } }
    this.#addNode(this.#names.freshNode('start'), start, {})
  }

  /** What led to a widget may have no counterpart here; alone it would be an error that keeps the flow from running. */
  #withoutStrays() {
    const { strays, ...graph } = dropStrays(this.#nodes, this.#connectors)
    const widgets = new Map(this.#states.map(({ name }) => [this.#names.nodeOf(name), name]))
    for (const { id } of strays) {
      const name = widgets.get(id)
      if (name !== undefined)
        this.#report(
          'warning',
          'import.unreachable',
          name,
          'Nothing leads to this widget here; it is left out',
        )
    }
    return graph
  }

  /** The start declares what the flow reads of the trigger, which is known only when all widgets are translated. */
  #withData(start: FlowNode): FlowNode {
    const data = this.#names.data.map((name) => ({ name, type: 'any' }))
    return data.length === 0 ? start : { ...start, config: { ...start.config, data } }
  }

  #settings(role: FlowRole, language: string | undefined, nodes: readonly FlowNode[]): FlowSettings {
    const { variables } = this.#names
    const { flags } = this.#flow
    const ends = nodes.filter(({ type }) => type === 'end@1')
    const once = isJsonObject(flags) && flags.allow_concurrent_calls === false
    return {
      ...(variables.length === 0
        ? {}
        : {
            variables:
              role === 'subflow' ? variables.map((variable) => ({ ...variable, output: true })) : variables,
          }),
      outcomes: ends.map(({ config }) => FLOW_OUTCOMES[config.outcome as EndKind]),
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

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 128) || 'imported-flow'
  )
}
