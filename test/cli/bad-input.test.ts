import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { chain, file, LOOKUP, SUPPORT } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

/** Code of the line, and what is asked of the command line. */
const BAD: [code: string, args: () => string[], stdin?: string][] = [
  ['cli.unknownCommand', () => ['rum', SUPPORT]],
  ['cli.unknownOption', () => ['run', SUPPORT, '--scrpt', 'x']],
  ['cli.missingArgument', () => ['run']],
  ['cli.excessArguments', () => ['validate', SUPPORT, SUPPORT]],
  ['cli.optionMissingArgument', () => ['run', SUPPORT, '--script']],
  ['cli.stdinTwice', () => ['run', '-', '--script', '-']],
  ['cli.stdinTwice', () => ['run', SUPPORT, '--mock', '-', '--contact', '-']],
  ['option.now', () => ['run', SUPPORT, '--now', 'tomorrow']],
  ['option.now', () => ['run', SUPPORT, '--now', '2026-13-45']],
  ['option.notAnObject', () => ['run', SUPPORT, '--contact', '[1]']],
  ['file.notJson', () => ['run', SUPPORT, '--contact', '{"name"']],
  ['file.missing', () => ['validate', 'no/such/file.json']],
  ['file.missing', () => ['validate', `${SUPPORT}/inside.json`]],
  ['file.missing', () => ['run', SUPPORT, '--script', 'no-such-script.json']],
  ['file.missing', () => ['run', SUPPORT, '--mock', 'no-such-mock.json']],
  ['file.directory', () => ['validate', mkdtempSync(join(tmpdir(), 'sluice-'))]],
  ['file.notAFile', () => ['validate', '/dev/zero']],
  ['file.unreadable', () => ['validate', 'nul\0byte.json']],
  ['file.unreadable', () => ['validate', 'x'.repeat(5_000)]],
  ['file.binary', () => ['validate', file(new Uint8Array([0x7b, 0x00, 0x7d]))]],
  ['file.binary', () => ['validate', file(new Uint8Array([0xff, 0xfe, 0x7b, 0x00]))]],
  ['file.binary', () => ['validate', file(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xc3]))]],
  ['file.empty', () => ['validate', file('')]],
  ['file.empty', () => ['validate', '-'], ''],
  ['file.notJson', () => ['validate', file('{"schema": 1,')]],
  ['file.notJson', () => ['validate', file('<flow/>')]],
  ['file.notJson', () => ['validate', '-'], 'hello'],
  ['file.unsafeJson', () => ['validate', file(deep)]],
  ['file.unsafeJson', () => ['run', SUPPORT, '--script', file(deep)]],
  ['file.unsafeJson', () => ['validate', file('{"schema": 1, "__proto__": {"x": 1}}')]],
  ['file.unsafeJson', () => ['validate', file({ schema: 1, id: 'x'.repeat(2_000_000) })]],
  ['document.notAnObject', () => ['validate', file('[1, 2]')]],
  ['document.notAnObject', () => ['run', file('null')]],
  ['document.noSchema', () => ['run', file({ id: 'x' })]],
  ['document.newerSchema', () => ['run', file({ schema: 99, id: 'x' })]],
  ['script.notAList', () => ['run', SUPPORT, '--script', file({ type: 'text' })]],
  ['script.event', () => ['run', SUPPORT, '--script', file([7])]],
  ['script.event', () => ['run', SUPPORT, '--script', file([null])]],
  ['script.event', () => ['run', SUPPORT, '--script', file([{ type: 'txt', text: '1' }])]],
  ['script.event', () => ['run', SUPPORT, '--script', file([{ type: 'text', txt: '1' }])]],
  ['script.event', () => ['run', SUPPORT, '--script', file([{ type: 'constructor' }])]],
  ['script.event', () => ['run', SUPPORT, '--script', file([{ type: 'event', name: 'x', data: [] }])]],
  ['script.notAwaited', () => ['run', SUPPORT, '--script', file([{ type: 'result', status: 200 }])]],
  ['script.noDeadline', () => ['run', SUPPORT, '--script', file(['3', { type: 'timeout' }])]],
  ['script.refused', () => ['run', SUPPORT, '--script', file([{ type: 'button', value: '1' }])]],
  ['mock.notAnObject', () => ['run', file(LOOKUP), '--mock', file([])]],
  ['mock.empty', () => ['run', file(LOOKUP), '--mock', file({ lookup: [] })]],
  ['mock.result', () => ['run', file(LOOKUP), '--mock', file({ lookup: [7] })]],
  ['mock.result', () => ['run', file(LOOKUP), '--mock', file({ lookup: [{ status: 'OK' }] })]],
]

it.each(BAD)('%s: one line, exit code 2, no stack trace (%#)', async (code, args, stdin = '') => {
  const result = await cli(args(), { stdin, env: {} })
  expect(result.err).toContain(`[${code}]`)
  expect(isOneLine(result.err), result.err).toBe(true)
  expect(result.code).toBe(2)
})

describe('what a file may be', () => {
  it('has a mark of UTF-8 at its beginning', async () => {
    const marked = `\ufeff${JSON.stringify(LOOKUP)}`
    expect(await cli(['validate', file(marked)])).toMatchObject({ code: 0 })
  })

  it('may not be read: that is told', async () => {
    const path = file(LOOKUP)
    chmodSync(path, 0o000)
    // Root reads everything; there the file is simply read.
    const { code, err } = await cli(['validate', path])
    if (process.getuid?.() === 0) expect(code).toBe(0)
    else expect(err).toContain('[file.unreadable]')
  })

  it('ends after 64 MiB, also where it has no size', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20)
    const endless = Readable.from(
      (function* () {
        for (;;) yield chunk
      })(),
    )
    const { code, err } = await cli(['validate', '-'], { stdin: endless })
    expect(code).toBe(2)
    expect(err).toContain('[file.tooLarge]')
  })
})

it('suggests the nearest command and option', async () => {
  expect((await cli(['validte', 'x'])).err).toContain('Did you mean validate?')
  expect((await cli(['run', 'x', '--sed', 'y'])).err).toContain('Did you mean --seed?')
})

it('gives unknown node types exit code 1, with the nearest type', async () => {
  const { code, err } = await cli(['run', file(chain({ id: 'm', type: 'mneu@1', outcomes: ['next'] }))])
  expect(code).toBe(1)
  expect(isOneLine(err), err).toBe(true)
  expect(err).toContain('did you mean menu@1?')
})

it('prints the session last, also where a script breaks off', async () => {
  const { lines, code } = await cli(['run', SUPPORT, '--json', '--script', file(['9', { type: 'result' }])])
  expect(code).toBe(2)
  expect(lines.at(-1)).toMatchObject({ type: 'session', status: 'waiting' })
})

it('keeps control characters of a flow away from the terminal', async () => {
  const flow = chain({
    id: 'say',
    type: 'send-message@1',
    config: { prompt: 'a\u001b[2Jb\u0007' },
    outcomes: ['next'],
  })
  expect((await cli(['run', file(flow)])).out).toContain('a[2Jb\n')
})

it('shows help and version on standard output', async () => {
  const help = await cli(['--help'])
  expect(help).toMatchObject({ code: 0, err: '' })
  expect(help.out).toContain('validate')
  expect((await cli([])).out).toBe(help.out)
  expect(await cli(['--version'])).toMatchObject({ code: 0, out: '0.2.0\n' })
})
