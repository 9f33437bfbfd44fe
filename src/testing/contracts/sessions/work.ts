import type { SessionStore } from '../../../runtime/stores/session-store.ts'
import { advance, allOf, begin, type Cases, END, head, is, store, T } from './samples.ts'

const work = (text: string, session = 's') => ({ work: { session, text } })

/** Timers, the outbox and dead letters. */
export const workCases: Cases<SessionStore> = {
  'timers are set, moved and taken away': async (sessions) => {
    is('none', await sessions.nextDue(T), undefined)
    await store(sessions, [{ next: begin('s', { timer: { to: 30 } }) }])
    is('set', await sessions.due(T, END, 10), [{ session: 's', due: 30 }])
    await store(sessions, [{ next: advance('s', 1) }])
    is('left alone', await sessions.nextDue(T), 30)
    await store(sessions, [{ next: advance('s', 2, { timer: { from: 30, to: 20 } }) }])
    is('moved', await sessions.due(T, END, 10), [{ session: 's', due: 20 }])
    await store(sessions, [{ next: advance('s', 3, { timer: { from: 20, to: 20 } }) }])
    is('moved to where it was', await sessions.due(T, END, 10), [{ session: 's', due: 20 }])
    await store(sessions, [{ next: advance('s', 4, { timer: { from: 20 } }) }])
    is('taken away', await sessions.due(T, END, 10), [])
    is('the next', await sessions.nextDue(T), undefined)
  },
  'a session can have several timers; equal ones are one': async (sessions) => {
    await store(sessions, [
      { next: begin('s', { timer: { to: 10 } }) },
      { next: advance('s', 1, { timer: { to: 20 } }) },
      { next: advance('s', 2, { timer: { from: 5, to: 10 } }) },
    ])
    is('both', await sessions.due(T, END, 10), [
      { session: 's', due: 10 },
      { session: 's', due: 20 },
    ])
    await store(sessions, [{ next: advance('s', 3, { timer: { from: 10 } }) }])
    is('one', await sessions.due(T, END, 10), [{ session: 's', due: 20 }])
  },
  'timers that are due come earliest first, as many as asked for': async (sessions) => {
    const dues = [50, 10, 40, 20, 1_795_251_907_000, 30]
    await store(
      sessions,
      dues.map((to, n) => ({ next: begin(`s${n}`, { timer: { to } }) })),
    )
    await store(sessions, [{ next: begin('same', { timer: { to: 20 } }) }])
    const instants = async (until: number, limit: number) =>
      (await sessions.due(T, until, limit)).map(({ due }) => due)
    is('before the first', await instants(9, 10), [])
    is('at the first', await instants(10, 10), [10])
    is('some', await instants(40, 10), [10, 20, 20, 30, 40])
    is('the first of them', await instants(40, 2), [10, 20])
    is('all', await instants(END, 10), [10, 20, 20, 30, 40, 50, 1_795_251_907_000])
    is('the next', await sessions.nextDue(T), 10)
  },
  'work is an entry of the outbox until it is settled': async (sessions) => {
    const [one, two] = await store(sessions, [work('one'), work('two', 'other')])
    is('the outbox', await sessions.outbox(T, 0, 10), [
      { number: one, session: 's', text: 'one', at: 0 },
      { number: two, session: 'other', text: 'two', at: 0 },
    ])
    await store(sessions, [{ settled: [one!] }])
    is(
      'what is left',
      (await sessions.outbox(T, 0, 10)).map(({ number }) => number),
      [two],
    )
    await store(sessions, [{ settled: [one!, two!, 999_999] }])
    is('nothing', await sessions.outbox(T, 0, 10), [])
  },
  'numbers of the outbox rise and are never used again': async (sessions) => {
    const seen: number[] = []
    for (let n = 0; n < 5; n++) {
      const numbers = await store(sessions, [work('a'), {}, work('b')])
      is('the number of entries', numbers.length, 2)
      seen.push(...numbers)
      await store(sessions, [{ settled: numbers }])
      await sessions.erase(T, ['s'])
    }
    const rising = seen.every((number, i) => Number.isSafeInteger(number) && number > (seen[i - 1] ?? 0))
    is('the numbers rise', rising, true)
  },
  'the outbox is read by number, after a number': async (sessions) => {
    const numbers = await store(
      sessions,
      Array.from({ length: 30 }, (_, n) => work(`${n}`)),
    )
    const read = async (after: number, limit: number) =>
      (await sessions.outbox(T, after, limit)).map(({ text }) => Number(text))
    is('the first', await read(0, 3), [0, 1, 2])
    is('the next', await read(numbers[2]!, 3), [3, 4, 5])
    is('the last', await read(numbers[27]!, 3), [28, 29])
    is('none', await read(numbers[29]!, 3), [])
    is('all', (await read(0, 1_000)).length, 30)
  },
  'an entry that is postponed keeps its number and session, with another text': async (sessions) => {
    const [one, two] = await store(sessions, [work('one'), work('two')])
    await store(sessions, [{ postponed: [{ number: one!, text: 'again', at: 5_000 }] }])
    is('the outbox', await sessions.outbox(T, 0, 10), [
      { number: one, session: 's', text: 'again', at: 5_000 },
      { number: two, session: 's', text: 'two', at: 0 },
    ])
    await store(sessions, [{ postponed: [{ number: one!, text: 'at last', at: 0 }] }])
    is('again', (await sessions.outbox(T, 0, 1))[0], { number: one, session: 's', text: 'at last', at: 0 })
    await store(sessions, [{ settled: [one!] }, { postponed: [{ number: one!, text: 'ghost', at: 1 }] }])
    is(
      'what was settled',
      (await sessions.outbox(T, 0, 10)).map(({ text }) => text),
      ['two'],
    )
  },
  'what is given up is a dead letter until it is taken back': async (sessions) => {
    const letter = (n: number, session = 's') => ({
      session,
      type: 'message.send',
      at: n,
      text: `letter ${n}`,
    })
    await store(sessions, [{ dead: [letter(1), letter(2, 'other')] }, { dead: [letter(3)] }])
    const letters = (await sessions.deadLetters(T, {})).items
    is(
      'the latest first',
      letters.map(({ number: _, ...rest }) => rest),
      [letter(3), letter(2, 'other'), letter(1)],
    )
    const ofOne = (await sessions.deadLetters(T, { session: 's' })).items
    is('of one session', ofOne, [letters[0], letters[2]])
    await store(sessions, [{ revived: [letters[0]!.number, 999_999] }])
    is('what is left', (await sessions.deadLetters(T, {})).items, letters.slice(1))
  },
  'dead letters are read a slice at a time': async (sessions) => {
    const letter = (n: number) => ({ session: n % 2 === 0 ? 's' : 'other', type: 't', at: n, text: `${n}` })
    await store(sessions, [{ dead: Array.from({ length: 21 }, (_, n) => letter(n)) }])
    const texts = async (session?: string) =>
      (
        await allOf((page) => sessions.deadLetters(T, session === undefined ? page : { ...page, session }), 4)
      ).map(({ text }) => Number(text))
    const all = Array.from({ length: 21 }, (_, n) => 20 - n)
    is('all', await texts(), all)
    is(
      'of one session',
      await texts('s'),
      all.filter((n) => n % 2 === 0),
    )
    is('of a stranger', await texts('stranger'), [])
  },
  'sessions that ended before an instant are listed, the earliest first': async (sessions) => {
    const ended = (endedAt: number) => head({ status: endedAt % 2 === 0 ? 'ended' : 'failed', endedAt })
    const ends = [40, 15, 30, 20]
    await store(sessions, [
      ...ends.map((end) => ({ next: begin(`s${end}`, { head: ended(end) }) })),
      { next: begin('waiting') },
      { next: begin('late') },
      { next: advance('late', 1, { head: ended(16) }) },
      { next: advance('late', 2) },
    ])
    is('all', await sessions.endedBefore(T, END, 10), ['s15', 'late', 's20', 's30', 's40'])
    is('before 30', await sessions.endedBefore(T, 30, 10), ['s15', 'late', 's20'])
    is('the first', await sessions.endedBefore(T, 30, 2), ['s15', 'late'])
    is('none', await sessions.endedBefore(T, 15, 10), [])
  },
}
