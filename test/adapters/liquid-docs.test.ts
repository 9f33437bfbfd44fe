import { describe, expect, it, test } from 'vitest'
import { TAG_NAMES } from '../../src/adapters/liquid/engine.ts'
import { FILTER_NAMES } from '../../src/adapters/liquid/filters.ts'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { createScope, type Environment, MAX_TEMPLATE_LENGTH, re2Engine } from '../../src/expressions/index.ts'
import { blocksOf, readPage, runSnippet } from '../support/snippets.ts'

const page = readPage('docs/liquid.md')

describe('docs/liquid.md', () => {
  const env = JSON.parse(blocksOf(page, 'json')[0]!) as Environment
  const any = { fields: {}, open: true }
  const scope = createScope({
    vars: { name: 'text', retries: 'number', tags: { list: 'text' }, address: any, nobody_said: 'any' },
  })

  test.each(blocksOf(page, 'liquid').flatMap((block) => block.trimEnd().split('\n')))('%s', (line) => {
    const [source, text] = line.split(/\s+\/\/ /)
    const { checked, faults } = liquid.checkTemplate(source!, scope)
    expect(faults).toEqual([])
    expect(String(liquid.linkTemplate(checked!.tree, { regex: re2Engine })(env)).trim()).toBe(text)
  })

  it('names every tag, every filter and the limit of a source', () => {
    for (const name of [...TAG_NAMES, ...FILTER_NAMES]) expect(page).toContain(`\`${name}\``)
    expect(page).toContain(`${MAX_TEMPLATE_LENGTH.toLocaleString('en')} characters`)
  })

  it('begins with a program that runs', () => {
    const { status, stdout, stderr } = runSnippet(blocksOf(page, 'ts').join('\n'))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe('Hello Ada!\n')
  })
})
