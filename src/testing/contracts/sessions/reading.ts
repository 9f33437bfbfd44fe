import type { SessionHead, SessionQuery, SessionStore } from '../../../runtime/stores/session-store.ts'
import { advance, allOf, begin, type Cases, head, is, store, T } from './samples.ts'

/** A few sessions whose heads differ in every member, the latest started first. */
const HEADS: readonly (readonly [string, SessionHead])[] = [
  ['i', head({ startedAt: 9_000, flow: 'g', contact: 'ada' })],
  ['h', head({ startedAt: 8_000, status: 'failed', outcome: 'step.limit', endedAt: 8_100, contact: 'ada' })],
  ['g', head({ startedAt: 7_000, test: true })],
  ['f', head({ startedAt: 6_000, status: 'ended', outcome: 'done', endedAt: 6_100, contact: 'bob' })],
  ['e', head({ startedAt: 5_000, version: 'old', contact: 'bob' })],
  ['d', head({ startedAt: 4_000, version: 'old', status: 'ended', outcome: 'left', endedAt: 4_100 })],
  ['c', head({ startedAt: 3_000, flow: 'g', status: 'ended', outcome: 'done', endedAt: 3_100, test: true })],
  ['b', head({ startedAt: 2_000, contact: 'ada', channel: 'sms' })],
  ['a', head({ startedAt: 1_000 })],
]

const storeHeads = (sessions: SessionStore) =>
  store(
    sessions,
    // Not in the order of the list.
    [...HEADS.slice(4), ...HEADS.slice(0, 4)].map(([session, given]) => ({
      next: begin(session, { head: given }),
    })),
  )

