import { expect, it } from 'vitest'
import { COMMAND_TYPES } from '../../src/editing/index.ts'
import { blocksOf, readPage, runSnippet } from '../support/snippets.ts'
import { open } from './helpers.ts'

const GUIDE = readPage('docs/guide/editor.md')

it('runs docs/guide/editor.md from top to bottom, and it prints what the comments say', () => {
  const source = blocksOf(GUIDE, 'ts').join('\n')
  const { status, stdout, stderr } = runSnippet(source)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const said = [...source.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, comment]) => comment!)
  expect(said.length).toBeGreaterThan(12)
  const printed = stdout.split('\n')
  let from = 0
  for (const each of said) {
    const at = printed.indexOf(each, from)
    expect([each, at >= 0]).toEqual([each, true])
    from = at + 1
  }
  expect(printed).toContain('The outcome 4 leads nowhere 4 Connect to abandoned')
})

it('names every method of an editor in its README', () => {
  const readme = readPage('src/editor/README.md')
  const missing = Object.keys(open()).filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))
  expect(missing).toEqual([])
})

it('names no command that does not exist', () => {
  const named = [...GUIDE.matchAll(/\{ type: '(\w+)'/g)].map(([, type]) => type!)
  expect(named.filter((type) => !(COMMAND_TYPES as readonly string[]).includes(type))).toEqual([])
})
