import { defineConfig } from 'vitest/config'

// The tests that prove export, import and importers, for the mutation of that room. Random runs are short, and what is as
// large as can be stays out, as do walks through flows that others drew: every mutant repeats them.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/interchange/**/*.test.ts', 'test/runtime/exchange.test.ts'],
    exclude: ['**/*-walk.test.ts', '**/*-corpus.test.ts', '**/*-mutations.test.ts', '**/docs.test.ts'],
    env: { EXCHANGE_RUNS: '5', EXCHANGE_FLOWS: '50', EXCHANGE_LARGE: 'no' },
    // Instrumented code takes many times as long.
    testTimeout: 120_000,
  },
})
