import { describe, expect, it } from 'vitest'
import {
  EXCHANGE_REFUSALS,
  MAX_BUNDLE_FLOWS,
  MAX_BUNDLE_LENGTH,
  MAX_BUNDLE_VALUES,
} from '../../src/interchange/index.ts'
import { blocksOf, promised, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/guide/exchange.md')

describe('docs/guide/exchange.md', () => {
  it('prints what it says, run from top to bottom', () => {
    const program = blocksOf(page, 'ts').join('\n')
    const { status, stdout, stderr } = runSnippet(program)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trim().split('\n')).toEqual(promised(program))
  })

  it('lists every refusal, when it comes and what lifts it', () => {
    const rows = [...page.matchAll(/^\| `((?:ex|im)port\.\w+)` \| (.*) \| (.*) \|$/gm)]
    expect(rows.map(([, code, , lift]) => [code, lift])).toEqual(
      Object.entries(EXCHANGE_REFUSALS).map(([code, { lift }]) => [code, lift()]),
    )
    for (const [, , when] of rows) expect(when).toMatch(/^\S.*\.$/)
  })

  it('says how large a bundle may be', () => {
    const text = page.replaceAll('\n', ' ')
    expect(text).toContain(`${MAX_BUNDLE_FLOWS.toLocaleString('en')} flows`)
    expect(text).toContain(`${MAX_BUNDLE_VALUES.toLocaleString('en')} values`)
    expect(text).toContain(`${MAX_BUNDLE_LENGTH / 1024 / 1024} million characters`)
  })
})
