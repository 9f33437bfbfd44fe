import type { FlowDocument } from '../../../src/index.ts'
import type { Inbound, Received, Started } from '../../../src/runtime/index.ts'
import { type Bureau, chain } from './bureau.ts'

type ChainNode = Parameters<typeof chain>[2][number]

/** The number that the application `sms-app` of a bureau writes with, and the one that `voice-app` is called on. */
export const SMS = '+4930100'
export const VOICE = '+4930200'

export const say = (id: string, prompt: string): ChainNode => ({
  id,
  type: 'send-message@1',
  config: { prompt },
})

/** Asks, and keeps the answer in the variable `ticket`. */
export const ask = (id: string, prompt: string): ChainNode =>
  node(id, 'collect-input@1', { prompt, variable: 'ticket' }, ['valid'])

export const awaitEvent = (id: string, event: string): ChainNode =>
  node(id, 'wait-for-event@1', { event }, ['received'])

export const call = (id: string, flow: string, config: object = {}): ChainNode =>
  node(id, 'call-subflow@1', { flow, ...config }, ['done'])

/** A node whose outcomes all lead to the next one of the chain. */
export function node(
  id: string,
  type: string,
  config: object,
  outs: readonly string[] = ['next'],
): ChainNode {
  return { id, type, config, outs } as unknown as ChainNode
}

/** A chain of nodes that has the variable `ticket`, and other settings as they are given. */
export function talk(
  id: string,
  start: object,
  nodes: readonly ChainNode[],
  settings: object = {},
): FlowDocument {
  const made = chain(id, start, nodes)
  const variables = [{ name: 'ticket', type: 'text' }]
  return { ...made, settings: { ...made.settings, variables, ...settings } } as FlowDocument
}

/** A flow that asks, and confirms the answer. */
export function asking(id: string, start: object, prompt = `${id}?`): FlowDocument {
  return talk(id, start, [ask('ask', prompt), say('said', `${id}: {{ticket}}`)])
}

/** Something comes in a millisecond after all before, and everything is done that follows from it. */
export async function comes(bureau: Bureau, inbound: Inbound): Promise<Received> {
  bureau.clock.advance(1)
  const received = await bureau.host.receive(inbound)
  await bureau.host.settled()
  return received
}

/** The session that was started or continued; the code of a refusal stands for itself. */
export function sessionOf(outcome: Received | Started): string {
  return outcome.ok ? outcome.session : outcome.code
}

/** What a call was refused with; `ok` where it was not. */
export function codeOf(outcome: { readonly ok: boolean; readonly code?: string }): string {
  return outcome.ok ? 'ok' : outcome.code!
}

/** Ids of the flows of all sessions, the first started first. */
export async function startedFlows(bureau: Bureau): Promise<readonly string[]> {
  const { items } = await bureau.host.sessions.list({ limit: 500 })
  return items.map(({ head }) => head.flow).reverse()
}
