import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/index.ts'
import { file, SUPPORT } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const FEEDBACK = fileURLToPath(new URL('../../examples/studio/feedback.json', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'sluice-import-'))

describe('sluice import', () => {
  it('writes our document to standard output and the losses beside it', async () => {
    const { code, out, err } = await cli(['import', FEEDBACK])
    expect(code).toBe(0)
    expect(parseDocument(out).ok).toBe(true)
    expect(err.trim().split('\n').at(-1)).toMatch(
      /feedback\.json was brought in from twilio-studio: \d+ nodes, \d+ connectors, \d+ loss(es)?$/,
    )
  })

  it('prints flow and losses as one object with --json', async () => {
    const { code, err, lines } = await cli(['import', FEEDBACK, '--json', '--from', 'twilio-studio'])
    expect({ code, err, count: lines.length }).toEqual({ code: 0, err: '', count: 1 })
    expect(Object.keys(lines[0])).toEqual(['flow', 'loss'])
    for (const entry of lines[0].loss) {
      expect(Object.keys(entry).sort()).toEqual(['code', 'message', 'severity', 'where'])
    }
    expect(parseDocument(lines[0].flow).ok).toBe(true)
  })

  it('writes a file that every other command reads', async () => {
    const out = join(folder, 'ours.json')
    expect((await cli(['import', FEEDBACK, '-o', out])).out).toBe('')
    expect((await cli(['validate', out])).out).toBe('0 errors, 0 warnings\n')
    const { lines } = await cli(['diff', FEEDBACK, out, '--json'])
    expect(lines[0].equal).toBe(true)
  })

  it('reads standard input, and a flow of ours', async () => {
    const { code, err } = await cli(['import', '-'], { stdin: readFileSync(SUPPORT, 'utf8') })
    expect(code).toBe(0)
    expect(err).toMatch(/^standard input is a flow of ours already: 1\d nodes/)
  })

  it('brings in a widget that nobody knows as a placeholder, without a crash', async () => {
    const flow = JSON.parse(readFileSync(FEEDBACK, 'utf8'))
    flow.states.find(({ name }: { name: string }) => name === 'thank').type = 'send-to-the-moon'
    const { code, lines } = await cli(['import', file(flow), '--json'])
    expect(code).toBe(0)
    expect(lines[0].loss).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'import.widget', where: 'thank' }),
    )
    expect((await cli(['validate', file(flow), '--json'])).lines[0]).toContainEqual(
      expect.objectContaining({ code: 'node.placeholder' }),
    )
  })

  it.each<[string, string[], string, RegExp]>([
    [
      'a format nobody reads',
      ['--from', 'twilio-studo'],
      'import.unknownFormat',
      /did you mean twilio-studio/,
    ],
    ['the file itself as its output', ['-o', FEEDBACK], 'file.sameAsInput', /Name another file/],
    ['a folder that is not there', ['-o', join(folder, 'no/where.json')], 'file.unwritable', /ENOENT/],
    ['a folder as its output', ['-o', folder], 'file.unwritable', /EISDIR/],
    ['an option that it has not', ['--jsn'], 'cli.unknownOption', /Did you mean --json/],
  ])('refuses %s', async (_, args, problem, words) => {
    const before = readFileSync(FEEDBACK, 'utf8')
    const { code, err, out } = await cli(['import', FEEDBACK, ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`[${problem}]`)
    expect(err).toMatch(words)
    expect(isOneLine(err)).toBe(true)
    expect(readFileSync(FEEDBACK, 'utf8')).toBe(before)
  })

  it.each<[string, unknown]>([
    ['no flow at all', { hello: 'world' }],
    ['a list', []],
    ['a flow whose states are no list', { initial_state: 'Trigger', states: {} }],
    ['states that are no objects', { initial_state: 'Trigger', states: [1, 2] }],
  ])('refuses %s in one line', async (_, content) => {
    const { code, err } = await cli(['import', file(content)])
    expect(code).toBe(2)
    expect(isOneLine(err)).toBe(true)
  })

  it('follows no link back to its input', async () => {
    const nested = join(folder, 'nested')
    if (!existsSync(nested)) mkdirSync(nested)
    const copy = join(nested, 'flow.json')
    writeFileSync(copy, readFileSync(FEEDBACK))
    const { code, err } = await cli(['import', copy, '-o', join(nested, '../nested/flow.json')])
    expect(code).toBe(2)
    expect(err).toContain('[file.sameAsInput]')
  })
})