/** Lists, logbooks, counts and cursors. */
export const readingCases: Cases<SessionStore> = {
  'sessions are listed with their heads, the latest started first': async (sessions) => {
    await storeHeads(sessions)
    is('all', await sessions.list(T, {}), {
      items: HEADS.map(([session, given]) => ({ session, head: given })),
    })
  },
  'a list is of the heads that meet every condition': async (sessions) => {
    await storeHeads(sessions)
    const cases: readonly (readonly [SessionQuery, string])[] = [
      [{ flow: 'g' }, 'ic'],
      [{ version: 'old' }, 'ed'],
      [{ status: 'waiting' }, 'igeba'],
      [{ status: 'ended' }, 'fdc'],
      [{ status: 'failed' }, 'h'],
      [{ contact: 'ada' }, 'ihb'],
      [{ contact: 'Ada' }, ''],
      [{ test: true }, 'gc'],
      [{ test: false }, 'ihfedba'],
      [{ outcome: 'done' }, 'fc'],
      [{ outcome: 'do%' }, ''],
      [{ flow: 'flow', status: 'ended' }, 'fd'],
      [{ contact: 'ada', status: 'waiting', test: false }, 'ib'],
      [{ flow: 'g', version: 'version', status: 'ended', test: true, outcome: 'done' }, 'c'],
      [{ flow: 'g', outcome: 'left' }, ''],
    ]
    for (const [query, expected] of cases) {
      const found = (await sessions.list(T, query)).items.map(({ session }) => session)
      is(`list ${JSON.stringify(query)}`, found.join(''), expected)
      const paged = await allOf((page) => sessions.list(T, { ...query, ...page }), 1)
      is(`the same in slices of 1`, paged.map(({ session }) => session).join(''), expected)
    }
  },
  'a list goes by what heads say now': async (sessions) => {
    await storeHeads(sessions)
    const ended = head({ startedAt: 2_000, status: 'ended', outcome: 'done', endedAt: 10_000 })
    await store(sessions, [{ next: advance('b', 1, { head: ended }) }])
    const found = async (query: SessionQuery) =>
      (await sessions.list(T, query)).items.map(({ session }) => session).join('')
    is('of the contact before', await found({ contact: 'ada' }), 'ih')
    is('of the outcome', await found({ outcome: 'done' }), 'fcb')
    is('waiting', await found({ status: 'waiting' }), 'igea')
  },
  'sessions are listed a slice at a time, also where they start at the same instant': async (sessions) => {
    const commits = Array.from({ length: 61 }, (_, n) => ({
      next: begin(`s${n}`, { head: head({ startedAt: Math.floor(n / 20) }) }),
    }))
    await store(sessions, commits)
    for (const limit of [7, 60, 61, 62]) {
      const found = await allOf((page) => sessions.list(T, page), limit)
      is(`how many in ${limit}s`, new Set(found.map(({ session }) => session)).size, 61)
      is(`none twice in ${limit}s`, found.length, 61)
      const falling = found.every(
        ({ head: { startedAt } }, i) => startedAt <= (found[i - 1]?.head.startedAt ?? 9),
      )
      is(`the latest first in ${limit}s`, falling, true)
    }
    is('unless told otherwise', (await sessions.list(T, {})).items.length, 50)
  },
  'a list can be gone through while sessions start and end': async (sessions) => {
    await storeHeads(sessions)
    const first = await sessions.list(T, { limit: 3 })
    await store(sessions, [{ next: begin('z', { head: head({ startedAt: 99_000 }) }) }])
    await sessions.erase(T, ['g', 'f'])
    const rest = await sessions.list(T, { after: first.next!, limit: 10 })
    is('the rest', rest.items.map(({ session }) => session).join(''), 'edcba')
  },
  'a logbook tells the latest first': async (sessions) => {
    const entry = (n: number, logbook: string, session: string) => ({ logbook, session, at: n, text: `${n}` })
    await store(sessions, [
      { log: [entry(1, 'a', 's'), entry(2, 'b', 's')] },
      { log: [entry(3, 'a', 'other'), entry(4, 'A', 's')] },
      { log: [entry(5, 'a', 's')] },
    ])
    const read = async (query: Parameters<SessionStore['log']>[1]) =>
      (await sessions.log(T, query)).items.map(({ number: _, ...rest }) => rest)
    is('one logbook', await read({ logbook: 'a' }), [
      entry(5, 'a', 's'),
      entry(3, 'a', 'other'),
      entry(1, 'a', 's'),
    ])
    const ats = async (query: Parameters<SessionStore['log']>[1]) => (await read(query)).map(({ at }) => at)
    is('all logbooks', await ats({}), [5, 4, 3, 2, 1])
    is('of a session', await ats({ session: 's' }), [5, 4, 2, 1])
    is('of both', await ats({ logbook: 'a', session: 's' }), [5, 1])
    is('of nothing', await ats({ logbook: 'c' }), [])
  },
  'a logbook is read a slice at a time': async (sessions) => {
    const log = Array.from({ length: 61 }, (_, n) => ({
      logbook: n % 2 === 0 ? 'even' : 'odd',
      session: n % 3 === 0 ? 's' : 'other',
      at: n,
      text: `${n}`,
    }))
    await store(sessions, [{ log }])
    const latest = [...log].reverse()
    for (const limit of [7, 60, 61, 62]) {
      const texts = async (query: { logbook?: string; session?: string }) =>
        (await allOf((page) => sessions.log(T, { ...query, ...page }), limit)).map(({ text }) => text)
      const expected = (holds: (entry: (typeof log)[number]) => boolean) =>
        latest.filter(holds).map(({ text }) => text)
      is(
        `all in ${limit}s`,
        await texts({}),
        expected(() => true),
      )
      is(
        `one in ${limit}s`,
        await texts({ logbook: 'even' }),
        expected((entry) => entry.logbook === 'even'),
      )
      is(
        `a session in ${limit}s`,
        await texts({ session: 's' }),
        expected((entry) => entry.session === 's'),
      )
      is(
        `both in ${limit}s`,
        await texts({ logbook: 'odd', session: 's' }),
        expected((entry) => entry.logbook === 'odd' && entry.session === 's'),
      )
    }
    is('unless told otherwise', (await sessions.log(T, {})).items.length, 50)
  },
  'counts are added up, and those that are 0 are left out': async (sessions) => {
    await store(sessions, [
      {
        counts: [
          ['a', 2],
          ['a', 3],
          ['b', 1],
          ['zero', 0],
        ],
      },
      { counts: [['a', -1]] },
    ])
    await store(sessions, [
      {
        counts: [
          ['b', -1],
          ['c', -2.5],
        ],
      },
    ])
    is(
      'the counts',
      [...(await sessions.counts(T, ''))],
      [
        ['a', 4],
        ['c', -2.5],
      ],
    )
    await store(sessions, [{ counts: [['b', 7]] }])
    is('one that was 0', (await sessions.counts(T, 'b')).get('b'), 7)
  },
  'counts are read by how their names begin, in the order of code units': async (sessions) => {
    const names = ['f/b', 'f/a', 'f/B', 'f', 'f_a', 'g/a', 'f/%', 'f/😀', 'f/\uFFFD', 'f/\u{10FFFF}z']
    await store(sessions, [{ counts: names.map((name) => [name, 1] as const) }])
    const read = async (prefix: string) => [...(await sessions.counts(T, prefix)).keys()]
    is('f/', await read('f/'), ['f/%', 'f/B', 'f/a', 'f/b', 'f/😀', 'f/\u{10FFFF}z', 'f/\uFFFD'])
    is('f_', await read('f_'), ['f_a'])
    is('f/%', await read('f/%'), ['f/%'])
    is('the last of all characters', await read('f/\u{10FFFF}'), ['f/\u{10FFFF}z'])
    is('F', await read('F'), [])
    is('everything', (await read('')).length, names.length)
  },
  'counts that are added to at the same time miss nothing': async (sessions) => {
    await Promise.all(
      Array.from({ length: 20 }, () => store(sessions, [{ counts: [['n', 1]] }, { counts: [['n', 2]] }])),
    )
    is('the count', (await sessions.counts(T, '')).get('n'), 60)
  },
  'a cursor is where it was set last, and 0 before': async (sessions) => {
    is('before', await sessions.cursor(T, 'a'), 0)
    await store(sessions, [
      {
        cursors: [
          ['a', 5],
          ['b', 1_795_251_907_000],
        ],
      },
    ])
    await store(sessions, [{ cursors: [['a', 3]] }])
    is('one', await sessions.cursor(T, 'a'), 3)
    is('the other', await sessions.cursor(T, 'b'), 1_795_251_907_000)
  },
}
