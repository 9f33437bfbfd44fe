import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/index.ts'
import { parseDocument } from '../../src/document/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { cli, isOneLine } from './helpers.ts'

/*
 * Each file of test/fixtures/broken has one fault, by which it is named; beside it lies what is to be said about it:
 * code, severity, place and the marked characters. `WRITE_EXPECTED=1 npx vitest run test/cli/broken-flows` writes
 * what is said now; read the difference before you keep it.
 */

const FOLDER = fileURLToPath(new URL('../fixtures/broken/', import.meta.url))
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json') && !file.endsWith('.expected.json'))
  .map((file) => file.slice(0, -'.json'.length))

/** What a fixture pins down; wording may change. */
function outline({ code, severity, location: { flow: _flow, ...place } }: Diagnostic): object {
  return { code, severity, ...place }
}

function diagnose(text: string): readonly Diagnostic[] {
  const parsed = parseDocument(text)
  return parsed.ok ? validate(parsed.value, { nodes: palette }) : parsed.error
}

describe.each(names)('%s', (name) => {
  const path = `${FOLDER}${name}.json`
  const text = readFileSync(path, 'utf8')

  it('is told as expected', () => {
    const found = diagnose(text).map(outline)
    const expected = `${FOLDER}${name}.expected.json`
    if (process.env.WRITE_EXPECTED !== undefined) {
      writeFileSync(expected, `[\n${found.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`)
    }
    expect(found).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
    expect(found.length).toBeGreaterThan(0)
  })

  it('gives the command line one line, no stack trace, and an exit code that fits', async () => {
    const run = await cli(['run', path, '--script', '-'], { stdin: '[]' })
    const errors = diagnose(text).filter(({ severity }) => severity === 'error')
    if (errors.length === 0) {
      expect(run).toMatchObject({ code: 0, err: '' })
      return
    }
    expect(isOneLine(run.err), run.err).toBe(true)
    expect(run.code).toBe(parses(text) ? 1 : 2)
  })
})

function parses(text: string): boolean {
  return parseDocument(text).ok
}

it('has files for faults of every kind', () => {
  expect(names.length).toBeGreaterThanOrEqual(40)
})
