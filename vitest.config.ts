import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // Enough for a test that starts a process on a busy machine; every test of the engine itself takes milliseconds.
    testTimeout: 20_000,
  },
})
