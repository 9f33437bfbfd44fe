import { expect, it } from 'vitest'
import { createCoverage, simulate } from '../../src/testing/index.ts'
import { ADA, compileSupport } from './support.ts'

const program = compileSupport()

it('counts the outcomes that were taken, and names those that were not', () => {
  const coverage = createCoverage(program)
  expect(coverage).toMatchObject({ total: 22, taken: 0 })
  simulate(program, { contact: ADA, coverage }).say('1').say('1')
  expect(coverage.count('support', 'balance', 'high')).toBe(2)
  expect(coverage.taken).toBe(5)
  expect(coverage.missed).toContainEqual({ flow: 'support', node: 'balance', outcome: 'low' })
  expect(coverage.missed).toHaveLength(17)
})

it('adds up over sessions', () => {
  const coverage = createCoverage(program)
  for (let n = 0; n < 3; n++) simulate(program, { contact: ADA, coverage }).timeout()
  expect(coverage.count('support', 'menu', 'timeout')).toBe(3)
})

it('knows nothing of outcomes that do not exist', () => {
  expect(createCoverage(program).count('support', 'menu', 'constructor')).toBe(0)
})
