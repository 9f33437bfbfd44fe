import { expect, it } from 'vitest'
import { blocksOf, readPage, runSnippet } from '../support/snippets.ts'

const blocks = blocksOf(readPage('docs/guide/merging.md'), 'ts')

it('prints what docs/guide/merging.md says', () => {
  const { status, stdout, stderr } = runSnippet(blocks.join('\n'))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const promised = blocks.flatMap((block) =>
    block
      .split('\n')
      .flatMap(
        (line) => /^console\.log\(.*\) \/\/ (.*)$/.exec(line)?.[1] ?? /^\/\/ (.*)$/.exec(line)?.[1] ?? [],
      ),
  )
  expect(promised.length).toBeGreaterThan(10)
  expect(stdout.trim().split('\n')).toEqual(promised)
})
