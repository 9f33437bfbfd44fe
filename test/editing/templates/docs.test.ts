import { expect, it } from 'vitest'
import { TEMPLATES } from '../../../src/editing/templates/templates.ts'
import { blocksOf, readPage, runSnippet } from '../../support/snippets.ts'

const PAGE = 'docs/guide/templates.md'
const page = readPage(PAGE)

it('runs docs/guide/templates.md from top to bottom', () => {
  const { status, stdout, stderr } = runSnippet(blocksOf(page, 'ts').join('\n'))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual([
    ...TEMPLATES.map(({ id, title }) => `${id} - ${title}`),
    'Appointment reminder []',
    '9 Vehicle inspection order-status',
    'Inspections',
    'Inspections',
    'Inspections',
    'Appointment reminder (copy)',
    'create.unknownTemplate - There is no template order-statsu. Did you mean order-status? Choose one of those on offer.',
    '<p>Ask <strong>Ada</strong> first: <a href="https://example.com/rules" rel="noopener noreferrer nofollow" target="_blank">rules</a> x &lt;b&gt;</p>',
  ])
})

it.each(TEMPLATES)('tells of $id what it can come to', ({ id, document }) => {
  const [row] = page.split('\n').filter((line) => line.startsWith(`| \`${id}\` |`))
  const codes = document.settings.outcomes!.map(({ code }) => code)
  const cells = row?.split(' | ')
  expect(cells?.at(-2)).toBe(document.medium)
  expect(cells?.at(-1)).toBe(`${codes.join(', ')} |`)
})
