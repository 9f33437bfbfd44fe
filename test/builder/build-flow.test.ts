import { describe, expect, it } from 'vitest'
import { BuildError, createBuilder, renderCode } from '../../src/builder/index.ts'
import { parseDocument, serialiseDocument } from '../../src/document/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'

const { buildFlow, tryBuildFlow } = createBuilder({ nodes: palette })

/** What JavaScript may pass, which no compiler has seen. */
const unseen = tryBuildFlow as (flow: unknown) => ReturnType<typeof tryBuildFlow>

describe('buildFlow', () => {
  it('gives the document that JSON would', () => {
    const built = buildFlow({
      id: 'hello',
      settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
      nodes: {
        start: { type: 'start', to: { next: 'say' }, position: { x: 0, y: 0 } },
        say: {
          type: 'send-message',
          label: 'Greeting',
          config: { prompt: 'Hello' },
          to: { next: { to: 'end', label: 'and out', id: 'c1', meta: { a: 1 } }, 'on:error': 'end' },
          onEnter: [{ log: 'book', fields: {} }],
          meta: { by: 'us' },
        },
        end: { type: 'end', config: { outcome: 'done' } },
        old: { unchecked: 'acme-old@3', config: { a: [1] }, to: { out: {} } },
      },
      connectors: [{ from: { node: 'gone', outcome: 'x' }, to: 'say' }],
      notes: [{ id: 'n', text: 'A note', node: 'say' }],
    })
    const parsed = parseDocument({
      schema: 1,
      id: 'hello',
      settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
      nodes: [
        { id: 'start', type: 'start@1', position: { x: 0, y: 0 } },
        {
          id: 'say',
          type: 'send-message@1',
          label: 'Greeting',
          config: { prompt: 'Hello' },
          onEnter: [{ log: 'book', fields: {} }],
          meta: { by: 'us' },
        },
        { id: 'end', type: 'end@1', config: { outcome: 'done' } },
        { id: 'old', type: 'acme-old@3', config: { a: [1] } },
      ],
      connectors: [
        { from: { node: 'start', outcome: 'next' }, to: 'say' },
        { id: 'c1', from: { node: 'say', outcome: 'next' }, to: 'end', label: 'and out', meta: { a: 1 } },
        { from: { node: 'say', outcome: 'on:error' }, to: 'end' },
        { from: { node: 'old', outcome: 'out' } },
        { from: { node: 'gone', outcome: 'x' }, to: 'say' },
      ],
      notes: [{ id: 'n', text: 'A note', node: 'say' }],
    })
    expect(parsed.ok && serialiseDocument(parsed.value)).toBe(serialiseDocument(built))
  })

  it('leaves it to validation whether a flow may run', () => {
    const built = buildFlow({ id: 'bare', nodes: { start: { type: 'start' } } })
    expect(validate(built, { nodes: palette }).map(({ code }) => code)).toContain('flow.empty')
  })

  it('throws what no document can hold, with every fault', () => {
    const build = () => buildFlow({ id: '', nodes: { 'a-b': { type: 'start' } } })
    expect(build).toThrow(BuildError)
    expect(build).toThrow(/\[build\.noDocument\]\. Mend what/)
    const built = tryBuildFlow({ id: '', nodes: { 'a-b': { type: 'start' } } })
    expect(built.ok ? [] : built.error.map(({ code }) => code)).toEqual(['document.shape', 'document.shape'])
  })

  it.each([
    [undefined],
    [null],
    ['{"schema":1}'],
    [[]],
    [{}],
    [{ id: 'x', nodes: { a: 7 } }],
    [{ id: 'x', nodes: { a: { type: 7 } } }],
    [{ id: 'x', nodes: { a: { type: 'start', to: 'b' } } }],
    [{ id: 'x', nodes: { a: { type: 'start', to: { next: 7 } } } }],
    [{ id: 'x', nodes: { a: { type: 'start', lable: 'x' } } }],
    [{ id: 'x', nodes: {}, connectors: 7 }],
    [{ id: 'x', nodes: {}, settings: { variables: () => {} } }],
  ])('never throws anything else: %j', (flow) => {
    expect(unseen(flow).ok).toBe(false)
  })

  it('asks for node types', () => {
    const make = createBuilder as (options?: unknown) => unknown
    expect(() => make()).toThrow('build.nodes')
    expect(() => make({ nodes: 7 })).toThrow('build.nodes')
    const render = renderCode as (document: unknown, options?: unknown) => unknown
    expect(() => render({})).toThrow('build.nodes')
  })
})
