import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { parseDocument, serialiseDocument } from '../../src/document/index.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { compile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { missing, readStudio, reason, studioFiles } from './corpora.ts'

/** Errors that a file may bring, by code; none of those at hand does. */
const JUSTIFIED: { readonly [file: string]: readonly string[] } = {}

describe.skipIf(missing)(`flows that strangers drew${reason}`, () => {
  it.each(studioFiles().map((file) => [file]))('%s comes in whole', (file) => {
    const imported = importFlow(readStudio(file))
    if (!imported.ok) throw new Error(JSON.stringify(imported.error))
    const { flow, loss } = imported.value
    const errors = loss.filter(({ severity }) => severity === 'error').map(({ code }) => code)
    expect(errors).toEqual(JUSTIFIED[file] ?? [])
    expect(validate(flow, { nodes: palette, languages: [liquid] })).toEqual([])
    expect(compile(flow, { nodes: palette, languages: [liquid] }).flow).toBe(flow.id)
    const read = parseDocument(serialiseDocument(flow))
    expect(read.ok && serialiseDocument(read.value)).toBe(serialiseDocument(flow))
  })
})
