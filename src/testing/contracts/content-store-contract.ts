import type { ContentStore } from '../../runtime/stores/content-store.ts'
import { type ContractCase, casesOf, type MakeStore, same } from './contract.ts'

/**
 * What every content store has to do, as cases for any test runner. `make` gives a store with nothing in it.
 *
 * @example
 * for (const { name, run } of contentStoreContract(() => openMyStore(':memory:'))) test(name, run)
 */
export function contentStoreContract(make: MakeStore<ContentStore>): readonly ContractCase[] {
  return casesOf(make, {
    'what was never put is not there': async (store) => {
      same('get', await store.get('unknown'), undefined)
    },
    'a text is given back to the character': async (store) => {
      const text = '{"a":"ä€😀 \u0000 \u2028 \r\n it\'s %_ \\\\"}'
      await store.put('h', text)
      same('get', await store.get('h'), text)
    },
    'to put a text twice, or twice at once, changes nothing': async (store) => {
      await store.put('h', 'text')
      await store.put('h', 'text')
      await Promise.all(Array.from({ length: 10 }, () => store.put('i', 'other')))
      same('one', await store.get('h'), 'text')
      same('the other', await store.get('i'), 'other')
    },
    'hashes that differ in case, - or _ are not the same': async (store) => {
      const hashes = ['aZ-_0', 'Az-_0', 'aZ__0', 'aZ--0']
      for (const hash of hashes) await store.put(hash, `of ${hash}`)
      for (const hash of hashes) same(hash, await store.get(hash), `of ${hash}`)
    },
    'a document of 10,000 nodes fits': async (store) => {
      const text = JSON.stringify(Array.from({ length: 100_000 }, (_, n) => `a node with the number ${n}`))
      await store.put('h', text)
      same('get', (await store.get('h')) === text, true)
    },
  })
}
