import { defineConfig, type Options } from 'tsup'

// Subpaths that bring a third party along, which the host installs where it is no dependency.
const adapters = ['http', 'indexeddb', 'liquid', 'opentelemetry', 'quickjs', 'sqlite', 'xstate']

// One entry a room. Entries share chunks, so that a class is one class whatever subpath it came by.
const rooms = [
  'base',
  'diagnostics',
  'expressions',
  'document',
  'notes',
  'nodes',
  'palette',
  'builder',
  'editing',
  'validation',
  'drawing',
  'editor',
  'releases',
  'sharing',
  'interchange',
  'interpreter',
  'runtime',
  'testing',
]
const library = Object.fromEntries([
  ['index', 'src/index.ts'],
  ...rooms.map((room) => [`${room}/index`, `src/${room}/index.ts`] as const),
  ...adapters.map((adapter) => [`${adapter}/index`, `src/adapters/${adapter}/index.ts`] as const),
])

// Packages that only exist as ES modules go into the CJS build, so that jest and old bundlers can require it.
const ESM_ONLY = ['@marcbachmann/cel-js', '@noble/hashes', 'jose', 'nanoid', 're2js']

const shared: Options = {
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  sourcemap: false,
  treeshake: false,
  clean: false,
}

export default defineConfig([
  { ...shared, entry: library, format: 'esm', dts: true },
  // Shims give the CJS build an `import.meta.url`.
  { ...shared, entry: library, format: 'cjs', dts: true, noExternal: ESM_ONLY, shims: true },
  { ...shared, entry: { 'cli/bin': 'src/cli/bin.ts' }, format: 'esm', platform: 'node' },
])
