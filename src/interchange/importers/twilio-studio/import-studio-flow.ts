import { isJsonObject } from '../../../base/json.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import type {
  FlowDocument,
  FlowNode,
  FlowRole,
  FlowSettings,
  Medium,
} from '../../../document/flow-document.ts'
import type { Imported, ImportOptions, LossEntry } from '../../importer.ts'
import { type FinishedGraph, FlowGraph, labelFor, slug } from '../shared/flow-graph.ts'
import { createNames, type Names } from '../shared/names.ts'
import { ownSteps } from '../shared/own-steps.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { declareAhead } from './declare-ahead.ts'
import { reportGaps } from './report-gaps.ts'
import { languageOf } from './say-play.ts'
import { parseStudioFlow, type StudioFlow, type StudioState } from './studio-flow.ts'
import { StudioTexts } from './texts.ts'
import { translateTrigger } from './trigger.ts'
import { positionOf } from './widget.ts'
import { translateWidget } from './widgets.ts'

/** Steps after which Studio stops a run. */
const MAX_STEPS = 1_000

/** Brings a flow of Twilio Studio in. Every outcome that ends the flow there leads to an end here. */
export function importStudioFlow(
  value: unknown,
  options: ImportOptions = {},
): Result<Imported, readonly Diagnostic[]> {
  const parsed = parseStudioFlow(value)
  return parsed.ok ? ok(bringIn(parsed.value, options)) : parsed
}

function bringIn(studio: StudioFlow, options: ImportOptions): Imported {
  const { id, name = studio.description?.slice(0, 256) || 'Imported flow' } = options
  const loss: LossEntry[] = []
  const translations = new Map(Object.entries(options.translations ?? {}))
  const states = ownStates(studio, loss)
  const names = createNames(states, loss, { noun: 'widget', translated: new Set(translations.keys()) })
  declareAhead(states, names)
  const language = languageOf(states)
  const context = { texts: new StudioTexts(names, loss), names, loss, translations, language }
  let medium: Medium = 'any'
  let role: FlowRole = 'main'
  const translated = states.map((state): readonly [StudioState, TranslatedStep] => {
    if (state.type !== 'trigger') return [state, translateWidget(state, context)]
    const trigger = translateTrigger(state, context)
    medium = trigger.medium
    role = trigger.role
    return [state, trigger.widget]
  })
  const graph = new FlowGraph(names, 'widget', loss)
  for (const [state, widget] of translated) {
    reportGaps(state, widget, loss)
    graph.addStep(state.name, widget, {
      ...labelFor(names.nodeOf(state.name), state.name),
      ...positionOf(state),
    })
  }
  beginAt(studio.initial_state, states, graph, names, loss)
  const finished = graph.finish((medium as Medium) === 'messaging' ? 'on:cancel' : 'on:hangup')
  const flow: FlowDocument = {
    schema: 1,
    id: id ?? slug(name),
    name,
    medium,
    role,
    audience: 'interaction',
    settings: settingsOf(studio, finished, names, role, language),
    nodes: finished.nodes.map((node) => (node.type === 'start@1' ? withData(node, names) : node)),
    connectors: finished.connectors,
    notes: [],
  }
  return { flow, loss }
}

/** Studio begins at one state and no other. */
function ownStates({ states, initial_state: initial }: StudioFlow, loss: LossEntry[]) {
  return ownSteps(
    states,
    (named) => (named.has(initial) ? initial : states.find(({ type }) => type === 'trigger')?.name),
    'widget',
    loss,
  )
}

/** A flow that begins at another widget than a trigger gets a start for it. */
function beginAt(
  initial: string,
  states: readonly StudioState[],
  graph: FlowGraph,
  names: Names,
  loss: LossEntry[],
): void {
  const first = states.find(({ name }) => name === initial)
  if (first?.type === 'trigger') return
  const found = first !== undefined
  const message = found
    ? 'The flow does not begin at a trigger; a start was put before it'
    : 'The state that the flow begins at does not exist'
  loss.push({ severity: found ? 'warning' : 'error', code: 'import.noTrigger', where: initial, message })
  if (found)
    graph.addNode(names.freshNode('start'), { type: 'start@1', config: {}, targets: { next: initial } })
}

/** The start declares what the flow reads of the trigger, which is known only when all widgets are translated. */
function withData(start: FlowNode, names: Names): FlowNode {
  const data = names.data.map((name) => ({ name, type: 'any' }))
  return data.length === 0 ? start : { ...start, config: { ...start.config, data } }
}

function settingsOf(
  { flags }: StudioFlow,
  { outcomes }: FinishedGraph,
  { variables }: Names,
  role: FlowRole,
  language: string | undefined,
): FlowSettings {
  const once = isJsonObject(flags) && flags.allow_concurrent_calls === false
  const declared =
    role === 'subflow' ? variables.map((variable) => ({ ...variable, output: true })) : variables
  return {
    ...(variables.length === 0 ? {} : { variables: declared }),
    outcomes,
    ...(once ? { duplicates: { prevent: true, identifier: 'trigger.from' } } : {}),
    ...(language === undefined ? {} : { languages: { default: language } }),
    limits: { maxSteps: MAX_STEPS },
  }
}
