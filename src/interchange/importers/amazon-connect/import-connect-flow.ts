import { ok, type Result } from '../../../base/result.ts'
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import type { FlowDocument, FlowRole, FlowSettings, Medium, Note } from '../../../document/flow-document.ts'
import type { Imported, ImportOptions, LossEntry } from '../../importer.ts'
import { type FinishedGraph, FlowGraph, labelFor, slug } from '../shared/flow-graph.ts'
import { createNames, type Names } from '../shared/names.ts'
import { ownSteps } from '../shared/own-steps.ts'
import { reportLostWays, reportMissing } from '../shared/report-open.ts'
import type { TranslatedNode } from '../shared/translated.ts'
import type { ActionContext } from './action.ts'
import { translateAction } from './actions.ts'
import { type ConnectAction, type ConnectFlow, objectAt, parseConnectFlow } from './connect-flow.ts'
import { declareAhead } from './declare-ahead.ts'
import { DISCONNECTED, TRANSFERRED } from './flows.ts'
import { type Carried, declareHandedOver, takeOver } from './handing-over.ts'
import { type Root, rootsOf } from './namespaces.ts'
import { ConnectTexts } from './texts.ts'
import { reportUnread } from './unread-parameters.ts'

/** Flows that run beside a contact who waits or is put through, by type, with what the host has to run them for. */
const BESIDE: { readonly [type: string]: string } = {
  customerQueue: 'while the contact waits in a queue',
  customerHold: 'while the contact is on hold',
  customerWhisper: 'for the contact, before the two are connected',
  agentHold: 'while the agent is on hold',
  agentWhisper: 'for the agent, before the two are connected',
  outboundWhisper: 'for the contact of an outgoing call, before the two are connected',
  agentTransfer: 'when a contact is handed over to an agent',
  queueTransfer: 'when a contact is handed over to a queue',
}

/** Flows in which only somebody on a call can be. */
const SPOKEN = ['customerHold', 'agentHold', 'outboundWhisper']

/** Brings a flow of Amazon Connect in. */
export function importConnectFlow(
  value: unknown,
  options: ImportOptions = {},
): Result<Imported, readonly Diagnostic[]> {
  const parsed = parseConnectFlow(value)
  return parsed.ok ? ok(bringIn(parsed.value, options)) : parsed
}

function bringIn(connect: ConnectFlow, options: ImportOptions): Imported {
  const { id, name = connect.name?.slice(0, 256) || 'Imported flow' } = options
  const loss: LossEntry[] = []
  const translations = new Map(Object.entries(options.translations ?? {}))
  const { start } = connect
  const actions = ownSteps(
    connect.actions,
    (named) => (start !== undefined && named.has(start) ? start : undefined),
    'action',
    loss,
  )
  const names = createNames(actions, loss, { noun: 'action', wish: nodeWish })
  // Before anything else has the name, which is the same in every flow.
  declareHandedOver(names)
  const roots = rootsOf(actions, start)
  const carried = declareAhead(actions, roots, names)
  const choosesQueue = actions.some(({ type }) => type === 'UpdateContactTargetQueue')
  const texts = new ConnectTexts(names, roots, loss, choosesQueue)
  const context: ActionContext = { texts, names, loss, translations, roots, choosesQueue, carried }
  const graph = new FlowGraph(names, 'action', loss)
  const startNode = names.freshNode('start')
  reportStart(connect, names, loss)
  graph.addNode(startNode, {
    type: 'start@1',
    config: {},
    targets: { next: start },
    ...givenAtStart(roots, carried, names, loss),
  })
  for (const action of actions) {
    const since = loss.length
    const node = translateAction(action, context)
    if (!translations.has(action.type)) reportUnread(action, node, loss)
    reportMissing(action.name, node, 'action', loss, since)
    reportLostWays(action, node, loss, since)
    graph.addStep(action.name, node, canvasOf(action, connect, names))
  }
  const finished = graph.finish('on:hangup', [DISCONNECTED, TRANSFERRED])
  const data = names.data.map((each) => ({ name: each, type: 'any' }))
  const role: FlowRole = isModule(connect) ? 'subflow' : 'main'
  const flow: FlowDocument = {
    schema: 1,
    id: id ?? slug(name),
    name,
    ...(connect.description === undefined ? {} : { remark: connect.description.slice(0, 4_000) }),
    medium: mediumOf(connect),
    role,
    audience: 'interaction',
    settings: settingsOf(actions, finished, names, role),
    nodes: finished.nodes.map((each) =>
      each.type === 'start@1' && data.length > 0 ? { ...each, config: { data } } : each,
    ),
    connectors: finished.connectors,
    notes: notesOf(connect, names, new Set(finished.nodes.map((node) => node.id))),
  }
  return { flow, loss }
}

