import { defineConfig } from 'vitest/config'

// Modules that tests have built, as examples, name the package; it stands for the source here, as in tsconfig.json.
const alias = [
  {
    find: /^sluice\/(http|indexeddb|liquid|opentelemetry|quickjs|sqlite|xstate)$/,
    replacement: `${import.meta.dirname}/src/adapters/$1/index.ts`,
  },
  { find: /^sluice\/(.+)$/, replacement: `${import.meta.dirname}/src/$1/index.ts` },
  { find: /^sluice$/, replacement: `${import.meta.dirname}/src/index.ts` },
]

export default defineConfig({
  resolve: { alias },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // Enough for a test that starts a process on a busy machine; every test of the engine itself takes milliseconds.
    testTimeout: 20_000,
  },
})
