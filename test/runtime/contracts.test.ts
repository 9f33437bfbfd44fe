import { describe, expect, it } from 'vitest'
import {
  type ContentStore,
  type EventStore,
  memoryContentStore,
  memoryEventStore,
} from '../../src/runtime/index.ts'
import { type ContractCase, contentStoreContract, eventStoreContract } from '../../src/testing/index.ts'

describe('the event store in memory', () => {
  for (const { name, run } of eventStoreContract(memoryEventStore)) it(name, run)
})

describe('the content store in memory', () => {
  for (const { name, run } of contentStoreContract(memoryContentStore)) it(name, run)
})

/** The cases that an implementation fails. */
async function failures(cases: readonly ContractCase[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (const { name, run } of cases) await run().catch(() => failed.push(name))
  return failed
}

const eventStore = (change: (store: EventStore) => Partial<EventStore>) => () => {
  const store = memoryEventStore()
  return { ...store, ...change(store) }
}

const contentStore = (change: (store: ContentStore) => Partial<ContentStore>) => () => {
  const store = memoryContentStore()
  return { ...store, ...change(store) }
}

/** Waits until everything else that is ready has run. */
const pause = () => new Promise((resolve) => setImmediate(resolve))

describe('a store that does not keep to it is found out', () => {
  it.each<[string, () => EventStore]>([
    ['reads from the first on', eventStore((store) => ({ read: (stream) => store.read(stream) }))],
    [
      'folds case',
      eventStore((store) => ({
        read: (stream, after) => store.read(stream.toLowerCase(), after),
        append: (batches) =>
          store.append(batches.map((batch) => ({ ...batch, stream: batch.stream.toLowerCase() }))),
      })),
    ],
    ['lists everything', eventStore((store) => ({ list: () => store.list('') }))],
    [
      'appends stream by stream',
      eventStore((store) => ({
        append: async (batches) => {
          for (const batch of batches) {
            const answer = await store.append([batch])
            if (!answer.ok) return answer
            await pause()
          }
          return { ok: true }
        },
      })),
    ],
    [
      'checks, and writes later',
      eventStore((store) => ({
        append: async (batches) => {
          const checked = await store.append(batches.map((batch) => ({ ...batch, events: [] })))
          await pause()
          if (!checked.ok) return checked
          for (const { stream, events } of batches) {
            const expected = (await store.read(stream)).length
            await store.append([{ stream, expected, events }])
          }
          return { ok: true }
        },
      })),
    ],
    [
      'leaves out batches without events',
      eventStore((store) => ({
        append: (batches) => store.append(batches.filter(({ events }) => events.length > 0)),
      })),
    ],
  ])('an event store that %s', async (_, make) => {
    expect(await failures(eventStoreContract(make))).not.toEqual([])
  })

  it.each<[string, () => ContentStore]>([
    ['folds case', contentStore((store) => ({ get: (hash) => store.get(hash.toLowerCase()) }))],
    [
      'cuts texts',
      contentStore((store) => ({ put: (hash, text) => store.put(hash, text.slice(0, 65_536)) })),
    ],
    [
      'trims texts',
      contentStore((store) => ({ put: (h, text) => store.put(h, text.replaceAll('\u0000', '')) })),
    ],
    ['makes texts up', contentStore((store) => ({ get: async (hash) => (await store.get(hash)) ?? '' }))],
  ])('a content store that %s', async (_, make) => {
    expect(await failures(contentStoreContract(make))).not.toEqual([])
  })
})
