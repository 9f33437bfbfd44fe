export type { SqliteDatabase, SqliteStatement } from './sqlite-database.ts'
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from './sqlite-store.ts'
