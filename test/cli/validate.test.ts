import { expect, it } from 'vitest'
import { chain, file, SUPPORT } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const BROKEN = chain({
  id: 'say',
  type: 'send-message@1',
  config: { prompt: 'Hello {{contct.name}}' },
  outcomes: ['next'],
})

it('says that a sound flow is sound', async () => {
  expect(await cli(['validate', SUPPORT])).toMatchObject({ code: 0, out: '0 errors, 0 warnings\n', err: '' })
  expect(await cli(['validate', SUPPORT, '--json'])).toMatchObject({ code: 0, out: '[]\n', err: '' })
})

it('prints errors and warnings, one a line, and ends with exit code 1', async () => {
  const { code, out, err } = await cli(['validate', file(BROKEN)])
  expect({ code, err }).toEqual({ code: 1, err: '' })
  expect(out.split('\n')[0]).toMatch(
    /^error say, config\.prompt, at character \d+: .*contct.* \[expression\.unknownName\]$/,
  )
  expect(out).toMatch(/1 error, \d warnings?\n$/)
})

it('prints one array with --json', async () => {
  const { code, lines } = await cli(['validate', file(BROKEN), '--json'])
  expect(code).toBe(1)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContainEqual(
    expect.objectContaining({ code: 'expression.unknownName', severity: 'error' }),
  )
})

it('reads a flow from standard input', async () => {
  expect(await cli(['validate', '-'], { stdin: JSON.stringify(BROKEN) })).toMatchObject({ code: 1 })
})

it('prints an array also for what is no flow, with exit code 2', async () => {
  const { code, lines, err } = await cli([
    'validate',
    file({ schema: 1, id: 'x', nodes: 7, extra: true }),
    '--json',
  ])
  expect(code).toBe(2)
  expect(lines[0].length).toBeGreaterThan(1)
  expect(isOneLine(err)).toBe(true)
})

it('refuses to run a flow with errors, with exit code 1', async () => {
  const { code, out, err } = await cli(['run', file(BROKEN)])
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(isOneLine(err)).toBe(true)
  expect(err).toContain('[expression.unknownName]')
})
