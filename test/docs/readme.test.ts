import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, ROOT, readPage, runSnippet } from '../support/snippets.ts'

const readme = readPage('README.md')
const [program, proof] = blocksOf(readme, 'ts')

/** What the snippets take for granted: a flow, and a contact who answers. */
const AROUND = `
import { readFileSync } from 'node:fs'
const flow = JSON.parse(readFileSync('examples/support/support.json', 'utf8'))
const answers = ['2', '2', '2']
const ask = async () => answers.shift()
`

describe('the README', () => {
  it('shows a program that talks to the support flow', () => {
    const { status, stdout, stderr } = runSnippet(`${AROUND}${program}`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^Hello Ada, welcome to ACME\.\n/)
    expect(stdout).toMatch(/\nlooped\n$/)
  })

  it('shows a test that passes', () => {
    const imports = program!.split('\n').filter((line) => /^import|^const program/.test(line))
    const { status, stderr } = runSnippet(`${AROUND}${imports.join('\n')}\n${proof}`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it.each([...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link!))(
    'links to %s, which exists',
    (link) => {
      expect(existsSync(join(ROOT, link))).toBe(true)
    },
  )
})
