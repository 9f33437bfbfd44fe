import { describe, expect, it } from 'vitest'
import { BUCKETS, MAX_RULE_ENTRIES, MAX_RULE_PREFIXES } from '../../src/releases/index.ts'
import { blocksOf, promised, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/gray-release.md')

describe('docs/gray-release.md', () => {
  it.each(blocksOf(page, 'ts').map((block, index) => [index + 1, block] as const))(
    'snippet %d prints what it says',
    (_, block) => {
      const { status, stdout, stderr } = runSnippet(block)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      const said = promised(block)
      expect(said.length).toBeGreaterThan(0)
      expect(stdout.trim().split('\n')).toEqual(said)
    },
  )

  it('has five snippets', () => {
    expect(blocksOf(page, 'ts')).toHaveLength(5)
  })

  it('says the bounds that hold', () => {
    const bound = (n: number) => n.toLocaleString('en')
    expect(page).toContain(`at most ${bound(MAX_RULE_ENTRIES)} entries, of which ${bound(MAX_RULE_PREFIXES)}`)
    expect(page).toContain(`one of ${bound(BUCKETS)} buckets`)
  })
})
