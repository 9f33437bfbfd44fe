import { describe, expect, it } from 'vitest'
import { createDiagnostic, formatDiagnostic, formatDiagnostics } from '../../src/diagnostics/index.ts'

describe('createDiagnostic', () => {
  it('takes wording and severity from the table', () => {
    expect(createDiagnostic('outcome.unassigned', { node: 'menu', outcome: '1' }, { outcome: '1' })).toEqual({
      code: 'outcome.unassigned',
      severity: 'error',
      location: { node: 'menu', outcome: '1' },
      message: 'The outcome 1 leads nowhere',
      details: { outcome: '1' },
    })
  })

  it('takes another severity, a fix and related places', () => {
    const extra = {
      severity: 'warning',
      fix: { title: 'Mend', commands: [{ type: 'remove', node: 'a' }] },
      related: [{ node: 'b' }],
    } as const
    expect(createDiagnostic('node.unreachable', { node: 'a' }, {}, extra)).toEqual({
      code: 'node.unreachable',
      location: { node: 'a' },
      message: 'The start node does not lead here',
      details: {},
      ...extra,
    })
  })

  it('throws for a code that is not in the table', () => {
    expect(() => createDiagnostic('no.such', {})).toThrow('The diagnostics table has no entry for no.such')
  })
})

describe('formatDiagnostic', () => {
  it.each([
    ['the flow', { flow: 'f' }, 'error: The flow has no start node [flow.noStart]'],
    ['a node', { node: 'menu' }, 'error menu: The flow has no start node [flow.noStart]'],
    [
      'an outcome',
      { node: 'menu', outcome: '1' },
      'error menu, outcome 1: The flow has no start node [flow.noStart]',
    ],
    [
      'a connector alone',
      { connector: 'c7' },
      'error connector c7: The flow has no start node [flow.noStart]',
    ],
    [
      'a connector of a node',
      { node: 'menu', connector: 'c7' },
      'error menu: The flow has no start node [flow.noStart]',
    ],
    [
      'a path',
      { path: ['settings', 'variables', 0] },
      'error settings.variables.0: The flow has no start node [flow.noStart]',
    ],
    ['an empty path', { path: [] }, 'error: The flow has no start node [flow.noStart]'],
    [
      'characters of a field',
      { node: 'menu', path: ['config', 'prompt'], range: { start: 2, end: 5 } },
      'error menu, config.prompt, at character 3: The flow has no start node [flow.noStart]',
    ],
  ])('names %s', (_, location, line) => {
    expect(formatDiagnostic(createDiagnostic('flow.noStart', location))).toBe(line)
  })
})

describe('formatDiagnostics', () => {
  const error = createDiagnostic('flow.noStart', {})
  const warning = createDiagnostic('flowOutcome.unused', {}, { outcome: 'lost' })

  it('lists errors first and counts both', () => {
    expect(formatDiagnostics([warning, error, error]).split('\n')).toEqual([
      'error: The flow has no start node [flow.noStart]',
      'error: The flow has no start node [flow.noStart]',
      'warning: No end is tagged with the flow outcome lost [flowOutcome.unused]',
      '2 errors, 1 warning',
    ])
  })

  it.each([
    [[], '0 errors, 0 warnings'],
    [[error], '1 error, 0 warnings'],
    [[warning, warning], '0 errors, 2 warnings'],
  ])('counts %#', (diagnostics, line) => {
    expect(formatDiagnostics(diagnostics).split('\n').at(-1)).toBe(line)
  })
})
