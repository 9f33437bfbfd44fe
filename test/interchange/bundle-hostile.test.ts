import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/index.ts'
import { readBundle } from '../../src/interchange/index.ts'
import { renderNote } from '../../src/notes/index.ts'
import { done, Lab } from '../runtime/lab.ts'
import { nodes } from './bundle-cases.ts'
import { type Expected, GENERATED } from './hostile-bundles.ts'

const FOLDER = new URL('../fixtures/hostile-bundles/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8')
const files = readdirSync(FOLDER)
const names = files.flatMap((file) => /^(.*)\.expected\.json$/.exec(file)?.[1] ?? [])

/** The hostile bundle of a name, from its file or made. */
const bundleOf = (name: string): unknown => GENERATED[name]?.() ?? read(`${name}.json`)

/** Those that take a second and more are left out where every mutant repeats them. */
const tried = names.filter((name) => process.env.EXCHANGE_LARGE !== 'no' || GENERATED[name] === undefined)

const told = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, location }) => ({ code, path: location.path }))

describe('test/fixtures/hostile-bundles', () => {
  it('has an expectation beside every bundle, and a bundle for every expectation', () => {
    const bundles = files.filter((file) => !file.endsWith('.expected.json'))
    expect([...bundles.map((file) => file.replace('.json', '')), ...Object.keys(GENERATED)].sort()).toEqual(
      [...names].sort(),
    )
    for (const name of Object.keys(GENERATED)) expect(existsSync(new URL(`${name}.json`, FOLDER))).toBe(false)
  })

  it.each(tried)('[IO-6] %s', { timeout: 30_000 }, async (name) => {
    const { accepted, diagnostics } = JSON.parse(read(`${name}.expected.json`)) as Expected
    const bundle = bundleOf(name)
    const before = performance.now()
    const result = readBundle(bundle)
    // Refused at once, or after a bounded look: never by running out of memory.
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(result.ok).toBe(accepted)
    expect(told(result.ok ? result.value.warnings : result.error)).toEqual(diagnostics)
    for (const { message } of result.ok ? result.value.warnings : result.error) {
      expect(message.length).toBeLessThan(1_000)
      expect(message).not.toMatch(/undefined|\[object|[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    }

    const lab = new Lab()
    const workspace = lab.open({ nodes })
    await done(workspace, { type: 'createWorkspace', name: 'ACME', policy: 'open' })
    const revision = async () => [await lab.events.list(''), (await workspace.state()).revision]
    const untouched = await revision()
    const outcome = await workspace.importBundle(bundle, { by: 'ada', name: 'Mine', remark: '' })
    expect(outcome.ok).toBe(accepted)
    if (!outcome.ok) expect(outcome.code).toBe('import.unreadable')
    if (!accepted) expect(await revision()).toEqual(untouched)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('what comes in all the same', () => {
  const documentOf = (name: string) => {
    const result = readBundle(bundleOf(name))
    if (!result.ok) throw new Error(result.error[0]!.message)
    return result.value.bundle.flows[0]!.document
  }

  it.each(names.filter((name) => name.endsWith('-in-note')))('[IO-6] %s is text', (name) => {
    const html = renderNote(documentOf(name).notes[0]!.text)
    expect(html).not.toMatch(/<(script|img)|href="(?!https?:)/i)
  })

  it('[IO-6] names and labels say what they show', () => {
    expect(documentOf('right-to-left-name').name).toBe('Refund gpj.exe')
    const { remark, nodes: all, connectors, settings } = documentOf('right-to-left-labels')
    const labels = [all[0]!.label, connectors[0]!.label, settings.outcomes![0]!.label]
    expect([remark, ...labels]).toEqual(['never closed', 'End', 'closed twice', 'ok'])
  })

  it('[IO-6] directions that are well nested stay', () => {
    expect(documentOf('well-nested-directions').name).toMatch(/^\u2067.*\u202aHello\u202c\u2069$/)
  })
})
