import type { SessionStore } from '../../../runtime/stores/session-store.ts'
import { advance, begin, type Cases, END, everything, fill, is, store, T } from './samples.ts'

/** Erasure, and tenants that know nothing of each other. */
export const erasingCases: Cases<SessionStore> = {
  'nothing of an erased session is left but counts and cursors': async (sessions) => {
    await fill(sessions)
    await store(sessions, [
      { next: advance('s', 1, { history: 'more', timer: { to: 7_000 } }) },
      {
        claims: [{ key: 'free', session: 's', now: 0, until: 10 }],
        log: [{ logbook: 'b', session: 's', at: 1, text: 't' }],
      },
    ])
    await sessions.erase(T, ['unknown', 's'])
    is('everything', await everything(sessions), {
      read: null,
      list: [],
      history: [],
      claimants: [null, null],
      marked: [[], []],
      due: [],
      nextDue: null,
      outbox: [],
      deadLetters: [],
      log: [],
      counts: [['count', 2]],
      cursor: 3,
    })
    is('what ended', await sessions.endedBefore(T, END, 10), [])
  },
  'what is erased is a session alone': async (sessions) => {
    await fill(sessions, T, 'other')
    const before = await everything(sessions, T, 'other')
    await store(sessions, [
      {
        next: begin('s', { timer: { to: 5_000 }, history: 'began' }),
        claims: [{ key: 'mine', session: 's', now: 0 }],
        mark: [{ mark: 'on', session: 's' }],
        work: { session: 's', text: 'work' },
        log: [{ logbook: 'book', session: 's', at: 10, text: 'entry' }],
        dead: [{ session: 's', type: 't', at: 10, text: 'letter' }],
      },
    ])
    await sessions.erase(T, ['s'])
    is('the other', await everything(sessions, T, 'other'), before)
    is('its key', await sessions.claimant(T, 'mine', 0), undefined)
  },
  'many sessions are erased at once': async (sessions) => {
    const ids = Array.from({ length: 300 }, (_, n) => `s${n}`)
    await store(
      sessions,
      ids.map((session, n) => ({
        next: begin(session, { history: 'began', timer: { to: n } }),
        work: { session, text: 'work' },
      })),
    )
    await sessions.erase(T, ids.slice(1))
    is(
      'the list',
      (await sessions.list(T, {})).items.map(({ session }) => session),
      ['s0'],
    )
    is('timers', await sessions.due(T, END, 1_000), [{ session: 's0', due: 0 }])
    is(
      'the outbox',
      (await sessions.outbox(T, 0, 1_000)).map(({ session }) => session),
      ['s0'],
    )
    await sessions.erase(T, [])
    is('to erase nothing', (await sessions.list(T, {})).items.length, 1)
  },
  'traces of a session that was never stored are erased as well': async (sessions) => {
    await store(sessions, [
      {
        claims: [{ key: 'held', session: 's', now: 0 }],
        mark: [{ mark: 'on', session: 's' }],
        log: [{ logbook: 'refused', session: 's', at: 1, text: 'entry' }],
        work: { session: 's', text: 'work' },
      },
    ])
    const nothing = await everything(sessions, 'nobody')
    await sessions.erase(T, ['s'])
    is('everything', await everything(sessions), nothing)
  },
  'an id can be used again after its session was erased': async (sessions) => {
    await fill(sessions)
    await sessions.erase(T, ['s'])
    await store(sessions, [{ next: begin('s', { text: 'anew', history: 'again' }) }])
    is('the session', (await sessions.read(T, 's'))?.text, 'anew')
    is('its history', await sessions.history(T, 's'), [{ revision: 1, text: 'again' }])
    is('its timers', await sessions.due(T, END, 10), [])
  },
  'tenants know nothing of each other': async (sessions) => {
    const nothing = await everything(sessions, 'b')
    const { entry, letter, change } = await fill(sessions, 'a')
    is('another tenant', await everything(sessions, 'b'), nothing)
    is('a tenant whose name differs in case', await everything(sessions, 'A'), nothing)
    const before = await everything(sessions, 'a')
    // The same session, key, names and numbers, all of them in another tenant.
    is('what is held elsewhere', (await sessions.commit('b', [change]))[0]?.ok, false)
    await store(sessions, [{ settled: [entry], revived: [letter], unclaim: ['held'] }], 'b')
    await store(sessions, [{ postponed: [{ number: entry, text: 'stolen', at: 1 }] }], 'b')
    await store(sessions, [{ unmark: [{ mark: 'on', session: 's' }] }], 'b')
    await fill(sessions, 'b')
    await sessions.dropExpired('b', END)
    await sessions.erase('b', ['s'])
    is('the first tenant', await everything(sessions, 'a'), before)
    is('history', (await sessions.history('a', 's')).length, 1)
    is('what ended', await sessions.endedBefore('b', END, 10), [])
  },
}
