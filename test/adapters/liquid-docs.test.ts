import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { TAG_NAMES } from '../../src/adapters/liquid/engine.ts'
import { FILTER_NAMES } from '../../src/adapters/liquid/filters.ts'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { createScope, type Environment, MAX_TEMPLATE_LENGTH, re2Engine } from '../../src/expressions/index.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const page = readFileSync(path('../../docs/liquid.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!)

describe('docs/liquid.md', () => {
  const env = JSON.parse(blocks('json')[0]!) as Environment
  const any = { fields: {}, open: true }
  const scope = createScope({
    vars: { name: 'text', retries: 'number', tags: { list: 'text' }, address: any, nobody_said: 'any' },
  })

  test.each(blocks('liquid').flatMap((block) => block.trimEnd().split('\n')))('%s', (line) => {
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
    const script = join(mkdtempSync(join(tmpdir(), 'sluice-docs-')), 'liquid.mts')
    writeFileSync(script, blocks('ts').join('\n'))
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), script],
      {
        cwd: path('../..'),
        encoding: 'utf8',
      },
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe('Hello Ada!\n')
  })
})
