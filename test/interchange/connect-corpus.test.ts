import { describe, expect, it } from 'vitest'
import { parseDocument, serialiseDocument } from '../../src/document/index.ts'
import { detectFormat, importFlow } from '../../src/interchange/index.ts'
import { compile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { connectFiles, missingConnect, readConnect, reasonConnect } from './corpora.ts'

/** Errors that a file may bring, by code; none of those at hand does. */
const JUSTIFIED: { readonly [file: string]: readonly string[] } = {}

describe.skipIf(missingConnect)(`contact flows that strangers drew${reasonConnect}`, () => {
  it.each(connectFiles().map((file) => [file]))('%s comes in whole', (file) => {
    expect(detectFormat(readConnect(file))?.format).toBe('amazon-connect')
    const imported = importFlow(readConnect(file))
    if (!imported.ok) throw new Error(JSON.stringify(imported.error))
    const { flow, loss } = imported.value
    const errors = loss.filter(({ severity }) => severity === 'error').map(({ code }) => code)
    expect(errors).toEqual(JUSTIFIED[file] ?? [])
    expect(validate(flow, { nodes: palette })).toEqual([])
    expect(compile(flow, { nodes: palette }).flow).toBe(flow.id)
    const read = parseDocument(serialiseDocument(flow))
    expect(read.ok && serialiseDocument(read.value)).toBe(serialiseDocument(flow))
  })
})
