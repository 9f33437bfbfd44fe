import { describe, expect, it } from 'vitest'
import { blocksOf, promised, readPage, runSnippet } from '../support/snippets.ts'

describe.each(['embed-a-host', 'write-a-channel', 'write-a-store'])('docs/guide/%s.md', (name) => {
  const page = readPage(`docs/guide/${name}.md`)

  it('prints what it says, run from top to bottom', () => {
    const program = blocksOf(page, 'ts').join('\n')
    const { status, stdout, stderr } = runSnippet(program)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trim().split('\n')).toEqual(promised(program))
  })
})
