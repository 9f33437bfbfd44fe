import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { moduleFault } from '../../src/cli/module-fault.ts'
import { parseDocument, serialiseDocument } from '../../src/document/index.ts'
import { ROOT } from '../support/snippets.ts'
import { SUPPORT } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const STUDIO = join(ROOT, 'examples/studio/feedback.json')
const BIN = join(ROOT, 'src/cli/bin.ts')
const folder = mkdtempSync(join(tmpdir(), 'sluice-code-'))

/** Writes a module and returns its path. */
function module(source: string, name: string): string {
  const path = join(folder, name)
  writeFileSync(path, source)
  return path
}

/** Canonical bytes of a document, of its JSON text. */
function bytesOf(json: string): string {
  const parsed = parseDocument(json)
  if (!parsed.ok) throw new Error(parsed.error[0]!.message)
  return serialiseDocument(parsed.value)
}

/** Runs the real command as a process of its own, where modules find the package. */
function bin(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', BIN, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('sluice code', () => {
  it('prints a flow as a module', async () => {
    const { code, out, err } = await cli(['code', SUPPORT])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^import \{ createBuilder \} from 'sluice\/builder'\n/)
    expect(out).toContain("    welcome: {\n      type: 'send-message',\n")
  })

  it('prints a flow that an importer reads, and tells of what was lost', async () => {
    const { code, out } = await cli(['code', STUDIO])
    expect(code).toBe(0)
    expect(out).toContain('export default buildFlow({')
  })

  it('writes to a file, never to the one that was read', async () => {
    const target = join(folder, 'written.mjs')
    expect(await cli(['code', SUPPORT, '-o', target])).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(target, 'utf8')).toBe((await cli(['code', SUPPORT])).out)
    const result = await cli(['code', SUPPORT, '-o', SUPPORT])
    expect(result.err).toContain('[file.sameAsInput]')
  })

  it('is undone by sluice build, to the byte', () => {
    for (const flow of [SUPPORT, STUDIO]) {
      const name = `round-${flow.length}.mjs`
      const code = bin('code', flow)
      const built = bin('build', module(code.stdout, name))
      expect(built).toMatchObject({ status: 0, stderr: '' })
      expect(bytesOf(built.stdout)).toBe(bytesOf(bin('import', flow).stdout))
    }
  })
})

describe('sluice build', () => {
  it('prints the document that a module exports, in canonical order', async () => {
    const { code, out, err } = await cli(['build', 'examples/reminder/flow.mjs'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.stringify(JSON.parse(out))).toBe(bytesOf(out))
    expect(await cli(['validate', '-'], { stdin: out })).toMatchObject({
      code: 0,
      out: '0 errors, 0 warnings\n',
    })
  })

  it('takes any module whose default export is a document', async () => {
    const path = module("export default { schema: 1, id: 'plain', nodes: [] }", 'plain.mjs')
    expect((await cli(['build', path])).out).toContain('"id": "plain"')
  })

  it.each([
    ['a file that is not there', () => 'nowhere.mjs', 'file.missing'],
    ['standard input', () => '-', 'build.standardInput'],
    ['a folder', () => folder, 'file.directory'],
    [
      'a module without a default export',
      () => module('export const a = 1', 'none.mjs'),
      'build.noDefaultExport',
    ],
    [
      'a default export that is a text',
      () => module("export default '{}'", 'text.mjs'),
      'build.noDefaultExport',
    ],
    [
      'a default export that is a promise',
      () => module('export default Promise.resolve({})', 'promise.mjs'),
      'build.noDefaultExport',
    ],
    [
      'a default export of another shape',
      () => module('export default { schema: 1 }', 'shape.mjs'),
      'document.shape',
    ],
    ['a module that throws', () => module("throw new Error('no\\nstack')", 'throws.mjs'), 'build.threw'],
    [
      'a module that throws what has no text',
      () => module('throw Object.create(null)', 'bare.mjs'),
      'build.threw',
    ],
    ['a module that throws nothing', () => module('throw undefined', 'nothing.mjs'), 'build.threw'],
    [
      'an import that leads nowhere',
      () => module("import './gone.mjs'", 'gone-import.mjs'),
      'build.missingImport',
    ],
  ])('refuses %s in one line, with exit code 2', async (_, path, code) => {
    const result = await cli(['build', path()])
    expect(result.err).toContain(`[${code}`)
    expect(isOneLine(result.err), result.err).toBe(true)
    expect(result).toMatchObject({ code: 2, out: '' })
  })

  it('says so where a module never comes to its end', () => {
    const path = module('await new Promise(() => {}); export default {}', 'stuck.mjs')
    expect(bin('build', path)).toEqual({
      status: 2,
      stdout: '',
      stderr: `error: ${path} awaits something that never comes [build.neverEnds]. Correct the await at its top level.\n`,
    })
  })

  it('passes on what the builder refuses', () => {
    const source = `import { createBuilder } from 'sluice/builder'
export default createBuilder({ nodes: [] }).buildFlow({ id: 'x', nodes: { 'a-b': { type: 'start' } } })`
    const { status, stderr } = bin('build', module(source, 'refused.mjs'))
    expect(status).toBe(2)
    expect(stderr).toContain('[build.noDocument]')
    expect(isOneLine(stderr), stderr).toBe(true)
  })

  const told = (code: string, message: string) =>
    moduleFault('flow.ts', Object.assign(new Error(message), { code })).message

  it('says what to do where this version of Node runs no TypeScript', () => {
    expect(told('ERR_UNKNOWN_FILE_EXTENSION', 'Unknown file extension ".ts"')).toBe(
      'flow.ts is TypeScript, which this version of Node does not run [build.noTypeScript]. ' +
        'Take Node 22.18 or later, or rename the file to .mjs: code that sluice prints is JavaScript too.',
    )
  })

  it.each(['ERR_IMPORT_ATTRIBUTE_MISSING', 'ERR_IMPORT_ASSERTION_TYPE_MISSING'])(
    'knows JSON when it meets it, by %s',
    (code) => {
      expect(told(code, 'needs an import attribute')).toContain('is JSON [build.noModule]')
    },
  )

  it('shows one bounded line of what a module says', () => {
    const { message } = moduleFault('flow.mjs', new Error(`\u001b[31m${'x'.repeat(9_999)}\nat secret`))
    expect(message.length).toBeLessThan(350)
    for (const hidden of ['\u001b', '\n', 'secret']) expect(message).not.toContain(hidden)
  })
})
