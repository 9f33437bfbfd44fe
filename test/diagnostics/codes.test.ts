import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagnosticPage, EXAMPLES, SESSION_CODES } from '../../scripts/diagnostic-pages.ts'
import { LIMITS } from '../../src/base/index.ts'
import { EVALUATION_CODES } from '../../src/diagnostics/expression-codes.ts'
import { DIAGNOSTICS } from '../../src/diagnostics/index.ts'
import { REFUSALS } from '../../src/interpreter/index.ts'

const ROOT = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/diagnostics/README.md', ROOT), 'utf8')

/** The source of the rooms that run sessions. */
function runningCode(): string {
  return ['src/interpreter', 'src/nodes', 'src/palette']
    .flatMap((room) => readdirSync(new URL(room, ROOT)).map((file) => `${room}/${file}`))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, ROOT), 'utf8'))
    .join('\n')
}

describe('the table of diagnostics', () => {
  it.each(Object.entries(DIAGNOSTICS))('%s has severity, wording, cause and mend', (code, entry) => {
    expect(['error', 'warning']).toContain(entry.severity)
    expect(entry.cause).toMatch(/\S{2}.*\.$/s)
    expect(entry.mend).toMatch(/\S{2}.*\.$/s)
    const message = entry.message(EXAMPLES[code]!)
    expect(message).toMatch(/\S{2}/)
    expect(message).not.toMatch(/undefined|\[object|NaN/)
    expect(message).not.toContain('\n')
  })

  it.each(Object.entries(EXAMPLES).filter(([, details]) => 'suggestion' in details))(
    '%s ends with what was meant, where that is known',
    (code, { suggestion, ...details }) => {
      const { message } = DIAGNOSTICS[code]!
      expect(message({ ...details, suggestion: suggestion! })).toContain(`id you mean ${suggestion}?`)
      expect(message(details)).not.toMatch(/did you mean/i)
    },
  )

  it('warns of what runs all the same, and of nothing else', () => {
    const warnings = Object.keys(DIAGNOSTICS).filter((code) => DIAGNOSTICS[code]!.severity === 'warning')
    expect(warnings).toEqual([
      'config.unknownField',
      'connector.unknownSignal',
      'flowOutcome.unused',
      'variable.readBeforeSet',
      'sensitive.leak',
      'action.unknownOutcome',
    ])
  })
})

describe('docs/diagnostics', () => {
  it('is up to date; tsx scripts/diagnostic-pages.ts writes it', () => {
    expect(page).toBe(diagnosticPage())
  })

  it.each(Object.entries(DIAGNOSTICS))('explains %s', (code, { cause, mend, severity }) => {
    expect(page).toContain(`### ${code}\n\n${severity === 'error' ? 'Error' : 'Warning'}: “`)
    expect(page).toContain(`- Cause: ${cause}\n- Mend: ${mend}`)
  })

  it.each(Object.entries(EVALUATION_CODES))('explains %s', (code, meaning) => {
    expect(page).toContain(`### ${code}\n\n${meaning}\n`)
  })

  it.each(Object.entries(REFUSALS))('explains %s', (code, meaning) => {
    expect(page).toContain(`| \`${code}\` | ${meaning} |`)
  })

  it.each(Object.entries(LIMITS))('explains %s', (name, { code, counts }) => {
    expect(page).toMatch(new RegExp(`\`${code}\` \\| \`${name}\` \\| [\\d,]+ \\| [\\d,]+ \\| ${counts} \\|`))
  })

  it('has an example for no code that is gone', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(DIAGNOSTICS).sort())
  })

  it('explains every code with which a node can fail', () => {
    const thrown = [...runningCode().matchAll(/new NodeFault\(\s*'([a-z]+\.\w+)'/g)].map(([, code]) => code!)
    const returned = [...runningCode().matchAll(/code: '(node\.\w+)'/g)].map(([, code]) => code!)
    const explained = new Set([
      ...Object.keys(SESSION_CODES),
      ...Object.keys(EVALUATION_CODES),
      ...Object.values(LIMITS).map(({ code }) => code),
    ])
    const codes = [...new Set([...thrown, ...returned])]
    expect(codes.length).toBeGreaterThan(10)
    expect(codes.filter((code) => !explained.has(code))).toEqual([])
    expect(Object.keys(SESSION_CODES).filter((code) => !codes.includes(code))).toEqual([])
  })
})
