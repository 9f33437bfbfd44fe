import { expect, it } from 'vitest'
import { COMMAND_TYPES } from '../../src/editing/index.ts'
import { blocksOf, promised, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/guide/editing.md')

it.each(blocksOf(page, 'ts').map((block, index) => [index + 1, block] as const))(
  'snippet %d of docs/guide/editing.md prints what it says',
  (_, block) => {
    const { status, stdout, stderr } = runSnippet(block)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const said = promised(block)
    expect(said.length).toBeGreaterThan(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .filter((line) => line !== ''),
    ).toEqual(said)
  },
)

it('names every command', () => {
  for (const type of COMMAND_TYPES) expect(page).toContain(`\`${type}\``)
})
