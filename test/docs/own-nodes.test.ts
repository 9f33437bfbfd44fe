import { expect, it } from 'vitest'
import { blocksOf, readPage, runSnippet } from '../support/snippets.ts'

const blocks = blocksOf(readPage('docs/guide/own-nodes.md'), 'ts')

it('needs no more than 25 lines for a node type', () => {
  const lines = blocks[0]!
    .trim()
    .split('\n')
    .slice(blocks[0]!.split('\n').indexOf('') + 1)
  expect(lines[0]).toBe('export const rating = defineNode({')
  expect(lines.length).toBeLessThanOrEqual(25)
})

it('runs docs/guide/own-nodes.md from top to bottom', () => {
  const { status, stdout, stderr } = runSnippet(blocks.join('\n'))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual([
    'error outcome.unassigned',
    "[ 'question', 'happyFrom', 'timeout' ]",
    '6 of 6 outcomes',
  ])
})
