import { expect } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/index.ts'
import { contentHash, parseDocument } from '../../src/document/index.ts'
import { type ImportFlowOptions, importFlow } from '../../src/interchange/index.ts'
import { compile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { type SimulateOptions, simulate } from '../../src/testing/index.ts'
import { validate } from '../../src/validation/index.ts'

interface Ways {
  readonly next?: string
  /** Operator and operand, with where they lead. */
  readonly when?: readonly (readonly [operator: string, operand: string, next: string])[]
  readonly errors?: { readonly [type: string]: string }
}

/** An action of Connect. */
export function action(
  Identifier: string,
  Type: string,
  Parameters: object = {},
  { next, when, errors }: Ways = {},
) {
  const Conditions = (when ?? []).map(([Operator, operand, NextAction]) => ({
    NextAction,
    Condition: { Operator, Operands: [operand] },
  }))
  const Errors = Object.entries(errors ?? {}).map(([ErrorType, NextAction]) => ({ NextAction, ErrorType }))
  return { Identifier, Type, Parameters, Transitions: { NextAction: next, Conditions, Errors } }
}

/** A flow of Connect that begins at the first action. */
export function connect(first: ReturnType<typeof action>, ...others: object[]) {
  return {
    Version: '2019-10-30',
    StartAction: first.Identifier,
    Metadata: { name: 'A test' },
    Actions: [first, ...others],
  }
}

export const say = (name: string, Text: string, next = 'bye') =>
  action(name, 'MessageParticipant', { Text }, { next })
export const bye = action('bye', 'DisconnectParticipant')

/** A flow as it comes in: what it lost, and what validation says of it. */
export function bring(value: unknown, options: ImportFlowOptions = {}) {
  const imported = importFlow(value, { from: 'amazon-connect', ...options })
  if (!imported.ok) throw new Error(JSON.stringify(imported.error))
  const { flow, loss } = imported.value
  const read = parseDocument(JSON.stringify(flow))
  expect(read.ok && contentHash(read.value), 'reads as a document, unchanged').toBe(contentHash(flow))
  const node = (id: string) => flow.nodes.find((each) => each.id === id)
  return {
    flow,
    loss,
    /** Codes and places of the loss. */
    lost: loss.map(({ code, where }) => `${code} ${where}`),
    errors: errorsOf(validate(flow, { nodes: palette })),
    type: (id: string) => node(id)?.type,
    config: (id: string) => node(id)?.config,
    /** Where the outcomes of a node lead. */
    ways: (id: string) =>
      Object.fromEntries(
        flow.connectors.flatMap(({ from, to }) => (from.node === id ? [[from.outcome, to]] : [])),
      ),
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
  return simulate(compile(flow, { nodes: palette }), options)
}
