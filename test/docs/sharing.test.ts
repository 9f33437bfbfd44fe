import { describe, expect, it } from 'vitest'
import { MAX_WRONG_PASSWORDS, SHARING_REFUSALS, THROTTLE_MS } from '../../src/sharing/index.ts'
import { MAX_ADDRESS } from '../../src/sharing/links/address.ts'
import { blocksOf, promised, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/guide/share-and-distribute.md')

describe('docs/guide/share-and-distribute.md', () => {
  it('prints what it says, run from top to bottom', () => {
    const program = blocksOf(page, 'ts').join('\n')
    const { status, stdout, stderr } = runSnippet(program)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trim().split('\n')).toEqual(promised(program))
  })

  it('lists every refusal, when it comes and what lifts it', () => {
    const rows = [...page.matchAll(/^\| `((?:link|share)\.\w+)` \| (.*) \| (.*) \|$/gm)]
    expect(rows.map(([, code, , lift]) => [code, lift])).toEqual(
      Object.entries(SHARING_REFUSALS).map(([code, { lift }]) => [code, lift]),
    )
    for (const [, , when] of rows) expect(when).toMatch(/^\S.*\.$/)
  })

  it('says what is bounded', () => {
    const text = page.replaceAll('\n', ' ')
    expect(text).toContain(`${MAX_ADDRESS.toLocaleString('en')} characters in all`)
    expect([MAX_WRONG_PASSWORDS, THROTTLE_MS / 60_000]).toEqual([5, 15])
    expect(text).toContain('After five wrong passwords none is looked at for a quarter of an hour')
  })
})
