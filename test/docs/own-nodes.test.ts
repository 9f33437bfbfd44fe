import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/guide/own-nodes.md'), 'utf8')
const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, block]) => block!)

it('needs no more than 25 lines for a node type', () => {
  const lines = blocks[0]!
    .trim()
    .split('\n')
    .slice(blocks[0]!.split('\n').indexOf('') + 1)
  expect(lines[0]).toBe('export const rating = defineNode({')
  expect(lines.length).toBeLessThanOrEqual(25)
})

it('runs docs/guide/own-nodes.md from top to bottom', () => {
  const script = join(mkdtempSync(join(tmpdir(), 'sluice-docs-')), 'own-nodes.mts')
  writeFileSync(script, blocks.join('\n'))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), script],
    { cwd: root, encoding: 'utf8' },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual([
    'error outcome.unassigned',
    "[ 'question', 'happyFrom', 'timeout' ]",
    '6 of 6 outcomes',
  ])
})
