import type { Json } from '../../../base/json.ts'
import type { Slice } from '../../../releases/reading/slice.ts'
import type {
  Commit,
  CommitAnswer,
  NextRevision,
  SessionHead,
  SessionStore,
} from '../../../runtime/stores/session-store.ts'
import { same } from '../contract.ts'

/** Cases of a contract by name. */
export interface Cases<Store> {
  readonly [name: string]: (store: Store) => Promise<void>
}

/** The tenant of every case, unless it is about several. */
export const T = 'tenant'

/** Later than every instant of a case. */
export const END = 8_640_000_000_000_000

/** Texts that a store has to give back to the character, as names and as contents. Each is well-formed UTF-16 without NUL. */
export const ODD_TEXTS = [
  'ä€😀',
  'a\u0001b',
  'a\u0001c',
  '\u0001',
  'it\'s "quoted"; -- \\',
  '100%',
  '100_',
  '\u2028\r\n\t ',
  '{"json":[1,null]}',
  '42',
  ' 42 ',
  'NULL',
  '__proto__',
  '\u{10FFFF}',
  '\uFFFD',
]

/** `same` for what the ports give, which is JSON to the last member. */
export function is(what: string, actual: unknown, expected: unknown): void {
  same(what, actual, expected as Json | undefined)
}

export function head(rest: Partial<SessionHead> = {}): SessionHead {
  return { flow: 'flow', version: 'version', status: 'waiting', startedAt: 1_000, ...rest }
}

/** The first revision of a session. */
export function begin(session: string, rest: Partial<NextRevision> = {}): NextRevision {
  return { session, expected: 0, text: textAt(session, 1), head: head(), ...rest }
}

/** The revision after one. */
export function advance(session: string, expected: number, rest: Partial<NextRevision> = {}): NextRevision {
  return { session, expected, text: textAt(session, expected + 1), ...rest }
}

export const textAt = (session: string, revision: number) => `${session} at ${revision}`

/** Commits that all have to be stored, in one call; gives the numbers of the entries that they made. */
export async function store(
  sessions: SessionStore,
  commits: readonly Commit[],
  tenant = T,
): Promise<readonly number[]> {
  const answers = await sessions.commit(tenant, commits)
  is('the number of answers', answers.length, commits.length)
  return answers.flatMap((answer) => {
    if (!answer.ok) throw new Error(`A commit should be stored, and is turned down: ${answer.reason}`)
    return answer.entry === undefined ? [] : [answer.entry]
  })
}

/** The answer to a single commit. */
export async function answerTo(sessions: SessionStore, commit: Commit): Promise<CommitAnswer> {
  const [answer] = await sessions.commit(T, [commit])
  return answer!
}

/** Goes through a list, a few items at a time, as a host does. */
export async function allOf<Item>(
  read: (page: { readonly after?: string; readonly limit: number }) => Promise<Slice<Item>>,
  limit = 2,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let after: string | undefined
  for (let pages = 0; pages < 1_000; pages++) {
    const slice = await read(after === undefined ? { limit } : { after, limit })
    if (slice.items.length > limit) throw new Error(`A slice of ${limit} has ${slice.items.length} items`)
    items.push(...slice.items)
    if (slice.next === undefined) return items
    if (slice.items.length === 0) throw new Error('A slice without items says that others follow')
    after = slice.next
  }
  throw new Error('A list has no end')
}

/** All that a tenant has, as far as the port shows it, of sessions, keys, marks and names that the cases use. */
export async function everything(sessions: SessionStore, tenant = T, session = 's'): Promise<unknown> {
  return {
    read: (await sessions.read(tenant, session)) ?? null,
    list: (await sessions.list(tenant, {})).items,
    history: await sessions.history(tenant, session),
    claimants: [
      (await sessions.claimant(tenant, 'held', 0)) ?? null,
      (await sessions.claimant(tenant, 'free', 0)) ?? null,
    ],
    marked: [
      (await sessions.marked(tenant, 'on', {})).items,
      (await sessions.marked(tenant, 'off', {})).items,
    ],
    due: await sessions.due(tenant, END, 100),
    nextDue: (await sessions.nextDue(tenant)) ?? null,
    outbox: await sessions.outbox(tenant, 0, 100),
    deadLetters: (await sessions.deadLetters(tenant, {})).items,
    log: (await sessions.log(tenant, {})).items,
    counts: [...(await sessions.counts(tenant, ''))],
    cursor: await sessions.cursor(tenant, 'reader'),
  }
}

/**
 * Fills a tenant with a bit of everything. Gives the numbers of an entry of the outbox and of a dead letter, and a commit
 * that would change all of it.
 */
export async function fill(sessions: SessionStore, tenant = T, session = 's') {
  const [entry] = await store(
    sessions,
    [
      {
        next: begin(session, { history: 'began', timer: { to: 5_000 } }),
        claims: [{ key: 'held', session, now: 0 }],
        mark: [{ mark: 'on', session }],
        work: { session, text: 'work' },
        dead: [{ session, type: 'message.send', at: 10, text: 'letter' }],
        log: [{ logbook: 'book', session, at: 10, text: 'entry' }],
        counts: [['count', 2]],
        cursors: [['reader', 3]],
      },
    ],
    tenant,
  )
  const letter = (await sessions.deadLetters(tenant, {})).items[0]!.number
  const change: Commit = {
    next: advance(session, 1, {
      head: head({ status: 'ended', endedAt: 2_000 }),
      timer: { from: 5_000, to: 6_000 },
      history: 'went on',
    }),
    claims: [{ key: 'free', session, now: 0 }],
    unclaim: ['held'],
    mark: [{ mark: 'off', session }],
    unmark: [{ mark: 'on', session }],
    work: { session, text: 'more work' },
    settled: [entry!],
    postponed: [{ number: entry!, text: 'later', at: 9 }],
    dead: [{ session, type: 'http.request', at: 20, text: 'another letter' }],
    revived: [letter],
    log: [{ logbook: 'book', session, at: 20, text: 'another entry' }],
    counts: [['count', 1]],
    cursors: [['reader', 4]],
  }
  return { entry: entry!, letter, change }
}
