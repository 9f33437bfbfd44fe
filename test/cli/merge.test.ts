import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, isOneLine } from './helpers.ts'

const [BASE, OURS, THEIRS, LATE] = ['base', 'ours', 'theirs', 'late'].map(
  (name) => `examples/merge/${name}.json`,
) as [string, string, string, string]

describe('sluice merge', () => {
  it('prints the merged flow, and on standard error what was done', async () => {
    const { code, out, err } = await cli(['merge', BASE, OURS, THEIRS])
    const { id, nodes } = JSON.parse(out)
    expect(code).toBe(0)
    expect(id).toBe('opening')
    expect(nodes.map((node: { id: string }) => node.id)).toEqual(['done', 'hello', 'hours', 'start'])
    expect(nodes[2].config.prompt).toBe('We open at nine, on Sundays at ten.')
    expect(err).toBe(`${OURS}: 1 node changed\n${THEIRS}: 1 node, 2 connectors changed\nno conflicts\n`)
  })

  it('tells conflicts, and ends with exit code 1', async () => {
    const { code, out, err } = await cli(['merge', BASE, OURS, LATE])
    expect(code).toBe(1)
    expect(JSON.parse(out).nodes).toHaveLength(3)
    expect(err.split('\n').slice(2)).toEqual([
      '! Both sides have changed node hours config.prompt, and not in the same way.',
      `  ${BASE}: "We open at nine."`,
      `  ${OURS}: "We open at nine, on Sundays at ten."`,
      `  ${LATE}: "We open at eight."`,
      '1 conflict',
      '',
    ])
  })

  it('writes the flow where -o says, and never over a file that was read', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'sluice-merge-')), 'merged.json')
    expect(await cli(['merge', BASE, OURS, THEIRS, '-o', out])).toMatchObject({ code: 0, out: '' })
    expect(JSON.parse(readFileSync(out, 'utf8')).nodes).toHaveLength(4)
    const { code, err } = await cli(['merge', BASE, OURS, THEIRS, '-o', THEIRS])
    expect(code).toBe(2)
    expect(err).toContain('[file.sameAsInput]')
  })

  it('prints one object with --json', async () => {
    const { code, lines, err } = await cli(['merge', BASE, OURS, '-', '--json'], {
      stdin: readFileSync(LATE, 'utf8'),
    })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      clean: false,
      flow: { id: 'opening' },
      conflicts: [{ id: 'nodes/hours/config/prompt', kind: 'changed' }],
      renamed: [],
    })
  })

  it.each([
    ['two flows alone', [BASE, OURS], 'cli.missingArgument'],
    ['standard input twice', [BASE, '-', '-'], 'cli.stdinTwice'],
    ['a file that is not there', [BASE, OURS, 'nowhere.json'], 'file.missing'],
    ['a file that is no flow', [BASE, OURS, 'package.json'], 'document.noSchema'],
  ])('refuses %s', async (_, args, code) => {
    const result = await cli(['merge', ...args])
    expect(result.code).toBe(2)
    expect(result.err).toContain(`[${code}]`)
    expect(isOneLine(result.err)).toBe(true)
  })
})
