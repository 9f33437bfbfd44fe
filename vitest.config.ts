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
    // Files share a worker and the modules that it has loaded, for half of the time would go into loading them anew. A test
    // that changes something global puts it back.
    isolate: false,
    // Enough for a test that starts a process on a busy machine; every test of the engine itself takes milliseconds.
    testTimeout: 20_000,
  },
})
