import type { SqliteStore } from '../adapters/sqlite/index.ts'
import { nearest } from '../base/nearest.ts'
import { palette } from '../palette/index.ts'
import { itemOf } from '../releases/lookup.ts'
import {
  openWorkspace,
  reviveDeadLetter,
  type SessionQuery,
  SessionReader,
  type Slice,
} from '../runtime/index.ts'
import { CommandFailure } from './command-failure.ts'
import { describeLetter, describeListed, describeStep, describeView } from './describe-session.ts'
import { type CliIo, EXIT, plain, tell, writeLine } from './io.ts'
import { openDatabase } from './open-database.ts'

/** What can be done with the sessions of a database. */
export const SESSION_ACTIONS = ['list', 'show', 'follow', 'retry'] as const

export interface SessionsOptions {
  readonly workspace?: string
  readonly flow?: string
  readonly status?: string
  readonly contact?: string
  readonly limit?: string
  readonly by?: string
  readonly json?: boolean
}

/** How often `follow` looks for what is new. */
const LOOK_MS = 500

const STATUSES = ['waiting', 'ended', 'failed'] as const

/** What an action works with. */
interface Desk {
  readonly file: string
  readonly store: SqliteStore
  readonly tenant: string
  readonly reader: SessionReader
  readonly io: CliIo
  readonly options: SessionsOptions
}

/** `sluice sessions`: what a host has stored of its sessions, and dead letters taken back. */
export async function sessionsCommand(
  action: string,
  file: string,
  what: string | undefined,
  options: SessionsOptions,
  io: CliIo,
): Promise<number> {
  const store = await openDatabase(file)
  try {
    const tenant = await workspaceOf(store, options.workspace)
    const reader = new SessionReader(store.sessions, tenant)
    const desk: Desk = { file, store, tenant, reader, io, options }
    switch (action) {
      case 'list':
        await list(desk)
        break
      case 'show':
        await show(desk, needed(what, 'session', 'sluice sessions list names them'))
        break
      case 'follow':
        await follow(desk, needed(what, 'session', 'sluice sessions list names them'))
        break
      default:
        await retry(desk, needed(what, 'number of a dead letter', 'sluice sessions list names them'))
    }
    return EXIT.done
  } catch (error) {
    // What is no JSON was stored through a codec: by now the file itself has been seen to be whole and one of ours.
    throw error instanceof SyntaxError ? encoded() : error
  } finally {
    await store.close()
  }
}

async function list(desk: Desk): Promise<void> {
  const { reader, io, options } = desk
  const { json } = options
  const limit = limitOf(options)
  const query = queryOf(options)
  const sessions = await each(
    limit,
    (page) => reader.list({ ...query, ...page }),
    ({ session, head }) =>
      writeLine(
        io.stdout,
        json ? JSON.stringify({ type: 'session', session, ...head }) : describeListed({ session, head }),
      ),
  )
  if (!json && sessions.count === 0) writeLine(io.stdout, 'No sessions.')
  if (sessions.more) tell(io, `There are more than these ${limit} sessions; --limit takes a larger number.`)
  try {
    await listLetters(desk, limit)
  } catch (error) {
    // Heads of sessions are never encoded, so that there is a list, if not a whole one.
    if (!(error instanceof SyntaxError)) throw error
    tell(io, 'There are dead letters, which only a host with its codec can read.')
  }
}

async function listLetters({ reader, io, options }: Desk, limit: number): Promise<void> {
  let heading = '\nDead letters:\n'
  const { more } = await each(
    limit,
    (page) => reader.deadLetters(page),
    (letter) => {
      writeLine(
        io.stdout,
        options.json
          ? JSON.stringify({ type: 'deadLetter', ...letter })
          : `${heading}${describeLetter(letter)}`,
      )
      heading = ''
    },
  )
  if (more) tell(io, `There are more than these ${limit} dead letters; --limit takes a larger number.`)
}

/** Visits so many items at most, page by page, so that any number can be asked for. */
async function each<Item>(
  limit: number,
  read: (page: { readonly limit: number; readonly after?: string }) => Promise<Slice<Item>>,
  visit: (item: Item) => void,
): Promise<{ readonly count: number; readonly more: boolean }> {
  let count = 0
  let after: string | undefined
  do {
    const { items, next } = await read({ limit: limit - count, ...(after === undefined ? {} : { after }) })
    for (const item of items) visit(item)
    count += items.length
    after = next
  } while (after !== undefined && count < limit)
  return { count, more: after !== undefined }
}

async function show({ reader, io, options }: Desk, session: string): Promise<void> {
  const view = await reader.inspect(session)
  if (view === undefined) throw noSession(session)
  const history = await reader.history(session)
  if (options.json) {
    const { head, about, revision } = view
    writeLine(io.stdout, JSON.stringify({ type: 'session', session, revision, ...about, ...head }))
    for (const step of history) writeLine(io.stdout, JSON.stringify({ type: 'step', ...step }))
    return
  }
  writeLine(io.stdout, describeView(view))
  for (const step of history) writeLine(io.stdout, describeStep(step))
}

