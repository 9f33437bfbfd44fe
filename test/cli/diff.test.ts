import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { file, SUPPORT } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const changed = (change: (flow: ReturnType<typeof JSON.parse>) => void) => {
  const flow = JSON.parse(readFileSync(SUPPORT, 'utf8'))
  change(flow)
  return file(flow)
}

describe('sluice diff', () => {
  it('finds nothing between a flow and itself', async () => {
    expect(await cli(['diff', SUPPORT, SUPPORT])).toMatchObject({ code: 0, out: 'no difference\n', err: '' })
  })

  it('shows what was added, removed and changed, a line each', async () => {
    const other = changed((flow) => {
      flow.name = 'Other'
      flow.nodes = flow.nodes.filter(({ id }: { id: string }) => id !== 'confirm')
      flow.nodes.push({ id: 'pause', type: 'delay@1', config: { duration: '1s' } })
      flow.nodes.find(({ id }: { id: string }) => id === 'welcome').config.prompt = 'Hi'
    })
    const { code, out } = await cli(['diff', SUPPORT, other])
    const lines = out.trim().split('\n')
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^[~+] flow name:/)
    expect(lines).toContain('- node confirm (send-message@1)')
    expect(lines).toContain('+ node pause (delay@1)')
    expect(lines.some((line) => /^~ node welcome config\.prompt: ".*" -> "Hi"$/.test(line))).toBe(true)
    expect(lines.at(-1)).toBe('The flows do different things.')
  })

  it('shows long texts from where they differ', async () => {
    const prompt = (end: string) =>
      changed((flow) => {
        flow.nodes.find(({ id }: { id: string }) => id === 'welcome').config.prompt =
          `${'word '.repeat(60)}${end}`
      })
    const { out } = await cli(['diff', prompt('one'), prompt('two')])
    expect(out).toMatch(/^~ node welcome config\.prompt: ….{1,30}one" -> ….{1,30}two"$/m)
  })

  it('says so where only the drawing differs', async () => {
    const moved = changed((flow) => {
      flow.nodes[0].position = { x: 1_000, y: 2 }
    })
    expect((await cli(['diff', SUPPORT, moved])).out).toContain('The flows do the same')
  })

  it('prints the comparison as one object with --json', async () => {
    const { lines } = await cli(['diff', SUPPORT, '-', '--json'], { stdin: readFileSync(SUPPORT, 'utf8') })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      equal: true,
      behaviour: false,
      nodes: { added: [], removed: [], changed: [] },
    })
  })

  it.each([
    ['one flow alone', [SUPPORT], 'cli.missingArgument'],
    ['standard input twice', ['-', '-'], 'cli.stdinTwice'],
    ['a file that is not there', [SUPPORT, 'nowhere.json'], 'file.missing'],
  ])('refuses %s', async (_, args, code) => {
    const result = await cli(['diff', ...args])
    expect(result.code).toBe(2)
    expect(result.err).toContain(`[${code}]`)
    expect(isOneLine(result.err)).toBe(true)
  })
})
