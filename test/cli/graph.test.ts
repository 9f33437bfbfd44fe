import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADA, chain, file, SUPPORT } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluice-graph-'))

describe('the format', () => {
  it('is SVG unless something else is said', async () => {
    const { code, out, err } = await cli(['graph', SUPPORT])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^<svg [^>]*role="img"/)
    expect(out).toMatch(/<\/svg>\n$/)
  })

  it.each([
    ['picture.svg', '<svg '],
    ['picture.mmd', '---\ntitle: "Support"\n---\nflowchart TD'],
    ['picture.mermaid', '---\ntitle: "Support"\n---\nflowchart TD'],
    ['picture.DOT', 'digraph '],
    ['picture.gv', 'digraph '],
    ['picture', '<svg '],
  ])('follows from the name of the output: %s', async (name, begin) => {
    const output = join(folder, name)
    expect(await cli(['graph', SUPPORT, '-o', output])).toMatchObject({ code: 0, out: '', err: '' })
    expect(readFileSync(output, 'utf8').startsWith(begin)).toBe(true)
  })

  it('that is named wins over that', async () => {
    const output = join(folder, 'other.svg')
    await cli(['graph', SUPPORT, '--format', 'dot', '--output', output])
    expect(readFileSync(output, 'utf8')).toContain('digraph')
  })

  it('that is not known is told with the nearest one', async () => {
    const { code, err } = await cli(['graph', SUPPORT, '--format', 'mermeid'])
    expect(code).toBe(2)
    expect(isOneLine(err), err).toBe(true)
    expect(err).toContain('did you mean mermaid?')
  })
})

describe('a flow with errors', () => {
  const broken = () =>
    file(
      chain({ id: 'say', type: 'send-message@1', config: { prompt: '{{contct.name}}' }, outcomes: ['next'] }),
    )

  it('is drawn with its errors marked', async () => {
    const { code, out } = await cli(['graph', broken()])
    expect(code).toBe(0)
    expect(out).toContain('badge-error')
    expect(out).toContain('[expression.unknownName]')
    expect((await cli(['graph', broken(), '--format', 'mermaid'])).out).toMatch(/class n\d error/)
  })

  it('comes from standard input, too', async () => {
    const { code, out } = await cli(['graph', '-'], { stdin: readFileSync(broken()) })
    expect(code).toBe(0)
    expect(out).toContain('<svg')
  })
})

describe('coverage', () => {
  const draw = async (lines: string) => cli(['graph', SUPPORT, '--coverage', file(lines)])

  it('of runs marks what was taken, with how often', async () => {
    const ran = await cli(['run', SUPPORT, '--contact', ADA, '--json', '--script', file(['2', '2', '2'])])
    const { code, out } = await draw(ran.out + ran.out)
    expect(code).toBe(0)
    expect(out).toContain('>2 ×6<')
    expect(out).toMatch(/class="edge taken"/)
    expect(out).toMatch(/class="edge missed"/)
    expect(out).toContain('not taken')
  })

  it('of an exploration marks what was taken', async () => {
    const explored = await cli(['explore', SUPPORT, '--json'])
    const { code, out } = await draw(explored.out)
    expect(code).toBe(0)
    expect(out).toMatch(/class="edge taken"/)
    expect(out).not.toContain('×')
  })

  it.each([
    ['coverage.empty', '{"type": "said"}'],
    ['coverage.empty', ''],
    ['coverage.notLines', '7'],
    ['file.notJson', 'taken: all of it'],
  ])('that is none is %s', async (code, text) => {
    const result = await draw(text)
    expect(result.code).toBe(2)
    expect(result.err).toContain(`[${code}]`)
    expect(isOneLine(result.err), result.err).toBe(true)
  })
})

describe('what cannot be written or read', () => {
  it.each([
    ['file.sameAsInput', () => ['graph', copy(), '-o', copy()]],
    ['file.sameAsInput', () => ['graph', SUPPORT, '--coverage', ran(), '-o', ran()]],
    ['file.unwritable', () => ['graph', SUPPORT, '-o', join(folder, 'no/such/folder/x.svg')]],
    ['file.unwritable', () => ['graph', SUPPORT, '-o', folder]],
    ['file.directory', () => ['graph', folder]],
    ['file.missing', () => ['graph', 'no-such-flow.json']],
    ['file.binary', () => ['graph', file(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xc3]))]],
    ['file.missing', () => ['graph', SUPPORT, '--coverage', 'no-such-file.json']],
    ['file.directory', () => ['graph', SUPPORT, '--coverage', folder]],
    ['cli.stdinTwice', () => ['graph', '-', '--coverage', '-']],
    ['cli.missingArgument', () => ['graph']],
    ['cli.excessArguments', () => ['graph', SUPPORT, SUPPORT]],
    ['cli.unknownOption', () => ['graph', SUPPORT, '--fromat', 'svg']],
  ] as const)('is %s, in one line (%#)', async (code, args) => {
    const result = await cli(args())
    expect(result.err).toContain(`[${code}]`)
    expect(isOneLine(result.err), result.err).toBe(true)
    expect(result).toMatchObject({ code: 2, out: '' })
  })

  /** One file under one name, so that it is both input and output. */
  function copy(): string {
    const path = join(folder, 'copy.json')
    writeFileSync(path, readFileSync(SUPPORT))
    return path
  }

  function ran(): string {
    const path = join(folder, 'ran.jsonl')
    writeFileSync(path, JSON.stringify({ type: 'step', node: 'start', outcome: 'next' }))
    return path
  }
})

it('prints where everything stands with --json', async () => {
  const { code, lines } = await cli(['graph', SUPPORT, '--json'])
  expect(code).toBe(0)
  expect(lines[0].nodes[0]).toMatchObject({ id: 'start', box: { width: expect.any(Number) } })
})

it('writes with --json where -o says', async () => {
  const output = join(folder, 'layout.json')
  expect(await cli(['graph', SUPPORT, '--json', '-o', output])).toMatchObject({ code: 0, out: '' })
  expect(JSON.parse(readFileSync(output, 'utf8')).nodes[0]).toMatchObject({ id: 'start' })
})

it('draws 10,000 nodes', async () => {
  const nodes = Array.from({ length: 10_000 }, (_, i) => ({
    id: `n${i}`,
    type: 'delay@1',
    config: { duration: '1s' },
    outcomes: ['done'],
  }))
  const { code, out } = await cli(['graph', file(chain(...nodes))])
  expect(code).toBe(0)
  expect(out).toContain('too many for a layout')
})
