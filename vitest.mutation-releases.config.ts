import { defineConfig } from 'vitest/config'

// The tests that prove versions, approvals and releases, for the mutation of that room. Random runs are short: every
// mutant repeats them.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/releases/**/*.test.ts'],
    // Documentation stays outside; types are none of mutation's business.
    exclude: ['**/lifecycle-page.test.ts', '**/form-types.test.ts'],
    env: { RELEASE_RUNS: '10' },
    // Instrumented code takes many times as long.
    testTimeout: 120_000,
  },
})
