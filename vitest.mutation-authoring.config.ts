import { defineConfig } from 'vitest/config'

// The tests that prove the rooms in which flows are authored, for the mutation of these rooms. Random runs are short:
// every mutant repeats them.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/{document,editing,validation}/**/*.test.ts'],
    // Templates are data, documentation stays outside, and flows of strangers may not be there.
    exclude: [
      '**/templates/**',
      '**/*docs.test.ts',
      '**/codes.test.ts',
      '**/imported-flows.test.ts',
      '**/big-flows.test.ts',
    ],
    env: { EDIT_RUNS: '100', MERGE_RUNS: '20', FIX_RUNS: '80' },
    testTimeout: 20_000,
  },
})
