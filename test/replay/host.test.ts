import { existsSync, readdirSync, readFileSync } from 'node:fs'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { sqliteStore } from '../../src/adapters/sqlite/index.ts'
import { type Commit, memoryStore, SessionReader, type Store } from '../../src/runtime/index.ts'
import { virtualClock } from '../../src/testing/index.ts'
import { ADA, Bureau } from '../runtime/host/bureau.ts'
import { scripted } from '../runtime/host/working.ts'
import { BEN, type LeftBehind, restore, TESS, viewsOf } from './host-life.ts'

const RELEASES = new URL('../fixtures/releases/', import.meta.url)

const kept = readdirSync(RELEASES).filter((release) => existsSync(new URL(`${release}/host/`, RELEASES)))

function readLeft(release: string): LeftBehind {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`${release}/host/${name}.json`, RELEASES), 'utf8'))
  return {
    workspace: read('workspace'),
    contacts: read('contacts'),
    commits: read('commits'),
    views: read('views'),
  }
}

const STORES: readonly (readonly [string, () => Store])[] = [
  ['memory', memoryStore],
  ['SQLite', () => sqliteStore(new Database(':memory:'))],
]
const cases = kept.flatMap((release) => STORES.map(([name, make]) => [release, name, make] as const))

const text = (from: string, said: string, id?: string) => ({
  channel: 'sms',
  from,
  to: '+4930100',
  text: said,
  ...(id === undefined ? {} : { id }),
})

// What users stored is readable for ever: the files of a release that was published are never written again.
describe.each(cases)('what a host of release %s has left behind in a store: %s', (release, _name, make) => {
  const left = readLeft(release)
  const { views } = left
  const { named } = views

  async function takeUp() {
    const store = make()
    await restore(store, left)
    const bureau = new Bureau(store, virtualClock(views.at))
    const done = {
      'crm.ticket': scripted({ body: { outcome: 'opened' } }),
      'crm.letter': scripted(undefined),
      'http.request': scripted({ status: 200, body: {} }),
    }
    const handlers = Object.fromEntries(Object.entries(done).map(([type, { handler }]) => [type, handler]))
    await bureau.start({ handlers })
    const ended = async (name: string) => (await bureau.host.sessions.inspect(named[name]!))!.head.outcome
    return { bureau, host: bureau.host, done, ended }
  }

  it('reads as it did', async () => {
    const store = make()
    await restore(store, left)
    const { at: _at, named: _named, cardWait: _cardWait, ...read } = views
    expect(await viewsOf(new SessionReader(store.sessions, 'acme'))).toMatchObject(read)
  })

  it('has its work done, under the keys that it had', async () => {
    const { bureau, done, ended } = await takeUp()
    expect(done['crm.ticket'].asked.map(({ key }) => key)).toEqual([`${named.order}:1`])
    expect(bureau.sms.transcript()).toEqual(['Ordered.'])
    expect(await ended('order')).toBe('done')
  })

  it('has work done that was to be tried again later', async () => {
    const { bureau, done, ended } = await takeUp()
    expect(done['http.request'].asked).toEqual([])
    await bureau.pass('5s')
    expect(done['http.request'].asked.map(({ attempt }) => attempt)).toEqual([2])
    expect(await ended('call')).toBe('done')
  })

  it('has its timers fire', async () => {
    const { bureau, ended } = await takeUp()
    for (let i = 0; i < 6; i++) await bureau.pass('10s')
    expect(await ended('silent')).toBe('abandoned')
    expect(bureau.sms.transcript(BEN)).toContain('Sorry, that did not work.')
  })

  it('has its sessions go on with what people say', async () => {
    const { bureau, ended } = await takeUp()
    expect(await bureau.write('CD-5678')).toContain('Ticket CD-5678 is being handled.')
    expect(await ended('ticket')).toBe('resolved')
  })

  it('remembers what has come in', async () => {
    const { host } = await takeUp()
    for (const [name, id] of [
      ['ended', 'm1'],
      ['silent', 'm6'],
    ] as const)
      expect(await host.receive(text(name === 'ended' ? ADA : BEN, 'hello', id))).toEqual({
        ok: true,
        session: named[name],
        did: 'duplicate',
      })
  })

  it('prevents duplicates of what waits', async () => {
    const { host } = await takeUp()
    const request = { flow: 'once', contact: { address: ADA }, channel: 'sms', data: { order: 'o1' } }
    expect(await host.trigger(request)).toEqual({ ok: true, session: named.once, duplicate: true })
    await host.deliver(named.once!, { type: 'text', text: 'x' })
    expect(await host.trigger(request)).toMatchObject({ ok: true, duplicate: false })
  })

  it('takes buttons and events', async () => {
    const { host, bureau, ended } = await takeUp()
    await host.receive({ channel: 'sms', button: { waitId: views.cardWait, value: 'yes' } })
    await host.emit({ name: 'paid' })
    await host.settled()
    expect(bureau.sms.transcript()).toEqual(expect.arrayContaining(['See you at nine.', 'Paid.']))
    expect([await ended('card'), await ended('event')]).toEqual(['done', 'done'])
  })

  it('retries what was given up', async () => {
    const { host, done } = await takeUp()
    const [letter] = (await host.sessions.deadLetters()).items
    await host.retryDeadLetter(letter!.number, { by: 'ada' })
    await host.settled()
    expect(done['crm.letter'].asked.map(({ key }) => key)).toEqual([letter!.effect.key])
    expect((await host.sessions.deadLetters()).items).toEqual([])
  })

  it('keeps sessions of test mode apart', async () => {
    const { host } = await takeUp()
    expect(await host.receive(text(TESS, '3'))).toMatchObject({ ok: true, session: named.test })
    await host.settled()
    const { head } = (await host.sessions.inspect(named.test!))!
    expect(head).toMatchObject({ test: true, status: 'waiting' })
  })
})

/** What a commit can hold; a life that leaves a member out says nothing about it. */
const MEMBERS: { readonly [Member in keyof Commit]-?: boolean } = {
  next: true,
  claims: true,
  unclaim: true,
  mark: true,
  unmark: true,
  work: true,
  settled: true,
  postponed: true,
  dead: true,
  // A dead letter that is taken back is no more than that: there is nothing left of it to be read.
  revived: false,
  log: true,
  counts: true,
  cursors: true,
}

it('the newest release has left commits behind that hold whatever a commit can hold', () => {
  const seen = new Set(readLeft(kept.at(-1)!).commits.flatMap(({ commit }) => Object.keys(commit)))
  const asked = Object.entries(MEMBERS).flatMap(([member, isAsked]) => (isAsked ? [member] : []))
  expect([...seen].sort()).toEqual(asked.sort())
})
