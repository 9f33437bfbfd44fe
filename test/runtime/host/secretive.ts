import type { Store } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { awaitEvent, node, say, talk } from './flows.ts'
import { scripted } from './working.ts'

export const SECRET = '4711-0815'

/** Takes a sensitive number, and has it go everywhere that a value can go. */
export const secretive = () => {
  const flow = talk('secretive', { trigger: 'message', channel: 'sms' }, [
    node('ask', 'collect-input@1', { prompt: 'Your card?', variable: 'card' }, ['valid']),
    node('log', 'log@1', { logbook: 'calls', fields: { card: 'card', why: '"asked"' } }),
    say('said', 'Your card is {{card}}.'),
    node('order', 'custom-effect@1', { effect: 'crm.ticket', fields: { card: 'card' } }),
    node('call', 'http-request@1', { method: 'POST', url: 'https://shop.example/', body: 'card' }, [
      'success',
      'httpError',
      'timeout',
      'failed',
    ]),
    awaitEvent('wait', 'go'),
  ])
  const variables = [{ name: 'card', type: 'text', sensitive: true }]
  const logbooks = [{ name: 'calls', fields: ['card', 'why'] }]
  return { ...flow, settings: { ...flow.settings, variables, logbooks } } as unknown as typeof flow
}

/** Everything that the stores keep of sessions and contacts, as one text. */
export async function kept(store: Store): Promise<string> {
  const { sessions, contacts } = store
  const { items } = await sessions.list('acme', { limit: 500 })
  const parts: unknown[] = [items]
  for (const { session } of items) {
    parts.push(await sessions.read('acme', session), await sessions.history('acme', session))
  }
  parts.push(await sessions.deadLetters('acme', {}), await sessions.log('acme', {}))
  parts.push(await sessions.outbox('acme', 0, 500), await contacts.get('acme', 'ada-lovelace'))
  parts.push(await sessions.due('acme', Number.MAX_SAFE_INTEGER, 500))
  for (const mark of [`at/sms/${ADA}`, 'event/go', 'cards/secretive'])
    parts.push(await sessions.marked('acme', mark, {}))
  return JSON.stringify(parts)
}

export async function secretiveBureau(handlers: object = {}) {
  const script = scripted(new Error(`no ${SECRET}`))
  const bureau = await Bureau.open({
    handlers: { 'crm.ticket': script.handler, 'http.request': script.handler, ...handlers },
  })
  await bureau.release(secretive())
  return bureau
}
