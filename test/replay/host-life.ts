import type { Json } from '../../src/base/json.ts'
import {
  type Commit,
  type Contact,
  type ContentStore,
  type HostOptions,
  memoryStore,
  type SessionReader,
  type Store,
} from '../../src/runtime/index.ts'
import { ADA, Bureau, support } from '../runtime/host/bureau.ts'
import { ask, awaitEvent, node, say, talk } from '../runtime/host/flows.ts'
import { BY_ORDER, MANUAL } from '../runtime/host/once.ts'

/*
 * A life of a host that ends in the middle of everything, and what is left of it. What is kept is what a store was handed, so
 * that any store can be brought to where it was.
 */

export const BEN = '+4915100000002'
export const TESS = '+4915199999999'

/** What a release has left behind. */
export interface LeftBehind {
  /** The workspace: its streams, and contents by hash. */
  readonly workspace: { readonly events: Streams; readonly contents: { readonly [hash: string]: string } }
  readonly contacts: readonly Contact[]
  /** Every commit that was stored, in order, with the number that its work was given. */
  readonly commits: readonly Stored[]
  readonly views: Views
}

interface Stored {
  readonly commit: Commit
  readonly entry?: number
}

type Streams = { readonly [stream: string]: readonly Json[] }

/** How it read then. */
export interface Views {
  /** When the host died. */
  readonly at: number
  /** Ids of sessions, by what they are for. */
  readonly named: { readonly [name: string]: string }
  /** The wait that the button of the card answers. */
  readonly cardWait: string
  /** Sessions that have ended are listed as well. */
  readonly sessions: readonly object[]
  readonly histories: { readonly [session: string]: readonly object[] }
  readonly log: readonly object[]
  readonly deadLetters: readonly object[]
  readonly counts: { readonly [name: string]: number }
}

const BUTTONS = [{ value: 'yes', label: 'Yes' }]

const FLOWS = [
  support(),
  talk('once', MANUAL, [ask('a', 'a?'), say('thanks', 'Thanks: {{ticket}}')], BY_ORDER),
  talk('order', { trigger: 'manual' }, [
    node('order', 'custom-effect@1', { effect: 'crm.ticket', outcomes: [{ name: 'opened' }] }, [
      'opened',
      'failed',
    ]),
    say('told', 'Ordered.'),
  ]),
  talk('call', { trigger: 'manual' }, [
    node('call', 'http-request@1', { method: 'GET', url: 'https://shop.example/stock', attempts: 3 }, [
      'success',
      'httpError',
      'timeout',
      'failed',
    ]),
    say('told', 'Called.'),
  ]),
  talk('letter', { trigger: 'manual' }, [node('post', 'custom-effect@1', { effect: 'crm.letter' })]),
  talk('card', { trigger: 'manual' }, [
    node('card', 'send-card@1', { title: 'Nine?', buttons: BUTTONS }, ['yes', 'failed']),
    say('told', 'See you at nine.'),
  ]),
  talk(
    'event',
    { trigger: 'manual' },
    [
      node('log', 'log@1', { logbook: 'calls', fields: { why: '"waiting"' } }),
      awaitEvent('wait', 'paid'),
      say('told', 'Paid.'),
    ],
    { logbooks: [{ name: 'calls', fields: ['why'] }] },
  ),
]

