import type { PageQuery } from '../../releases/reading/pages.ts'
import type { Slice } from '../../releases/reading/slice.ts'

/**
 * Where links that are handed out are kept, and what is counted about them. One store serves many tenants.
 * `linkStoreContract` of `sluice/testing` holds an implementation against all that is said here.
 *
 * Texts and names are well-formed UTF-16 without NUL. Instants are milliseconds since 1970-01-01T00:00:00Z.
 */
export interface LinkStore {
  /** Keeps a link. False, and nothing is changed, where its id or its code is taken. */
  add(tenant: string, link: StoredLink): Promise<boolean>
  read(tenant: string, id: string): Promise<StoredLink | undefined>
  /** The link that has a code. */
  find(tenant: string, code: string): Promise<StoredLink | undefined>
  /** The latest first; those of one instant by id. */
  list(tenant: string, query: LinkQuery): Promise<Slice<StoredLink>>
  /** Unknown ids are passed over. */
  remove(tenant: string, ids: readonly string[]): Promise<void>
  /** How many links there are for each application; those with none are left out. */
  perApplication(tenant: string): Promise<ReadonlyMap<string, number>>

  /**
   * Counts one more under a key, or says that the bound has been reached and counts nothing. Of calls at the same time no
   * more are counted than the bound lets. A count that holds no longer begins at 0 again. Where one time is named that was
   * counted under its name already, nothing more is counted, and `ok` says that it was, also where the bound has been reached.
   */
  count(tenant: string, key: string, bound: CountBound): Promise<Counted>
  /** How far a count has come; 0 where it holds no longer. */
  counted(tenant: string, key: string, now: number): Promise<number>
  /** Forgets a count. */
  reset(tenant: string, key: string): Promise<void>
  /** Forgets all counts and named times that hold no longer at an instant. */
  dropExpired(tenant: string, now: number): Promise<void>
}

/** A link as a store keeps it. It never changes. */
export interface StoredLink {
  readonly id: string
  /** What a short link ends in, hashed; unique in the tenant. */
  readonly code?: string
  readonly flow: string
  readonly application: string
  /** When it was made. */
  readonly at: number
  /** The rest, which is nobody's business but that of whoever made it. */
  readonly text: string
}

/** Conditions that a link has to meet; those that are left out are met by all. */
export interface LinkQuery extends PageQuery {
  readonly flow?: string
  readonly application?: string
}

export interface CountBound {
  readonly atMost: number
  readonly now: number
  /** The count holds no longer from this instant on, counted anew with each call that counts; for ever unless given. */
  readonly until?: number
  /** Names this one time, by a key that no count has; known as long as it holds, and kept only where something is counted. */
  readonly once?: { readonly key: string; readonly until: number }
}

/** The count after one more, or that it stays where it was, until when it holds. */
export type Counted =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly until?: number }
