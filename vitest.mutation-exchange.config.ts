import { defineConfig } from 'vitest/config'

// The tests that prove export and import, for the mutation of bundles. Random runs
// are short, and what is as large as can be stays out: every mutant repeats them.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/interchange/bundle*.test.ts', 'test/runtime/exchange.test.ts'],
    env: { EXCHANGE_RUNS: '5', EXCHANGE_FLOWS: '50', EXCHANGE_LARGE: 'no' },
    // Instrumented code takes many times as long.
    testTimeout: 120_000,
  },
})
