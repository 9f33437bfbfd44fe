import { defineConfig } from 'vitest/config'

// The tests that prove links, read-only links and the viewer, for the mutation of that room.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/sharing/**/*.test.ts', 'test/fuzz/links.test.ts'],
    // Every mutant repeats them.
    env: { FUZZ_RUNS: '100' },
    // Instrumented code takes many times as long.
    testTimeout: 120_000,
  },
})
