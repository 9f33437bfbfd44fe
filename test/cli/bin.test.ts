import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { VERSION } from '../../src/cli/version.ts'
import { ADA, file, SUPPORT } from './flows.ts'
import { isOneLine } from './helpers.ts'

const BIN = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs the real command as a process of its own. */
function bin(
  args: readonly string[],
  stdin: string | undefined,
  onFirstOutput?: (kill: (signal: NodeJS.Signals) => void) => void,
) {
  return new Promise<{ code: number | null; out: string; err: string }>((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', BIN, ...args], { cwd: ROOT })
    const result = { out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      if (result.out === '') onFirstOutput?.((signal) => child.kill(signal))
      result.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      result.err += chunk
    })
    child.on('close', (code) => done({ code, ...result }))
    // An undefined input leaves the pipe open, as a program does that has nothing to say yet.
    if (stdin !== undefined) child.stdin.end(stdin)
  })
}

it('plays a script to its end', async () => {
  const { code, out, err } = await bin(
    ['run', SUPPORT, '--contact', ADA, '--script', file(['2', '2', '2'])],
    '',
  )
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('Ended: looped')
})

it('ends when the session has, though the pipe stays open', async () => {
  const { code, out } = await bin(['run', SUPPORT, '--script', file(['2', '2', '2']), '--json'], undefined)
  expect(code).toBe(0)
  expect(JSON.parse(out.trim().split('\n').at(-1)!)).toMatchObject({ type: 'session', status: 'ended' })
})

it('says in one line what is wrong, with exit code 2', async () => {
  const { code, out, err } = await bin(['validate', 'no-such-file.json'], '')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe('error: There is no file no-such-file.json [file.missing]. Check the path.\n')
})

it('ends cleanly on Ctrl-C while it reads a pipe', async () => {
  const { code, out, err } = await bin(['run', SUPPORT, '--contact', ADA], undefined, (kill) =>
    kill('SIGINT'),
  )
  expect({ code, err }).toEqual({ code: 130, err: '' })
  expect(out).toContain('Waiting: menu')
})

/** A foreign flow, of which a line is told before it is drawn, with as many lines as keep a layout busy for seconds. */
function tangle(): string {
  const count = 150
  const widget = (index: number) => ({
    name: `w${index}`,
    type: index === 0 ? 'acme-unknown' : 'send-message',
    properties: { body: 'hello' },
    transitions: [
      { event: 'sent', next: `w${(index + 1) % count}` },
      { event: 'failed', next: `w${(index * 37 + 5) % count}` },
    ],
  })
  const transitions = [{ event: 'incomingMessage', next: 'w0' }]
  const trigger = { name: 'T', type: 'trigger', properties: {}, transitions }
  const states = [trigger, ...Array.from({ length: count }, (_, index) => widget(index))]
  return JSON.stringify({ description: 'Tangle', initial_state: 'T', states })
}

it('ends at once on Ctrl-C while it computes', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', BIN, 'graph', file(tangle())], { cwd: ROOT })
  child.stderr.once('data', () => child.kill('SIGINT'))
  expect(await once(child, 'close')).toEqual([null, 'SIGINT'])
})

it('says in one line that its output cannot be written, with exit code 2', async () => {
  const command = `"${process.execPath}" --import tsx "${BIN}" validate "${SUPPORT}" > /dev/full`
  const child = spawn('bash', ['-c', command], { cwd: ROOT })
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect(code).toBe(2)
  expect(isOneLine(err), err).toBe(true)
  expect(err).toContain('[stdout.unwritable]')
})

it('prints the version of the package', () => {
  expect(JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')).version).toBe(VERSION)
})
