import { describe, expect, it } from 'vitest'
import type { FlowDocument, JsonObject } from '../../src/index.ts'
import { isOptional, type NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { paletteType } from '../palette/node-fixtures.ts'
import { type FlowSpec, flow, node } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { around, codes, findings, findingsOf, goodFlow } from './find.ts'

function withoutStart(spec: FlowSpec, types: readonly NodeType[] = []): FlowDocument {
  const document = flow(spec, types)
  return { ...document, nodes: document.nodes.filter(({ id }) => id !== 'start') }
}

describe('an incomplete flow', () => {
  it('[VAL-2] without a start is an error', () => {
    expect(findings(withoutStart(goodFlow({ connect: ['hello -> done'] })))).toEqual([
      { code: 'flow.noStart', severity: 'error', location: {}, details: {} },
    ])
  })

  it('[VAL-2] with a start of a host’s own is none', () => {
    const begin = nodeType({ type: 'begin', outcomes: () => ['next'] }, { place: 'start' })
    const spec = goodFlow({ nodes: { begin: node('begin') }, connect: ['begin -> hello', 'hello -> done'] })
    expect(codes(withoutStart(spec, [begin]), { types: [begin] })).toEqual([])
  })

  it('[VAL-2] with nothing after the start is an error', () => {
    const found = findingsOf('flow.empty', goodFlow({ connect: ['hello -> done'] }))
    expect(found).toEqual([
      { code: 'flow.empty', severity: 'error', location: { node: 'start' }, details: {} },
    ])
  })

  it('[VAL-2] whose start has a loose connector alone is empty', () => {
    expect(codes(goodFlow({ connect: ['start', 'hello -> done'] }))).toContain('flow.empty')
  })

  it('[VAL-2] without an end is an error', () => {
    const spec = {
      nodes: { ask: node('delay', { duration: '1s' }) },
      connect: ['start -> ask', 'ask:done -> ask'],
    }
    expect(findingsOf('flow.noEndReachable', spec)).toEqual([
      { code: 'flow.noEndReachable', severity: 'error', location: {}, details: {} },
    ])
  })

  it('[VAL-2] with an end that nothing leads to is an error', () => {
    const spec = goodFlow({
      nodes: { pause: node('delay', { duration: '1s' }) },
      connect: ['start -> pause', 'pause:done -> pause', 'hello -> done'],
    })
    expect(codes(spec)).toContain('flow.noEndReachable')
  })

  it('[VAL-2] is complete when one path leads to an end', () => {
    const spec = goodFlow({
      nodes: {
        pick: node('branch', { rules: [{ outcome: 'a', condition: 'true' }] }),
        pause: node('delay', { duration: '1s' }),
      },
      connect: [
        'start -> pick',
        'pick:a -> hello',
        'pick:else -> pause',
        'pause:done -> pause',
        'hello -> done',
      ],
    })
    expect(codes(spec)).toEqual(['node.noWayToEnd'])
  })
})

describe('a mandatory parameter', () => {
  const needed = palette.flatMap(({ runtime: { type } }) =>
    Object.entries(paletteType(type).fields)
      .filter(([, field]) => !isOptional(field))
      .map(([name, field]) => [type, name, field.label!] as const),
  )

  it.each(needed)('[VAL-3] of %s, %s, is an error when it is missing', (type, name, label) => {
    const code = type === 'end' ? 'end.untagged' : 'config.missing'
    const spec =
      type === 'end'
        ? goodFlow({ nodes: { done: node('end') }, settings: { outcomes: [] } })
        : around(node(type))
    const [found] = findingsOf(code, spec).filter(({ location }) => location.path?.[1] === name)
    expect(found).toEqual({
      code,
      severity: 'error',
      location: { node: type === 'end' ? 'done' : 'it', path: ['config', name] },
      details: type === 'end' ? {} : { field: label, type },
    })
  })

  it.each([[''], [null]])('[VAL-3] that is %j counts as missing', (prompt) => {
    expect(codes(around(node('send-message', { prompt })))).toEqual(['config.missing'])
  })

  it('[VAL-3] that is an empty list counts as missing', () => {
    expect(codes(around(node('set-variables', { assignments: [] })))).toEqual(['config.missing'])
  })

  it('[VAL-3] inside of a list is named by its path', () => {
    const rules = [{ outcome: 'a', condition: 'true' }, { outcome: 'b' }]
    expect(findings(around(node('branch', { rules })))).toEqual([
      {
        code: 'config.missing',
        severity: 'error',
        location: { node: 'it', path: ['config', 'rules', 1, 'condition'] },
        details: { field: 'rules.1.condition', type: 'branch' },
      },
    ])
  })

  it('[VAL-3] with a default may be left out', () => {
    expect(codes(around(node('http-request', { url: 'https://example.com' })))).toEqual([])
  })

  it.each<[string, JsonObject]>([
    [
      'http-request',
      { url: 'https://example.com', method: '', timeout: null, attempts: '', headers: null, body: '' },
    ],
    [
      'collect-input',
      { prompt: '?', variable: '', pattern: '', retryPrompt: '', timeout: '', minLength: null },
    ],
    ['branch', { rules: [{ outcome: 'a', condition: 'true' }], default: null }],
    ['delay', { duration: '1s', until: '' }],
    ['start', { trigger: '', channel: null, data: [] }],
  ])('[VAL-3] that %s does not need may be blank', (type, config) => {
    const spec =
      type === 'start' ? goodFlow({ nodes: { start: node('start', config) } }) : around(node(type, config))
    expect(codes(spec)).toEqual([])
  })

  it.each<[string, JsonObject, (string | number)[], string, string]>([
    [
      'a number for a text',
      { prompt: 5 },
      ['prompt'],
      'a text, or a prompt with text, speech, audio and media',
      '5',
    ],
    [
      'a list for a prompt',
      { prompt: ['a'] },
      ['prompt'],
      'a text, or a prompt with text, speech, audio and media',
      'a list of 1',
    ],
    ['a text for a number', { prompt: '?', retries: '1' }, ['retries'], 'a number', '"1"'],
    ['a fraction for a whole number', { prompt: '?', retries: 1.5 }, ['retries'], 'a whole number', '1.5'],
    ['a number below the smallest', { prompt: '?', retries: -1 }, ['retries'], 'at least 0', '-1'],
    ['a number above the largest', { prompt: '?', retries: 10 }, ['retries'], 'at most 9', '10'],
    [
      'a text for true or false',
      { prompt: '?', countFailures: 'yes' },
      ['countFailures'],
      'true or false',
      '"yes"',
    ],
    [
      'a word that is not offered',
      { prompt: '?', accept: 'email' },
      ['accept'],
      'one of text, number, date, digits',
      '"email"',
    ],
    [
      'a number for a duration',
      { prompt: '?', timeout: 10 },
      ['timeout'],
      'a duration such as 10s, 5m or 1h30m, at most 366d',
      '10',
    ],
    [
      'a span that is too long',
      { prompt: '?', timeout: '367d' },
      ['timeout'],
      'a duration such as 10s, 5m or 1h30m, at most 366d',
      '"367d"',
    ],
    ['a number for a variable', { prompt: '?', variable: 7 }, ['variable'], 'the name of a variable', '7'],
    [
      'a number for a pattern',
      { prompt: '?', pattern: 7 },
      ['pattern'],
      'a pattern of at most 1,000 characters',
      '7',
    ],
  ])('[VAL-3] of the wrong type is an error that names the field: %s', (_, config, path, expected, got) => {
    const [found] = findingsOf('config.wrongType', around(node('collect-input', config)))
    expect(found).toMatchObject({
      severity: 'error',
      location: { node: 'it', path: ['config', ...path] },
      details: { type: 'collect-input', expected, got },
    })
  })

  it('[VAL-3] of the right type at its bounds is no error', () => {
    expect(codes(around(node('collect-input', { prompt: '?', retries: 9, timeout: '366d' })))).toEqual([])
    expect(codes(around(node('collect-input', { prompt: '?', retries: 0, timeout: '0s' })))).toEqual([])
  })

  it('[VAL-3] that is a pattern is an error where it cannot be read', () => {
    expect(findings(around(node('collect-input', { prompt: '?', pattern: '(' })))).toEqual([
      {
        code: 'expression.pattern',
        severity: 'error',
        location: { node: 'it', path: ['config', 'pattern'] },
        details: { pattern: '(', problem: 'error parsing regexp: missing closing ): `(`' },
      },
    ])
  })

  it('[VAL-3] that no field has is a warning, with the field that was meant', () => {
    expect(findings(around(node('send-message', { prompt: 'Hello', chanel: 'sms', zzzzzzzz: 1 })))).toEqual([
      {
        code: 'config.unknownField',
        severity: 'warning',
        location: { node: 'it', path: ['config', 'chanel'] },
        details: { field: 'chanel', suggestion: 'channel', type: 'send-message' },
      },
      {
        code: 'config.unknownField',
        severity: 'warning',
        location: { node: 'it', path: ['config', 'zzzzzzzz'] },
        details: { field: 'zzzzzzzz', type: 'send-message' },
      },
    ])
  })

  it('[VAL-3] that a delay needs is one of two, and not both', () => {
    expect(findings(around(node('delay')))).toEqual([
      {
        code: 'config.missing',
        severity: 'error',
        location: { node: 'it', path: ['config', 'duration'] },
        details: { field: 'For' },
      },
    ])
    expect(findings(around(node('delay', { duration: '1s', until: 'now' })))).toEqual([
      {
        code: 'config.wrongType',
        severity: 'error',
        location: { node: 'it', path: ['config', 'until'] },
        details: { field: 'Until', expected: 'empty where a span is given', got: 'both' },
      },
    ])
    expect(codes(around(node('delay', { until: 'now' })))).toEqual([])
  })
})

describe('a node type that is not there', () => {
  it('is an error that names the one that was meant', () => {
    const spec = goodFlow({ nodes: { hello: { type: 'send-mesage@1' } } })
    expect(findingsOf('node.unknownType', spec)).toEqual([
      {
        code: 'node.unknownType',
        severity: 'error',
        location: { node: 'hello', path: ['type'] },
        details: { type: 'send-mesage@1', suggestion: 'send-message@1' },
      },
    ])
  })

  it('is an error also where only the major is not there', () => {
    const [found] = findingsOf('node.unknownType', goodFlow({ nodes: { hello: { type: 'send-message@7' } } }))
    expect(found!.details).toEqual({ type: 'send-message@7', suggestion: 'send-message@1' })
  })

  it('hides nothing else: neither config nor outcomes of it are judged', () => {
    const hello = { type: 'wholly.new@1', config: { anything: 'x' } }
    expect(findings(goodFlow({ nodes: { hello } }))).toEqual([
      {
        code: 'node.unknownType',
        severity: 'error',
        location: { node: 'hello', path: ['type'] },
        details: { type: 'wholly.new@1' },
      },
    ])
  })
})