/** Until the session is over, or somebody presses Ctrl-C. */
async function follow(desk: Desk, session: string): Promise<void> {
  const { reader, io, options } = desk
  const interrupted = io.catchInterrupt()
  let after = 0
  while (!interrupted.aborted) {
    const view = await reader.inspect(session)
    if (view === undefined) throw noSession(session)
    for (const step of await reader.history(session, after)) {
      after = step.revision
      writeLine(io.stdout, options.json ? JSON.stringify({ type: 'step', ...step }) : describeStep(step))
    }
    if (view.head.status !== 'waiting') return
    await pause(LOOK_MS, interrupted)
  }
}

async function retry({ file, store, tenant, io, options }: Desk, what: string): Promise<void> {
  const { by } = options
  if (by === undefined)
    throw unusable('cli.by', 'Nobody is named who takes it back', 'Add --by with a member of the workspace')
  const { events, contents } = store
  const { members } = await openWorkspace({ id: tenant, nodes: palette, events, contents }).state()
  if (itemOf(members, by)?.permissions.includes('publish') !== true)
    throw unusable(
      'permission.missing',
      `${by} does not have the permission publish`,
      'Name a member who does',
    )
  const number = /^\d+$/.test(what) ? Number(what) : Number.NaN
  if (!(await revive(file, tenant, number, by)))
    throw unusable(
      'deadLetter.unknown',
      `There is no dead letter ${what}`,
      'List them with sluice sessions list',
    )
  const told = `Dead letter ${number} is done again by the host that runs ${plain(tenant)}.`
  writeLine(io.stdout, options.json ? JSON.stringify({ type: 'retried', number }) : told)
}

/** Only here is something written; that the file is one of this release has been seen when it was opened to be read. */
async function revive(file: string, tenant: string, number: number, by: string): Promise<boolean> {
  const store = await openDatabase(file, { write: true })
  try {
    return await reviveDeadLetter(store.sessions, tenant, { number, by })
  } finally {
    await store.close()
  }
}

/** How many sessions are listed unless somebody says otherwise. */
const USUAL_LIMIT = 50

function limitOf({ limit }: SessionsOptions): number {
  const count = limit === undefined ? USUAL_LIMIT : Number(limit)
  if (Number.isInteger(count) && count >= 1) return count
  throw unusable('cli.limit', `${limit} is no number of sessions`, 'Give a whole number from 1')
}

function queryOf({ flow, status, contact }: SessionsOptions): SessionQuery {
  if (status !== undefined && !STATUSES.includes(status as never)) {
    const meant = nearest(status, STATUSES)
    throw unusable(
      'cli.status',
      `A session is never ${status}`,
      meant === undefined ? `Name one of ${STATUSES.join(', ')}` : `Did you mean ${meant}`,
    )
  }
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(status === undefined ? {} : { status: status as (typeof STATUSES)[number] }),
    ...(contact === undefined ? {} : { contact }),
  }
}

/** The workspace that was named, or that of a database which has just one. */
async function workspaceOf({ events }: SqliteStore, named: string | undefined): Promise<string> {
  const heads = await events.list('workspace/')
  const names = new Set(heads.map(({ stream }) => decodeURIComponent(stream.split('/')[1]!)))
  // A host may keep its workspaces in another place than its sessions; then any may be named.
  if (named !== undefined && (names.size === 0 || names.has(named))) return named
  if (named !== undefined) {
    const meant = nearest(named, names)
    throw unusable(
      'cli.workspaceUnknown',
      `The database holds no workspace ${named}`,
      meant === undefined ? 'Leave --workspace out to see what it holds' : `Did you mean ${meant}`,
    )
  }
  const [first, ...others] = names
  if (first === undefined)
    throw unusable('cli.noWorkspace', 'The database holds no workspace', 'Name another file')
  if (others.length > 0)
    throw unusable(
      'cli.workspaces',
      `The database holds ${names.size} workspaces`,
      `Add --workspace, as in --workspace ${first}`,
    )
  return first
}

function needed(what: string | undefined, name: string, where: string): string {
  if (what !== undefined) return what
  throw unusable('cli.missingArgument', `No ${name} was named`, `Name one; ${where}`)
}

function noSession(session: string): CommandFailure {
  return unusable('session.unknown', `There is no session ${session}`, 'List them with sluice sessions list')
}

function unusable(code: string, problem: string, next: string): CommandFailure {
  return new CommandFailure({ code, problem, next, exitCode: EXIT.unusable })
}

function encoded(): CommandFailure {
  return unusable(
    'session.encoded',
    'What is stored of sessions can only be read by a host with its codec',
    'Ask the host, which can list and show them',
  )
}

/** Leaves no listener behind: somebody may follow a session for days. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    signal.addEventListener('abort', over)
  })
}
