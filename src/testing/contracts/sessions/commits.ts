import type { SessionStore } from '../../../runtime/stores/session-store.ts'
import {
  advance,
  answerTo,
  begin,
  type Cases,
  everything,
  fill,
  head,
  is,
  store,
  T,
  textAt,
} from './samples.ts'

/** What a commit is: revisions that follow each other, all of it or nothing, one after the other. */
export const commitCases: Cases<SessionStore> = {
  'a session that was never stored is not there': async (sessions) => {
    is('read', await sessions.read(T, 'unknown'), undefined)
    is('history', await sessions.history(T, 'unknown'), [])
    is('list', await sessions.list(T, {}), { items: [] })
  },
  'a session is read back as it was stored last': async (sessions) => {
    const full = head({ contact: 'c', channel: 'sms', test: true, outcome: 'done', endedAt: 2_000 })
    await store(sessions, [{ next: begin('s') }])
    await store(sessions, [{ next: advance('s', 1, { text: 'the second', head: full }) }])
    is('read', await sessions.read(T, 's'), { session: 's', revision: 2, text: 'the second', head: full })
  },
  'a head stays until another is given': async (sessions) => {
    const first = head({ contact: 'c' })
    await store(sessions, [{ next: begin('s', { head: first }) }])
    await store(sessions, [{ next: advance('s', 1) }])
    is('the head', (await sessions.read(T, 's'))?.head, first)
    await store(sessions, [{ next: advance('s', 2, { head: head({ status: 'ended' }) }) }])
    is('another head', (await sessions.read(T, 's'))?.head, head({ status: 'ended' }))
    is('the head in lists', (await sessions.list(T, {})).items, [
      { session: 's', head: head({ status: 'ended' }) },
    ])
  },
  'a commit at another revision is turned down, tells the revision and changes nothing': async (sessions) => {
    const { change } = await fill(sessions)
    const before = await everything(sessions)
    for (const expected of [0, 2, 3]) {
      const next = { ...change.next!, expected }
      is(`a commit at ${expected}`, await answerTo(sessions, { ...change, next }), {
        ok: false,
        reason: 'revision',
        revision: 1,
      })
    }
    is('everything', await everything(sessions), before)
    is('a commit of an unknown session', await answerTo(sessions, { next: advance('unknown', 1) }), {
      ok: false,
      reason: 'revision',
      revision: 0,
    })
    is('the unknown session', await sessions.read(T, 'unknown'), undefined)
  },
  'a commit whose key is held is turned down, tells by whom and changes nothing': async (sessions) => {
    const { change } = await fill(sessions)
    await store(sessions, [{ claims: [{ key: 'theirs', session: 'other', now: 0 }] }])
    const before = await everything(sessions)
    const claims = [...change.claims!, { key: 'theirs', session: 's', now: 0 }]
    is('the commit', await answerTo(sessions, { ...change, claims }), {
      ok: false,
      reason: 'claimed',
      key: 'theirs',
      session: 'other',
    })
    is('everything', await everything(sessions), before)
  },
  'one that is turned down takes none of the others of its call with it': async (sessions) => {
    await store(sessions, [{ next: begin('s') }, { claims: [{ key: 'k', session: 's', now: 0 }] }])
    const answers = await sessions.commit(T, [
      { next: begin('a'), counts: [['n', 1]] },
      { next: advance('s', 7), counts: [['n', 10]] },
      { next: begin('b'), claims: [{ key: 'k', session: 'b', now: 0 }], counts: [['n', 100]] },
      { next: advance('s', 1), counts: [['n', 1_000]] },
    ])
    is('the answers', answers, [
      { ok: true },
      { ok: false, reason: 'revision', revision: 1 },
      { ok: false, reason: 'claimed', key: 'k', session: 's' },
      { ok: true },
    ])
    is('one', (await sessions.read(T, 'a'))?.revision, 1)
    is('the one with the key', await sessions.read(T, 'b'), undefined)
    is('the other', (await sessions.read(T, 's'))?.text, textAt('s', 2))
    is('the count', [...(await sessions.counts(T, ''))], [['n', 1_001]])
  },
  'later commits of a call see what earlier ones have done': async (sessions) => {
    const answers = await sessions.commit(T, [
      { next: begin('s', { history: 'one', timer: { to: 10 } }) },
      { next: advance('s', 1, { history: 'two', timer: { from: 10, to: 20 } }) },
      { next: advance('s', 1), counts: [['n', 1]] },
      { claims: [{ key: 'k', session: 's', now: 0 }], mark: [{ mark: 'm', session: 's' }] },
      { claims: [{ key: 'k', session: 'other', now: 0 }] },
      { unclaim: ['k'], unmark: [{ mark: 'm', session: 's' }] },
      { claims: [{ key: 'k', session: 'other', now: 0 }] },
      { next: advance('s', 2, { history: 'three' }) },
    ])
    is('the answers', answers, [
      { ok: true },
      { ok: true },
      { ok: false, reason: 'revision', revision: 2 },
      { ok: true },
      { ok: false, reason: 'claimed', key: 'k', session: 's' },
      { ok: true },
      { ok: true },
      { ok: true },
    ])
    is('the session', (await sessions.read(T, 's'))?.revision, 3)
    is('its timers', await sessions.due(T, 100, 10), [{ session: 's', due: 20 }])
    is('its history', await sessions.history(T, 's'), [
      { revision: 1, text: 'one' },
      { revision: 2, text: 'two' },
      { revision: 3, text: 'three' },
    ])
    is('its marks', (await sessions.marked(T, 'm', {})).items, [])
    is('who has the key', await sessions.claimant(T, 'k', 0), 'other')
  },
  'of commits at one revision exactly one wins': async (sessions) => {
    await store(sessions, [{ next: begin('s') }])
    const rivals = Array.from({ length: 20 }, (_, n) =>
      advance('s', 1, { text: `by ${n}`, history: `by ${n}` }),
    )
    const calls = await Promise.all([
      ...rivals.slice(0, 10).map((next) => sessions.commit(T, [{ next, counts: [['won', 1]] }])),
      sessions.commit(
        T,
        rivals.slice(10).map((next) => ({ next, counts: [['won', 1]] })),
      ),
    ])
    const answers = calls.flat()
    const winners = answers.flatMap(({ ok }, n) => (ok ? [n] : []))
    is('the number of winners', winners.length, 1)
    is('the session', (await sessions.read(T, 's'))?.text, `by ${winners[0]}`)
    is('the history', await sessions.history(T, 's'), [{ revision: 2, text: `by ${winners[0]}` }])
    is('the count', (await sessions.counts(T, '')).get('won'), 1)
    for (const answer of answers) {
      if (!answer.ok) is('what the others are told', answer, { ok: false, reason: 'revision', revision: 2 })
    }
  },
  'every member of a commit may be left out': async (sessions) => {
    is('no commits', await sessions.commit(T, []), [])
    is('an empty commit', await sessions.commit(T, [{}]), [{ ok: true }])
    is('empty members', await answerTo(sessions, { claims: [], settled: [], log: [], counts: [] }), {
      ok: true,
    })
  },
  'a call with a first revision that has no head is rejected, and nothing of it is stored': async (
    sessions,
  ) => {
    const { head: _, ...headless } = begin('b')
    const outcome = await sessions
      .commit(T, [{ next: begin('a') }, { next: headless }])
      .then(() => 'stored')
      .catch(() => 'rejected')
    is('the call', outcome, 'rejected')
    is('what is stored', (await sessions.list(T, {})).items, [])
  },
}
