import { expect } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import type { Diagnostic } from '../../src/diagnostics/index.ts'
import { contentHash, parseDocument } from '../../src/document/index.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { compile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { type SimulateOptions, simulate } from '../../src/testing/index.ts'
import { validate } from '../../src/validation/index.ts'

export type Way = readonly [event: string, next?: string | undefined, conditions?: readonly object[]]

/** A widget of Studio. */
export function widget(name: string, type: string, properties: object, ...ways: Way[]) {
  const transitions = ways.map(([event, next, conditions]) => ({
    event,
    next,
    ...(conditions === undefined ? {} : { conditions }),
  }))
  return { name, type, properties, transitions }
}

/** A flow of Studio that begins with a call. */
export function studio(first: string, ...widgets: object[]) {
  const trigger = widget('Trigger', 'trigger', {}, ['incomingMessage'], ['incomingCall', first])
  return { description: 'A test', initial_state: 'Trigger', states: [trigger, ...widgets] }
}

export const say = (name: string, text: string, next?: string) =>
  widget(name, 'say-play', { say: text }, ['audioComplete', next])

/** A flow as it comes in: what it lost, and what validation says of it with Liquid plugged in. */
export function bring(value: unknown) {
  const imported = importFlow(value)
  if (!imported.ok) throw new Error(JSON.stringify(imported.error))
  const { flow, loss } = imported.value
  const read = parseDocument(JSON.stringify(flow))
  expect(read.ok && contentHash(read.value), 'reads as a document, unchanged').toBe(contentHash(flow))
  return {
    flow,
    loss,
    /** Codes and places of the loss. */
    lost: loss.map(({ code, where }) => `${code} ${where}`),
    errors: errorsOf(validate(flow, { nodes: palette, languages: [liquid] })),
    config: (id: string) => flow.nodes.find((node) => node.id === id)?.config,
  }
}

function errorsOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, location }) => `${location.node}: ${code}`)
}

export function play(value: unknown, options: SimulateOptions = {}) {
  const { flow, errors } = bring(value)
  expect(errors).toEqual([])
  return simulate(compile(flow, { nodes: palette, languages: [liquid] }), options)
}
