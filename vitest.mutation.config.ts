import { defineConfig } from 'vitest/config'

// The tests that prove the rooms under mutation. Those that start processes or browsers would only take time.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/{expressions,interpreter,palette}/**/*.test.ts', 'test/examples/support.test.ts'],
    // Mutated files are not as they were written, and the documentation stays outside.
    exclude: ['**/imports.test.ts', '**/docs.test.ts', '**/pages.test.ts'],
    env: { FUZZ_RUNS: '100' },
    testTimeout: 20_000,
  },
})
