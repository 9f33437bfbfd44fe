import type { SqliteStore } from '../adapters/sqlite/index.ts'
import { nearest } from '../base/nearest.ts'
import { palette } from '../palette/index.ts'
import { itemOf } from '../releases/lookup.ts'
import { openWorkspace, reviveDeadLetter, type SessionQuery, SessionReader } from '../runtime/index.ts'
import { CommandFailure } from './command-failure.ts'
import { describeLetter, describeListed, describeStep, describeView } from './describe-session.ts'
import { type CliIo, EXIT, plain, writeLine } from './io.ts'
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
    const tenant = options.workspace ?? (await onlyWorkspace(store))
    const reader = new SessionReader(store.sessions, tenant)
    const desk: Desk = { store, tenant, reader, io, options }
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
  } finally {
    await store.close()
  }
}

async function list({ reader, io, options }: Desk): Promise<void> {
  const { items } = await reader.list(queryOf(options))
  const letters = (await reader.deadLetters()).items
  if (options.json) {
    for (const { session, head } of items)
      writeLine(io.stdout, JSON.stringify({ type: 'session', session, ...head }))
    for (const letter of letters) writeLine(io.stdout, JSON.stringify({ type: 'deadLetter', ...letter }))
    return
  }
  if (items.length === 0) writeLine(io.stdout, 'No sessions.')
  for (const item of items) writeLine(io.stdout, plain(describeListed(item)))
  if (letters.length > 0) writeLine(io.stdout, '\nDead letters:')
  for (const letter of letters) writeLine(io.stdout, plain(describeLetter(letter)))
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
  writeLine(io.stdout, plain(describeView(view)))
  for (const step of history) writeLine(io.stdout, plain(describeStep(step)))
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
      writeLine(
        io.stdout,
        options.json ? JSON.stringify({ type: 'step', ...step }) : plain(describeStep(step)),
      )
    }
    if (view.head.status !== 'waiting') return
    await pause(LOOK_MS, interrupted)
  }
}

async function retry({ store, tenant, io, options }: Desk, what: string): Promise<void> {
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
  const number = Number(what)
  if (!(await reviveDeadLetter(store.sessions, tenant, number)))
    throw unusable(
      'deadLetter.unknown',
      `There is no dead letter ${what}`,
      'List them with sluice sessions list',
    )
  writeLine(io.stdout, `Dead letter ${number} is done again by the host that runs ${plain(tenant)}.`)
}

function queryOf({ flow, status, contact, limit }: SessionsOptions): SessionQuery {
  if (status !== undefined && !STATUSES.includes(status as never)) {
    const meant = nearest(status, STATUSES)
    throw unusable(
      'cli.status',
      `A session is never ${status}`,
      meant === undefined ? `Name one of ${STATUSES.join(', ')}` : `Did you mean ${meant}`,
    )
  }
  const count = limit === undefined ? undefined : Number(limit)
  if (count !== undefined && !(Number.isInteger(count) && count >= 1))
    throw unusable('cli.limit', `${limit} is no number of sessions`, 'Give a whole number from 1')
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(status === undefined ? {} : { status: status as (typeof STATUSES)[number] }),
    ...(contact === undefined ? {} : { contact }),
    ...(count === undefined ? {} : { limit: count }),
  }
}

/** The workspace of a database that has just one. */
async function onlyWorkspace({ events }: SqliteStore): Promise<string> {
  const heads = await events.list('workspace/')
  const names = new Set(heads.map(({ stream }) => decodeURIComponent(stream.split('/')[1]!)))
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

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
