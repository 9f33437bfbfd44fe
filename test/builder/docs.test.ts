import { expect, it } from 'vitest'
import { blocksOf, readPage, runSnippet } from '../support/snippets.ts'
import { faultsOf } from './compiler.ts'

const page = readPage('docs/guide/code-first.md')
const source = blocksOf(page, 'ts').join('\n')

it('runs docs/guide/code-first.md from top to bottom', () => {
  const { status, stdout, stderr } = runSnippet(source)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual(['3 5', "import { createBuilder } from 'sluice/builder'"])
})

it('compiles it, with the errors that it expects', () => {
  expect(faultsOf([source])).toEqual([[]])
  const told = faultsOf([source.replace(/\/\/ @ts-expect-error.*$/gm, '')])[0]!.map(({ message }) => message)
  const expected = [...source.matchAll(/\/\/ @ts-expect-error (.*)$/gm)].map(([, message]) => message!)
  expect(told).toHaveLength(expected.length)
  for (const [index, message] of expected.entries()) expect(told[index]).toContain(message)
})

/** What the table quotes; an ellipsis stands for what is left out. */
const quoted = [...page.matchAll(/^\| (.+?) \| `(.+)` \|$/gm)].map(([, what, message]) => ({
  what: what!,
  parts: message!.replaceAll('\\|', '|').split('…'),
}))

it('quotes what the compiler says, which other tests hold it to', () => {
  const tests = readPage('test/builder/compile-errors.test.ts')
  expect(quoted).toHaveLength(7)
  for (const { what, parts } of quoted)
    for (const part of parts) expect(tests.replaceAll("\\'", "'"), what).toContain(part.trim())
})
