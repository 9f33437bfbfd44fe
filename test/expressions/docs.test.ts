import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import { EVALUATION_CODES } from '../../src/diagnostics/expression-codes.ts'
import {
  type Environment,
  MACROS,
  MAX_PATTERN_LENGTH,
  MAX_PATTERN_STEPS,
  MAX_SOURCE_LENGTH,
  MAX_TEMPLATE_LENGTH,
  SIGNATURES,
} from '../../src/expressions/index.ts'
import { runSnippet } from '../support/snippets.ts'
import { callForm } from './call-form.ts'
import { evaluate, fill } from './helpers.ts'

const page = readFileSync(new URL('../../docs/expressions.md', import.meta.url), 'utf8')

const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map((match) => match[1]!)
const lines = (language: string) => blocks(language).flatMap((block) => block.trimEnd().split('\n'))

const env = JSON.parse(blocks('json')[0]!) as Environment

describe('docs/expressions.md', () => {
  test.each(lines('cel'))('%s', (line) => {
    const [source, value] = line.split(/\s+\/\/ /)
    expect(evaluate(source!, env)).toEqual(JSON.parse(value!) as Json)
  })

  test.each(lines('template'))('%s', (line) => {
    const [source, text = ''] = line.split(/\s+\/\/ ?/)
    expect(fill(source!, env)).toBe(text)
  })

  test.each(blocks('ts').map((block) => [/import (.*) from/.exec(block)![1]!, block]))(
    'runs %s',
    (_, block) => {
      const said = [...block.matchAll(/^console\.log\(.*\)(?:\n| )\/\/ (.*)$/gm)].map(
        ([, line]) => `${line}\n`,
      )
      expect(said).toHaveLength(3)
      expect(runSnippet(block)).toEqual({ status: 0, stdout: said.join(''), stderr: '' })
    },
  )

  test.each(SIGNATURES.map((signature) => [signature.name, callForm(signature)]))('lists %s', (_, row) => {
    expect(page).toContain(`${row}\n`)
  })

  test('names every macro, every code of a fault and every limit', () => {
    for (const macro of MACROS) expect(page).toMatch(new RegExp(`\`(list\\.)?${macro}\\(`))
    for (const [code, meaning] of Object.entries(EVALUATION_CODES))
      expect(page).toContain(`| \`${code}\` | ${meaning} |\n`)
    for (const limit of [MAX_SOURCE_LENGTH, MAX_TEMPLATE_LENGTH, MAX_PATTERN_LENGTH]) {
      expect(page).toContain(`${limit.toLocaleString('en')} characters`)
    }
    expect(page).toContain(`${MAX_PATTERN_STEPS.toLocaleString('en')} steps`)
  })
})
