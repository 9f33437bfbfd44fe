import type { SessionStore } from '../../../runtime/stores/session-store.ts'
import { advance, begin, type Cases, head, is, ODD_TEXTS, store, T, textAt } from './samples.ts'

/** History and texts: what was given is given back, to the character. */
export const textCases: Cases<SessionStore> = {
  'history is what happened, by the revisions it led to': async (sessions) => {
    await store(sessions, [
      { next: begin('s', { history: 'one' }) },
      { next: begin('t', { history: 'else' }) },
    ])
    await store(sessions, [{ next: advance('s', 1) }])
    await store(sessions, [{ next: advance('s', 2, { history: 'three' }) }])
    await store(sessions, [{ next: advance('s', 3, { history: 'four' }) }])
    const all = [
      { revision: 1, text: 'one' },
      { revision: 3, text: 'three' },
      { revision: 4, text: 'four' },
    ]
    is('all', await sessions.history(T, 's'), all)
    for (const [after, left] of [
      [0, 3],
      [1, 2],
      [2, 2],
      [3, 1],
      [4, 0],
      [9, 0],
    ] as const) {
      is(`after ${after}`, await sessions.history(T, 's', after), all.slice(all.length - left))
    }
  },
  'texts and names are given back to the character, and are kept apart': async (sessions) => {
    for (const text of ODD_TEXTS) {
      await store(sessions, [
        {
          next: begin(text, { text: `of ${text}`, history: `then ${text}`, head: head({ contact: text }) }),
          claims: [{ key: text, session: text, now: 0 }],
          mark: [{ mark: text, session: text }],
          work: { session: text, text },
          dead: [{ session: text, type: text, at: 1, text }],
          log: [{ logbook: text, session: text, at: 1, text }],
          counts: [[text, 1]],
          cursors: [[text, 1]],
        },
      ])
    }
    const outbox = await sessions.outbox(T, 0, 100)
    for (const [n, text] of ODD_TEXTS.entries()) {
      const what = JSON.stringify(text)
      const kept = { session: text, revision: 1, text: `of ${text}`, head: head({ contact: text }) }
      is(`session ${what}`, await sessions.read(T, text), kept)
      is(`history of ${what}`, await sessions.history(T, text), [{ revision: 1, text: `then ${text}` }])
      is(`list of ${what}`, (await sessions.list(T, { contact: text })).items, [
        { session: text, head: kept.head },
      ])
      is(`claim of ${what}`, await sessions.claimant(T, text, 0), text)
      is(`mark ${what}`, (await sessions.marked(T, text, {})).items, [text])
      is(`work of ${what}`, [outbox[n]?.session, outbox[n]?.text], [text, text])
      const [letter, ...letters] = (await sessions.deadLetters(T, { session: text })).items
      is(
        `letter of ${what}`,
        [letter?.session, letter?.type, letter?.text, letters.length],
        [text, text, text, 0],
      )
      const [entry, ...entries] = (await sessions.log(T, { logbook: text })).items
      is(`log ${what}`, [entry?.session, entry?.logbook, entry?.text, entries.length], [text, text, text, 0])
      is(`count ${what}`, (await sessions.counts(T, text)).get(text), 1)
      is(`cursor ${what}`, await sessions.cursor(T, text), 1)
    }
  },
  'a long text fits': async (sessions) => {
    const text = 'a€'.repeat(500_000)
    await store(sessions, [{ next: begin('s', { text, history: text }), work: { session: 's', text } }])
    is('the session', (await sessions.read(T, 's'))?.text === text, true)
    is('its history', (await sessions.history(T, 's'))[0]?.text === text, true)
    is('its work', (await sessions.outbox(T, 0, 1))[0]?.text === text, true)
  },
  'what is kept is the store’s own': async (sessions) => {
    const mine = { ...head({ contact: 'c' }) }
    const commits = [{ next: begin('s', { head: mine }) }]
    await store(sessions, commits)
    mine.contact = 'changed'
    commits.pop()
    const read = (await sessions.read(T, 's'))!
    is('what was stored', read.head, head({ contact: 'c' }))
    Object.assign(read.head, { contact: 'changed' })
    Object.assign(read, { text: 'changed' })
    is('what was read before', await sessions.read(T, 's'), {
      session: 's',
      revision: 1,
      text: textAt('s', 1),
      head: head({ contact: 'c' }),
    })
    const [listed] = (await sessions.list(T, {})).items
    Object.assign(listed!.head, { contact: 'changed' })
    is('what was listed before', (await sessions.list(T, { contact: 'c' })).items.length, 1)
  },
}
