import { expect, it } from 'vitest'
import { blocksOf, promised, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/guide/write-an-importer.md')

it('docs/guide/write-an-importer.md prints what it says, run from top to bottom', () => {
  const program = blocksOf(page, 'ts').join('\n')
  const { status, stdout, stderr } = runSnippet(program)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual(promised(program))
})