/** A root that is read before anything here fills it is what the calling flow left, or what the trigger brings. */
function givenAtStart(
  roots: ReadonlyMap<string, Root>,
  carried: readonly Carried[],
  names: Names,
  loss: LossEntry[],
): Pick<TranslatedNode, 'onLeave'> {
  const given = new Map<string, string>()
  for (const [root, place] of roots) {
    if ('action' in place || !place.fromOutside) continue
    const variable = names.own(root, { any: true })
    const data = `trigger.data.${names.datum(root)}`
    given.set(variable, data)
    const message = `$.${root} is read before anything here fills it: the flow that goes on here gives it, or ${data}`
    loss.push({ severity: 'info', code: 'import.reference', where: 'StartAction', message })
  }
  return carried.length === 0 ? {} : { onLeave: { next: takeOver(carried, given, names) } }
}

/** Ids that the console makes up tell nobody anything, nor what is left of a name without Latin letters: the type does. */
function nodeWish({ name, type }: { readonly name: string; readonly type: string }): string {
  if (!isMadeUp(name) && /[A-Za-z0-9]/.test(name)) return name
  return type.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()
}

function isMadeUp(name: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)
}

function canvasOf({ name }: ConnectAction, { positions }: ConnectFlow, names: Names) {
  const position = positions.get(name)
  return {
    ...(isMadeUp(name) ? {} : labelFor(names.nodeOf(name), name)),
    ...(position === undefined ? {} : { position }),
  }
}

function reportStart({ start, type = '' }: ConnectFlow, names: Names, loss: LossEntry[]): void {
  if (start === undefined || names.nodeOf(start) === undefined)
    loss.push({
      severity: 'error',
      code: 'import.noTrigger',
      where: start ?? 'StartAction',
      message: 'The action that the flow begins at does not exist',
    })
  const beside = Object.hasOwn(BESIDE, type) ? BESIDE[type] : undefined
  if (beside !== undefined)
    loss.push({
      severity: 'warning',
      code: 'import.changed',
      where: 'Metadata.type',
      message: `This is a flow that the host has to run ${beside}`,
    })
}

function isModule({ isModule: says, actions }: ConnectFlow): boolean {
  return says || actions.some((action) => action.type === 'EndFlowModuleExecution')
}

/** Remarks on the canvas; one on an action that is left out stays, on the flow. */
function notesOf({ annotations }: ConnectFlow, names: Names, nodes: ReadonlySet<string>): readonly Note[] {
  return annotations.slice(0, MAX_NOTES).map(({ text, action, position }, index) => {
    const node = action === undefined ? undefined : names.nodeOf(action)
    return {
      id: `note_${index + 1}`,
      ...(node !== undefined && nodes.has(node) ? { node } : {}),
      text: text.slice(0, MAX_NOTE),
      ...(position === undefined ? {} : { position }),
    }
  })
}

const MAX_NOTES = 1_000
const MAX_NOTE = 10_000

function mediumOf({ type = '' }: ConnectFlow): Medium {
  return SPOKEN.includes(type) ? 'voice' : 'any'
}

/** Nobody has set an attribute before somebody sets it: until then it is empty. */
function settingsOf(
  actions: readonly ConnectAction[],
  { outcomes }: FinishedGraph,
  names: Names,
  role: FlowRole,
): FlowSettings {
  const handed = declareHandedOver(names)
  const secret = actions.some(isEncrypted) ? names.own('StoredCustomerInput') : undefined
  const variables = names.variables.map((variable) => ({
    ...variable,
    ...(variable.type === 'text'
      ? { default: '' }
      : variable.input === true
        ? { default: variable.name === handed ? [] : {} }
        : {}),
    ...(variable.name === secret ? { sensitive: true } : {}),
    ...(role === 'subflow' ? { output: true } : {}),
  }))
  const language = languageOf(actions)
  return {
    ...(variables.length === 0 ? {} : { variables }),
    outcomes,
    ...(language === undefined ? {} : { languages: { default: language } }),
  }
}

/** What is encrypted there as it is typed must not stand in any log here. */
function isEncrypted({ type, properties }: ConnectAction): boolean {
  const keys = {
    ...objectAt(properties, 'InputEncryption'),
    ...objectAt(properties, 'EncryptionConfiguration'),
  }
  return type === 'GetParticipantInput' && Object.keys(keys).length > 0
}

/** The language that a flow sets, where it sets one alone. */
function languageOf(actions: readonly ConnectAction[]): string | undefined {
  const set = actions.filter(({ type }) => type === 'UpdateContactData')
  const tags = new Set(
    set.map(({ properties }) => properties.LanguageCode).filter((tag) => tag !== undefined),
  )
  const [only] = tags
  const isTag = typeof only === 'string' && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(only)
  return tags.size === 1 && isTag ? only : undefined
}