/** Plays the life of a host, and has it die. */
export async function leaveHostBehind(): Promise<LeftBehind> {
  const recorder = recording(memoryStore())
  const { store } = recorder
  let count = 0
  const handlers: HostOptions['handlers'] = {
    'crm.ticket': () => new Promise(() => {}),
    'crm.letter': () => Promise.reject(new Error('down')),
    'http.request': () => Promise.reject(new Error('down')),
  }
  const bureau = await Bureau.open(
    { handlers, ids: { next: () => `s${++count}` }, random: { next: () => 0 } },
    store,
  )
  await store.contacts.put('acme', {
    id: 'ben',
    addresses: [BEN],
    fields: { name: 'Ben', balance: 20, tier: 'basic' },
  })
  await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: [TESS] })
  for (const flow of FLOWS) await bureau.release(flow)
  const { host } = bureau

  const named: { [name: string]: string } = {}
  const keep = (name: string, outcome: { readonly ok: boolean; readonly session?: string }) => {
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome)}`)
    named[name] = outcome.session!
  }
  const trigger = async (flow: string, more: object = {}) => {
    const contact = { address: '+4915100000003' }
    keep(flow, await host.trigger({ flow, contact, channel: 'sms', ...more }))
    await settle(bureau)
  }
  const write = async (name: string, from: string, text: string, id: string) => {
    keep(name, await host.receive({ channel: 'sms', from, to: '+4930100', text, id }))
    await settle(bureau)
  }

  await write('ended', ADA, 'hello', 'm1')
  await write('ended', ADA, '3', 'm2')
  await write('ended', ADA, 'AB-1234', 'm3')
  await write('ticket', ADA, 'hello again', 'm4')
  await write('ticket', ADA, '3', 'm5')
  await write('silent', BEN, 'hello', 'm6')
  await trigger('once', { data: { order: 'o2' } })
  await host.deliver(named.once!, { type: 'text', text: 'x' })
  await trigger('once', { data: { order: 'o1' } })
  for (const flow of ['letter', 'call', 'card', 'event', 'order']) await trigger(flow)
  keep('test', await host.test({ flow: 'support', version: 'v1', contact: TESS, by: 'ada', channel: 'sms' }))
  await settle(bureau)

  const { waitId: cardWait } = bureau.sms.sent.find(({ effect }) => effect.type === 'card.send')!.effect
  const at = bureau.clock.now()
  const views = { at, named, cardWait: cardWait!, ...(await viewsOf(host.sessions)) }
  const left = { ...(await recorder.left()), views }
  await host.close({ graceMs: 0 })
  return left
}

/** Lets everything run that neither hangs nor waits for its time, and a millisecond pass. */
async function settle(bureau: Bureau): Promise<void> {
  for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve))
  bureau.clock.advance(1)
}

/** How everything reads that is stored. */
export async function viewsOf(reader: SessionReader): Promise<Omit<Views, 'at' | 'named' | 'cardWait'>> {
  const { items: sessions } = await reader.list({ limit: 100 })
  const histories = await Promise.all(
    sessions.map(async ({ session }) => [session, await reader.history(session)] as const),
  )
  return {
    sessions,
    histories: Object.fromEntries(histories),
    log: unnumbered((await reader.log()).items),
    deadLetters: unnumbered((await reader.deadLetters()).items),
    counts: Object.fromEntries(await reader.counts()),
  }
}

/** Numbers are those of a store, and of no other. */
function unnumbered(items: readonly { readonly number: number }[]): readonly object[] {
  return items.map(({ number: _, ...rest }) => rest)
}

/** Brings a store to where the one of the life was. */
export async function restore(store: Store, { workspace, contacts, commits }: LeftBehind): Promise<void> {
  const batches = Object.entries(workspace.events).map(([stream, events]) => ({
    stream,
    expected: 0,
    events,
  }))
  await store.events.append(batches)
  for (const [hash, text] of Object.entries(workspace.contents)) await store.contents.put(hash, text)
  for (const contact of contacts) await store.contacts.put('acme', contact)
  // Each store counts in its own way.
  const numbers = new Map<number, number>()
  const today = (number: number) => numbers.get(number)!
  for (const { commit, entry } of commits) {
    const [answer] = await store.sessions.commit('acme', [numbered(commit, today)])
    if (!answer!.ok) throw new Error(`Turned down: ${JSON.stringify(answer)}`)
    if (entry !== undefined) numbers.set(entry, answer!.entry!)
  }
}

/** A commit with other numbers of work. No dead letter is taken back in that life. */
function numbered({ settled, postponed, ...commit }: Commit, today: (number: number) => number): Commit {
  return {
    ...commit,
    ...(settled && { settled: settled.map(today) }),
    ...(postponed && { postponed: postponed.map((each) => ({ ...each, number: today(each.number) })) }),
  }
}

/** A store that remembers what it was handed. */
function recording(store: Store) {
  const commits: Stored[] = []
  const contents: { [hash: string]: string } = {}
  const contacts: Contact[] = []
  const recordingContents: ContentStore = {
    async put(hash, text) {
      contents[hash] = text
      await store.contents.put(hash, text)
    },
    get: (hash) => store.contents.get(hash),
  }
  const recorded: Store = {
    events: store.events,
    contents: recordingContents,
    links: store.links,
    contacts: {
      ...store.contacts,
      async put(tenant, contact) {
        contacts.push(contact)
        await store.contacts.put(tenant, contact)
      },
    },
    sessions: {
      ...store.sessions,
      async commit(tenant, given) {
        const answers = await store.sessions.commit(tenant, given)
        for (const [index, answer] of answers.entries()) {
          if (!answer.ok) continue
          const commit = given[index]!
          commits.push(answer.entry === undefined ? { commit } : { commit, entry: answer.entry })
        }
        return answers
      },
    },
  }
  return {
    store: recorded,
    async left(): Promise<Omit<LeftBehind, 'views'>> {
      const events: { [stream: string]: readonly Json[] } = {}
      for (const { stream } of await store.events.list('')) events[stream] = await store.events.read(stream)
      return { workspace: { events, contents }, contacts: [...contacts], commits: [...commits] }
    },
  }
}
