import { expect, it } from 'vitest'
import { blocksOf, promised, ROOT, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/xstate.md')

/** Snippets run outside of the project, where neither name is known. */
const PLACES: Readonly<Record<string, string>> = {
  'sluice/xstate': `${ROOT}src/adapters/xstate/index.ts`,
  xstate: import.meta.resolve('xstate'),
}

it('runs docs/xstate.md from top to bottom', () => {
  const source = blocksOf(page, 'ts').join('\n')
  const { status, stdout, stderr } = runSnippet(
    source.replace(/ from '(sluice\/xstate|xstate)'$/gm, (_, name: string) => ` from '${PLACES[name]}'`),
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual(promised(source))
})
