import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteStore } from '../../src/adapters/sqlite/index.ts'
import { Bureau, chain, support } from '../runtime/host/bureau.ts'
import { cli, isOneLine } from './helpers.ts'

let folder: string
let file: string
let session: string

/** A database that a host has left: one session that waits, one that has ended, and an effect that nobody does. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-cli-sessions-'))
  file = join(folder, 'flows.db')
  const store = sqliteStore(new Database(file))
  const bureau = await Bureau.open({}, store)
  await bureau.release(support())
  await bureau.write('hello')
  await bureau.write('1')
  const { items } = await bureau.host.sessions.list()
  session = items[0]!.session
  const nobodyDoes = { id: 'tell', type: 'custom-effect@1', config: { effect: 'crm.ticket' } }
  await bureau.release(chain('notice', { trigger: 'manual' }, [nobodyDoes]))
  bureau.clock.advance(1_000)
  await bureau.host.trigger({ flow: 'notice', contact: 'ada-lovelace' })
  await bureau.host.settled()
  await bureau.host.close()
  await store.close()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('sluice sessions', () => {
  it('lists sessions, the latest first, and dead letters', async () => {
    const { code, out } = await cli(['sessions', 'list', file])
    expect(code).toBe(0)
    const [notice, waiting, , heading, letter] = out.trim().split('\n')
    expect(notice).toMatch(/2026-01-01 00:00:01 {2}notice v1 {2}ended \(done\) {2}ada-lovelace$/)
    expect(waiting).toMatch(/2026-01-01 00:00:00 {2}support v1 {2}waiting {2}ada-lovelace$/)
    expect(heading).toBe('Dead letters:')
    expect(letter).toMatch(/crm\.ticket of .* at notice\/tell: effect\.noHandler/)
  })

  it('lists those that a condition holds for', async () => {
    const { lines } = await cli(['sessions', 'list', file, '--status', 'waiting', '--json'])
    expect(lines.filter(({ type }) => type === 'session')).toMatchObject([{ session, flow: 'support' }])
    expect((await cli(['sessions', 'list', file, '--flow', 'nothing'])).out).toContain('No sessions.')
  })

  it('shows a session with its path', async () => {
    const { out } = await cli(['sessions', 'show', file, session])
    expect(out).toContain('  flow      support 1.0.0 (v1)')
    expect(out).toContain('  waits     at menu for ')
    expect(out).toContain('  welcome ─ next ─▶\n')
    expect(out).toContain('    “Ada, you owe 150 (high).”')
  })

  it('shows it as JSON lines', async () => {
    const { lines } = await cli(['sessions', 'show', file, session, '--json'])
    expect(lines[0]).toMatchObject({ type: 'session', session, status: 'waiting', contact: 'ada-lovelace' })
    expect(lines.slice(1).map(({ type, revision }) => [type, revision])).toEqual([
      ['step', 1],
      ['step', 2],
    ])
  })

  it('follows a session that is over to its end', async () => {
    const { lines } = await cli(['sessions', 'list', file, '--flow', 'notice', '--json'])
    const { code, out } = await cli(['sessions', 'follow', file, lines[0].session])
    expect(code).toBe(0)
    expect(out).toContain('  end ■ done')
  })

  it('has a dead letter done again, for a member who may publish', async () => {
    const { lines } = await cli(['sessions', 'list', file, '--json'])
    const { number } = lines.find(({ type }) => type === 'deadLetter')
    const refused = await cli(['sessions', 'retry', file, String(number), '--by', 'ben'])
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('[permission.missing]')])
    const { code, out } = await cli(['sessions', 'retry', file, String(number), '--by', 'ada'])
    expect([code, out]).toEqual([0, `Dead letter ${number} is done again by the host that runs acme.\n`])
    const again = await cli(['sessions', 'retry', file, String(number), '--by', 'ada'])
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('[deadLetter.unknown]')])
  })

  it.each([
    ['a file that is not there', ['list', 'nowhere.db'], 'file.missing'],
    ['an action that there is none of', ['lst', 'x.db'], 'cli.invalidArgument'],
    ['a status that there is none of', ['list', '@', '--status', 'wating'], 'cli.status'],
    ['no number of sessions', ['list', '@', '--limit', '0'], 'cli.limit'],
    ['no session', ['show', '@'], 'cli.missingArgument'],
    ['a session that is not there', ['show', '@', 'nobody'], 'session.unknown'],
    ['a dead letter that is no number', ['retry', '@', 'x', '--by', 'ada'], 'deadLetter.unknown'],
    ['nobody who retries', ['retry', '@', '1'], 'cli.by'],
  ])('tells of %s in one line', async (_what, args, code) => {
    const { code: exit, err } = await cli(['sessions', ...args.map((arg) => (arg === '@' ? file : arg))])
    expect([exit, isOneLine(err)]).toEqual([2, true])
    expect(err).toContain(`[${code}]`)
  })

  it('tells of a file that is no database of Sluice', async () => {
    const text = join(folder, 'text.db')
    writeFileSync(text, 'this is no database, and long enough to be looked at as one: '.repeat(100))
    const { code, err } = await cli(['sessions', 'list', text])
    expect([code, isOneLine(err)]).toEqual([2, true])
    expect(err).toContain('[store.foreign]')
  })
})
