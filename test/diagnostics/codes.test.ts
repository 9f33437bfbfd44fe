import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagnosticPages } from '../../scripts/diagnostic-pages.ts'
import { exampleOf } from '../../scripts/diagnostics/examples.ts'
import { REFUSAL_DETAILS } from '../../scripts/diagnostics/refusal-codes.ts'
import { EVALUATION_MENDS, SESSION_CODES } from '../../scripts/diagnostics/running-codes.ts'
import { LIMITS } from '../../src/base/index.ts'
import { EVALUATION_CODES } from '../../src/diagnostics/expression-codes.ts'
import { DIAGNOSTICS } from '../../src/diagnostics/index.ts'
import { CREATE_REFUSALS, EDIT_REFUSALS } from '../../src/editing/index.ts'
import { REFUSALS } from '../../src/interpreter/index.ts'

const ROOT = new URL('../../', import.meta.url)
const FOLDER = new URL('docs/diagnostics/', ROOT)
const pages = diagnosticPages()

/** A page as it lies in the folder. */
function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8')
}

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
    const message = entry.message(exampleOf(code).details!)
    expect(message).toMatch(/\S{2}/)
    expect(message).not.toMatch(/undefined|\[object|NaN/)
    expect(message).not.toContain('\n')
  })

  it.each(
    Object.keys(DIAGNOSTICS)
      .map((code) => [code, exampleOf(code).details!] as const)
      .filter(([, details]) => 'suggestion' in details),
  )('%s ends with what was meant, where that is known', (code, { suggestion, ...details }) => {
    const { message } = DIAGNOSTICS[code]!
    expect(message({ ...details, suggestion: suggestion! })).toContain(`id you mean ${suggestion}?`)
    expect(message(details)).not.toMatch(/did you mean/i)
  })

  it('warns of what runs all the same, and of nothing else', () => {
    const warnings = Object.keys(DIAGNOSTICS).filter((code) => DIAGNOSTICS[code]!.severity === 'warning')
    expect(warnings).toEqual([
      'config.unknownField',
      'connector.unknownSignal',
      'flowOutcome.unused',
      'variable.readBeforeSet',
      'sensitive.leak',
      'action.unknownOutcome',
      'bundle.bidi',
      'bundle.noteScript',
      'bundle.noteLink',
      'bundle.flowMissing',
      'bundle.segmentMissing',
      'bundle.mediaFolderMissing',
    ])
  })
})

describe('docs/diagnostics', () => {
  it.each([...pages])('%s is up to date; tsx scripts/diagnostic-pages.ts writes it', (name, text) => {
    expect(read(name)).toBe(text)
  })

  it('has no other pages', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort())
  })

  it.each(Object.entries(DIAGNOSTICS))('has a page for %s, found in its example', (code, entry) => {
    const { message, severity, fix } = exampleOf(code)
    const page = read(`${code}.md`)
    expect(page).toContain(`# ${code}\n\n${severity === 'error' ? 'Error' : 'Warning'}: “${message}”\n`)
    expect(page).toContain(`- Cause: ${entry.cause}\n- Mend: ${entry.mend}\n\n## Example\n`)
    expect(page.includes(`## Fix\n\n“${fix?.title}”`)).toBe(fix !== undefined)
    expect(read('README.md')).toContain(`[${code}](${code}.md)`)
  })

  it.each(Object.entries(EVALUATION_CODES))('explains %s', (code, meaning) => {
    expect(read('running.md')).toContain(
      `### ${code}\n\n- Cause: ${meaning}\n- Mend: ${EVALUATION_MENDS[code]}`,
    )
  })

  it.each(Object.entries(SESSION_CODES))('explains %s', (code, { cause, mend }) => {
    expect(read('running.md')).toContain(`### ${code}\n\n- Cause: ${cause}\n- Mend: ${mend}`)
  })

  it.each(Object.entries(REFUSALS))('explains %s', (code, meaning) => {
    expect(read('running.md')).toContain(`| \`${code}\` | ${meaning} |`)
  })

  it.each(Object.entries({ ...EDIT_REFUSALS, ...CREATE_REFUSALS }))(
    'explains %s',
    (code, { cause, mend }) => {
      const page = read('editing.md')
      expect(page).toContain(`### ${code}\n\n“`)
      expect(page).toContain(`”\n\n- Cause: ${cause}\n- Mend: ${mend}`)
    },
  )

  it('shows reasons that are whole', () => {
    expect(read('editing.md')).not.toMatch(/undefined|\[object|NaN/)
    expect(Object.keys(REFUSAL_DETAILS).sort()).toEqual(
      Object.keys({ ...EDIT_REFUSALS, ...CREATE_REFUSALS }).sort(),
    )
  })

  it.each(Object.entries(LIMITS))('explains %s', (name, { code, counts }) => {
    expect(read('running.md')).toMatch(
      new RegExp(`\`${code}\` \\| \`${name}\` \\| [\\d,]+ \\| [\\d,]+ \\| ${counts} \\|`),
    )
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

  it('explains every code that a host throws', () => {
    const folder = new URL('src/runtime/host/', ROOT)
    const thrown = readdirSync(folder).flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8')
      return [...source.matchAll(/new SluiceError\(\{\s*code: '([^']+)'/g)].map(([, code]) => code!)
    })
    expect(thrown).toContain('host.workspace')
    expect(thrown.filter((code) => !read('hosting.md').includes(`| \`${code}\` |`))).toEqual([])
  })
})
