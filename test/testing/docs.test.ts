import { expect, it } from 'vitest'
import { simulate } from '../../src/testing/index.ts'
import { blocksOf, readPage, runSnippet } from '../support/snippets.ts'
import { ADA, compileSupport } from './support.ts'

const page = readPage('docs/testing.md')

it('runs docs/testing.md from top to bottom', () => {
  const { status, stdout, stderr } = runSnippet(blocksOf(page, 'ts').join('\n'))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('4 of 9 outcomes\n')
  expect(stdout).toContain('tell was never left by next\n')
  expect(stdout).toContain('9 of 9 taken by')
})

it('shows a failure as docs/testing.md shows it', () => {
  const [shown] = blocksOf(page, 'text')
  expect(() => simulate(compileSupport(), { contact: ADA, now: 0 }).say('9').expectEnd('abandoned')).toThrow(
    shown!.trimEnd(),
  )
})
