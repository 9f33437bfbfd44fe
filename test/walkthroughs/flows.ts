import { readFileSync } from 'node:fs'
import type { Medium } from '../../src/document/flow-document.ts'
import { createFlow } from '../../src/editing/index.ts'
import type { FlowDocument, JsonObject } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { end, type FlowSpec, flow, node, say } from '../support/flow.ts'

/** The support flow of the examples. */
export function supportFlow(): FlowDocument {
  return JSON.parse(readFileSync(new URL('../../examples/support/support.json', import.meta.url), 'utf8'))
}

/** A flow made of a template of the library, under an id that tests can name. */
export function fromTemplate(template: string, id: string): FlowDocument {
  const created = createFlow({ from: 'template', template }, { nodes: palette, ids: { next: () => id } })
  if (!created.ok) throw new Error(created.error.reason)
  return created.value
}

/** A small flow that is started as the config says, says one thing, and ends. */
export function greeting(
  id: string,
  trigger: JsonObject,
  { medium = 'any', text = 'Hello.', ...spec }: Partial<FlowSpec> & { medium?: Medium; text?: string } = {},
): FlowDocument {
  const nodes = { start: node('start', trigger), hello: say(text), done: end('done'), ...spec.nodes }
  const connect = spec.connect ?? ['start -> hello', 'hello -> done']
  return { ...flow({ ...spec, id, nodes, connect }), medium }
}

/** What callers are led to when their flow has failed. */
export function apology(id = 'apology'): FlowDocument {
  return greeting(id, {}, { role: 'exception', text: 'Something went wrong.' })
}
