import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { analyse, type Facet, RULES } from '../../src/validation/index.ts'
import { ask, flow, node, say } from '../support/flow.ts'
import { around, codes, find, goodFlow } from './find.ts'

const SUPPORT = new URL('../../examples/support/support.json', import.meta.url)

function supportFlow() {
  const read = parseDocument(readFileSync(SUPPORT, 'utf8'))
  if (!read.ok) throw new Error(read.error[0]!.message)
  return read.value
}

describe('what validation returns', () => {
  it('[VAL-1] is an empty list for a flow with nothing wrong', () => {
    expect(find(goodFlow())).toEqual([])
  })

  it('[VAL-1] is an empty list for the support flow', () => {
    expect(find(supportFlow())).toEqual([])
  })

  it('[VAL-1] is plain data: code, severity, location, message and details', () => {
    const found = find(goodFlow({ connect: ['start -> hello'] }))
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
    expect(found[0]).toEqual({
      code: 'outcome.unassigned',
      severity: 'error',
      location: { flow: 'main', node: 'hello', outcome: 'next' },
      message: 'The outcome next leads nowhere',
      details: { outcome: 'next' },
      fix: {
        title: 'Connect to done',
        commands: [{ type: 'connect', from: { node: 'hello', outcome: 'next' }, to: 'done' }],
      },
    })
  })

  it('[VAL-1] names the flow in every location', () => {
    const found = find(goodFlow({ id: 'other', connect: [] }))
    expect(found.length).toBeGreaterThan(3)
    expect(found.map(({ location }) => location.flow)).toEqual(found.map(() => 'other'))
  })

  it('[VAL-1] names the connector', () => {
    const [found] = find(goodFlow({ connect: ['start -> hello', 'hello -> gone'] }))
    expect(found!.location).toEqual({ flow: 'main', node: 'hello', outcome: 'next', connector: 'hello:next' })
  })

  it('[VAL-1] names the path to the field', () => {
    const [found] = find(around(node('menu', { prompt: '?', options: [{ value: '1' }, {}] })))
    expect(found!.location).toEqual({ flow: 'main', node: 'it', path: ['config', 'options', 1, 'value'] })
  })

  it('[VAL-1] names the characters of a text', () => {
    const [found] = find(goodFlow({ nodes: { hello: say('Dear {{nobody}}') } }))
    expect(found!.location).toEqual({
      flow: 'main',
      node: 'hello',
      path: ['config', 'prompt'],
      range: { start: 7, end: 13 },
    })
  })

  it('[VAL-1] names the setting where no node is to blame', () => {
    const [found] = find(goodFlow({ variables: [{ name: 'item', type: 'text' }] }))
    expect(found!.location).toEqual({ flow: 'main', path: ['settings', 'variables', 0, 'name'] })
  })

  it('[VAL-1] warns, and does not fail, where a flow can run all the same', () => {
    const found = find(
      goodFlow({ nodes: { hello: node('send-message', { prompt: 'Hello', chanel: 'sms' }) } }),
    )
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['config.unknownField', 'warning']])
  })

  it('finds everything at once, rule by rule', () => {
    const broken = goodFlow({
      nodes: { hello: say(''), lost: ask('') },
      variables: [{ name: 'now', type: 'text' }],
      connect: ['start -> hello', 'hello -> done'],
    })
    expect(codes(broken)).toEqual([
      'variable.reserved',
      'config.missing',
      'config.missing',
      'outcome.unassigned',
      'node.unreachable',
      'node.noWayToEnd',
    ])
  })
})

describe('rules', () => {
  it('have a name each', () => {
    const names = RULES.map(({ name }) => name)
    expect([...new Set(names)]).toEqual(names)
    expect(names).toEqual(names.filter((name) => /^[a-z]+(-[a-z]+)*$/.test(name)))
  })

  it('say what they read', () => {
    const perNode: Facet[] = ['node', 'sources', 'connectors', 'targets', 'definite', 'reach']
    const ofFlow: Facet[] = [
      ...(['types', 'outcomes', 'waits', 'ends', 'tags', 'graph', 'strays', 'scope', 'settings'] as const),
      ...(['ids', 'wayOut'] as const),
    ]
    const facets = [...perNode, ...ofFlow]
    for (const rule of RULES) {
      const reads = [...rule.reads, ...(rule.scope === 'node' ? (rule.words ?? []) : [])]
      expect(reads.length).toBeGreaterThan(0)
      expect(reads.filter((facet) => !facets.includes(facet))).toEqual([])
      expect([...new Set(reads)]).toEqual(reads)
    }
  })

  it.each(RULES.map((rule) => [rule.name, rule] as const))(
    '%s reports nothing for the support flow',
    (_, rule) => {
      const analysis = analyse(supportFlow(), { nodes: palette })
      const reported: string[] = []
      const report = (code: string) => {
        reported.push(code)
      }
      if (rule.scope === 'flow') rule.check(analysis, report, {})
      else for (const facts of analysis.nodes) rule.check(facts, analysis, report, {})
      expect(reported).toEqual([])
    },
  )
})

describe('analyse', () => {
  const analysis = analyse(
    flow(around(ask('?', { variable: 'name' }), { variables: [{ name: 'name', type: 'text' }] })),
    { nodes: palette },
  )

  it('lists nodes in the order of their ids, with their types', () => {
    expect(analysis.nodes.map(({ node: { id }, index, type }) => [id, index, type?.title])).toEqual([
      ['done', 0, 'End'],
      ['it', 1, 'Collect input'],
      ['start', 2, 'Start'],
    ])
    expect(analysis.starts).toEqual([analysis.nodes[2]])
  })

  it('fills in defaults and knows the outcomes that follow', () => {
    expect(analysis.nodes[1]!.config).toEqual({
      prompt: '?',
      variable: 'name',
      accept: 'text',
      retries: 0,
      countFailures: false,
    })
    expect(analysis.nodes[1]!.outcomes).toEqual(['valid'])
  })

  it('finds the connectors that leave a node, by outcome', () => {
    expect([...analysis.nodes[1]!.connectors]).toEqual([
      ['valid', { id: 'it:valid', from: { node: 'it', outcome: 'valid' }, to: 'done' }],
    ])
    expect(analysis.nodes[0]!.connectors.size).toBe(0)
  })
})
