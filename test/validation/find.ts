import type { Diagnostic, FlowDocument } from '../../src/index.ts'
import type { NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { type ValidateOptions, validate } from '../../src/validation/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { end, type FlowSpec, flow, type NodeSpec, say } from '../support/flow.ts'

export interface FindOptions extends Partial<Omit<ValidateOptions, 'nodes'>> {
  /** Node types beside the palette. */
  readonly types?: readonly NodeType[]
}

/** Everything that validation finds in a flow, which stays as it is. */
export function find(
  given: FlowSpec | FlowDocument,
  { types = [], ...options }: FindOptions = {},
): Diagnostic[] {
  const document = 'connect' in given ? flow(given, types) : given
  return validate(deepFreeze(document), { nodes: [...palette, ...types], ...options })
}

/** What is found with its fix, without the wording and the id of the flow. */
export function findingsWithFix(given: FlowSpec | FlowDocument, options?: FindOptions) {
  return find(given, options).map(
    ({ message: _message, location: { flow: _flow, ...location }, ...rest }) => ({
      ...rest,
      location,
    }),
  )
}

/** What is found, without fixes, the wording and the id of the flow. */
export function findings(given: FlowSpec | FlowDocument, options?: FindOptions) {
  return findingsWithFix(given, options).map(({ fix: _fix, ...rest }) => rest)
}

/** What is found under one code. */
export function findingsOf(code: string, given: FlowSpec | FlowDocument, options?: FindOptions) {
  return findings(given, options).filter((each) => each.code === code)
}

/** What is found under one code, with its fix. */
export function fixedFindingsOf(code: string, given: FlowSpec | FlowDocument, options?: FindOptions) {
  return findingsWithFix(given, options).filter((each) => each.code === code)
}

export function codes(given: FlowSpec | FlowDocument, options?: FindOptions): string[] {
  return find(given, options).map(({ code }) => code)
}

/** `start -> hello -> done`, with nothing wrong; what is given replaces or adds to it. */
export function goodFlow({ nodes = {}, ...rest }: Partial<FlowSpec> = {}): FlowSpec {
  return {
    nodes: { hello: say('Hello'), done: end('ok'), ...nodes },
    connect: ['start -> hello', 'hello -> done'],
    ...rest,
  }
}

/** `start -> it -> done`: one node in question, all of its outcomes led to the end. */
export function around(it: NodeSpec, rest: Partial<FlowSpec> = {}): FlowSpec {
  const { nodes = {}, connect = [], ...others } = rest
  return {
    nodes: { it, done: end('ok'), ...nodes },
    connect: connect.some((each) => each.startsWith('start')) ? connect : ['start -> it', ...connect],
    otherwise: 'done',
    ...others,
  }
}
