import type { Json } from '../../base/json.ts'
import type { EventStore } from '../../runtime/stores/event-store.ts'
import { type ContractCase, casesOf, type MakeStore, same } from './contract.ts'

const event = (n: number): Json => ({ type: 'counted', n })
const events = (count: number, from = 1) => Array.from({ length: count }, (_, i) => event(from + i))

/** As long as the name of a stream can become: two ids of 128 characters that take nine bytes each in an address. */
const LONGEST = `workspace/${'%E2%82%AC'.repeat(128)}/flow/${'%E2%82%AC'.repeat(128)}`

/**
 * What every event store has to do, as cases for any test runner. `make` gives a store with nothing in it.
 *
 * @example
 * describe('my event store', () => {
 *   for (const { name, run } of eventStoreContract(() => openMyStore(':memory:'))) it(name, run)
 * })
 */
export function eventStoreContract(make: MakeStore<EventStore>): readonly ContractCase[] {
  return casesOf(make, {
    'an unknown stream is empty': async (store) => {
      same('read', await store.read('a'), [])
      same('read after 3', await store.read('a', 3), [])
      same('list', await store.list(''), [])
    },
    'what was appended is read back in its order': async (store) => {
      await append(store, 'a', 0, events(3))
      await append(store, 'a', 3, events(2, 4))
      same('the stream', await store.read('a'), events(5))
    },
    'events are read back as they were, whatever texts and numbers are in them': async (store) => {
      const odd = {
        texts: ['', 'ä€😀', 'a\u0000b', '\ud800', 'it\'s "quoted" \\ %_', '\u2028\r\n'],
        numbers: [0, -1, 0.1, 1e-7, 1795251907000.5, Number.MAX_SAFE_INTEGER],
        nested: [[[{ '': [null, true, false] }]]],
        'a.b $c': { 1: 'one' },
      }
      await append(store, 'a', 0, [odd])
      same('the event', (await store.read('a'))[0], odd)
    },
    'only what is new is read after a revision': async (store) => {
      await append(store, 'a', 0, events(1_000))
      same('after 997', await store.read('a', 997), events(3, 998))
      same('after the last', await store.read('a', 1_000), [])
      same('after more than there is', await store.read('a', 2_000), [])
    },
    'an append at another revision is refused, tells the revision and changes nothing': async (store) => {
      await append(store, 'a', 0, events(2))
      for (const expected of [0, 1, 3]) {
        const answer = await store.append([{ stream: 'a', expected, events: events(1, 9) }])
        same(`append at ${expected}`, answer, { ok: false, stream: 'a', revision: 2 })
      }
      const unknown = await store.append([{ stream: 'b', expected: 1, events: events(1) }])
      same('append at 1 of nothing', unknown, { ok: false, stream: 'b', revision: 0 })
      same('the stream', await store.read('a'), events(2))
      same('the streams', await store.list(''), [{ stream: 'a', revision: 2 }])
    },
    'several streams are appended to together': async (store) => {
      await append(store, 'a', 0, events(1))
      const answer = await store.append([
        { stream: 'a', expected: 1, events: events(1, 2) },
        { stream: 'b', expected: 0, events: events(2) },
      ])
      same('append', answer, { ok: true })
      same('one', await store.read('a'), events(2))
      same('the other', await store.read('b'), events(2))
    },
    'where one of several streams has moved on, none is appended to': async (store) => {
      await append(store, 'b', 0, events(1))
      for (const order of [
        ['a', 'b'],
        ['b', 'a'],
      ]) {
        const batches = order.map((stream) => ({ stream, expected: 0, events: events(1, 9) }))
        same('append', await store.append(batches), { ok: false, stream: 'b', revision: 1 })
      }
      same('one', await store.read('a'), [])
      same('the other', await store.read('b'), events(1))
    },
    'a batch without events asks for its revision, and adds nothing': async (store) => {
      await append(store, 'a', 0, events(1))
      const batches = (expected: number) => [
        { stream: 'a', expected, events: [] },
        { stream: 'b', expected: 0, events: events(1) },
      ]
      same('at another revision', await store.append(batches(0)), { ok: false, stream: 'a', revision: 1 })
      same('at its revision', await store.append(batches(1)), { ok: true })
      same('of nothing', await store.append([{ stream: 'c', expected: 0, events: [] }]), { ok: true })
      same('of no stream', await store.append([]), { ok: true })
      same('the streams', await store.list(''), [
        { stream: 'a', revision: 1 },
        { stream: 'b', revision: 1 },
      ])
    },
    'of appends at one revision exactly one wins': async (store) => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          store.append([{ stream: 'a', expected: 0, events: [event(n)] }]),
        ),
      )
      const winners = answers.flatMap(({ ok }, n) => (ok ? [n] : []))
      same('the number of winners', winners.length, 1)
      same('the stream', await store.read('a'), [event(winners[0]!)])
      for (const answer of answers) {
        if (!answer.ok) same('what the others are told', answer, { ok: false, stream: 'a', revision: 1 })
      }
    },
    'whoever reads meanwhile sees all of an append or nothing': async (store) => {
      let writing = true
      const write = async () => {
        for (let n = 0; n < 25; n++) {
          await store.append(['a', 'b'].map((stream) => ({ stream, expected: 2 * n, events: events(2) })))
        }
        writing = false
      }
      const look = async () => {
        // A store in memory that never lets go would be looked at for ever.
        for (let looks = 0; writing && looks < 200; looks++) {
          const heads = await store.list('')
          const [one = 0, other = 0] = heads.map(({ revision }) => revision)
          same('the other stream', other, one)
          same('half an append', one % 2, 0)
          same('what is read of a head that was listed', (await store.read('a')).length >= one, true)
        }
      }
      await Promise.all([write(), look(), look()])
    },
    'names are kept apart, also where they begin alike or differ in case': async (store) => {
      const names = ['a', 'A', 'a/b', 'a_b', 'axb', 'a%62', 'ab', LONGEST]
      for (const [n, stream] of names.entries()) await append(store, stream, 0, [event(n)])
      for (const [n, stream] of names.entries()) same(stream, await store.read(stream), [event(n)])
    },
    'streams are listed by how their names begin, in the order of code units': async (store) => {
      for (const stream of ['w/b', 'w/a', 'w/B', 'w', 'w_a', 'x/a', 'w/%C3%A4']) {
        await append(store, stream, 0, events(stream.length))
      }
      const names = async (prefix: string) => (await store.list(prefix)).map(({ stream }) => stream)
      same('list w/', await store.list('w/'), [
        { stream: 'w/%C3%A4', revision: 8 },
        { stream: 'w/B', revision: 3 },
        { stream: 'w/a', revision: 3 },
        { stream: 'w/b', revision: 3 },
      ])
      same('list w_', await names('w_'), ['w_a'])
      same('list w/%', await names('w/%'), ['w/%C3%A4'])
      same('list everything', (await names('')).length, 7)
      same('list nothing', await names('y'), [])
    },
    'what is kept is the store’s own': async (store) => {
      const mine = { list: [1] }
      await append(store, 'a', 0, [mine])
      mine.list.push(2)
      const [read] = (await store.read('a')) as { list: number[] }[]
      same('what was appended', read, { list: [1] })
      read!.list.push(3)
      same('what was read before', (await store.read('a'))[0], { list: [1] })
    },
  })
}

async function append(store: EventStore, stream: string, expected: number, added: readonly Json[]) {
  same('append', await store.append([{ stream, expected, events: added }]), { ok: true })
}
