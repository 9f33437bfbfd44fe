import type { Commit, SessionStore } from '../../../runtime/stores/session-store.ts'
import { allOf, answerTo, begin, type Cases, is, store, T } from './samples.ts'

const claim = (key: string, session: string, now = 0, until?: number): Commit => ({
  claims: [until === undefined ? { key, session, now } : { key, session, now, until }],
})

/** What is claimed once, and what tells who can be reached. */
export const claimCases: Cases<SessionStore> = {
  'a key is held by the session that claimed it': async (sessions) => {
    is('nobody', await sessions.claimant(T, 'k', 0), undefined)
    await store(sessions, [claim('k', 's')])
    is('the claimant', await sessions.claimant(T, 'k', 1e15), 's')
    const claimed = { ok: false, reason: 'claimed', key: 'k', session: 's' }
    is('another', await answerTo(sessions, claim('k', 'other')), claimed)
    is('the same again', await answerTo(sessions, claim('k', 's')), claimed)
  },
  'a claim holds no longer from its end on': async (sessions) => {
    await store(sessions, [claim('k', 's', 10, 20)])
    is('before', await sessions.claimant(T, 'k', 19), 's')
    is('at the end', await sessions.claimant(T, 'k', 20), undefined)
    is('a claim before', (await answerTo(sessions, claim('k', 'other', 19))).ok, false)
    is('a claim at the end', await answerTo(sessions, claim('k', 'other', 20, 30)), { ok: true })
    is('the claimant', await sessions.claimant(T, 'k', 25), 'other')
    is('what ends later', await answerTo(sessions, claim('k', 's', 31)), { ok: true })
    is('for ever', await sessions.claimant(T, 'k', 1e15), 's')
  },
  'a key that is given up can be claimed, in the same commit as well': async (sessions) => {
    await store(sessions, [claim('a', 's'), claim('b', 's')])
    await store(sessions, [{ unclaim: ['a', 'unknown'] }])
    is('the key', await sessions.claimant(T, 'a', 0), undefined)
    await store(sessions, [claim('a', 'other')])
    await store(sessions, [{ unclaim: ['b'], ...claim('b', 'other') }])
    is(
      'both keys',
      [await sessions.claimant(T, 'a', 0), await sessions.claimant(T, 'b', 0)],
      ['other', 'other'],
    )
  },
  'of several keys all are claimed or none': async (sessions) => {
    await store(sessions, [claim('b', 'other')])
    const keys = ['a', 'b', 'c'].map((key) => ({ key, session: 's', now: 0 }))
    is('the answer', await answerTo(sessions, { claims: keys }), {
      ok: false,
      reason: 'claimed',
      key: 'b',
      session: 'other',
    })
    is(
      'the others',
      [await sessions.claimant(T, 'a', 0), await sessions.claimant(T, 'c', 0)],
      [undefined, undefined],
    )
  },
  'a key can be claimed once in a commit': async (sessions) => {
    const twice = ['s', 'other'].map((session) => ({ key: 'k', session, now: 0 }))
    is('the answer', await answerTo(sessions, { claims: twice }), {
      ok: false,
      reason: 'claimed',
      key: 'k',
      session: 's',
    })
    is('the key', await sessions.claimant(T, 'k', 0), undefined)
  },
  'of claims at the same time one wins': async (sessions) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        answerTo(sessions, { next: begin(`s${n}`), ...claim('k', `s${n}`) }),
      ),
    )
    const winners = answers.flatMap(({ ok }, n) => (ok ? [`s${n}`] : []))
    is('the number of winners', winners.length, 1)
    is('the claimant', await sessions.claimant(T, 'k', 0), winners[0])
    is(
      'the sessions',
      (await sessions.list(T, {})).items.map(({ session }) => session),
      winners,
    )
  },
  'claims that hold no longer can be dropped': async (sessions) => {
    await store(sessions, [claim('a', 's', 0, 10), claim('b', 's', 0, 11), claim('c', 's')])
    await sessions.dropExpired(T, 10)
    is(
      'what was left',
      [
        (await sessions.claimant(T, 'a', 0)) ?? null,
        (await sessions.claimant(T, 'b', 0)) ?? null,
        (await sessions.claimant(T, 'c', 0)) ?? null,
      ],
      [null, 's', 's'],
    )
  },
  'sessions that bear a mark are found by it, each once': async (sessions) => {
    const mark = (name: string, session: string) => ({ mark: name, session })
    await store(sessions, [
      { mark: [mark('m', 'b'), mark('m', 'a'), mark('n', 'a')] },
      { mark: [mark('m', 'c'), mark('m', 'a')], unmark: [mark('m', 'unknown')] },
    ])
    is('one mark', await sessions.marked(T, 'm', {}), { items: ['a', 'b', 'c'] })
    is('another mark', await sessions.marked(T, 'n', {}), { items: ['a'] })
    is('no mark', await sessions.marked(T, 'M', {}), { items: [] })
    await store(sessions, [{ unmark: [mark('m', 'a')] }, { unmark: [mark('n', 'b')] }])
    is('one mark less', await sessions.marked(T, 'm', {}), { items: ['b', 'c'] })
    is('the other mark', await sessions.marked(T, 'n', {}), { items: ['a'] })
  },
  'a mark that is taken and given in one commit stays': async (sessions) => {
    const both = [{ mark: 'm', session: 's' }]
    await store(sessions, [{ mark: both }, { mark: both, unmark: both }])
    is('the mark', (await sessions.marked(T, 'm', {})).items, ['s'])
  },
  'marked sessions are read a slice at a time': async (sessions) => {
    const ids = Array.from({ length: 60 }, (_, n) => `s${String(n).padStart(2, '0')}`)
    await store(sessions, [{ mark: ids.map((session) => ({ mark: 'm', session })) }])
    for (const limit of [1, 7, 59, 60, 61]) {
      is(`in ${limit}s`, await allOf((page) => sessions.marked(T, 'm', page), limit), ids)
    }
    is('unless told otherwise', (await sessions.marked(T, 'm', {})).items.length, 50)
  },
}
