export { type IndexedDbOptions, type IndexedDbStore, indexedDbStore } from './indexeddb-store.ts'
